"""Where the words of a query are in a variant, for people's eyes.

Which variants match is the database's decision. To mark the words in the printed text the same
way on every database, words count as equal here if they differ in an English ending only.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

_WORD = re.compile(r"[^\W_]+")
_ENDING = re.compile(r"(?<=\w{3})(?:ations?|ions?|ings?|ies|ied|ed|es|ly|s|e|y)$")

LONGEST_SNIPPET = 300


def marks(text: str, words: frozenset[str]) -> tuple[tuple[int, int], ...]:
    """Return the (start, end) of the words of ``text`` whose stems are among ``words``."""
    return tuple(match.span() for match in _WORD.finditer(text) if _stem(match[0]) in words)


def stems(text: str) -> frozenset[str]:
    """Return the stems of the words in a query."""
    return frozenset(_stem(match[0]) for match in _WORD.finditer(text))


def snippet(text: str, words: frozenset[str]) -> tuple[str, tuple[tuple[int, int], ...]]:
    """Return ``text``, or about ``LONGEST_SNIPPET`` of it around its first mark, and the marks."""
    found = marks(text, words)
    if len(text) <= LONGEST_SNIPPET:
        return text, found
    first = max(0, (found[0][0] if found else 0) - LONGEST_SNIPPET // 3)
    start = text.rfind(" ", 0, first) + 1
    end = text.find(" ", start + LONGEST_SNIPPET)
    end = len(text) if end < 0 else end
    before, after = "…" if start else "", "…" if end < len(text) else ""
    shift = len(before) - start
    inside = tuple((a + shift, b + shift) for a, b in found if a >= start and b <= end)
    return f"{before}{text[start:end]}{after}", inside


@lru_cache(maxsize=4096)
def _stem(word: str) -> str:
    parted = unicodedata.normalize("NFKD", word.casefold())
    return _ENDING.sub("", "".join(char for char in parted if not unicodedata.combining(char)))
