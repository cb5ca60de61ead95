"""A light check whether a text is English, to mark the articles that the rules cannot serve."""

from __future__ import annotations

import itertools
import re

# Frequent function words that are rare in the languages that share English's letters.
_ENGLISH = frozenset(
    "the and of to that with his her from they have this which by it said are were been would "
    "their about after but who has not had what when there will could more than its out".split()
)
_WORD = re.compile(r"[^\W\d_]+")
_SAMPLE = 2000
_LEAST_SHARE = 0.12
_FEW_WORDS = 20


def looks_english(body: str) -> bool:
    """Whether the first words of ``body`` are English, by the share of function words.

    Texts of under 20 words are too short for that: they count as English in ASCII letters.
    """
    words = [match[0].lower() for match in itertools.islice(_WORD.finditer(body), _SAMPLE)]
    if len(words) < _FEW_WORDS:
        return bool(words) and all(word.isascii() for word in words)
    return sum(word in _ENGLISH for word in words) >= _LEAST_SHARE * len(words)
