from __future__ import annotations

import re
from datetime import date

import pytest

from quotes.database.session import Connection
from quotes.errors import UsageError
from quotes.search.query import SearchQuery, Where
from quotes.search.reading import ask
from quotes.search.walking import IN_ORDER, Parts, conditions, in_order


def walked(connection: Connection, query: SearchQuery) -> list[int]:
    where = Where()
    conditions(connection, query, where)
    return [quote for quote, _ in in_order(connection, query, where, 20, None)]


def test_quotes_come_in_order_with_conditions(stocked: Connection) -> None:
    """``test_finding`` compares every way of going through them."""
    newest = walked(stocked, SearchQuery())
    oldest = walked(stocked, SearchQuery(sort="oldest"))
    assert len(newest) == 4
    assert newest[-1] == oldest[-1]  # the one without a date
    of_days = SearchQuery(since=date(2025, 3, 1), until=date.max)
    assert {*walked(stocked, of_days)} < {*newest}


@pytest.mark.parametrize("narrowed", ["1 = 1", "k.speaker_id = 1"])
@pytest.mark.parametrize(("backend", "ordered"), [("sqlite", "USING"), ("postgresql", "Index")])
def test_an_index_has_the_newest_ones_first(
    stocked: Connection, backend: str, ordered: str, narrowed: str
) -> None:
    """No database sorts all quotes for the first few of them."""
    if backend == "postgresql":  # of four rows it would not ask an index
        for way in ("seqscan", "sort", "bitmapscan"):
            [*ask(stocked, f"SELECT set_config('enable_{way}', 'off', true)")]
    explain = "EXPLAIN QUERY PLAN" if backend == "sqlite" else "EXPLAIN"
    ((_, order),) = IN_ORDER[None]
    query = f"SELECT k.id FROM quotes k WHERE {narrowed} ORDER BY {order} LIMIT 9"
    plan = " ".join(str(row) for row in ask(stocked, f"{explain} {query}"))
    assert ordered in plan
    assert not re.search(r"Sort|TEMP B-TREE", plan)


def test_unknown_names_are_explained(stocked: Connection) -> None:
    with pytest.raises(UsageError, match="no outlet 'The Moon' is known"):
        walked(stocked, SearchQuery(outlet="The Moon"))


def test_parts_grow_and_hold_everything() -> None:
    parts = [*Parts(range(9_000), 20)]
    assert [one for part in parts for one in part] == [*range(9_000)]
    sizes = [len(part) for part in parts[:-1]]
    assert sizes == sorted(sizes)
    assert sizes[0] < sizes[-1] <= 2_000


def test_a_part_is_as_large_as_should_be_enough() -> None:
    parts = Parts(range(100_000), 20)
    sizes = []
    for part in parts:
        sizes.append(len(part))
        parts.found = part[-1] // 100  # one of a hundred fits
        if parts.found >= parts.wanted:
            break
    assert 2_000 <= sum(sizes) < 2_400
