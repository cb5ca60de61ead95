"""Old and new places in pairs: the best first, each once, and in time that does not run away."""

from __future__ import annotations

import sys
from collections.abc import Callable, Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quotes.database.extractions.pairing import SAME_PLACE, Place, overlap, pair_places


@pytest.mark.parametrize(
    ("old", "new", "pairs"),
    [
        ([], [], {}),
        ([(0, 10)], [], {}),
        ([], [(0, 10)], {}),
        ([(0, 10), (20, 30)], [(20, 30), (0, 10)], {0: 1, 1: 0}),
        ([(0, 10)], [(0, 12)], {0: 0}),
        ([(0, 10)], [(2, 10)], {0: 0}),
        ([(0, 10)], [(5, 15)], {0: 0}),
        ([(0, 10)], [(6, 16)], {}),
        ([(0, 10)], [(10, 20)], {}),
        ([(0, 10)], [(0, 21)], {}),
        ([(0, 10)], [(0, 20)], {0: 0}),
        ([(0, 100)], [(0, 51), (51, 100)], {0: 0}),
        ([(0, 51), (51, 100)], [(0, 100)], {0: 0}),
        # An equal place wins over one that overlaps, and more over less.
        ([(0, 10)], [(0, 11), (0, 10)], {1: 0}),
        ([(0, 10)], [(0, 15), (0, 11)], {1: 0}),
        ([(0, 10), (1, 12)], [(0, 11)], {0: 0}),
        # Small quotations around a large one, which has other ends now.
        (
            [(0, 5), (6, 9), (11, 15), (20, 80), (82, 85), (86, 90), (92, 98)],
            [(0, 100)],
            {0: 3},
        ),
        # A quotation with one inside, both moved.
        ([(0, 50), (10, 30)], [(0, 48), (11, 30)], {0: 0, 1: 1}),
    ],
)
def test_pairs(old: list[Place], new: list[Place], pairs: dict[int, int]) -> None:
    assert pair_places(old, new) == pairs


places = st.lists(
    st.tuples(st.integers(0, 60), st.integers(1, 30)).map(lambda one: (one[0], sum(one))),
    unique=True,
    max_size=12,
)


@given(old=places, new=places)
def test_every_place_is_paired_once_and_only_with_one_that_it_shares_half_with(
    old: list[Place], new: list[Place]
) -> None:
    pairs = pair_places(old, new)
    assert len(set(pairs.values())) == len(pairs)
    for at, one in pairs.items():
        assert old[one] == new[at] or overlap(old[one], new[at]) >= SAME_PLACE
    for at, place in enumerate(new):
        if place in old:
            assert old[pairs[at]] == place


def side_by_side(lengths: Sequence[int]) -> list[Place]:
    found, at = [], 0
    for length in lengths:
        found.append((at, at + length))
        at += length + 3
    return found


@given(
    lengths=st.lists(st.integers(3, 400), min_size=1, max_size=40),
    cuts=st.lists(st.integers(0, 2), min_size=40, max_size=40),
)
def test_places_side_by_side_find_what_they_overlap_most(
    lengths: list[int], cuts: list[int]
) -> None:
    old = side_by_side(lengths)
    new = [(start + cut, end) for (start, end), cut in zip(old, cuts, strict=False)]
    expected = {at: at for at in range(len(old)) if overlap(old[at], new[at]) >= SAME_PLACE}
    assert pair_places(old, new) == expected


def calls(work: Callable[[], object]) -> int:
    """Return how many functions, of Python or of C, are called meanwhile."""
    count = 0

    def profile(_frame: object, event: str, _argument: object) -> None:
        nonlocal count
        count += event in ("call", "c_call")

    before = sys.getprofile()
    sys.setprofile(profile)
    try:
        work()
    finally:
        sys.setprofile(before)
    return count


SHAPES: dict[str, Callable[[int], list[Place]]] = {
    "side by side": lambda size: [(20 * at, 20 * at + 15) for at in range(size)],
    "one inside the other": lambda size: [(at, 10 * size - at) for at in range(size)],
    "all from one point": lambda size: [(0, size + at) for at in range(size)],
    "all overlapping": lambda size: [(at, size + at) for at in range(size)],
}


@pytest.mark.parametrize("shape", SHAPES)
def test_four_times_as_many_take_about_four_times_the_work(shape: str) -> None:
    def work(size: int) -> int:
        old = SHAPES[shape](size)
        new = [(start, end + 1) for start, end in old]
        return calls(lambda: pair_places(old, new))

    assert work(2000) < 4.5 * work(500)
