from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quotes.database.session import Connection
from quotes.search import fulltext
from quotes.search.fulltext import Matches, _runs
from quotes.search.query import SearchQuery, Where, matching
from quotes.search.reading import ask


def matches(connection: Connection, text: str) -> Matches:
    where = Where()
    select = matching(SearchQuery(text=text), connection.dialect.name, where)
    assert select is not None
    return Matches(connection, select, where.params)


def ranked(found: Matches, most: int, first: int = 100) -> list[tuple[int, float]] | None:
    rows = found.ranked(most, first)
    return None if rows is None else [*rows]


@pytest.mark.parametrize("few", [0, 2_000], ids=["counted first", "few"])
def test_the_best_matches_come_first_unless_too_many_match(
    stocked: Connection, monkeypatch: pytest.MonkeyPatch, few: int
) -> None:
    monkeypatch.setattr(fulltext, "_FEW", few)
    found = matches(stocked, "harbour OR ferry")
    everything = ranked(found, 100)
    assert everything is not None
    assert everything == sorted(everything, key=lambda one: (one[1], one[0]))
    many = len(everything)
    assert many == found.count(100) > 2
    for first in range(1, many + 2):
        assert ranked(found, 100, first) == ranked(found, many, first) == everything
    assert ranked(matches(stocked, "harbour OR ferry"), many - 1) is None
    assert ranked(found, many - 1) is None
    assert ranked(matches(stocked, "zeppelin"), 100) == []


def test_matches_are_counted_no_further_than_asked(stocked: Connection) -> None:
    found = matches(stocked, "harbour OR ferry")
    everything = matches(stocked, "harbour OR ferry").count(100)
    assert [found.count(most) for most in (0, 1, 2, 1, 100, 2, 50)] == [
        *(0, 1, 2, 1, everything, 2, everything)
    ]


@pytest.mark.parametrize("spent", [0, 10_000], ids=["asked", "read"])
def test_matches_are_found_among_others(stocked: Connection, spent: int) -> None:
    found = matches(stocked, "harbour OR ferry")
    found._spent = spent
    numbers = {rendering for rendering, _ in ranked(found, 100) or ()}
    assert len(numbers) > 2
    query = "SELECT quote_id, id FROM rendering_list WHERE quote_id IS NOT NULL ORDER BY id DESC"
    first = {row.quote_id: row.id for row in ask(stocked, query) if row.id in numbers}
    assert found.among(range(100)) == first
    some = sorted(first)[1:]
    assert found.among(some) == {quote: first[quote] for quote in some}
    assert found.among([]) == {}


@given(st.sets(st.integers(1, 5_000)))
def test_stretches_hold_every_number_and_end_at_wide_gaps(numbers: set[int]) -> None:
    runs = [*_runs(numbers)]
    assert all(any(first <= one <= last for first, last in runs) for one in numbers)
    assert all(end in numbers for run in runs for end in run)
    assert all(one[1] + fulltext._GAP < two[0] for one, two in pairwise(runs))
