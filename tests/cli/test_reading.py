"""What is read and what is told of it, by the program as people run it."""

from __future__ import annotations

from pathlib import Path

from tests.cli.program import Quotes


def table(folder: Path, header: str, *rows: str) -> Path:
    path = folder / "dump.csv"
    path.write_text("\n".join((header, *rows)) + "\n", encoding="utf-8")
    return path


def test_an_ingest_ends_with_what_is_missing_and_was_guessed(
    tmp_path: Path, quotes: Quotes
) -> None:
    path = table(
        tmp_path,
        "Story,When,Mood,domain",
        "“They sail at noon” said Ada Quill.,2025-03-01,good,lantern.example",
        "“They sail at one” said Ada Quill.,soon,bad,lantern.example",
    )
    done = quotes("ingest", path, "--column", "published=when")
    assert done.status == 0
    table_of = dict(line.rsplit(maxsplit=1) for line in done.out.splitlines())
    assert table_of["articles without a date"] == "1"
    assert table_of["articles without an outlet"] == "0"
    assert table_of["articles without a title"] == "2"
    assert done.err.splitlines() == [
        "guessed: 2 outlets from the column 'domain'",
        f"columns not used of {path}: Mood",
        f"a date could not be read: 'soon' in {path}:3",
    ]
    rows = quotes("export", "quotations", "--format", "jsonl").rows
    assert [(row["outlet"], row["published"]) for row in rows] == [
        ("lantern.example", "2025-03-01"),
        ("lantern.example", None),
    ]


def test_a_column_that_is_nowhere_is_told(tmp_path: Path, quotes: Quotes) -> None:
    path = table(tmp_path, "text,day", "“They sail at noon” said Ada Quill.,2025-03-01")
    done = quotes("ingest", path, "--column", "published=printed")
    assert done.status == 0
    assert "no column 'printed' was found: check --column" in done.err


def test_columns_are_named_with_facts(tmp_path: Path, quotes: Quotes) -> None:
    for given, problem in (
        ("story", "write it as FACT=NAME"),
        ("text=", "write it as FACT=NAME"),
        ("mood=x", "'mood' is not one of text, outlet"),
    ):
        done = quotes("ingest", tmp_path, "--column", given)
        assert done.status == 2
        assert problem in done.err


def test_in_a_folder_nothing_is_passed_over_silently(articles: Path, quotes: Quotes) -> None:
    (articles / "photo.png").write_bytes(b"\x89PNG\r\n\x1a\n\0\0")
    (articles / "style.css").write_text("p { color: red }", encoding="utf-8")
    (articles / ".DS_Store").write_bytes(b"\0")
    done = quotes("extract", articles, "--format", "jsonl")
    assert done.status == 0
    assert len(done.rows) == 5
    assert done.err.splitlines() == [
        "3 files not read:",
        f"  {articles}/.DS_Store: is hidden",
        f"  {articles}/photo.png: is a PNG image",
        f"  {articles}/style.css: its format (.css) is not known",
    ]
    only = quotes("extract", articles, "--only", "*.TXT", "--only", "*.png", "--format", "jsonl")
    assert {row["article"] for row in only.rows} == {f"{articles}/post.txt"}
    assert f"{articles}/photo.png: is a PNG image" in only.err
    assert "style.css" not in only.err


def test_dates_are_typed_as_people_write_them(tmp_path: Path, quotes: Quotes) -> None:
    (tmp_path / "a.txt").write_text("“They sail at noon,” said Ada Quill.", encoding="utf-8")
    assert quotes("ingest", tmp_path / "a.txt", "--published", "15 Aug 2025").status == 0
    (row,) = quotes("export", "quotations", "--format", "jsonl").rows
    assert row["published"] == "2025-08-15"
    assert not quotes("search", "--since", "yesterday", "--format", "jsonl").rows
    ambiguous = quotes("search", "--since", "04/03/2024")
    assert ambiguous.status == 2
    assert "write it as YYYY-MM-DD" in ambiguous.err
