"""Many rows in one statement: all of them arrive, in both databases."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import inspect
from sqlalchemy.orm import Session

from quotes.database.engine import bulk
from quotes.database.engine.bulk import (
    as_rows,
    batches,
    create_indexes,
    drop_indexes,
    insert_numbered,
    insert_rows,
    insert_tuples,
    update_tuples,
)
from quotes.database.engine.models import Option, Outlet, Quote, RenderingKey, Speaker
from tests.stored import fetch

SPEAKER = {
    "slug": "ada-quill",
    "name": "Ada Quill",
    "type": "person",
    "provisional": False,
    "origin": "person",
}


@given(values=st.sets(st.integers()), size=st.integers(1, 7))
def test_batches_hold_every_value_once_in_order(values: set[int], size: int) -> None:
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(bulk, "BATCH", size)
        parts = list(batches(values))
    assert [value for part in parts for value in part] == sorted(values)
    assert all(0 < len(part) <= size for part in parts)


def test_arrays_become_lists_of_python_numbers(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bulk, "_NUMBERS", 2)
    parts = list(as_rows(np.arange(10).reshape(5, 2)))
    assert [len(part) for part in parts] == [2, 2, 1]
    assert parts[2] == [[8, 9]]
    assert type(parts[0][0][0]) is int


def test_ids_come_in_the_order_of_the_rows(session: Session) -> None:
    names = [f"Outlet {number}" for number in range(50)]
    row = {"names": [], "domains": [], "origin": "seed"}
    with session.begin():
        assert insert_rows(session, Outlet, []) == []
        ids = insert_rows(session, Outlet, [{"slug": name, "name": name, **row} for name in names])
    stored = dict(fetch(session, "SELECT id, name FROM outlets"))
    assert [stored[key] for key in ids] == names


def test_a_number_is_never_given_again(session: Session) -> None:
    columns = ("speaker_id", "component", "text")
    with session.begin():
        (speaker,) = insert_rows(session, Speaker, [SPEAKER])
        assert insert_numbered(session, Quote, columns, []) == []
        first = insert_numbered(session, Quote, columns, [(speaker, 1, "a"), (speaker, 1, "b")])
    assert fetch(session, "SELECT id, text FROM quotes ORDER BY id") == [
        (first[0], "a"),
        (first[1], "b"),
    ]
    with session.begin():
        session.connection().exec_driver_sql("DELETE FROM quotes")
        (again,) = insert_numbered(session, Quote, columns, [(speaker, 1, "c")])
    assert again > max(first)


@pytest.mark.parametrize("count", [0, 1, 299, 300, 301, 1000])
def test_every_row_is_inserted_once(session: Session, count: int) -> None:
    rows = [(f"name {number}",) for number in range(count)]
    with session.begin():
        session.connection().exec_driver_sql("CREATE TABLE things (name text)")

    class Things:
        __tablename__ = "things"

    with session.begin():
        insert_tuples(session, Things, ("name",), rows)
    assert sorted(fetch(session, "SELECT name FROM things")) == sorted(rows)


def test_rows_are_changed_by_their_numbers(session: Session) -> None:
    with session.begin():
        ids = insert_rows(
            session, Speaker, [SPEAKER, {**SPEAKER, "slug": "bo-reed"}, {**SPEAKER, "slug": "c"}]
        )
        update_tuples(session, Speaker, ("name", "party"), [])
        update_tuples(
            session, Speaker, ("name", "party"), [("A", None, ids[0]), ("C", "Ferries", ids[2])]
        )
    assert fetch(session, "SELECT name, party FROM speakers ORDER BY id") == [
        ("A", None),
        ("Ada Quill", None),
        ("C", "Ferries"),
    ]


def test_indexes_go_and_come_back(session: Session) -> None:
    def named() -> set[str | None]:
        return {index["name"] for index in inspect(session.connection()).get_indexes(table)}

    table = RenderingKey.__tablename__
    with session.begin():
        before = named()
        dropped = drop_indexes(session, RenderingKey, Option)
        assert named() == set()
        create_indexes(session, dropped)
        assert named() == before == {"ix_rendering_keys_rendering_id"}
