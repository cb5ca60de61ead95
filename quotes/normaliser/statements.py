"""Split a quotation into its statements: about a sentence each, with offsets into the article."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence

from quotes.english.segmentation import sentences
from quotes.normaliser.thresholds import CONTEXT_GAP
from quotes.records import Quotation, Statement

SHORT_WORDS = 3
"""A piece with fewer words than this is no statement of its own; it joins its neighbour."""

_OMISSION = re.compile(r"[\[(]?(?:…|\.(?:\s?\.){2,})[.…]*[\])]?")
_WORD = re.compile(r"\w+(?:['’]\w+)*")
_LEADING = " \t\r\n\xa0…-–—,;:"
_TRAILING = " \t\r\n\xa0,;:-–—"

Piece = tuple[int, int]


def split_statements(quotation: Quotation) -> tuple[Statement, ...]:
    """Return the statements of ``quotation`` in order; none for a quotation of kind ``none``.

    Sentences part statements, and so do paragraph borders and omissions (“…”) with enough words
    on both sides. For every statement ``body[start:end] == text`` holds.
    """
    if quotation.kind == "none":
        return ()
    text, shift = quotation.inner, quotation.inner_start
    pieces: list[Piece] = []
    for line in re.finditer(r"[^\r\n]+", text):
        for start, end in sentences(text, line.start(), line.end()):
            pieces += _merge_short(text, _at_omissions(text, start, end))
    trimmed = (_trim(text, piece) for piece in _merge_short(text, pieces))
    return tuple(
        Statement(start + shift, end + shift, text[start:end])
        for start, end in trimmed
        if _WORD.search(text, start, end)
    )


def beside(
    statements: Sequence[Statement],
) -> Iterator[tuple[Statement, str | None, str | None]]:
    """Yield the statements of an article in order, each with the texts before and behind it.

    Of several that end before it the one that begins last is before it, of several that begin
    behind it the first one: a quotation may hold another one.
    """
    ordered = sorted(statements, key=lambda one: (one.start, one.end))
    ended = sorted(ordered, key=_end)
    for own in ordered:
        first = bisect_left(ended, own.start - CONTEXT_GAP, key=_end)
        before = ended[first : bisect_right(ended, own.start, key=_end)]
        behind = bisect_left(ordered, own.end, key=_start)
        after = ordered[behind : bisect_right(ordered, own.end + CONTEXT_GAP, key=_start)]
        yield (
            own,
            max(before, key=_start).text if before else None,
            after[0].text if after else None,
        )


def _start(statement: Statement) -> int:
    return statement.start


def _end(statement: Statement) -> int:
    return statement.end


def _at_omissions(text: str, start: int, end: int) -> list[Piece]:
    pieces = []
    for match in _OMISSION.finditer(text, start, end):
        pieces.append((start, match.end()))
        start = match.end()
    return [*pieces, (start, end)] if start < end else pieces


def _merge_short(text: str, pieces: list[Piece]) -> list[Piece]:
    """Join every piece that is too short to the one before it (the first one to the next)."""
    merged: list[Piece] = []
    for piece in pieces:
        if merged and (_is_short(text, piece) or _is_short(text, merged[-1])):
            merged[-1] = (merged[-1][0], piece[1])
        else:
            merged.append(piece)
    return merged


def _is_short(text: str, piece: Piece) -> bool:
    return sum(1 for _ in _WORD.finditer(text, *piece)) < SHORT_WORDS


def _trim(text: str, piece: Piece) -> Piece:
    """Leave out white space, opening omissions and the comma before a reporter's words."""
    start, end = piece
    while start < end and (text[start] in _LEADING or text.startswith("..", start)):
        start += 1 if text[start] in _LEADING else 2
    while start < end and text[end - 1] in _TRAILING:
        end -= 1
    return start, end
