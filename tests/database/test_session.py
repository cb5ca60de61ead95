from __future__ import annotations

import sqlite3
from pathlib import Path

import pytest
from sqlalchemy import text

from quotes.database.engine import connection as module
from quotes.database.engine.address import label, parse
from quotes.database.engine.connection import open_engine
from quotes.database.session import open_reader, open_session
from quotes.errors import DatabaseError


@pytest.mark.parametrize(
    ("url", "driver", "database"),
    [
        ("quotes.db", "sqlite", "quotes.db"),
        ("a folder/50% #1?.db", "sqlite", "a folder/50% #1?.db"),
        ("sqlite:///quotes.db", "sqlite", "quotes.db"),
        ("sqlite:////data/quotes.db", "sqlite", "/data/quotes.db"),
        ("postgres://ann@db.example/news", "postgresql+psycopg", "news"),
        ("postgresql://ann@db.example/news", "postgresql+psycopg", "news"),
        ("postgresql+psycopg://ann@db.example/news", "postgresql+psycopg", "news"),
    ],
)
def test_addresses(url: str, driver: str, database: str) -> None:
    address = parse(url)
    assert (address.drivername, address.database) == (driver, database)


@pytest.mark.parametrize(
    ("url", "message"),
    [
        ("mysql://ann:secret@db.example/news", r"mysql://…: only SQLite files and postgresql://"),
        ("postgresql+asyncpg://ann:secret@db/news", "only SQLite files"),
        ("postgresql://ann:secret@db:port/news", "this is not a database address"),
        ("://secret", "this is not a database address"),
        ("sqlite://", "name a file, as in sqlite:///quotes.db"),
        ("sqlite:///:memory:", "name a file"),
    ],
)
def test_wrong_addresses_are_explained_without_the_password(url: str, message: str) -> None:
    with pytest.raises(DatabaseError, match=message) as caught:
        parse(url)
    assert "secret" not in str(caught.value)


def test_messages_never_show_a_password() -> None:
    for url in ("postgresql://ann:secret@db/news", "postgresql://ann@db/news?password=secret"):
        assert "secret" not in label(parse(url))


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


@pytest.mark.parametrize("opened", [open_session, open_reader])
def test_a_text_file_is_no_database(tmp_path: Path, opened: type) -> None:
    path = tmp_path / "article.txt"
    path.write_text("“Quotations are not databases,” she said. " * 100)
    with pytest.raises(DatabaseError, match=r"article\.txt: is not a SQLite database"):
        opened(str(path)).__enter__()
    assert path.read_text().startswith("“Quotations")


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
        with open_reader(database_url) as connection:
            assert connection.scalar(text("SELECT count(*) FROM quotes")) == 0
    finally:
        other.close()


@pytest.mark.parametrize("backend", ["sqlite"])
def test_the_settings_of_sqlite(database_url: str, backend: str) -> None:
    with open_session(database_url) as session:
        assert session.scalar(text("PRAGMA journal_mode")) == "wal"
        assert session.scalar(text("PRAGMA foreign_keys")) == 1
        assert session.scalar(text("PRAGMA busy_timeout")) == 10_000


def test_a_reader_cannot_write(database_url: str) -> None:
    with open_reader(database_url) as connection, pytest.raises(Exception, match=r"read-?only"):
        connection.execute(text("DELETE FROM quotes"))


def test_names_with_special_characters_are_files(tmp_path: Path) -> None:
    path = tmp_path / "50% of #1? & more.db"
    with open_engine(str(path)) as engine, engine.begin() as connection:
        connection.execute(text("CREATE TABLE t (x integer)"))
    assert path.is_file()
    with open_engine(str(path), read_only=True) as engine, engine.connect() as connection:
        assert connection.scalar(text("SELECT count(*) FROM t")) == 0


def test_what_is_not_committed_is_rolled_back(database_url: str) -> None:
    insert = text(
        "INSERT INTO runs (program, model, started, articles, unchanged, failed,"
        " quotations) VALUES ('0', 'm', '2025-01-01 00:00:00', 0, 0, 0, 0)"
    )
    with open_session(database_url) as session:
        session.execute(insert)
    with open_session(database_url) as session:
        assert session.scalar(text("SELECT count(*) FROM runs")) == 0
