"""Which voices are worth comparing: those with three telling words in a row in common.

Words that more than ``COMMON_VOICES`` have within some weeks are everybody's and bring nobody
together, so that what a voice is compared with does not grow with how many say what it says.
"""

from __future__ import annotations

from collections.abc import Collection
from datetime import date
from functools import lru_cache

from quotes.normaliser.keys import mix, neighbours, period, run_sums, telling_numbers, whole_key
from quotes.normaliser.thresholds import ECHO_WHOLE

RUN = 3
"""So many telling words in a row bring the words of two speakers together."""
_MASK = 0xFFFFFFFFFFFFFFFF


def stored_echo_keys(folded: str, published: date | None) -> set[int]:
    """Return the keys under which a voice is found by the words of other speakers."""
    now = period(published)
    return {mix(now, key) for key in echo_keys(folded)}


def sought_echo_keys(folded: str, published: date | None, common: Collection[int] = ()) -> set[int]:
    """Return the keys to look up for a voice: the counterpart of ``stored_echo_keys``.

    A key that is ``common`` brings nobody together, whichever of the two voices is stored under it.
    """
    now = period(published)
    own = [key for key in echo_keys(folded) if mix(now, key) not in common]
    return {mix(at, key) for at in neighbours(now) for key in own}.difference(common)


def beside_echo_keys(folded: str, published: date | None, stored: Collection[int]) -> set[int]:
    """Return what a voice seeks by those of its keys that it is stored under as one of ``stored``.

    These are the keys of all who meet it, or cease to, when only they are or are not common.
    """
    now = period(published)
    own = [key for key in echo_keys(folded) if mix(now, key) in stored]
    return {mix(at, key) for at in neighbours(now) for key in own}


@lru_cache(maxsize=1 << 12)
def echo_keys(folded: str) -> frozenset[int]:
    """Return the keys (64 bits) of a wording, whatever its day."""
    keys = {run & _MASK for run in run_sums(telling_numbers(folded), RUN)}
    if folded.count(" ") >= ECHO_WHOLE[0] - 1:
        keys.add(whole_key(folded))
    return frozenset(keys)
