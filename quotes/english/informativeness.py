"""How much a word tells: a small fixed table of common English words, in bits.

The table is part of the program and not counted from the data, so that the same two wordings
compare alike whatever else is stored. The bands follow Zipf's law roughly: a word among the
hundred most frequent says next to nothing about which sentence it stands in, a word outside the
two thousand most frequent ones says a lot. The words are in ``seeds/english/wordings.toml``.
"""

from __future__ import annotations

from functools import lru_cache

from quotes.english.wordings import load_wordings

FUNCTION_BITS = 1.0
BAND_BITS = (4.0, 6.0, 8.0)
RARE_BITS = 11.0
NUMBER_BITS = 8.0

_BANDS = {name: words.split() for name, words in load_wordings().bands.items()}
FUNCTION_WORDS = frozenset(_BANDS["function"])
"""Words that hold a sentence together and say next to nothing by themselves."""
TELLING_BANDS = tuple(_BANDS[name] for name in ("commonest", "common", "familiar"))
"""The other words of the table, the most frequent first."""

_BITS = {
    word: bits for words, bits in zip(TELLING_BANDS, BAND_BITS, strict=True) for word in words
} | dict.fromkeys(FUNCTION_WORDS, FUNCTION_BITS)


@lru_cache(maxsize=1 << 16)
def word_bits(word: str) -> float:
    """Return how much a folded word tells about the sentence it stands in (bits, 1-11)."""
    if word[:1].isdigit():
        return NUMBER_BITS if len(word) > 1 else BAND_BITS[0]
    return _BITS.get(word, RARE_BITS)
