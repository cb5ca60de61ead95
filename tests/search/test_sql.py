from __future__ import annotations

from pathlib import Path

import pytest

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
