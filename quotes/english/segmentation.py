"""Light views of a text that several stages share: paragraphs, tokens and sentence borders.

Everything here is linear in the length of the text and needs no model.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass

from quotes.english.lexicon import ABBREVIATIONS, OPENERS

_LINE = re.compile(r"[^\n]+")
_TOKEN = re.compile(
    r"""(?:[A-Z]-)?(?:[A-Z]\.){2,}               # U.S., D-N.Y.
      | (?:[JS]r|Inc|Co|Corp|Ltd)\.(?:[’']s\b)?(?=[,;:]|\s[a-z(])  # not at the end of a sentence
      | \d+(?:[\-‑][^\W\d]\w*)+               # 34-year-old
      | \d[\d.,]*\d%? | \d%?                   # numbers
      | (?<![\w@])@\w{2,}                     # @account
      | \w+(?:[’'\-‑]\w+)*                     # words, with inner apostrophes and hyphens
      | ['’‘`]{2} | \.{2,} | [^\w\s]           # marks, one by one
    """,
    re.VERBOSE,
)
_STOP = re.compile("[.!?…]")
_INITIALS = re.compile(r"[A-Z](?:\.[A-Z]){1,2}")
_FOLLOWING = re.compile(r"\.\s([A-Z][\w’'-]+)")
_LONGEST_ABBREVIATION = 12
_CLOSERS = "\"'”’»›)]"
DASHES = frozenset("-–—―‒") | {"--"}
ENDINGS = frozenset(".!?…")


@dataclass(frozen=True, slots=True)
class Token:
    """A word, number or mark: ``body[start:end] == text``."""

    start: int
    end: int
    text: str


def paragraphs(text: str) -> list[tuple[int, int]]:
    """Return the (start, end) of every line with words on it, surrounding white space left out.

    In a text that was laid out these are its paragraphs (``quotes.english.layout``).
    """
    found = (_trim(text, *match.span()) for match in _LINE.finditer(text))
    return [trimmed for trimmed in found if trimmed]


def _trim(body: str, start: int, end: int) -> tuple[int, int] | None:
    piece = body[start:end]
    stripped = piece.strip()
    if not stripped:
        return None
    left = start + len(piece) - len(piece.lstrip())
    return left, left + len(stripped)


def tokens(body: str, start: int = 0, end: int | None = None) -> list[Token]:
    """Return the tokens of ``body[start:end]`` with offsets into ``body``."""
    stop = len(body) if end is None else end
    return [Token(m.start(), m.end(), m.group()) for m in _TOKEN.finditer(body, start, stop)]


def sentences(body: str, start: int = 0, end: int | None = None) -> list[tuple[int, int]]:
    """Return the (start, end) of the sentences of one paragraph, by punctuation alone.

    Full stops after initials, titles and common abbreviations do not end a sentence; closing
    quotation marks and brackets stay with the sentence that they close.
    """
    stop = len(body) if end is None else end
    found = []
    begin = position = start
    for mark in _STOP.finditer(body, start, stop):
        if mark.start() < position:
            continue  # in the closing marks of the sentence before
        after = _sentence_end(body, begin, mark.start(), stop)
        if after is not None:
            found.append((begin, after))
            begin = position = _skip_space(body, after, stop)
    if begin < stop:
        found.append((begin, stop))
    return [trimmed for piece in found if (trimmed := _trim(body, *piece))]


def _sentence_end(body: str, begin: int, position: int, stop: int) -> int | None:
    """Return the end of the sentence that the mark at ``position`` closes, or None."""
    if body[position] == "." and _is_abbreviation(body, begin, position):
        return None
    after = position + 1
    while after < stop and body[after] in ".!?…":
        after += 1
    while after < stop and body[after] in _CLOSERS:
        after += 1
    if after >= stop:
        return after
    if not body[after].isspace():
        return None
    nxt = _skip_space(body, after, stop)
    if nxt < stop and body[nxt].islower():
        return None
    return after


def _is_abbreviation(body: str, begin: int, position: int) -> bool:
    left = position
    floor = max(begin, position - _LONGEST_ABBREVIATION)
    while left > floor and (body[left - 1].isalnum() or body[left - 1] == "."):
        left -= 1
    word = body[left:position]
    if len(word) == 1:
        return word.isalpha() and word != "I"
    return word.lower() in ABBREVIATIONS or _are_initials(body, word, position)


def _are_initials(body: str, word: str, position: int) -> bool:
    """Tell whether dotted capitals stand before a surname ("G.K. Roe")."""
    following = _INITIALS.fullmatch(word) and _FOLLOWING.match(body, position)
    return bool(following and following[1].lower() not in OPENERS)


def _skip_space(body: str, position: int, stop: int) -> int:
    while position < stop and body[position].isspace():
        position += 1
    return position


class Stretches:
    """Ordered, disjoint (start, end) pieces of a text, such as what is between quotation marks."""

    def __init__(self, pieces: list[tuple[int, int]]) -> None:
        self._borders = Borders(pieces)

    def holds(self, offset: int) -> bool:
        """Tell whether an offset lies inside one of the pieces."""
        return self.around(offset) is not None

    def around(self, offset: int) -> tuple[int, int] | None:
        """Return the piece that an offset lies in, if any."""
        index = self._borders.index(offset)
        piece = self._borders.pieces[index] if index >= 0 else None
        return piece if piece and offset < piece[1] else None


class Borders:
    """Looks up which of a list of ordered, disjoint (start, end) pieces holds an offset."""

    def __init__(self, pieces: list[tuple[int, int]]) -> None:
        self.pieces = pieces
        self._starts = [start for start, _ in pieces]

    def index(self, offset: int) -> int:
        """Return the index of the piece that holds ``offset`` (or the last one before it; -1)."""
        return bisect_right(self._starts, offset) - 1
