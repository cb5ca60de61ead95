"""Blocking keys: which stored renderings are worth comparing with a new one.

Wordings meet through pairs of telling words that stand next to each other once function words are
left out: a trimmed rendering keeps most of these pairs. A wording with one telling word has no
pair; it meets longer wordings through that word, but longer ones never meet through one common
topic word. One without any (“we’re not there yet”) meets them through four words in a row. These
near keys hold for some weeks: printings further apart, and undated ones and dated ones, meet
through five telling words in a row. So the work grows with what a speaker says in a month, not in a
life. The weights come from a fixed table, so that a rendering's keys depend on its words and its
date alone.
"""

from __future__ import annotations

import re
from datetime import date
from functools import lru_cache
from hashlib import blake2b
from itertools import pairwise

from quotes.normaliser.fold import ELLIPSIS
from quotes.normaliser.thresholds import REACH_DAYS
from quotes.normaliser.words import FUNCTION_BITS, word_bits

_ENDING = re.compile(r"(?<=\w{4})(?:ations?|ing(?:ly|s)?|ed(?:ly)?|ies|es|ly|s|e|y)$")

MAX_WORDS = 80
"""Telling words beyond this give no keys: nobody says longer statements."""
FAR_WORDS = 4
"""A shorter wording is never the same statement after a month."""
FAR_RUN = 5
"""So many telling words in a row bring wordings together after a month, or without a date."""
LIGHT_RUN = 4
"""So many words in a row that tell nothing bring a wording made of such words to longer ones."""
_LONE, _AMONG, _FAR, _LIGHT, _AMONG_LIGHT = 1, 2, 3, 4, 5


def stored_keys(folded: str, published: date | None) -> set[int]:
    """Return the keys under which a rendering is found (at most ``3 * MAX_WORDS``)."""
    words = telling_words(folded)
    near = _common_keys(folded, words)
    if len(words) == 1:
        near.append(_mix(_LONE, digest(words[0])))
    else:
        near += [_mix(_AMONG, digest(word)) for word in words]
    light = _LIGHT if _is_light(folded) else _AMONG_LIGHT
    near += [_mix(light, key) for key in _light_runs(folded)]
    now = period(published)
    return {_mix(now, key) for key in near}.union(_far_keys(folded, words))


def sought_keys(folded: str, published: date | None) -> set[int]:
    """Return the keys to look up for a rendering: the counterpart of ``stored_keys``."""
    words = telling_words(folded)
    near = _common_keys(folded, words)
    near += [_mix(_LONE, digest(word)) for word in words]
    if len(words) == 1:
        near += [_mix(kind, digest(words[0])) for kind in (_LONE, _AMONG)]
    light = (_LIGHT, _AMONG_LIGHT) if _is_light(folded) else (_LIGHT,)
    near += [_mix(kind, key) for kind in light for key in _light_runs(folded)]
    now = period(published)
    reached = (now - 1, now, now + 1) if now else (now,)
    return {_mix(at, key) for at in reached for key in near}.union(_far_keys(folded, words))


def period(published: date | None) -> int:
    """Return the number of the stretch of ``REACH_DAYS`` that a day lies in; 0 for no day."""
    return 0 if published is None else published.toordinal() // REACH_DAYS + 1


@lru_cache(maxsize=1 << 16)
def digest(text: str) -> int:
    """Return the same number (63 bits) for the same text, always and everywhere."""
    return int.from_bytes(blake2b(text.encode(), digest_size=8).digest()) >> 1


def telling_words(folded: str) -> list[str]:
    """Return the stems of the words that tell something; of all words if none does."""
    words = [word for word in folded.split() if word != ELLIPSIS]
    telling = [word for word in words if word_bits(word) > FUNCTION_BITS] or words
    return [stem(word) for word in telling[:MAX_WORDS]]


def _common_keys(folded: str, words: list[str]) -> list[int]:
    keys = [digest(one) + digest(two) for one, two in pairwise(words)]
    keys.append(_whole(folded))
    return keys


def _is_light(folded: str) -> bool:
    return all(word_bits(word) <= FUNCTION_BITS for word in folded.split())


def _light_runs(folded: str) -> list[int]:
    """Return the numbers of all runs of ``LIGHT_RUN`` words that tell nothing one by one."""
    words = folded.split()[: 2 * MAX_WORDS]
    light = [word_bits(word) <= FUNCTION_BITS for word in words]
    return [
        _whole(" ".join(words[at : at + LIGHT_RUN]))
        for at in range(len(words) - LIGHT_RUN + 1)
        if all(light[at : at + LIGHT_RUN])
    ]


def _far_keys(folded: str, words: list[str]) -> list[int]:
    """Return the keys by which renderings meet however much time lies between them.

    They are longer than a stock phrase, so that the work does not grow with a speaker's habits.
    """
    if folded.count(" ") < FAR_WORDS - 1:
        return []
    if len(words) < FAR_RUN:
        return [_mix(_FAR, _whole(folded))]
    numbers = [digest(word) for word in words]
    return [_mix(_FAR, sum(numbers[at : at + FAR_RUN])) for at in range(len(numbers) - FAR_RUN + 1)]


def _whole(folded: str) -> int:
    return int.from_bytes(blake2b(folded.encode(), digest_size=8).digest()) >> 1


def _mix(kind: int, key: int) -> int:
    """Return one number (63 bits) for a kind of key, or a period, and a key."""
    mixed = (key ^ kind * 0x9E3779B97F4A7C15) * 0xD6E8FEB86659FD93 & 0xFFFFFFFFFFFFFFFF
    return (mixed ^ mixed >> 32) >> 1


@lru_cache(maxsize=1 << 16)
def stem(word: str) -> str:
    """Return ``word`` without a plural or verb ending: enough for “threats”, “threatened”."""
    return _ENDING.sub("", word)
