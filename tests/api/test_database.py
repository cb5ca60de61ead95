from __future__ import annotations

import csv
import json
import shutil
import sqlite3
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path

import pytest

import quotes

DENIAL = "We will not sell the long-term lease of the harbour to anyone"


@pytest.fixture
def db(stocked_url: str) -> Iterator[quotes.Database]:
    """The four articles about an invented town, opened."""
    with quotes.open(stocked_url) as database:
        yield database


def test_search_takes_any_spelling_and_date(db: quotes.Database) -> None:
    (hit,) = db.search("harbour", speaker="ADA quill", since="2025-03-01", until=date(2025, 3, 1))
    assert (hit.speaker, hit.divergent) == ("Ada Quill", 1)
    assert len(db.search()) == len(db.search(limit=None)) == 4
    assert len(db.search(limit=2)) == 2
    assert [one.speaker for one in db.search(outlet="evening post", min_confidence=0.5)]
    assert [one.id for one in db.search(divergent=True)] == [hit.id]


@pytest.mark.parametrize(
    ("filters", "problem"),
    [
        ({"speaker": "Nobody Known"}, "no speaker 'Nobody Known' is known"),
        ({"outlet": "No Such Paper"}, "no outlet 'No Such Paper' is known"),
        ({"since": "Friday"}, "'Friday' is not a date"),
        ({"limit": 0}, "a limit of 0 finds nothing"),
        ({"min_confidence": 80}, "a confidence of 80 is not between 0 and 1"),
    ],
)
def test_a_wrong_condition_is_named(
    db: quotes.Database, filters: dict[str, object], problem: str
) -> None:
    with pytest.raises(quotes.UsageError, match=problem):
        db.search(**filters)  # type: ignore[arg-type]
    with pytest.raises(quotes.UsageError, match=problem):
        list(db.rows("quotes", **filters))  # type: ignore[arg-type]


def test_show_takes_a_number_in_any_form(db: quotes.Database) -> None:
    (hit,) = db.search(divergent=True)
    shown = db.show(hit.id)
    assert shown == db.show(f"q{hit.id}") == db.show(f"Q{hit.id}")
    assert [variant.relation for variant in shown.variants] == ["canonical", "divergent"]
    held = shown.variants[0].renderings[0]
    for held_by in (f"v{shown.variants[1].id}", f"n{held.quotation_id}", f"r{held.id}"):
        assert db.show(held_by) == shown
    for wrong in ("a1", "12 quotes", "", "²"):
        with pytest.raises(quotes.UsageError, match=r"give a quote|is not an identifier"):
            db.show(wrong)
    with pytest.raises(quotes.UsageError, match="may be q1 "):
        db.show("1")
    with pytest.raises(quotes.UsageError, match="there is no quote q999"):
        db.show(999)


def test_rows_and_exports_have_the_same_columns(db: quotes.Database, tmp_path: Path) -> None:
    rows = list(db.rows("quotations", speaker="ada-quill"))
    target = tmp_path / "quotations.jsonl"
    assert db.export("quotations", target, speaker="ada-quill") == len(rows) == 4
    written = [json.loads(line) for line in target.read_text(encoding="utf-8").splitlines()]
    assert [list(row) for row in written] == [list(row) for row in rows]
    assert [row["text"] for row in written] == [row["text"] for row in rows]
    assert rows[0]["published"] == date(2025, 3, 1)


def test_an_export_for_excel(db: quotes.Database, tmp_path: Path) -> None:
    target = tmp_path / "quotes.CSV"
    count = db.export("quotes", target, excel=True)
    content = target.read_bytes()
    assert content.startswith(b"\xef\xbb\xbf")
    assert len(list(csv.reader(content.decode("utf-8-sig").splitlines()))) == count + 1


def test_an_export_that_cannot_be_is_refused(db: quotes.Database, tmp_path: Path) -> None:
    for problem, arguments in {
        "its format is not known: give it a name that ends in .csv": (
            "quotes",
            tmp_path / "quotes.xls",
        ),
        "'speakers' cannot be exported: name one of quotes, ": ("speakers", tmp_path / "a.csv"),
    }.items():
        with pytest.raises(quotes.UsageError, match=problem):
            db.export(*arguments)  # type: ignore[arg-type]
    with pytest.raises(quotes.UsageError, match="the mark for Excel goes with"):
        db.export("quotes", tmp_path / "quotes.jsonl", excel=True)
    with pytest.raises(quotes.QuotesError, match="cannot be written"):
        db.export("quotes", tmp_path / "missing" / "quotes.csv")
    assert list(tmp_path.glob("*.csv")) == list(tmp_path.glob("*.jsonl")) == []


def test_sql_reads(db: quotes.Database) -> None:
    assert db.sql("SELECT count(*) AS n FROM quotation_list") == [{"n": 7}]
    twice = db.sql("SELECT id, id, 1 AS id_2, id FROM quote_list ORDER BY id LIMIT 1")
    assert [list(row) for row in twice] == [["id", "id_2", "id_2_2", "id_3"]]
    for statement in ("DELETE FROM quotes", "SELECT 1; DELETE FROM quotes"):
        with pytest.raises(quotes.UsageError, match="only reads"):
            db.sql(statement)
    assert db.sql("SELECT count(*) AS n FROM quotation_list") == [{"n": 7}]


def test_a_closed_database_says_so(stocked_url: str) -> None:
    with quotes.open(stocked_url) as db:
        assert not repr(db).endswith(", closed>")
    db.close()
    assert repr(db).endswith(", closed>")
    uses = (
        db.search, db.judge, lambda: db.rows("quotes"), lambda: db.sql("SELECT 1"),
        lambda: db.ingest([]),
    )  # fmt: skip
    for use in uses:
        with pytest.raises(quotes.DatabaseError, match="is closed; open it again"):
            use()


def test_a_mistyped_path_is_no_new_database(tmp_path: Path) -> None:
    path = tmp_path / "typo.db"
    with pytest.raises(quotes.DatabaseError, match=r"typo\.db: there is no database here"):
        quotes.open(path)
    assert not path.exists()


def test_the_environment_names_the_default(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("QUOTES_DB", str(tmp_path / "mine.db"))
    with quotes.open(create=True) as db:
        assert repr(db) == f"<quotes.Database {str(tmp_path / 'mine.db')!r}>"
        assert db.sql("SELECT count(*) > 1000 AS known FROM speakers") == [{"known": 1}]


def test_a_password_is_never_shown(
    postgresql_template: Callable[[str], str], postgresql_server: str
) -> None:
    name = postgresql_template("migrated")
    url = postgresql_server.replace("/postgres?", f"/{name}?password=hush&")
    with quotes.open(url) as db:
        assert "hush" not in repr(db)


def test_reading_sees_what_others_have_written(stocked_url: str) -> None:
    with quotes.open(stocked_url) as reader, quotes.open(stocked_url) as writer:
        before = reader.sql("SELECT speaker FROM quotation_list WHERE id = 1")
        assert [hit.speaker for hit in reader.search("bridge")] == ["Ada Quill"]
        writer.judge("Ann Roe").attribution("n1", "Bruno Quill")
        assert before != reader.sql("SELECT speaker FROM quotation_list WHERE id = 1")
        assert [hit.speaker for hit in reader.search("bridge")] == ["Bruno Quill"]


def test_articles_are_read_into_it(database_url: str, tmp_path: Path) -> None:
    (tmp_path / "post.txt").write_text("“We sail at noon,” said Ann Roe.", encoding="utf-8")
    article = quotes.Article("letter", "“It rains,” said Bo Lind.", published=date(2025, 3, 1))
    with quotes.open(database_url) as db:
        done = db.ingest([tmp_path / "post.txt", tmp_path / "no.txt", article], outlet="Post")
        assert (done.stored, done.unchanged, done.quotations, done.attributed) == (2, 0, 2, 2)
        assert [error.source for error in done.failed] == [str(tmp_path / "no.txt")]
        again = db.ingest(tmp_path / "post.txt", outlet="Post")
        assert (again.stored, again.unchanged) == (0, 1)
        rows = db.sql("SELECT speaker, outlet FROM quotation_list ORDER BY id")
        assert rows == [
            {"speaker": "Ann Roe", "outlet": "Post"},
            {"speaker": "Bo Lind", "outlet": None},
        ]


def test_a_locked_database_is_one_clear_error(
    tmp_path: Path, sqlite_template: Callable[[str], Path]
) -> None:
    path = tmp_path / "locked.db"
    shutil.copy(sqlite_template("migrated"), path)
    with quotes.open(path) as db:
        connection = sqlite3.connect(path)
        connection.execute("PRAGMA journal_mode = DELETE")
        connection.execute("BEGIN EXCLUSIVE")
        with pytest.raises(quotes.DatabaseError, match=r"locked\.db: is locked by another program"):
            db.search()
        connection.close()
