"""Reading a SQLite file with Python's own driver."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from datetime import date
from pathlib import Path

import pytest

from quotes.database.engine.sqlite import explain, open_file
from quotes.errors import DatabaseError


@pytest.fixture
def ships(tmp_path: Path) -> Path:
    path = tmp_path / "ships.db"
    with closing(sqlite3.connect(path)) as connection, connection:
        connection.execute("CREATE TABLE ships (name TEXT, built TEXT, afloat INTEGER, crew TEXT)")
        rows = [("Ada", "2031-05-01", 1, '["Bo"]'), ("Cleo", None, 0, "[]")]
        connection.executemany("INSERT INTO ships VALUES (?, ?, ?, ?)", rows)
    return path


def test_values_are_read_as_what_they_mean(ships: Path) -> None:
    with open_file(ships) as reader:
        rows = reader.ask(
            "SELECT * FROM ships WHERE name IN :names ORDER BY name",
            {"names": ["Ada", "Cleo", "Dora"]},
            dates=("built",),
            flags=("afloat",),
            documents=("crew",),
        )
        ada, cleo = rows
    assert (ada.name, ada.built, ada.afloat, ada.crew) == ("Ada", date(2031, 5, 1), True, ["Bo"])
    assert (cleo.built, cleo.afloat) == (None, False)


def test_an_empty_list_finds_nothing(ships: Path) -> None:
    with open_file(ships) as reader:
        assert list(reader.ask("SELECT name FROM ships WHERE name IN :names", {"names": []})) == []


@pytest.mark.parametrize("many", [1, 2, 3, 20, 256, 257, 3_000])
def test_lists_of_any_length_are_asked_for(ships: Path, many: int) -> None:
    with open_file(ships) as reader:
        query = """WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 4000)
            SELECT count(*) AS found FROM n WHERE i IN :ids AND i <> :id"""
        (row,) = reader.ask(query, {"ids": [*range(1, many + 1)], "id": 4_000})
        assert row.found == many


def test_nothing_can_be_written(ships: Path) -> None:
    with pytest.raises(DatabaseError, match="cannot be written"), open_file(ships) as reader:
        reader.raw.execute("DELETE FROM ships")


def test_problems_say_what_to_do(tmp_path: Path) -> None:
    path = tmp_path / "text.db"
    path.write_text("no database at all, but more than a hundred bytes of text" * 10)
    with pytest.raises(DatabaseError, match="not a SQLite database"), open_file(path) as reader:
        list(reader.ask("SELECT 1 FROM sqlite_master", {}))
    assert explain(path, "database is locked").endswith("try again")
