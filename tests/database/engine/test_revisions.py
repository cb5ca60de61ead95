"""Which revision a file has, without Alembic."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

from quotes.database.engine.revisions import VERSION_TABLE, is_current, revisions


def stamped(path: Path, number: str) -> Path:
    with closing(sqlite3.connect(path)) as connection, connection:
        connection.execute(f"CREATE TABLE {VERSION_TABLE} (version_num TEXT)")
        connection.execute(f"INSERT INTO {VERSION_TABLE} VALUES (?)", (number,))
    return path


def test_revisions_are_in_order() -> None:
    assert revisions() == sorted(revisions())
    assert revisions()[0] == "0001"


def test_only_the_last_revision_is_current(tmp_path: Path) -> None:
    assert is_current(stamped(tmp_path / "new.db", revisions()[-1]))
    assert not is_current(stamped(tmp_path / "old.db", "0000"))
    (tmp_path / "none.db").write_bytes(b"")
    assert not is_current(tmp_path / "none.db")
