"""From pieces of lines on a page to paragraphs: columns, running heads, hyphens at line ends."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from math import ceil
from statistics import median

_GUTTER = 6.0
"""Points between two columns, at least."""
_CROSSING = 0.25
"""Share of the pieces beside a gutter that may cross it: headings and pictures' texts."""
_LEAST_LINES = 4
"""Lines of a column, at least."""
_MARGIN = 0.1
"""Share of a page's height in which running heads stand."""
_APART = 1.5
"""Heights of letters between the text and what stands at the edge."""
_DIGITS = re.compile(r"\d+")
_NUMBER = re.compile(r"\W*(?:page\s*)?\d{1,4}(?:\s*(?:of|/)\s*\d{1,4})?\W*", re.IGNORECASE)
_ENDS = re.compile(r"[.!?…:][\"'”’»)\]]*$")
_HYPHEN = re.compile(r"(?<=[^\W\d_])[-\u00ad\u2010\x02\ufffe]$")
_WORD = re.compile(r"[^\W_]+(?:-[^\W_]+)+")


@dataclass(frozen=True, slots=True)
class Piece:
    """A piece of a line on a page; points from the left and from the bottom of the page."""

    text: str
    left: float
    right: float
    bottom: float
    top: float

    @property
    def height(self) -> float:
        """The height of its letters."""
        return self.top - self.bottom


@dataclass(frozen=True, slots=True)
class Page:
    """The pieces of a page, in the order in which the file has them."""

    pieces: Sequence[Piece]
    height: float


def text_of_pages(pages: Sequence[Page]) -> str:
    """Return the text of a document, an empty line between its paragraphs."""
    heads = _running_heads(pages)
    parted = [_parted(page, heads) for page in pages]
    hyphenated = {
        word.casefold()
        for _, body, _ in parted
        for line in body
        for word in _WORD.findall(line.text)
    }
    paragraphs: list[str] = []
    last: int | None = None
    for above, body, below in parted:
        paragraphs += [piece.text for piece in above]
        for column in _columns(body):
            for number, lines in enumerate(_paragraphs(column)):
                text = _joined(lines, hyphenated)
                if number == 0 and last is not None and _goes_on(paragraphs[last], text):
                    paragraphs[last] = _glue(paragraphs[last], text, hyphenated)
                else:
                    last = len(paragraphs)
                    paragraphs.append(text)
        paragraphs += [piece.text for piece in below]
    return "\n\n".join(paragraphs)


def _running_heads(pages: Sequence[Page]) -> set[str]:
    """Return what stands at the edge of most pages, numbers aside."""
    seen: Counter[str] = Counter()
    for page in pages:
        above, _, below = _edges(page)
        short = (one for one in page.pieces if _is_at_edge(one, page) and len(one.text) < 80)
        seen.update({_head(piece.text) for piece in (*above, *below, *short)})
    return {text for text, count in seen.items() if count >= max(2, 0.5 * len(pages))}


def _parted(page: Page, heads: set[str]) -> tuple[list[Piece], list[Piece], list[Piece]]:
    """Return what stands alone above the text, the text, and what stands alone below it.

    Running heads and numbers of pages are left out.
    """
    above, body, below = _edges(page)

    def kept(pieces: list[Piece]) -> list[Piece]:
        found = (one for one in pieces if not _NUMBER.fullmatch(one.text))
        return sorted((one for one in found if _head(one.text) not in heads), key=_from_top)

    body = [one for one in body if not (_head(one.text) in heads and _is_at_edge(one, page))]
    return kept(above), body, kept(below)


def _edges(page: Page) -> tuple[list[Piece], list[Piece], list[Piece]]:
    """Part what stands above and below the text of a page, with a space between, from it."""
    body = [piece for piece in page.pieces if not _is_at_edge(piece, page)]
    if not body:
        return [], list(page.pieces), []
    low, high = min(one.bottom for one in body), max(one.top for one in body)
    outer = sorted((one for one in page.pieces if _is_at_edge(one, page)), key=_from_top)
    above = _apart([one for one in reversed(outer) if one.bottom >= high], high, 1)
    below = _apart([one for one in outer if one.bottom < high], low, -1)
    apart = set(map(id, (*above, *below)))
    return above, [piece for piece in page.pieces if id(piece) not in apart], below


def _apart(pieces: Sequence[Piece], at: float, way: int) -> list[Piece]:
    """Return those of ``pieces``, from the text outwards, that a space parts from it."""
    found: list[Piece] = []
    for piece in pieces:
        near, far = (piece.bottom, piece.top) if way > 0 else (piece.top, piece.bottom)
        if found or way * (near - at) > _APART * piece.height:
            found.append(piece)
        at = max(at, far) if way > 0 else min(at, far)
    return found


def _from_top(piece: Piece) -> float:
    return -piece.top


def _is_at_edge(piece: Piece, page: Page) -> bool:
    return piece.bottom > (1 - _MARGIN) * page.height or piece.top < _MARGIN * page.height


def _head(text: str) -> str:
    return _DIGITS.sub("#", text).strip()


def _columns(pieces: list[Piece], depth: int = 0) -> Iterator[list[Piece]]:
    """Yield the lines of a page column by column, top down, with what crosses them between."""
    gutter = _gutter(pieces) if depth < 4 else None
    if gutter is None:
        yield _lines(pieces) if depth else list(pieces)
        return
    band: list[Piece] = []
    for piece in sorted(pieces, key=_from_top):
        if piece.left < gutter < piece.right:
            yield from _sides(band, gutter, depth)
            yield [piece]
            band = []
        else:
            band.append(piece)
    yield from _sides(band, gutter, depth)


def _sides(band: list[Piece], gutter: float, depth: int) -> Iterator[list[Piece]]:
    for side in (
        [piece for piece in band if piece.right <= gutter],
        [piece for piece in band if piece.left >= gutter],
    ):
        yield from _columns(side, depth + 1)


def _lines(pieces: Iterable[Piece]) -> list[Piece]:
    """Return pieces top down, those on one line from left to right."""
    lines: list[list[Piece]] = []
    for piece in sorted(pieces, key=_from_top):
        middle = (piece.top + piece.bottom) / 2
        if lines and lines[-1][0].bottom < middle < lines[-1][0].top:
            lines[-1].append(piece)
        else:
            lines.append([piece])
    return [piece for line in lines for piece in sorted(line, key=lambda piece: piece.left)]


def _gutter(pieces: Sequence[Piece]) -> float | None:
    """Return the middle of a strip that has lines on both sides and hardly any across.

    The one with the fewest lines across, and of these the widest.
    """
    if len(pieces) < 2 * _LEAST_LINES:
        return None
    edges = sorted({ceil(piece.right) for piece in pieces})  # whole points: few, however many lines
    lefts = sorted(pieces, key=lambda piece: piece.left)
    best: tuple[int, float, float] | None = None
    for edge in edges:
        following = [piece.left for piece in lefts if piece.left >= edge]
        if not following or following[0] - edge < _GUTTER:
            continue
        middle = (edge + following[0]) / 2
        left = [piece for piece in pieces if piece.right <= middle]
        right = [piece for piece in pieces if piece.left >= middle]
        across = len(pieces) - len(left) - len(right)
        if min(len(left), len(right)) < _LEAST_LINES or across > _CROSSING * len(pieces):
            continue
        if not _side_by_side(left, right):
            continue
        found = across, edge - following[0], middle
        best = min(best, found) if best else found
    return best[2] if best else None


def _side_by_side(left: Sequence[Piece], right: Sequence[Piece]) -> bool:
    """Whether both sides are running text at the same height: no table, no list of numbers."""
    low = max(min(piece.bottom for piece in side) for side in (left, right))
    high = min(max(piece.top for piece in side) for side in (left, right))
    words = [median(len(piece.text.split()) for piece in side) for side in (left, right)]
    return high > low and min(words) >= 3


def _paragraphs(lines: Sequence[Piece]) -> Iterator[list[Piece]]:
    """Yield the lines of each paragraph of a column."""
    if not lines:
        return
    gaps = [
        above.bottom - below.bottom
        for above, below in pairwise(lines)
        if 0 < above.bottom - below.bottom < 3 * max(above.height, below.height)
    ]
    usual = median(gaps) if gaps else 0.0
    right = max(line.right for line in lines)
    left = min(line.left for line in lines)
    current = [lines[0]]
    for line in lines[1:]:
        if _begins(current, line, usual, left, right):
            yield current
            current = []
        current.append(line)
    yield current


def _begins(current: Sequence[Piece], line: Piece, usual: float, left: float, right: float) -> bool:
    """Whether a line begins a paragraph."""
    last = current[-1]
    if last.bottom < line.top and last.top > line.bottom and line.left >= last.right:
        return False  # on the same line
    gap = last.bottom - line.bottom
    if gap < 0:  # the next column, in the order of the file
        return not _goes_on(last.text, line.text)
    if gap > 1.3 * usual + 0.5:
        return not (_goes_on(last.text, line.text) and gap < 4 * line.height)
    if abs(last.height - line.height) > 0.25 * max(last.height, line.height):
        return True
    indent = line.height * 0.8
    if line.left > last.left + indent and line.left - left < 6 * line.height:
        return True
    width = right - left
    is_short = last.right < right - 0.2 * width
    return bool(is_short and _ENDS.search(last.text))


def _joined(lines: Sequence[Piece], hyphenated: set[str]) -> str:
    text = ""
    for line in lines:
        text = _glue(text, line.text.strip(), hyphenated)
    return text


def _glue(text: str, more: str, hyphenated: set[str]) -> str:
    """Join two lines: a hyphen at the end goes, unless the word has it elsewhere, too."""
    if not text:
        return more
    if _HYPHEN.search(text) and more[:1].islower():
        start = text[:-1]
        first, rest = start.rpartition(" ")[2], more.split(" ", 1)[0].strip(".,;:!?”’\"'")
        keeps = f"{first}-{rest}".casefold().strip("“‘\"'") in hyphenated
        return f"{start}-{more}" if keeps else start + more
    if text.endswith(("—", "–", "/")) or _HYPHEN.search(text):
        return text + more
    return f"{text} {more}"


def _goes_on(text: str, more: str) -> bool:
    """Whether a paragraph goes on at the head of the next column or page."""
    return not _ENDS.search(text) and (
        more[:1].islower() or bool(_HYPHEN.search(text)) or len(text) > 120
    )
