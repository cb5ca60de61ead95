from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, Engine, inspect, text

from alembic import command
from quotes.database.engine import migrate
from quotes.database.engine.connection import open_engine
from quotes.database.repository import Repository
from quotes.database.session import open_reader, open_session, upgrade
from quotes.errors import DatabaseError
from quotes.resources import folder
from quotes.seeds import load_outlets, load_speakers

CHECKOUT = Path(__file__).parents[3]


def things(engine: Engine) -> set[str]:
    found = inspect(engine)
    return {*found.get_table_names(), *found.get_view_names()} - {"alembic_version"}


def set_revision(url: str, revision: str) -> None:
    with open_engine(url) as engine, engine.begin() as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = :r"), {"r": revision})


def test_head_is_the_newest_migration() -> None:
    scripts = ScriptDirectory(str(folder("alembic")))
    assert scripts.get_heads() == [migrate.HEAD]


def test_the_migrations_go_up_and_down(empty_url: str) -> None:
    with open_engine(empty_url) as engine:
        assert migrate.status(engine).revision is None
        with engine.begin() as connection:
            command.upgrade(migrate.config(connection), "head")
        everything = things(engine)
        assert {"articles", "quotes", "quote_list", "quotation_list"} <= everything
        with engine.begin() as connection:
            command.downgrade(migrate.config(connection), "base")
        assert things(engine) == set()
        assert migrate.status(engine).revision is None
        with engine.begin() as connection:
            command.upgrade(migrate.config(connection), "head")
        assert things(engine) == everything


def test_the_migrations_make_what_the_models_say(database_url: str) -> None:
    with open_engine(database_url) as engine, engine.begin() as connection:
        command.check(migrate.config(connection))


def test_a_failed_migration_leaves_nothing(empty_url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(_connection: Connection) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("quotes.database.seed.seed", broken)
    with pytest.raises(KeyboardInterrupt), open_session(empty_url):
        pass
    with open_engine(empty_url) as engine:
        assert things(engine) == set()


def test_first_use_creates_and_seeds(empty_url: str) -> None:
    with open_session(empty_url) as session:
        stats = Repository(session).stats()
    assert (stats.speakers, stats.outlets) == (len(load_speakers()), len(load_outlets()))
    assert upgrade(empty_url).current


def test_the_default_file_is_created_even_for_reading() -> None:
    from quotes.settings import database_url

    with open_reader(database_url()) as connection:
        assert connection.scalar(text("SELECT count(*) FROM quote_list")) == 0
    assert Path(database_url()).is_file()


def test_a_newer_schema_is_refused(database_url: str) -> None:
    set_revision(database_url, "9999")
    for opened in (open_session, open_reader):
        with (
            pytest.raises(DatabaseError, match=r"schema 9999.* newer .*update quotes"),
            opened(database_url),
        ):
            pass


def test_an_older_schema_is_migrated_in_a_file_and_refused_on_a_server(
    database_url: str, backend: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    set_revision(database_url, "0000")
    if backend == "postgresql":
        with pytest.raises(DatabaseError, match="run `quotes db upgrade`"):
            open_session(database_url).__enter__()
        return
    upgraded = []
    monkeypatch.setattr(command, "upgrade", lambda *arguments: upgraded.append(arguments[1]))
    with open_session(database_url):
        assert upgraded == ["head"]


@pytest.mark.parametrize("backend", ["sqlite"])
def test_another_programs_file_is_refused(tmp_path: Path, backend: str) -> None:
    url = str(tmp_path / "other.db")
    with open_engine(url) as engine, engine.begin() as connection:
        connection.execute(text("CREATE TABLE notes (id integer)"))
    with pytest.raises(DatabaseError, match=r"other\.db: holds the tables of another program"):
        open_session(url).__enter__()


@pytest.mark.parametrize("backend", ["postgresql"])
def test_other_tables_on_a_server_are_no_hindrance(empty_url: str) -> None:
    with open_engine(empty_url) as engine, engine.begin() as connection:
        connection.execute(text("CREATE TABLE notes (id integer)"))
    with open_session(empty_url) as session:
        assert session.scalar(text("SELECT count(*) FROM articles")) == 0


def test_opening_a_current_database_imports_neither_alembic_nor_the_orm(
    database_url: str,
) -> None:
    program = (
        "import sys\n"
        "from quotes.database.session import open_reader\n"
        "from quotes.search import SearchQuery, search_quotes\n"
        "with open_reader(sys.argv[1]) as connection:\n"
        "    search_quotes(connection, SearchQuery(text='word'))\n"
        "heavy = {'alembic', 'sqlalchemy.orm', 'spacy', 'trafilatura', 'rapidfuzz', 'yaml'}\n"
        "print(sorted(heavy & set(sys.modules)))\n"
    )
    found = subprocess.run(
        [sys.executable, "-c", program, database_url], capture_output=True, text=True, check=True
    )
    assert found.stdout.strip() == "[]"


@pytest.mark.parametrize("backend", ["sqlite"])
def test_alembic_works_from_the_checkout(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, backend: str
) -> None:
    url = str(tmp_path / "by-hand.db")
    monkeypatch.setenv("QUOTES_DB", url)
    subprocess.run([sys.executable, "-m", "alembic", "upgrade", "head"], cwd=CHECKOUT, check=True)
    with open_engine(url) as engine:
        assert migrate.status(engine).current
