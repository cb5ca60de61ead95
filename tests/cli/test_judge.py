"""Corrections from the command line hold through everything that can happen to a database."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from alembic.config import Config

from alembic import command
from quotes.database.engine.connection import open_engine
from quotes.database.engine.migrate import config
from tests.cli.program import ARTICLES, Result, run, write_articles

STATE = (
    "SELECT id, speaker_slug, kind FROM quotation_list ORDER BY id",
    "SELECT speaker_slug, text, renderings FROM quote_list ORDER BY text, speaker_slug",
    "SELECT slug, name, provisional FROM speakers WHERE origin <> 'seed' ORDER BY slug",
)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """The three articles, and one that quotes ten people of the town."""
    path = tmp_path / "articles"
    path.mkdir()
    people = ["Cleo Marsh", "Dan Reed", "Eva Stone", "Finn Moor", "Gus Vale"]
    lines = [
        f"“The harbour needs {number} more cranes and a new road,” said {name}."
        for number, name in zip(("two", "three", "four", "five", "six"), people, strict=True)
    ]
    lines.append("“The lighthouse shines for every ship,” said Dan Reed.")
    lines.append("“My brother sells fish on Fridays,” said Gus Vale.")
    (path / "people.txt").write_text("\n\n".join(lines) + "\n", encoding="utf-8")
    return write_articles(path)


def state(database: str) -> list[list[dict[str, Any]]]:
    """Return what the views show."""
    found = [run(database, "sql", query, "--format", "jsonl") for query in STATE]
    return [sorted(one.rows, key=repr) for one in found]


VERSIONS = (
    "SELECT q.text, q.speaker_slug, q.kind FROM quotation_list q JOIN articles a"
    " ON a.id = q.article_id WHERE a.url LIKE '%lantern%' AND a.version = {} ORDER BY q.start"
)


def new_version(folder: Path) -> Path:
    """Write the article that has an address once more, with a paragraph put before it."""
    path = folder.parent / "lantern.md"
    front, body = ARTICLES["lantern.md"].split("---\n", 2)[1:]
    path.write_text(f"---\n{front}---\nThis article was corrected.\n\n{body}", encoding="utf-8")
    return path


def alembic(database: str, move: Callable[[Config, str], None], revision: str) -> None:
    """Move the schema of a database, as `alembic upgrade` and `downgrade` do."""
    with open_engine(database) as engine, engine.begin() as connection:
        move(config(connection), revision)


def decide(database: str) -> int:
    """Make twenty corrections of every sort and return how many."""
    quotations = run(
        database, "sql", "SELECT id, speaker_slug FROM quotation_list ORDER BY id", "--format",
        "jsonl",
    ).rows  # fmt: skip
    names = [f"n{row['id']}" for row in quotations if row["speaker_slug"]]
    commands: list[tuple[object, ...]] = [
        ("judge", "attribution", names[0], "bruno-quill", "--why", "heard it"),
        ("judge", "attribution", names[1], "none"),
        ("judge", "attribution", names[2], "Cleo Marsh"),
        ("judge", "attribution", names[3], "zelensky"),
        ("judge", "kind", names[4], "none"),
        ("judge", "kind", names[5], "mixed"),
        ("speakers", "add", "Hugo Brook"),
        ("judge", "attribution", names[6], "Hugo Brook"),
        ("speakers", "alias", "hugo-brook", "The Lamplighter"),
        ("speakers", "rename", "Gus Vale", "Augustus Vale"),
        ("speakers", "confirm", "Finn Moor"),
        ("speakers", "alias", "finn-moor", "F. Moor"),
        ("speakers", "merge", "Eva Stone", "Dan Reed"),
        ("speakers", "merge", "Finn Moor", "Gus Vale"),
        ("speakers", "rename", "Dan Reed", "Daniel Reed"),
        ("speakers", "add", "Harbour Board", "--type", "organisation"),
        ("speakers", "alias", "putin", "The Man from the Fontanka"),
        ("speakers", "rename", "putin", "V. V. Putin"),
        ("speakers", "split", "Cleo Marsh", "Cleo Hill", "--quotation", names[-1]),
    ]
    for arguments in commands:
        done = run(database, *arguments, "--by", "Ann")
        assert done.status == 0, (arguments, done.err)
    pair = run(
        database, "sql",
        "SELECT k.id FROM quote_list k JOIN (SELECT speaker_slug FROM quote_list"
        " GROUP BY speaker_slug HAVING count(*) > 1 ORDER BY speaker_slug LIMIT 1) s"
        " ON s.speaker_slug = k.speaker_slug ORDER BY k.id LIMIT 2",
        "--format", "jsonl",
    ).rows  # fmt: skip
    left, right = (f"q{row['id']}" for row in pair)
    assert run(database, "judge", "same", left, right, "--by", "Ann").status == 0
    return len(commands) + 1


def test_corrections_hold_through_everything(
    seeded_url: str, sqlite_template: Callable[[str], Path], folder: Path, tmp_path: Path
) -> None:
    assert run(seeded_url, "ingest", folder).status == 0
    before = state(seeded_url)
    made = decide(seeded_url)
    after = state(seeded_url)
    assert after != before

    def log() -> Result:
        return run(seeded_url, "judge", "log", "--format", "jsonl")

    judged = log().rows
    assert len(judged) >= made == 20
    assert {row["by"] for row in judged} == {"Ann"}
    for step in (("reprocess",), ("ingest", folder), ("db", "seed")):
        done = run(seeded_url, *step)
        assert done.status == 0, done.err
        assert state(seeded_url) == after, step
    alembic(seeded_url, command.downgrade, "0001")
    alembic(seeded_url, command.upgrade, "head")
    assert state(seeded_url) == after
    assert log().rows == judged
    assert run(seeded_url, "reprocess").status == 0
    assert state(seeded_url) == after
    done = run(seeded_url, "ingest", new_version(folder))
    assert (done.status, done.err) == (0, "")
    first, second = (
        run(seeded_url, "sql", VERSIONS.format(at), "--format", "jsonl").rows for at in (1, 2)
    )
    assert first == second != []
    assert log().rows == judged

    standing = {row["id"] for row in judged}
    for number in sorted(standing, reverse=True):
        done = run(seeded_url, "judge", "undo", number, "--by", "Ben")
        assert done.status == 0 or "undone by Ben already" in done.err, done.err
    untouched = str(tmp_path / "untouched.db")
    shutil.copy(sqlite_template("seeded"), untouched)
    for path in (folder, new_version(folder)):
        assert run(untouched, "ingest", path).status == 0
    assert state(seeded_url) == state(untouched)
    undone = [row for row in log().rows if row["kind"] != "undo"]
    assert {row["undone_by"] for row in undone} == {"Ben"}
    assert len(undone) == len(judged)


def test_a_name_is_needed_and_known(seeded_url: str, folder: Path) -> None:
    run(seeded_url, "ingest", folder)
    unknown = run(seeded_url, "judge", "attribution", "n1", "Nobody Known")
    assert (unknown.status, "no speaker 'Nobody Known' is known" in unknown.err) == (2, True)
    ambiguous = run(seeded_url, "speakers", "merge", "Quill", "Dan Reed")
    assert ambiguous.status == 2
    assert "may be" in ambiguous.err
    assert run(seeded_url, "judge", "log", "--format", "jsonl").rows == []
