"""The same article in the layouts in which articles arrive, with the labels' offsets carried along.

Corpora and scrapers hand articles over as one line, one sentence a line, wrapped at a fixed width,
or as Penn Treebank tokens. ``LAYOUTS`` holds a function for each; all are linear in the text.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from quotes.english.segmentation import paragraphs, sentences

WIDTH = 72
_MARKS = ("“", "”", '"', "''", "``")
_BRACKETS = {"(": "-LRB-", ")": "-RRB-", "[": "-LSB-", "]": "-RSB-"}
_OPENS_AFTER = re.compile(r"[\s(\[—–-]")
_PENN = re.compile(
    r"(?P<mark>[“”\"]|''|``)|(?P<clitic>n[’']t\b|[’'](?:s|re|ve|ll|d|m)\b)|(?P<other>[,;:?!()\[\]])"
)
_FULL_STOP = re.compile(r"(?<=[a-z\d”\"’')])\.(?=[”\"’')]*\s*$)")


@dataclass(frozen=True)
class Relaid:
    """A text written anew, and where its pieces were: (old start, old end, new start, new end).

    A piece of another length than before ("”" as "''") is carried along as a whole.
    """

    body: str
    pieces: tuple[tuple[int, int, int, int], ...]

    def span(self, start: int, end: int) -> tuple[int, int]:
        """Return where a stretch of the old text stands in the new one."""
        first, last = self._piece(start), self._piece(end - 1)
        return self._start(start, *first), self._end(end, *last)

    def _piece(self, offset: int) -> tuple[int, int, int, int]:
        i = bisect_right(self.pieces, offset, key=lambda piece: piece[0]) - 1
        return self.pieces[max(0, i)]

    @staticmethod
    def _start(offset: int, old: int, stop: int, new: int, end: int) -> int:
        if stop - old != end - new:
            return new
        return new + min(max(0, offset - old), max(0, stop - old - 1))

    @staticmethod
    def _end(offset: int, old: int, stop: int, new: int, end: int) -> int:
        if stop - old != end - new:
            return end
        return new + min(max(1, offset - old), stop - old)


Piece = tuple[int, int, str]
"""Where a piece of text stood (start and end; -1: it was put in), and what it reads now."""


def join(pieces: Iterable[Piece]) -> Relaid:
    """Return the text that pieces make."""
    parts: list[str] = []
    places: list[tuple[int, int, int, int]] = []
    length = 0
    for start, end, text in pieces:
        if text:
            if start >= 0:
                places.append((start, end, length, length + len(text)))
            parts.append(text)
            length += len(text)
    return Relaid("".join(parts), tuple(places))


def original(body: str) -> Relaid:
    """Return a text as it is."""
    return Relaid(body, ((0, len(body), 0, len(body)),))


def flat(body: str) -> Relaid:
    """Return a text as one line: its paragraphs are lost."""
    return join(_between(body, paragraphs(body), " "))


def sentence_lines(body: str) -> Relaid:
    """Return a text with one sentence a line."""
    return join(_between(body, _sentences(body), "\n"))


def sentence_paragraphs(body: str) -> Relaid:
    """Return a text with one sentence a line and blank lines between them."""
    return join(_between(body, _sentences(body), "\n\n"))


def wrapped(body: str) -> Relaid:
    """Return a text wrapped at ``WIDTH`` columns, blank lines between its paragraphs."""

    def lines() -> Iterator[tuple[int, int]]:
        for start, end in paragraphs(body):
            begin = start
            while end - begin > WIDTH:
                space = body.rfind(" ", begin, begin + WIDTH + 1)
                space = space if space > begin else body.find(" ", begin + WIDTH, end)
                if space < 0:
                    break
                yield begin, space
                begin = space + 1
            yield begin, end

    ends = {end for _, end in paragraphs(body)}
    parts: list[Piece] = []
    for start, end in lines():
        parts += [(start, end, body[start:end]), (-1, -1, "\n\n" if end in ends else "\n")]
    return join(parts)


def penn(body: str) -> Relaid:
    """Return a text as Penn Treebank tokens, a paragraph a line."""
    pieces: list[Piece] = []
    for start, end in paragraphs(body):
        for first, stop in sentences(body, start, end):
            pieces += _tokens(body, first, stop)
            pieces.append((-1, -1, " "))
        pieces.append((-1, -1, "\n"))
    return join(pieces)


def _between(body: str, stretches: Iterable[tuple[int, int]], glue: str) -> Iterator[Piece]:
    for start, end in stretches:
        yield start, end, body[start:end]
        yield -1, -1, glue


def _sentences(body: str) -> Iterator[tuple[int, int]]:
    for start, end in paragraphs(body):
        yield from sentences(body, start, end)


def _tokens(body: str, start: int, end: int) -> Iterator[Piece]:
    """Yield the tokens of a sentence with spaces between them."""
    stop = _FULL_STOP.search(body, start, end)
    last = stop.start() if stop else -1
    position = start
    spaced = True
    while position < end:
        found = _PENN.search(body, position, end)
        cut = found.start() if found else end
        if position <= last < cut:
            cut, found = last, None
        if cut > position:
            yield position, cut, body[position:cut]
            spaced = body[cut - 1].isspace()
        if cut == end:
            return
        text = body[cut : found.end()] if found else "."
        if text[0] in ",:" and body[cut - 1 : cut].isdigit() and body[cut + 1 : cut + 2].isdigit():
            yield cut, cut + len(text), text
            spaced = False
        else:
            if not spaced:
                yield -1, -1, " "
            opens = cut == start or bool(_OPENS_AFTER.match(body[cut - 1]))
            yield cut, cut + len(text), _spelled(text, opens)
            spaced = body[cut + len(text) : cut + len(text) + 1].isspace()
            if not spaced:
                yield -1, -1, " "
                spaced = True
        position = cut + len(text)


def _spelled(token: str, opens: bool) -> str:
    if token in _MARKS:
        return "``" if token in ("“", "``") or (opens and token in ('"', "''")) else "''"
    return _BRACKETS.get(token, token.replace("’", "'"))


LAYOUTS: dict[str, Callable[[str], Relaid]] = {
    "original": original,
    "flat": flat,
    "sentences": sentence_lines,
    "sentence-paragraphs": sentence_paragraphs,
    "wrapped": wrapped,
    "penn": penn,
}
