"""Many rows in one statement: all of them arrive, in both databases."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import select, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from quotes.database.engine import bulk
from quotes.database.engine.bulk import (
    among,
    as_rows,
    batches,
    change,
    delete_tuples,
    found,
    insert_numbered,
    insert_rows,
    insert_tuples,
    update_tuples,
)
from quotes.database.engine.models import Outlet, Quote, Speaker, VoiceKey
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


def test_rows_are_deleted_by_their_values(session: Session) -> None:
    with session.begin():
        insert_tuples(session, VoiceKey, ("key", "voice_id"), [(2**60, 1), (2, 1), (2, 2)])
        delete_tuples(session, VoiceKey, ("key", "voice_id"), [])
        delete_tuples(session, VoiceKey, ("key", "voice_id"), [(2, 1), (2**60, 1), (3, 1)])
    assert fetch(session, "SELECT key, voice_id FROM voice_keys") == [(2, 2)]


@pytest.mark.parametrize("values", [[], ["a", "c", "nobody"], ["“", "\\", "'", "a,b", "{}", "c"]])
def test_any_number_of_values_is_one_of_a_statement(session: Session, values: list[str]) -> None:
    names = ["a", "b", "c", "“", "\\", "'", "a,b", "{}"]
    row = {"names": [], "domains": [], "origin": "seed"}
    with session.begin():
        insert_rows(session, Outlet, [{"slug": name, "name": name, **row} for name in names])
        some = select(Outlet.slug).where(among(Outlet.slug))
        assert {row.slug for row in found(session, some, values)} == {*values} & {*names}
        change(session, update(Outlet).where(among(Outlet.slug)).values(country="X"), values)
    changed = fetch(session, "SELECT slug FROM outlets WHERE country = 'X'")
    assert {slug for (slug,) in changed} == {*values} & {*names}


@pytest.mark.parametrize("backend", ["sqlite"])
def test_a_statement_for_any_number_of_values_uses_the_index(session: Session) -> None:
    some = select(Outlet.id).where(among(Outlet.slug))
    with session.begin():
        sql = str(some.compile(session.connection()))
        plan = session.connection().exec_driver_sql(f"EXPLAIN QUERY PLAN {sql}", ("[]",)).all()
    assert "SEARCH outlets USING" in plan[0][-1]


def test_what_a_database_refuses_is_told_as_by_any_statement(session: Session) -> None:
    with pytest.raises(IntegrityError), session.begin():
        insert_tuples(session, VoiceKey, ("key", "voice_id"), [(1, 1), (1, 1)])
