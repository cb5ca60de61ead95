"""Word pieces: what an encoder of BERT's family reads instead of words.

The way of Devlin et al. 2019 for lower-case models: accents and case are dropped, marks stand
alone, and every word is cut from the left into the longest pieces that the vocabulary has (Schuster
and Nakajima 2012). Offsets are those of the text as it is.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from functools import lru_cache

UNKNOWN, INSIDE = "[UNK]", "##"
_LONGEST = 100
_REMEMBERED = 1 << 16
_CHUNK = re.compile(r"\S+")
_ASCII = re.compile(r"[0-9a-z]+|[!-~]")
_IDEOGRAPHS = ((0x3400, 0x9FFF), (0xF900, 0xFAFF), (0x20000, 0x2FA1F))

Piece = tuple[int, int, int]
"""Number of a piece, and where it begins and ends."""


class WordPieces:
    """Cuts texts into the pieces of a vocabulary; the number of a piece is its place in it."""

    def __init__(self, vocabulary: Sequence[str]) -> None:
        self.numbers = {piece: number for number, piece in enumerate(vocabulary)}
        self._unknown = self.numbers[UNKNOWN]
        self._of_chunk = lru_cache(_REMEMBERED)(lambda chunk: tuple(self._cut(chunk)))

    def encode(self, text: str) -> tuple[list[int], list[int], list[int]]:
        """Return the numbers of the pieces of a text, and where each begins and ends."""
        numbers: list[int] = []
        starts: list[int] = []
        ends: list[int] = []
        for chunk in _CHUNK.finditer(text):
            begin = chunk.start()
            for number, start, end in self._of_chunk(chunk.group()):
                numbers.append(number)
                starts.append(begin + start)
                ends.append(begin + end)
        return numbers, starts, ends

    def _cut(self, chunk: str) -> Iterator[Piece]:
        """Yield the pieces of a stretch without white space."""
        for word, places in _words(chunk):
            yield from self._pieces(word, places)

    def _pieces(self, word: str, places: Sequence[int]) -> Iterator[Piece]:
        """Yield the pieces of a word; ``places`` are the offsets of its letters."""
        found: list[Piece] = []
        start = 0
        while start < len(word) <= _LONGEST:
            prefix = INSIDE if start else ""
            ends = range(len(word), start, -1)
            end = next((e for e in ends if prefix + word[start:e] in self.numbers), 0)
            if not end:
                break
            number = self.numbers[prefix + word[start:end]]
            found.append((number, places[start], places[end - 1] + 1))
            start = end
        if start < len(word):
            found = [(self._unknown, places[0], places[-1] + 1)]
        yield from found


def _words(chunk: str) -> Iterator[tuple[str, Sequence[int]]]:
    """Yield words and marks in lower case without accents, with the offsets of their letters."""
    if chunk.isascii() and chunk.isprintable():
        for match in _ASCII.finditer(chunk.lower()):
            yield match.group(), range(*match.span())
        return
    letters: list[str] = []
    places: list[int] = []
    for place, letter in enumerate(chunk):
        alone, plain = _plain(letter)
        if alone and letters:
            yield "".join(letters), places
            letters, places = [], []
        if alone:
            yield plain, [place] * len(plain)
        else:
            letters += plain
            places += [place] * len(plain)
    if letters:
        yield "".join(letters), places


@lru_cache(4096)
def _plain(letter: str) -> tuple[bool, str]:
    """Return whether a letter is a word of its own, and what is read for it (nothing: skipped)."""
    category = unicodedata.category(letter)
    if category[0] == "C" or letter == "\ufffd":
        return False, ""
    mark = category[0] == "P" or letter in "$+<=>^`|~"
    alone = mark or any(first <= ord(letter) <= last for first, last in _IDEOGRAPHS)
    decomposed = unicodedata.normalize("NFD", letter)
    kept = "".join(one for one in decomposed if unicodedata.category(one) != "Mn")
    return alone, kept.lower()
