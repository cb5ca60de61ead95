"""Blocking keys: which stored renderings are worth comparing with a new one.

Wordings meet through pairs of telling words that stand next to each other once function words are
left out: a trimmed rendering keeps most of these pairs. A wording with one telling word has no
pair; it meets longer wordings through that word, but longer ones never meet through one common
topic word. These near keys hold for some weeks: printings further apart, and undated ones and dated
ones, meet through three telling words in a row. So the work grows with what a speaker says in a
month, not in a life. The weights come from a fixed table, so that a rendering's keys depend on its
words and its date alone.
"""

from __future__ import annotations

import re
from datetime import date
from functools import lru_cache
from itertools import pairwise

from quotes.normaliser.fold import ELLIPSIS
from quotes.normaliser.thresholds import REACH_DAYS
from quotes.normaliser.words import FUNCTION_BITS, word_bits

_ENDING = re.compile(r"(?<=\w{4})(?:ations?|ing(?:ly|s)?|ed(?:ly)?|ies|es|ly|s|e|y)$")

MAX_WORDS = 80
"""Telling words beyond this give no keys: nobody says longer statements."""
FAR_WORDS = 7
"""A wording without three telling words that is shorter than this never counts after a month."""


def stored_keys(folded: str, published: date | None) -> set[str]:
    """Return the keys under which a rendering is found (at most ``3 * MAX_WORDS``)."""
    words = telling_words(folded)
    kind = "lone" if len(words) == 1 else "among"
    near = _common_keys(folded, words) | {f"{kind}:{word}" for word in words}
    now = period(published)
    return {f"{now} {key}" for key in near} | far_keys(folded)


def sought_keys(folded: str, published: date | None) -> set[str]:
    """Return the keys to look up for a rendering: the counterpart of ``stored_keys``."""
    words = telling_words(folded)
    near = _common_keys(folded, words) | {f"lone:{word}" for word in words}
    if len(words) == 1:
        near.add(f"among:{words[0]}")
    now = period(published)
    reached = (None,) if now is None else (now - 1, now, now + 1)
    return {f"{at} {key}" for at in reached for key in near} | far_keys(folded)


def far_keys(folded: str) -> set[str]:
    """Return the keys by which renderings meet however much time lies between them."""
    words = telling_words(folded)
    if len(words) > 2:
        triples = zip(words, words[1:], words[2:], strict=False)
        return {f"far {' '.join(sorted(three))}" for three in triples}
    # Only a long wording of the commonest words can be the same statement after a month.
    return {f"far ={folded[:200]}"} if folded.count(" ") >= FAR_WORDS - 1 else set()


def period(published: date | None) -> int | None:
    """Return the number of the stretch of ``REACH_DAYS`` that a day lies in."""
    return None if published is None else published.toordinal() // REACH_DAYS


def telling_words(folded: str) -> list[str]:
    """Return the stems of the words that tell something; of all words if none does."""
    words = [word for word in folded.split() if word != ELLIPSIS]
    telling = [word for word in words if word_bits(word) > FUNCTION_BITS] or words
    return [stem(word) for word in telling[:MAX_WORDS]]


def _common_keys(folded: str, words: list[str]) -> set[str]:
    pairs = {f"{one} {two}" if one < two else f"{two} {one}" for one, two in pairwise(words)}
    pairs.add(f"={folded[:200]}")
    return pairs


@lru_cache(maxsize=1 << 16)
def stem(word: str) -> str:
    """Return ``word`` without a plural or verb ending: enough for “threats”, “threatened”."""
    return _ENDING.sub("", word)
