"""A light check whether a text is English, to mark the articles that the rules cannot serve."""

from __future__ import annotations

import itertools
import re

from quotes.english.lexicon import TELL_ENGLISH

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
    return sum(word in TELL_ENGLISH for word in words) >= _LEAST_SHARE * len(words)
