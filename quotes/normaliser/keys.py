"""Blocking keys: which stored renderings are worth comparing with a new one.

Wordings meet through pairs of telling words that stand next to each other once function words are
left out: a trimmed rendering keeps most of these pairs. A wording with one telling word has no
pair; it meets longer wordings through that word, but longer ones never meet through one common
topic word. The weights come from a fixed table, so a rendering's keys depend on its words alone.
"""

from __future__ import annotations

import re
from functools import lru_cache
from itertools import pairwise

from quotes.normaliser.fold import ELLIPSIS
from quotes.normaliser.words import FUNCTION_BITS, word_bits

_ENDING = re.compile(r"(?<=\w{4})(?:ations?|ing(?:ly|s)?|ed(?:ly)?|ies|es|ly|s|e|y)$")

MAX_WORDS = 80
"""Telling words beyond this give no keys: nobody says longer statements."""


def stored_keys(folded: str) -> frozenset[str]:
    """Return the keys under which a rendering is found (at most ``2 * MAX_WORDS``)."""
    words = telling_words(folded)
    kind = "lone" if len(words) == 1 else "among"
    return _common_keys(folded, words) | {f"{kind}:{word}" for word in words}


def sought_keys(folded: str) -> frozenset[str]:
    """Return the keys to look up for a rendering: the counterpart of ``stored_keys``."""
    words = telling_words(folded)
    keys = _common_keys(folded, words) | {f"lone:{word}" for word in words}
    return keys | {f"among:{word}" for word in words} if len(words) == 1 else keys


def telling_words(folded: str) -> list[str]:
    """Return the stems of the words that tell something; of all words if none does."""
    words = [word for word in folded.split() if word != ELLIPSIS]
    telling = [word for word in words if word_bits(word) > FUNCTION_BITS] or words
    return [stem(word) for word in telling[:MAX_WORDS]]


def _common_keys(folded: str, words: list[str]) -> frozenset[str]:
    pairs = {" ".join(sorted(pair)) for pair in pairwise(words)}
    return frozenset(pairs | {f"={folded[:200]}"})


@lru_cache(maxsize=1 << 16)
def stem(word: str) -> str:
    """Return ``word`` without a plural or verb ending: enough for “threats”, “threatened”."""
    return _ENDING.sub("", word)
