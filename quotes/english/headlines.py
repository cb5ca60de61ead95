"""Finds names in headlines, where capitals do not tell what is a name."""

from __future__ import annotations

from collections.abc import Container, Iterator

from quotes.english.lexicon import FIRST_NAMES, FUNCTIONS, OPENERS
from quotes.english.runs import PIECES, RUN, SUFFIXES
from quotes.english.zones import UNCAPITALISED

_LONGEST = 5  # words of a name

_Piece = tuple[int, int, str]


def names_in_headline(
    text: str, start: int, end: int, known: Container[str], given: Container[str]
) -> Iterator[tuple[int, int]]:
    """Yield the (start, end) of the names of the headline ``text[start:end]``.

    These are the names that the text knows (``known``, case-folded) or that a ``given`` name (lower
    case) begins, what an "and" joins to one of them ("Ann Roe and Bo Lind"), and a label before a
    colon.
    """
    last = -1
    for match in RUN.finditer(text, start, end):
        pieces = [(m.start(), m.end(), m.group()) for m in PIECES.finditer(text, *match.span())]
        position = 0
        while position < len(pieces):
            length = _known_length(text, pieces, position, known)
            if not length and position == 0 and text[match.end() : match.end() + 1] == ":":
                openers = (piece[2].lower() in OPENERS for piece in pieces)
                length = 0 if any(openers) or len(pieces) > 3 else len(pieces)
            if not length:
                joined = text[last : pieces[position][0]] == " and "
                length = _full_name_length(pieces[position:], given, joined=joined)
            if length:
                last = pieces[position + length - 1][1]
                yield pieces[position][0], last
            position += length or 1


def _known_length(text: str, pieces: list[_Piece], position: int, known: Container[str]) -> int:
    """Return how many pieces from ``position`` on make the longest name that is known."""
    for length in range(min(_LONGEST, len(pieces) - position), 0, -1):
        name = text[pieces[position][0] : pieces[position + length - 1][1]]
        if name.casefold() in known:
            return length
    return 0


def _full_name_length(pieces: list[_Piece], given: Container[str], *, joined: bool) -> int:
    """Return how many pieces a given name makes with the surname behind it; 0 if it is none.

    Where a name is ``joined`` to it, any word may be a given name.
    """
    words = [word.rstrip(".").lower() for _, _, word in pieces[:3]]
    if len(words) < 2 or words[0] in FIRST_NAMES or not (joined or words[0] in given):
        return 0
    if words[1] in OPENERS or words[1] in UNCAPITALISED or words[1] in FUNCTIONS:
        return 0
    return 3 if SUFFIXES.intersection(words[2:]) else 2
