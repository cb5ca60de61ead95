from __future__ import annotations

import os
import signal
import sqlite3
from pathlib import Path
from threading import Timer

import pytest
from sqlalchemy import text

from quotes.database.session import open_session
from quotes.errors import DatabaseError, UsageError
from quotes.search.sql import run_sql

READS = [
    "SELECT count(*) AS n FROM quote_list",
    "select 4 as n;",
    "  -- a comment\n /* another; one */ SELECT count(*) n FROM quotes ;\n",
    "WITH q AS (SELECT * FROM quotes) SELECT count(*) AS n FROM q",
]
WRITES = [
    "DELETE FROM quotes",
    "UPDATE quotes SET text = ''",
    "INSERT INTO outlets (slug) VALUES ('x')",
    "DROP TABLE quotes",
    "CREATE TABLE x (y int)",
    "SELECT 1; DELETE FROM quotes",
    "SELECT 1; SELECT 2",
    "SELECT 1; COMMIT; DROP TABLE judgements",
    "COMMIT",
    "BEGIN",
    "VACUUM",
    "",
    "-- nothing",
    "/* nothing",
]
SQLITE_READS = [
    "SELECT count(*) AS n FROM json_each('[1, 2, 3, 4]')",
    "SELECT count(*) AS n FROM outlets o, json_each(o.domains) j RIGHT JOIN quotes k ON 1",
    "SELECT count(*) AS n FROM json_tree('[1, 2, 3]')",
    "SELECT count(*) AS n FROM pragma_table_info('speakers') WHERE cid < 4",
    "SELECT count(*) AS n FROM (SELECT 1 FROM pragma_index_list('quotations') UNION ALL"
    " SELECT 1 FROM quotes LIMIT 4)",
]
SQLITE_WRITES = [
    "ATTACH DATABASE 'other.db' AS other",
    "PRAGMA journal_mode = DELETE",
    "PRAGMA query_only = OFF",
    "SELECT load_extension('evil')",
    "WITH q AS (SELECT 1) DELETE FROM quotes",
    "WITH q AS (SELECT 1) INSERT INTO outlets (slug) SELECT 'x' FROM q",
    "EXPLAIN DELETE FROM quotes",
    "SELECT * FROM pragma_journal_mode('delete')",
]
POSTGRESQL_WRITES = [
    "WITH gone AS (DELETE FROM quotes RETURNING 1) SELECT * FROM gone",
    "EXPLAIN ANALYZE DELETE FROM quotes",
    "SELECT nextval('quotes_id_seq')",
    "SELECT set_config('transaction_read_only', 'off', false)",
    "SELECT 1 AS x INTO taken",
    "COPY quotes TO '/tmp/x'",
    "SET default_transaction_read_only = off",
    "SELECT * FROM quotes FOR UPDATE",
]


@pytest.mark.parametrize("statement", READS)
def test_reading(stocked_url: str, statement: str) -> None:
    columns, rows = run_sql(stocked_url, statement)
    assert (columns, rows) == (["n"], [(4,)])


@pytest.mark.parametrize("backend", ["sqlite"])
@pytest.mark.parametrize("statement", SQLITE_READS)
def test_reading_with_the_functions_of_sqlite(stocked_url: str, statement: str) -> None:
    assert run_sql(stocked_url, statement) == (["n"], [(4,)])


ENDLESS = "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT count(*) FROM n"


def test_a_limit_of_time_ends_a_statement(stocked_url: str) -> None:
    with pytest.raises(UsageError, match=r"takes longer than 0\.2 seconds \(--timeout\)"):
        run_sql(stocked_url, ENDLESS, timeout=0.2)
    assert run_sql(stocked_url, "SELECT 4 AS n", timeout=60)[1] == [(4,)]


def test_ctrl_c_ends_a_statement(stocked_url: str) -> None:
    sqlite3.enable_callback_tracebacks(False)  # as it is, unless Datasette was imported
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    signals = Timer(1, os.kill, (os.getpid(), signal.SIGINT))
    signals.start()
    try:
        with pytest.raises(KeyboardInterrupt):
            run_sql(stocked_url, ENDLESS)
    finally:
        signals.join()
        signal.signal(signal.SIGINT, before)
    assert run_sql(stocked_url, "SELECT 4 AS n")[1] == [(4,)]


@pytest.mark.parametrize("backend", ["postgresql"])
def test_a_superuser_is_warned_of_and_a_plain_role_is_not(stocked_url: str) -> None:
    told: list[str] = []
    run_sql(stocked_url, "SELECT 1", tell=told.append)
    assert len(told) == 1
    assert "connect as a plain role" in told[0]
    with open_session(stocked_url) as session, session.begin():
        session.execute(text("DROP ROLE IF EXISTS reader"))
        session.execute(text("CREATE ROLE reader LOGIN"))
        session.execute(text("GRANT SELECT ON ALL TABLES IN SCHEMA public TO reader"))
    reader = stocked_url.replace("postgres:@", "reader@")
    assert run_sql(reader, "SELECT count(*) FROM quotes", tell=told.append)[1] == [(4,)]
    assert len(told) == 1
    with open_session(stocked_url) as session, session.begin():
        session.execute(text("DROP OWNED BY reader"))
        session.execute(text("DROP ROLE reader"))


@pytest.mark.parametrize("statement", WRITES)
def test_nothing_is_written(stocked_url: str, statement: str) -> None:
    _refused(stocked_url, statement)


@pytest.mark.parametrize("backend", ["sqlite"])
@pytest.mark.parametrize("statement", SQLITE_WRITES)
def test_nothing_is_written_to_sqlite(stocked_url: str, statement: str) -> None:
    _refused(stocked_url, statement)


@pytest.mark.parametrize("backend", ["postgresql"])
@pytest.mark.parametrize("statement", POSTGRESQL_WRITES)
def test_nothing_is_written_to_postgresql(stocked_url: str, statement: str) -> None:
    _refused(stocked_url, statement)


def _refused(url: str, statement: str) -> None:
    with pytest.raises(UsageError) as caught:
        run_sql(url, statement)
    assert "\n" not in str(caught.value)
    assert run_sql(url, "SELECT count(*) FROM quotes")[1] == [(4,)]


def test_a_refused_write_says_so(stocked_url: str) -> None:
    with pytest.raises(UsageError, match="only reads: give one statement"):
        run_sql(stocked_url, "DELETE FROM quotes")


@pytest.mark.parametrize("backend", ["sqlite"])
def test_full_text_search_works_in_sql(stocked_url: str) -> None:
    statement = "SELECT count(*) FROM rendering_search WHERE rendering_search MATCH 'harbour'"
    assert run_sql(stocked_url, statement)[1] == [(3,)]


def test_percent_and_colon_mean_themselves(stocked_url: str) -> None:
    statement = "SELECT count(*) FROM quote_list WHERE text LIKE '%ferr%' AND text <> ':x %s'"
    assert run_sql(stocked_url, statement)[1] == [(2,)]


@pytest.mark.parametrize("statement", ["SELECT nope FROM quotes", "SELECT FROM WHERE", "SELECT (1"])
def test_mistakes_point_at_the_schema(stocked_url: str, statement: str) -> None:
    with pytest.raises(UsageError, match="quotes sql --schema"):
        run_sql(stocked_url, statement)


def test_a_missing_file_is_not_created(tmp_path: Path) -> None:
    with pytest.raises(DatabaseError, match="there is no database here"):
        run_sql(str(tmp_path / "typo.db"), "SELECT 1")
    assert not (tmp_path / "typo.db").exists()
