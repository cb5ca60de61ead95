from __future__ import annotations

from datetime import date

import pytest
from sqlalchemy import Connection

from quotes.search.reading import ask


def test_columns_are_attributes(stocked: Connection) -> None:
    (row,) = ask(stocked, "SELECT 1 AS one, 'a:b %s' AS two")
    assert (row.one, row.two) == (1, "a:b %s")


def test_values_are_named_and_lists_are_spread(stocked: Connection) -> None:
    query = "SELECT text FROM quote_list WHERE id IN :ids AND speaker = :name ORDER BY id"
    rows = ask(stocked, query, {"ids": [1, 2, 3, 4], "name": "Ada Quill"})
    assert [row.text[:8] for row in rows] == ["We won’t", "The old "]
    assert list(ask(stocked, query, {"ids": [], "name": "Ada Quill"})) == []


def test_types_are_the_same_on_every_database(stocked: Connection) -> None:
    query = "SELECT first_published, id FROM quote_list ORDER BY id"
    days = [row.first_published for row in ask(stocked, query, dates=["first_published"])]
    assert days == [date(2025, 3, 1), date(2025, 3, 1), date(2025, 3, 5), None]
    (row, *_) = ask(
        stocked,
        "SELECT s.provisional, t.evidence FROM attributions t"
        " JOIN speakers s ON s.id = t.speaker_id ORDER BY t.id",
        flags=["provisional"],
        documents=["evidence"],
    )
    assert row.provisional is True
    assert row.evidence[0]["role"] == "cue"


@pytest.mark.parametrize("stream", [True, False])
def test_rows_may_be_streamed(stocked: Connection, stream: bool) -> None:
    rows = iter(ask(stocked, "SELECT id FROM renderings ORDER BY id", stream=stream))
    assert next(rows).id == 1
    assert len(list(rows)) == 6
