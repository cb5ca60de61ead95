"""Which new quotation goes on with which stored one, where an article was extracted again."""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterator, Sequence

Place = tuple[int, int]
"""Start and end of a quotation in the article's body."""

SAME_PLACE = 0.5
"""Least share of the longer of two overlapping quotations for them to be one."""

_NEAREST = 4
"""How many quotations before and after a place are looked at, among those about as long. More than
one can only reach it where quotations stand inside quotations."""


def pair_places(old: Sequence[Place], new: Sequence[Place]) -> dict[int, int]:
    """Return which place of ``new`` (by position) is which of ``old``; every one at most once.

    Equal places belong together, then those that overlap most, if they share half of the longer
    one. The time grows with the number of places (and sorting them), however they overlap.
    """
    exact = {place: at for at, place in enumerate(old)}
    pairs = {at: exact[place] for at, place in enumerate(new) if place in exact}
    taken = set(pairs.values())
    free = [at for at in range(len(old)) if at not in taken]
    moved = [at for at in range(len(new)) if at not in pairs]
    for _, one, other in sorted(_overlaps(old, free, new, moved)):
        if one not in taken and other not in pairs:
            pairs[other] = one
            taken.add(one)
    return pairs


def _overlaps(
    old: Sequence[Place], free: Sequence[int], new: Sequence[Place], moved: Sequence[int]
) -> Iterator[tuple[float, int, int]]:
    """Yield (negative share, position in ``old``, position in ``new``) of those that may be one.

    Two places that share half of the longer one are at most twice as long as each other: so the
    old ones are kept by the power of two of their length, and three of these lists looked at.
    """
    by_length: dict[int, list[tuple[int, int]]] = defaultdict(list)
    for at in free:
        start, end = old[at]
        by_length[(end - start).bit_length()].append((start, at))
    for alike in by_length.values():
        alike.sort()
    for at in moved:
        start, end = new[at]
        size = (end - start).bit_length()
        for alike in (by_length.get(size + step, []) for step in (-1, 0, 1)):
            middle = bisect_left(alike, (start, 0))
            for _, one in alike[max(0, middle - _NEAREST) : middle + _NEAREST]:
                share = overlap(old[one], new[at])
                if share >= SAME_PLACE:
                    yield -share, one, at


def overlap(one: Place, other: Place) -> float:
    """Return the share (0-1) of the longer of two places that both hold."""
    shared = min(one[1], other[1]) - max(one[0], other[0])
    longer = max(one[1] - one[0], other[1] - other[0])
    return max(0, shared) / longer if longer else 0.0
