"""How results are printed: a table on a terminal, aligned text in a pipe, CSV and JSON."""

from __future__ import annotations

import io
import re
import shutil
import sys
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any, Literal

import click

from quotes.cli.options import state

if TYPE_CHECKING:
    from rich.text import Text

GAP = "  "
WIDTH = 96
"""Running text is broken after so many characters, or at the terminal's edge."""


@dataclass(frozen=True, slots=True)
class Marked:
    """A cell with stretches (start, end) to be highlighted."""

    text: str
    marks: tuple[tuple[int, int], ...]


def note(text: str) -> None:
    """Print ``text`` to standard error, unless ``--quiet`` is given."""
    if not state().quiet:
        click.echo(text, err=True)


def printable(text: str) -> str:
    """Return ``text`` as one line that cannot steer a terminal; offsets stay as they are."""
    return "".join(char if char.isprintable() else " " for char in text)


def plural(count: int, noun: str) -> str:
    """Return a number with its noun: ``1 quote``, ``1,200 quotes``."""
    return f"{count:,} {noun}{'' if count == 1 else 's'}"


def print_table(header: Sequence[str], rows: Iterable[Sequence[object]]) -> None:
    """Print a table of any values to standard output."""
    listed = list(rows)
    columns = [[row[at] for row in listed] for at in range(len(header))]
    if sys.stdout.isatty():
        _draw(header, columns)
        return
    aligned = [
        _aligned([name, *(_cell(value).text for value in values)], _are_numbers(values))
        for name, values in zip(header, columns, strict=True)
    ]
    for cells in zip(*aligned, strict=True):
        click.echo(GAP.join(cells).rstrip())


def _aligned(cells: Sequence[str], right: bool) -> list[str]:
    width = max(map(len, cells))
    return [cell.rjust(width) if right else cell.ljust(width) for cell in cells]


def _are_numbers(values: Iterable[object]) -> bool:
    return all(isinstance(value, int | float | None) for value in values)


def _draw(header: Sequence[str], columns: Sequence[Sequence[object]]) -> None:
    from rich import box
    from rich.console import Console
    from rich.table import Table

    table = Table(box=box.SIMPLE_HEAD, pad_edge=False)
    for name, values in zip(header, columns, strict=True):
        short = all(isinstance(value, int | float | date | None) for value in values)
        justify: Literal["left", "right"] = "right" if _are_numbers(values) else "left"
        table.add_column(printable(name), justify=justify, no_wrap=short)
    for row in zip(*columns, strict=True):
        table.add_row(*map(_highlighted, row))
    Console(highlight=False).print(table)


def _highlighted(value: object) -> Text:
    from rich.text import Text

    cell = _cell(value)
    text = Text(cell.text)
    for start, end in cell.marks:
        text.stylize("bold yellow", start, end)
    return text


def _cell(value: object) -> Marked:
    if isinstance(value, Marked):
        return Marked(printable(value.text), value.marks)
    if value is None:
        return Marked("", ())
    if isinstance(value, float):
        return Marked(f"{value:.2f}", ())
    return Marked(printable(str(value)), ())


def print_text(*pieces: tuple[str, Mapping[str, Any]], indent: str = "") -> None:
    """Print running text, broken into lines.

    Every piece is a text with the style of its words, as ``click.style`` takes it. Pieces without
    white space between them stand together.
    """
    width = min(WIDTH, shutil.get_terminal_size().columns) if sys.stdout.isatty() else WIDTH
    line, length = indent, len(indent)
    for shown, size in _words(pieces):
        if length > len(indent) and length + 1 + size > width:
            click.echo(line)
            line, length = indent, len(indent)
        space = " " if length > len(indent) else ""
        line += space + shown
        length += len(space) + size
    click.echo(line)


def _words(pieces: Iterable[tuple[str, Mapping[str, Any]]]) -> Iterator[tuple[str, int]]:
    """Yield the words of pieces, styled, with their lengths."""
    shown, size = "", 0
    for text, style in pieces:
        for part in re.findall(r"\s+|\S+", printable(text)):
            if not part.isspace():
                shown += click.style(part, **style) if style else part
                size += len(part)
            elif size:
                yield shown, size
                shown, size = "", 0
    if size:
        yield shown, size


def print_values(columns: Sequence[str], rows: Iterable[Sequence[object]], form: str) -> None:
    """Print rows to standard output as a table, CSV, a JSON array or JSON lines."""
    if form == "table":
        print_table(columns, rows)
        return
    from quotes.export import write

    if form == "json":
        lines = io.StringIO()
        write(rows, columns, "jsonl", lines)
        objects = lines.getvalue().split("\n")[:-1]
        click.echo("[" + ",".join(f"\n  {line}" for line in objects) + ("\n]" if objects else "]"))
    else:
        write(rows, columns, "csv" if form == "csv" else "jsonl", sys.stdout)
