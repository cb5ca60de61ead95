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


@pytest.mark.parametrize("spent", [0, 10_000], ids=["asked", "read"])
def test_matches_are_counted_ranked_and_found_among_others(stocked: Connection, spent: int) -> None:
    found = matches(stocked, "harbour OR ferry")
    found._spent = spent
    ranked = [*found.ranked(100)]
    assert all([*found.ranked(first)] == ranked for first in range(1, len(ranked) + 2))
    numbers = {rendering for rendering, _ in ranked}
    assert len(numbers) > 2
    assert [score for _, score in ranked] == sorted(score for _, score in ranked)
    assert (found.count(2), found.count(100)) == (2, len(numbers))
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
