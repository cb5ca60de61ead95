from __future__ import annotations

import sqlite3
from pathlib import Path

import pytest
from sqlalchemy import inspect, text

from quotes.database.engine import connection as module
from quotes.database.engine.connection import BULK, open_engine
from quotes.database.session import open_connection, open_session
from quotes.errors import DatabaseError


def test_names_with_special_characters_are_files(tmp_path: Path) -> None:
    path = tmp_path / "50% of #1? & more.db"
    with open_engine(str(path)) as engine, engine.begin() as connection:
        connection.execute(text("CREATE TABLE t (x integer)"))
    assert path.is_file()
    with open_engine(str(path), read_only=True) as engine, engine.connect() as connection:
        assert connection.scalar(text("SELECT count(*) FROM t")) == 0


@pytest.mark.parametrize("backend", ["sqlite"])
def test_the_settings_of_sqlite(database_url: str, backend: str) -> None:
    with open_session(database_url) as session:
        assert session.scalar(text("PRAGMA journal_mode")) == "wal"
        assert session.scalar(text("PRAGMA foreign_keys")) == 1
        assert session.scalar(text("PRAGMA busy_timeout")) == 10_000


@pytest.mark.parametrize("backend", ["sqlite"])
def test_a_locked_file_is_explained(
    database_url: str, monkeypatch: pytest.MonkeyPatch, backend: str
) -> None:
    monkeypatch.setattr(module, "LOCK_SECONDS", 0.05)
    with open_session(database_url):
        pass
    other = sqlite3.connect(database_url, isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    try:
        with (
            pytest.raises(DatabaseError, match=r"quotes\.db: is locked by another program; wait"),
            open_session(database_url) as session,
        ):
            session.execute(text("DELETE FROM quotes"))
        with open_connection(database_url) as connection:
            assert connection.scalar(text("SELECT count(*) FROM quotes")) == 0
    finally:
        other.close()


def test_an_unreachable_server_is_explained() -> None:
    url = "postgresql://ann:se%20cret@127.0.0.1:1/news"
    with pytest.raises(DatabaseError, match=r"127\.0\.0\.1.*check the address") as caught:
        open_session(url).__enter__()
    assert "cret" not in str(caught.value)
    assert "\n" not in str(caught.value)


def test_an_unknown_database_of_a_server_is_explained(postgresql_server: str) -> None:
    url = postgresql_server.replace("/postgres?", "/nowhere?")
    with pytest.raises(DatabaseError, match='database "nowhere" does not exist'):
        open_session(url).__enter__()


def test_a_missing_folder_is_not_made(tmp_path: Path) -> None:
    with pytest.raises(DatabaseError, match=r"the folder .*missing does not exist"):
        open_session(str(tmp_path / "missing" / "quotes.db")).__enter__()


def test_a_folder_is_no_database(tmp_path: Path) -> None:
    with pytest.raises(DatabaseError, match="is a folder; name a file in it"):
        open_session(str(tmp_path)).__enter__()


@pytest.mark.parametrize("backend", ["sqlite"])
def test_a_bulk_transaction_is_one_without_foreign_keys(database_url: str, backend: str) -> None:
    with open_session(database_url) as session:
        for bulk in (True, False):
            with session.begin():
                session.connection(execution_options={BULK: bulk})
                assert session.scalar(text("PRAGMA foreign_keys")) == (not bulk)


@pytest.mark.parametrize("backend", ["sqlite"])
def test_other_errors_name_the_database_in_one_line(database_url: str, backend: str) -> None:
    with (
        pytest.raises(DatabaseError, match=r"quotes\.db: no such column: missing$"),
        open_engine(database_url) as engine,
        engine.connect() as connection,
    ):
        connection.execute(text("SELECT missing FROM outlets"))


def test_every_foreign_key_is_enforced(database_url: str) -> None:
    with open_engine(database_url) as engine, engine.connect() as connection:
        tables = inspect(connection).get_table_names()
        assert sum(len(inspect(connection).get_foreign_keys(table)) for table in tables) > 10
        with pytest.raises(Exception, match=r"(?i)foreign key"), connection.begin_nested():
            connection.execute(
                text("INSERT INTO variants (quote_id, fingerprint, text) VALUES (99, 'x', 'x')")
            )
