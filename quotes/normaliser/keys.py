"""Blocking keys: which stored renderings are worth comparing with a new one.

Long wordings meet through pairs of telling words that stand next to each other once function
words are left out. A short fragment may share one word only with the passage that it was cut
from, so fragments and longer wordings also meet through single words, but only across: two long
wordings never meet through one common topic word. The weights come from a fixed table, so a
rendering's keys depend on its words alone.
"""

from __future__ import annotations

import re
from functools import lru_cache
from itertools import pairwise

from quotes.normaliser.fold import ELLIPSIS
from quotes.normaliser.words import FUNCTION_BITS, word_bits

_ENDING = re.compile(r"(?<=\w{4})(?:ations?|ing(?:ly|s)?|ed(?:ly)?|ies|es|ly|s|e|y)$")

FRAGMENT_WORDS = 3
"""A wording with at most so many telling words is a fragment."""

MAX_WORDS = 80
"""Telling words beyond this give no keys: nobody says longer statements."""


def stored_keys(folded: str) -> frozenset[str]:
    """Return the keys under which a rendering is found (at most ``3 * MAX_WORDS``)."""
    words = _telling(folded)
    single = "fragment" if len(words) <= FRAGMENT_WORDS else "passage"
    return _common_keys(folded, words) | {f"{single}:{word}" for word in words}


def sought_keys(folded: str) -> frozenset[str]:
    """Return the keys to look up for a rendering: the counterpart of ``stored_keys``."""
    words = _telling(folded)
    keys = _common_keys(folded, words) | {f"fragment:{word}" for word in words}
    if len(words) <= FRAGMENT_WORDS:
        keys |= {f"passage:{word}" for word in words}
    return keys


def _telling(folded: str) -> list[str]:
    words = [
        word for word in folded.split() if word != ELLIPSIS and word_bits(word) > FUNCTION_BITS
    ]
    return [stem(word) for word in words[:MAX_WORDS]]


def _common_keys(folded: str, words: list[str]) -> frozenset[str]:
    pairs = {" ".join(sorted(pair)) for pair in pairwise(words)}
    return frozenset(pairs | ({f"={folded[:200]}"}))


@lru_cache(maxsize=1 << 16)
def stem(word: str) -> str:
    """Return ``word`` without a plural or verb ending: enough for “threats”, “threatened”."""
    return _ENDING.sub("", word)
