"""A figure of counts, as bars or as lines over time: SVG by hand, or PNG. No display is needed."""

from __future__ import annotations

import io
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from html import escape
from pathlib import Path
from typing import Any, Literal

from quotes.errors import UsageError
from quotes.export.files import whole_file
from quotes.search.stats import Counted

WIDTH = 760
_TOP, _ROW, _LABEL, _LINES = 44, 26, 240, 280
_INK, _FAINT = "#222222", "#777777"
_COLOURS = ("#1f4e79", "#b5542b", "#4f7d3a", "#7a4a8a", "#8a6d1a", "#2a7f86", "#a03a5a", "#555555")
_NOTE = "Counted with quotes; shares are of the quotations that were counted together."
_SHARP = 2
"""Pixels of a PNG for each unit of a figure."""


@dataclass(frozen=True, slots=True)
class _Text:
    x: float
    y: float
    text: str
    anchor: Literal["start", "middle", "end"] = "start"
    size: int = 13
    colour: str = _INK


@dataclass(frozen=True, slots=True)
class _Box:
    x: float
    y: float
    width: float
    height: float
    colour: str


@dataclass(frozen=True, slots=True)
class _Line:
    points: tuple[tuple[float, float], ...]
    colour: str
    width: int = 2


@dataclass(frozen=True, slots=True)
class _Figure:
    title: str
    height: float
    shapes: tuple[_Text | _Box | _Line, ...]


def check_name(path: Path) -> None:
    """Raise UsageError if no figure can be written to ``path``, before anything is counted."""
    if path.suffix.lower() not in (".svg", ".png"):
        raise UsageError(
            f"{path}: a figure is SVG or PNG: give it a name that ends in .svg or .png"
        )
    if path.suffix.lower() == ".png":
        try:
            import PIL  # noqa: F401
        except ModuleNotFoundError as error:
            raise UsageError(
                "PNG needs a package that is not installed: pip install 'quotes[plot]', "
                "or give the figure a name that ends in .svg"
            ) from error


def write_plot(path: Path, title: str, found: Sequence[Counted]) -> None:
    """Write a figure of the quotations of each group, as SVG or PNG by the name of the file.

    Raises UsageError as ``check_name``, QuotesError if the file cannot be written.
    """
    check_name(path)
    figure = _figure(title, found)
    png = path.suffix.lower() == ".png"
    with whole_file(path) as part:
        part.write_bytes(_png(figure) if png else _svg(figure).encode())


def draw(title: str, found: Sequence[Counted]) -> str:
    """Return a figure of the quotations of each group as an SVG document."""
    return _svg(_figure(title, found))


def _figure(title: str, found: Sequence[Counted]) -> _Figure:
    over_time = any(one.period is not None for one in found)
    groups = len({one.group for one in found})
    body = max(_LINES + 30, groups * 18 + 20) if over_time else len(found) * _ROW
    shapes = _lines(found) if over_time else _bars(found)
    height = _TOP + body + 34
    note = _Text(12, height - 12, _NOTE, size=11, colour=_FAINT)
    return _Figure(title, height, (_Text(12, 26, title, size=17), *shapes, note))


def _bars(found: Sequence[Counted]) -> Iterator[_Text | _Box | _Line]:
    most = max((one.quotations for one in found), default=1)
    room = WIDTH - _LABEL - 130
    for at, one in enumerate(found):
        y = _TOP + at * _ROW
        long = room * one.quotations / most
        yield _Text(_LABEL - 8, y + 17, _short(one.group, 32), "end")
        yield _Box(_LABEL, y + 3, long, 18, _COLOURS[0])
        yield _Text(_LABEL + long + 6, y + 17, f"{one.quotations:,} ({one.share:.0%})")


def _lines(found: Sequence[Counted]) -> Iterator[_Text | _Box | _Line]:
    periods = sorted({one.period or "" for one in found})
    sizes: dict[str, int] = {}
    for one in found:
        sizes[one.group] = sizes.get(one.group, 0) + one.quotations
    most = max(one.quotations for one in found)
    left, right, floor = 50, WIDTH - 190, _TOP + _LINES
    step = (right - left) / max(1, len(periods) - 1)
    places = {period: left + at * step for at, period in enumerate(periods)}
    yield _Line(((left, floor), (right, floor)), _FAINT, 1)
    yield _Text(left - 8, _TOP + 12, f"{most:,}", "end", 11, _FAINT)
    yield _Text(left - 8, floor, "0", "end", 11, _FAINT)
    for period in periods[:: max(1, len(periods) // 8)]:
        yield _Text(places[period], floor + 18, period, "middle", 11, _FAINT)
    for at, group in enumerate(sorted(sizes, key=lambda group: (-sizes[group], group))):
        counts = {one.period or "": one.quotations for one in found if one.group == group}
        points = tuple(
            (places[period], floor - (_LINES - 8) * counts.get(period, 0) / most)
            for period in periods
        )
        colour = _COLOURS[at % len(_COLOURS)]
        yield _Line(points, colour)
        for x, y in points:
            yield _Box(x - 3, y - 3, 6, 6, colour)
        y = _TOP + 12 + at * 18
        yield _Box(right + 16, y - 10, 20, 10, colour)
        yield _Text(right + 42, y, _short(group, 20))


def _svg(figure: _Figure) -> str:
    size = f'width="{WIDTH}" height="{figure.height:.0f}"'
    shapes = "\n".join(map(_element, figure.shapes))
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" {size} '
        f'viewBox="0 0 {WIDTH} {figure.height:.0f}" role="img">\n'
        f"<title>{escape(figure.title)}</title>\n"
        f'<rect width="100%" height="100%" fill="#ffffff"/>\n{shapes}\n</svg>\n'
    )


def _element(shape: _Text | _Box | _Line) -> str:
    if isinstance(shape, _Text):
        return (
            f'<text x="{shape.x:.1f}" y="{shape.y:.1f}" text-anchor="{shape.anchor}" '
            f'font-size="{shape.size}" font-family="Helvetica, Arial, sans-serif" '
            f'fill="{shape.colour}">{escape(shape.text)}</text>'
        )
    if isinstance(shape, _Box):
        return (
            f'<rect x="{shape.x:.1f}" y="{shape.y:.1f}" width="{shape.width:.1f}" '
            f'height="{shape.height:.1f}" fill="{shape.colour}"/>'
        )
    points = " ".join(f"{x:.1f},{y:.1f}" for x, y in shape.points)
    stroke = f'stroke="{shape.colour}" stroke-width="{shape.width}"'
    return f'<polyline points="{points}" fill="none" {stroke}/>'


def _png(figure: _Figure) -> bytes:
    from PIL import Image, ImageDraw, ImageFont

    image = Image.new("RGB", (WIDTH * _SHARP, round(figure.height * _SHARP)), "#ffffff")
    pen = ImageDraw.Draw(image)
    fonts: dict[int, Any] = {}
    for shape in figure.shapes:
        if isinstance(shape, _Text):
            font = fonts.setdefault(shape.size, ImageFont.load_default(shape.size * _SHARP))
            anchor = {"start": "ls", "middle": "ms", "end": "rs"}[shape.anchor]
            place = (shape.x * _SHARP, shape.y * _SHARP)
            pen.text(place, shape.text, shape.colour, font=font, anchor=anchor)
        elif isinstance(shape, _Box):
            corners = (shape.x, shape.y, shape.x + shape.width, shape.y + shape.height)
            pen.rectangle([corner * _SHARP for corner in corners], fill=shape.colour)
        else:
            points = [(x * _SHARP, y * _SHARP) for x, y in shape.points]
            pen.line(points, fill=shape.colour, width=shape.width * _SHARP)
    content = io.BytesIO()
    image.save(content, "PNG")
    return content.getvalue()


def _short(text: str, most: int) -> str:
    return text if len(text) <= most else f"{text[: most - 1].rstrip()}…"
