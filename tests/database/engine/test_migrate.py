from __future__ import annotations

import re
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from textwrap import indent

import pytest
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, Engine, inspect, text
from sqlalchemy.exc import DBAPIError, IntegrityError

from alembic import command
from quotes.database.engine import migrate
from quotes.database.engine.connection import open_engine
from quotes.database.engine.models import Base
from quotes.database.engine.revisions import revisions
from quotes.database.engine.views import NAMES
from quotes.database.repository import Repository
from quotes.database.session import open_connection, open_reader, open_session, upgrade
from quotes.errors import DatabaseError
from quotes.resources import folder
from quotes.seeds import load_outlets, load_speakers

CHECKOUT = Path(__file__).parents[3]

Add = Callable[[str, str], None]

HEAD = revisions()[-1]
NEXT, LAST = (f"{int(HEAD) + more:04}" for more in (1, 2))


def things(engine: Engine) -> set[str]:
    found = inspect(engine)
    return {*found.get_table_names(), *found.get_view_names()} - {migrate.VERSION_TABLE}


def revision(url: str) -> str | None:
    with open_engine(url) as engine, engine.connect() as connection:
        return connection.scalar(text(f"SELECT version_num FROM {migrate.VERSION_TABLE}"))


def set_revision(url: str, number: str) -> None:
    with open_engine(url) as engine, engine.begin() as connection:
        update = f"UPDATE {migrate.VERSION_TABLE} SET version_num = :number"
        connection.execute(text(update), {"number": number})


def outlets(url: str) -> list[tuple[object, ...]]:
    with open_engine(url) as engine, engine.connect() as connection:
        return [tuple(row) for row in connection.execute(text("SELECT * FROM outlets"))]


@pytest.fixture
def later(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Add:
    """What adds a revision, by number and code, to a copy of the program's own."""
    copy = tmp_path / "alembic"
    shutil.copytree(folder("alembic"), copy)
    for module in ("migrate", "revisions"):
        monkeypatch.setattr(f"quotes.database.engine.{module}.folder", lambda _: copy)

    def add(number: str, code: str) -> None:
        text = "from alembic import op\nimport sqlalchemy as sa\n"
        text += f"revision = '{number}'\ndown_revision = '{int(number) - 1:04}'\n"
        text += f"def upgrade():\n{indent(code, '    ')}\n"
        (copy / "versions" / f"{number}_later.py").write_text(text, encoding="utf-8")

    return add


NEW_TABLE = "op.create_table('harbours', sa.Column('id', sa.Integer, primary_key=True))"
NEW_COLUMN = """with op.batch_alter_table('outlets') as outlets:
    outlets.add_column(sa.Column('harbour', sa.Text))
    outlets.alter_column('found', new_column_name='land')
op.execute("UPDATE outlets SET harbour = 'Quayside'")"""


def with_an_outlet(url: str) -> None:
    with open_engine(url) as engine, engine.begin() as connection:
        insert = "INSERT INTO outlets (slug, name, names, domains, origin) VALUES"
        connection.execute(text(f"{insert} ('lantern', 'Daily Lantern', '[]', '[]', 'person')"))


def test_revisions_are_those_of_alembic() -> None:
    scripts = ScriptDirectory(str(folder("alembic")))
    assert revisions()[::-1] == [script.revision for script in scripts.walk_revisions()]


def test_the_migrations_go_up_and_down(empty_url: str) -> None:
    with open_engine(empty_url) as engine:
        assert migrate.status(engine).revision is None
        with engine.begin() as connection:
            command.upgrade(migrate.config(connection), "head")
        everything = things(engine)
        assert {"articles", "quotes", *NAMES} <= everything
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


@pytest.mark.parametrize("backend", ["sqlite"])
def test_tables_are_made_as_the_models_would_make_them(database_url: str, tmp_path: Path) -> None:
    def made(connection: Connection) -> dict[str, list[str]]:
        query = "SELECT name, sql FROM sqlite_master WHERE type IN ('table', 'index')"
        rows = connection.execute(text(f"{query} AND sql IS NOT NULL"))
        # A column that came later stands at another place, and its check beside it.
        return {name: sorted(re.findall(r"[\w'-]+", sql)) for name, sql in rows}

    with open_engine(database_url) as engine, engine.connect() as connection:
        migrated = made(connection)
    with open_engine(str(tmp_path / "made.db")) as engine, engine.begin() as connection:
        Base.metadata.create_all(connection)
        expected = made(connection)
    assert {name: migrated[name] for name in expected} == expected
    others = {name.partition("_search")[0] for name in migrated.keys() - expected.keys()}
    assert others == {"rendering", migrate.VERSION_TABLE}


OLDER = {" meaning": "", " apart": "", '("canonical", "divergent")': '("divergent",)'}
"""What the first migration once lacked."""


@pytest.fixture
def older_url(empty_url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    """A database that the first migration made when it lacked that, with a judgement."""
    older = tmp_path / "older"
    shutil.copytree(folder("alembic"), older)
    first = older / "versions" / "0001_first_tables.py"
    code = first.read_text(encoding="utf-8")
    for today, once in OLDER.items():
        assert today in code
        code = code.replace(today, once)
    first.write_text(code, encoding="utf-8")
    with monkeypatch.context() as patch, open_engine(empty_url) as engine:
        patch.setattr("quotes.database.engine.migrate.folder", lambda _: older)
        with engine.begin() as connection:
            command.upgrade(migrate.config(connection), "0002")
            connection.execute(text(
                "INSERT INTO articles (source, address, content_hash, version, form, added, body,"
                " removed) VALUES ('a', 'a', 'a', 1, 'article', '2024-05-01', 'b', FALSE)"
            ))  # fmt: skip
    judge(empty_url, "attribution")
    with open_engine(empty_url) as engine, engine.begin() as connection:
        connection.execute(text("INSERT INTO judgement_places VALUES (1, 0, 1, NULL, NULL)"))
    return empty_url


def judge(url: str, kind: str) -> None:
    with open_engine(url) as engine, engine.begin() as connection:
        insert = "INSERT INTO judgements (kind, by, at, details) VALUES (:kind, 'Ann', :at, '[1]')"
        connection.execute(text(insert), {"kind": kind, "at": "2024-05-01 10:00:00+00:00"})


def test_a_database_of_earlier_first_tables_gets_what_they_lacked(
    older_url: str, backend: str
) -> None:
    with pytest.raises(IntegrityError):
        judge(older_url, "apart")
    query = text("SELECT j.*, p.article_id FROM judgements j JOIN judgement_places p ON true")
    with open_engine(older_url) as engine, engine.connect() as connection:
        before = connection.execute(query).all()
        assert len(before) == 1
    upgrade(older_url)
    with open_engine(older_url) as engine, engine.begin() as connection:
        assert connection.execute(query).all() == before
        command.check(migrate.config(connection))
        if backend == "sqlite":
            assert connection.execute(text("PRAGMA foreign_key_check")).all() == []
        found = inspect(connection)
        indexes = {index["name"] for index in found.get_indexes("judgements")}
        assert indexes == {
            f"ix_judgements_{name}" for name in ("batch", "undoes", "speaker", "outlet")
        }
        assert "ix_renderings_canonical" in {one["name"] for one in found.get_indexes("renderings")}


def test_its_judgements_are_still_only_ever_added_and_of_the_kinds_there_are(
    older_url: str,
) -> None:
    upgrade(older_url)
    for kind in ("meaning", "apart"):
        judge(older_url, kind)
    with pytest.raises(IntegrityError, match="ck_judgements_kind"):
        judge(older_url, "guess")
    for change in ("UPDATE judgements SET why = 'x'", "DELETE FROM judgements"):
        with (
            pytest.raises((DatabaseError, DBAPIError), match="only ever added"),
            open_engine(older_url) as engine,
            engine.begin() as connection,
        ):
            connection.execute(text(change))


def test_every_constraint_has_a_name(database_url: str, backend: str) -> None:
    with open_engine(database_url) as engine:
        found = inspect(engine)
        tables = [name for name in Base.metadata.tables if found.has_table(name)]
        assert len(tables) == len(Base.metadata.tables)
        for table in tables:
            constraints = [
                *found.get_foreign_keys(table),
                *found.get_unique_constraints(table),
                *found.get_check_constraints(table),
            ]
            if backend != "sqlite":  # it knows AUTOINCREMENT only as part of the column
                constraints.append(found.get_pk_constraint(table))
            assert all(constraint["name"] for constraint in constraints), table


def test_a_failed_creation_leaves_nothing(empty_url: str, monkeypatch: pytest.MonkeyPatch) -> None:
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


def test_an_older_schema_is_migrated_in_a_file_and_waits_on_a_server(
    database_url: str, backend: str, later: Add
) -> None:
    with_an_outlet(database_url)
    later(NEXT, NEW_TABLE)
    later(LAST, NEW_COLUMN)
    if backend == "postgresql":
        for opened in (open_session, open_reader):
            with (
                pytest.raises(
                    DatabaseError, match=rf"schema {HEAD} .* needs {LAST}: run `quotes db up"
                ),
                opened(database_url),
            ):
                pass
        assert upgrade(database_url) == migrate.Status(HEAD, LAST)
    with open_connection(database_url) as connection:
        rows = connection.execute(text("SELECT name, harbour, land FROM outlets")).all()
        assert [tuple(row) for row in rows] == [("Daily Lantern", "Quayside", None)]
        for view in NAMES:
            rows = connection.scalar(text(f"SELECT count(*) FROM {view}"))
            assert rows == (view == "outlet_list"), view
    assert revision(database_url) == LAST
    assert upgrade(database_url).current


def test_an_interrupted_upgrade_leaves_the_older_schema(database_url: str, later: Add) -> None:
    with_an_outlet(database_url)
    with open_engine(database_url) as engine:
        everything, rows = things(engine), outlets(database_url)
    later(NEXT, NEW_TABLE)
    later(LAST, f"{NEW_COLUMN}\nraise KeyboardInterrupt")
    with pytest.raises(KeyboardInterrupt):
        upgrade(database_url)
    assert revision(database_url) == HEAD
    with open_engine(database_url) as engine:
        assert things(engine) == everything
    assert outlets(database_url) == rows
    later(LAST, NEW_COLUMN)
    assert upgrade(database_url).revision == HEAD
    assert revision(database_url) == LAST


def test_a_newer_schema_is_refused(
    database_url: str, later: Add, monkeypatch: pytest.MonkeyPatch
) -> None:
    later(NEXT, NEW_TABLE)
    upgrade(database_url)
    for module in ("migrate", "revisions"):
        monkeypatch.setattr(f"quotes.database.engine.{module}.folder", folder)
    for opened in (open_session, open_reader):
        with (
            pytest.raises(DatabaseError, match=rf"schema {NEXT}.* newer .* {HEAD}: update quotes"),
            opened(database_url),
        ):
            pass
    with pytest.raises(DatabaseError, match="update quotes"):
        upgrade(database_url)


@pytest.mark.parametrize("number", ["0000", "abcd", ""])
def test_an_unknown_schema_is_refused(database_url: str, number: str) -> None:
    set_revision(database_url, number)
    with pytest.raises(DatabaseError, match=r"which this program does not know; name another"):
        open_session(database_url).__enter__()


def test_a_database_of_a_development_version_is_refused(empty_url: str) -> None:
    with open_engine(empty_url) as engine, engine.begin() as connection:
        connection.execute(text("CREATE TABLE quotations (id integer)"))
        connection.execute(text("CREATE TABLE alembic_version (version_num text)"))
        connection.execute(text("INSERT INTO alembic_version VALUES ('0008')"))
    for opened in (open_session, open_reader):
        with (
            pytest.raises(DatabaseError, match=r"before the first release; name a new database"),
            opened(empty_url),
        ):
            pass


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
        connection.execute(text("CREATE TABLE alembic_version (version_num text)"))
        connection.execute(text("INSERT INTO alembic_version VALUES ('1975ea83b712')"))
    with open_session(empty_url) as session:
        assert session.scalar(text("SELECT count(*) FROM articles")) == 0


def test_opening_a_current_database_imports_neither_alembic_nor_the_orm(
    database_url: str,
) -> None:
    program = (
        "import sys\n"
        "from quotes.database.session import open_reader\n"
        "from quotes.search.query import SearchQuery\n"
        "from quotes.search.quotes import search_quotes\n"
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
        assert set(NAMES) <= things(engine)
