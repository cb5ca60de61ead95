"""Find quotation marks, and tell for each whether it opens, closes or is no quotation mark.

The shape of a mark and its neighbours are two witnesses. Where they contradict each other (a
curly mark typed the wrong way round) or say nothing (a straight mark between two spaces) the mark
stays ``either`` and the pairing decides by what is open.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from quotes.english.lexicon import any_of

Direction = Literal["open", "close", "either"]
Level = Literal["double", "single"]

MAX_MARKS = 400_000  # of one document: some twenty novels; what has more is no prose

_DOUBLES = '“”„‟"«»＂'
_SINGLES = "‘’‚‛'‹›"
_ALL = _DOUBLES + _SINGLES + "`"
_INVISIBLE = "\u200b\u200e\u200f\u202a\u202c\u2060\ufeff"
_SKIPPED = frozenset(_ALL + _INVISIBLE)
_MARK = re.compile(
    r"(?P<attribute>=(?:\"[^\"<>\n]{0,500}\"|'[^'<>\n]{0,500}'))"
    rf"|(?P<noise>[{_ALL}](?:[^\S\n]*+[{_ALL}]){{8,}}+)"
    r"|(?P<double>\"+|“+|”+|«+|»+|''|``|‘‘|’’|[„‟＂])"
    rf"|(?P<single>[{_SINGLES}`])"
)
_OPEN_SHAPES = frozenset("“„«‘‚‹`‟‛")
_CLOSE_SHAPES = frozenset("”»’›")
_OPENING_CONTEXT = frozenset("([{=</")
_CLOSING_CONTEXT = frozenset(")]},.;:!?…>")
_DASHES = frozenset("-‐‑–—―")

_FEET = re.compile(r"\d\s?['’′]\s?\d{1,2}(?:[½¼¾]|\s?\d/\d)?\Z")
_ELISION = re.compile(
    rf"(?:\d0s|\d\d|{any_of('elided')})\b",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Mark:
    """A quotation mark: ``body[start:end]`` (longer than one character for ``''`` and runs).

    ``plural`` is set on a single mark that may as well be the apostrophe of a possessive plural
    or of a dropped letter (``the voters’ choice``), ``inches`` on a double one after a number.
    """

    start: int
    end: int
    level: Level
    shape: str
    direction: Direction
    plural: bool = False
    inches: bool = False


def find_marks(body: str) -> Iterator[Mark]:
    """Yield the quotation marks of ``body`` in order, at most ``MAX_MARKS`` of them.

    Apostrophes inside words, elisions (’90s, ’tis) and feet-and-inches are left out; so are long
    runs of nothing but marks.
    """
    return itertools.islice(_all_marks(body), MAX_MARKS)


def _all_marks(body: str) -> Iterator[Mark]:
    for match in _MARK.finditer(body):
        if match["attribute"]:
            yield from _attribute(*match.span(), body[match.end() - 1])
        elif not match["noise"]:
            mark = _double(body, match) if match["double"] else _single(body, match)
            if mark is not None:
                yield mark


def _attribute(start: int, end: int, shape: str) -> tuple[Mark, Mark]:
    """Return the marks around the value of an attribute in markup or code (``a="…"``)."""
    level: Level = "double" if shape == '"' else "single"
    return (
        Mark(start + 1, start + 2, level, shape, "open"),
        Mark(end - 1, end, level, shape, "close"),
    )


def _neighbours(body: str, start: int, end: int) -> tuple[str, str]:
    """Return the characters around a mark, other marks right beside it skipped ("" = no more)."""
    left = start - 1
    while left >= 0 and start - left < 10 and body[left] in _SKIPPED:
        left -= 1
    right = end
    while right < len(body) and right - end < 10 and body[right] in _SKIPPED:
        right += 1
    return (
        body[left] if left >= 0 else "\n",
        body[right] if right < len(body) else "\n",
    )


def _by_neighbours(before: str, after: str) -> Direction:
    """Return the direction that the characters around a mark speak for."""
    loose_left = before.isspace() or before in _OPENING_CONTEXT
    loose_right = after.isspace() or after in _CLOSING_CONTEXT
    if before == "\n" and after != "\n":
        return "open"
    if after == "\n" and before != "\n":
        return "close"
    if before in _DASHES:
        return "close" if after.isspace() else "either"
    if loose_left and after == ".":
        return "open"
    if loose_left != loose_right:
        return "open" if loose_left else "close"
    if after in _DASHES and not before.isspace():
        return "close"
    return "either"


def _double(body: str, match: re.Match[str]) -> Mark | None:
    start, end = match.span()
    shape = body[start]
    before, after = _neighbours(body, start, end)
    if shape == "»" and before == "\n" and after.isspace():
        return None  # a bullet
    direction = _by_neighbours(before, after)
    if shape in _OPEN_SHAPES or shape in _CLOSE_SHAPES:
        shown: Direction = "open" if shape in _OPEN_SHAPES else "close"
        if direction == "either":
            direction = shown
        elif direction != shown:
            direction = "either"
    elif end - start > 1 and direction == "either" and shape == '"':
        return None  # an empty pair
    inches = False
    if shape in "\"'”" and before.isdigit() and direction != "open":
        if _FEET.search(body, max(0, start - 12), start):
            return None
        inches = shape == '"' and after not in _CLOSING_CONTEXT and after != "\n"
    return Mark(start, end, "double", shape, direction, inches=inches)


def _single(body: str, match: re.Match[str]) -> Mark | None:
    start, end = match.span()
    shape = body[start]
    before, after = _neighbours(body, start, end)
    if before.isalnum() and after.isalnum():
        return None
    direction = _by_neighbours(before, after)
    if direction == "either":
        if shape not in _OPEN_SHAPES:
            return None
        direction = "open"
    if direction == "open":
        if shape in "’" or after.isspace() or _ELISION.match(body, end):
            return None
        return Mark(start, end, "single", shape, "open")
    if shape == "`":
        return None
    plural = before.isalpha() and not (after in _CLOSING_CONTEXT or after == "\n")
    plural = plural and body[end : end + 1] not in _DOUBLES
    return Mark(start, end, "single", shape, "close", plural=plural and before in "sxzSXZn")
