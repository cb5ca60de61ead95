from __future__ import annotations

import shutil
import signal
import sqlite3
import time
from pathlib import Path
from threading import Thread

import pytest

from tests.articles.crawls import HOST, crawl, page
from tests.cli.program import Quotes, on_a_terminal, run, start


def summary(out: str) -> dict[str, int]:
    """Read the summary table."""
    lines = (line.rsplit(maxsplit=1) for line in out.splitlines()[1:])
    return {name.strip(): int(count) for name, count in lines}


def test_from_articles_to_answers_on_every_database(articles: Path, empty_url: str) -> None:
    first = run(empty_url, "ingest", articles)
    assert (first.status, first.err) == (0, "")
    counts = summary(first.out)
    assert counts["articles stored"] == 3
    assert counts["quotations"] == 6
    assert counts["attributed"] == 5
    assert counts["new speakers"] == 2
    assert counts["new quotes"] == 3
    assert counts["new variants merged into quotes"] == 1

    again = run(empty_url, "ingest", articles)
    assert (again.status, again.out) == (0, "nothing new: 3 articles unchanged\n")

    (hit,) = run(empty_url, "search", "not sell", "--format", "jsonl").rows
    assert hit["speaker"] == "Ada Quill"
    assert (hit["variants"], hit["renderings"], hit["divergent"]) == (2, 2, 1)

    shown = run(empty_url, "show", f"q{hit['id']}")
    assert "[-not-]" in shown.out

    count = run(empty_url, "sql", "SELECT count(*) AS n FROM quotation_list", "--format", "jsonl")
    assert count.rows == [{"n": 6}]
    query = "SELECT sum(variants) AS n, avg(variants) AS mean FROM quote_list"
    assert run(empty_url, "sql", query, "--format", "json").out == (
        '[\n  {"n": 4, "mean": 1.3333}\n]\n'
    )
    refused = run(empty_url, "sql", "DELETE FROM quotes")
    assert refused.status == 2
    assert "only reads" in refused.err

    exported = run(empty_url, "export", "renderings", "--format", "jsonl")
    assert exported.err == "5 rows written to standard output\n"
    assert {row["speaker"] for row in exported.rows} == {"Ada Quill", "Bruno Quill"}


BAD_INPUTS: dict[str, tuple[bytes | None, str]] = {
    "missing.txt": (None, "no such file"),
    "empty.txt": (b"", "no text"),
    "picture.txt": (b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 8, "is a PNG image"),
    "page.html": (b"<html><body><nav><a href='/'>Home</a></nav></body></html>", "no article"),
    "paper.docx": (b"PK\0", "is damaged or cut off"),
    "table.csv": (b"id,headline\n1,Harbour\n", "no column for the text"),
    "folder/notes.pdf": (b"%PDF-1.4\n", "is not a PDF that can be read"),
    "broken.jsonl": (
        '{"id": "one", "text": "“We agree,” said Ada Quill."}\n{"id": \n'
        '{"id": "three", "text": "“We agreed,” said Bruno Quill."}\n'.encode(),
        "not JSON",
    ),
    "locked.txt": ("“Nobody may read this,” said Ada Quill.".encode(), "cannot be read"),
}


def test_every_bad_input_is_one_line_and_the_rest_is_stored(tmp_path: Path, seeded: Quotes) -> None:
    given = []
    for name, (content, _) in BAD_INPUTS.items():
        path = tmp_path / name
        if content is not None:
            path.parent.mkdir(exist_ok=True)
            path.write_bytes(content)
        given.append(path.parent if path.parent != tmp_path else path)
    (tmp_path / "locked.txt").unlink()
    (tmp_path / "locked.txt").symlink_to(tmp_path / "locked.txt")  # root may read everything else
    western = tmp_path / "western.txt"
    western.write_bytes("“The café stays open,” said Zoë Åkerlund of Malmö.".encode("cp1252"))

    done = seeded("ingest", *given, western)

    assert done.status == 1
    _, _, failed = done.err.partition(f"{len(BAD_INPUTS)} inputs failed:\n")
    lines = failed.splitlines()
    for (name, (_, problem)), line in zip(BAD_INPUTS.items(), lines, strict=True):
        assert name.partition("/")[0] in line
        assert problem in line
        assert ": " in line
    counts = summary(done.out)
    assert counts["articles failed"] == len(BAD_INPUTS)
    assert counts["articles stored"] == counts["quotations"] == 3
    found = seeded("search", "café", "--format", "jsonl").rows
    assert [row["speaker"] for row in found] == ["Zoë Åkerlund"]


def test_half_a_megabyte_of_marks_is_an_article_like_any_other(
    tmp_path: Path, seeded: Quotes
) -> None:
    (tmp_path / "marks.txt").write_text('"' * 250_000 + "“" * 75_000, encoding="utf-8")
    done = seeded("ingest", tmp_path / "marks.txt")
    assert done.status == 0
    assert summary(done.out)["articles stored"] == 1


def test_the_time_left_is_told_where_it_can_be_known(tmp_path: Path, stocked_file: Path) -> None:
    shutil.copy(stocked_file, tmp_path / "q.db")
    (tmp_path / "one.txt").write_text("“We sail at noon,” said Ann Roe.")
    (tmp_path / "many.jsonl").write_text('{"text": "“We sail at two,” said Ann Roe."}')
    for name, told in (("one.txt", True), ("many.jsonl", False)):
        sent = on_a_terminal(tmp_path / "q.db", "ingest", tmp_path / name)
        assert "reading articles" in sent
        assert (" left" in sent) == told


def test_facts_on_the_command_line_win(articles: Path, seeded: Quotes) -> None:
    facts = ("--outlet", "Evening Post", "--published", "2025-04-05", "--title", "Port")
    done = seeded("--quiet", "ingest", articles / "lantern.md", *facts)
    assert (done.status, done.out, done.err) == (0, "", "")
    (row, *_) = seeded("export", "quotations", "--format", "jsonl").rows
    assert (row["outlet"], row["published"], row["title"]) == ("Evening Post", "2025-04-05", "Port")
    assert row["url"] == "https://lantern.example/harbour"


def test_facts_about_one_article_are_not_given_to_many(articles: Path, seeded: Quotes) -> None:
    done = seeded("ingest", articles, "--url", "https://lantern.example/1")
    assert (done.status, done.out) == (2, "")
    assert done.err == "Error: --url and --title describe one article: give the path of one\n"


def test_an_article_in_another_language_is_told_of(tmp_path: Path, seeded: Quotes) -> None:
    text = "„Die Brücke bleibt offen“, sagte Ada Quill nach der Sitzung des Stadtrats. " * 5
    (tmp_path / "bote.txt").write_text(text, encoding="utf-8")
    done = seeded("ingest", tmp_path / "bote.txt")
    assert done.status == 0
    assert done.err.startswith("1 article not in English, such as ")


def test_what_looks_translated_is_told_of_and_marked_by_people_alone(
    tmp_path: Path, seeded: Quotes
) -> None:
    said = "“We will not sell the long-term lease of the harbour to {},” said Ada Quill.\n"
    far = said.format("anyone in this whole wide world")
    (tmp_path / "far.md").write_text(f"---\noutlet: Far Post\n---\n{far}Machine translation.\n")
    (tmp_path / "near.md").write_text(f"---\noutlet: Near Post\n---\n{said.format('anyone')}")
    for one in ("far", "near"):
        done = seeded("ingest", tmp_path / f"{one}.md")
        offer = (
            "1 article looks machine-translated (a1): `quotes articles edit a1 --provenance "
            "machine-translated` marks one, `quotes outlets edit` a whole outlet\n"
        )
        assert done.err == {"far": offer, "near": ""}[one]
    (hit,) = seeded("search", "--format", "jsonl").rows
    assert (hit["provenance"], hit["remarks"]) == (None, [])
    assert hit["text"].endswith("world")
    marked = seeded("articles", "edit", "a1", "--provenance", "machine-translated", "--by", "Ann")
    assert "provenance unknown → machine-translated" in marked.out
    assert "machine-translated" in seeded("articles", "list").out
    assert "provenance:" in seeded("articles", "show", "a1").out
    (hit,) = seeded("search", "--format", "jsonl").rows
    assert hit["text"].endswith("anyone")
    assert "Far Post, machine-translated (r1" in seeded("show", f"q{hit['id']}").out
    rows = seeded("export", "renderings", "--format", "jsonl").rows
    assert [row["provenance"] for row in rows] == ["machine-translated", None]
    seeded("outlets", "edit", "Near Post", "--provenance", "translated", "--by", "Ann")
    (hit,) = seeded("search", "--format", "jsonl").rows
    assert (hit["provenance"], hit["remarks"]) == ("translated", ["translated"])
    assert " · translated" in seeded("search").out
    (row,) = seeded("export", "quotes", "--format", "jsonl").rows
    assert (row["provenance"], row["remarks"]) == ("translated", "translated")
    assert " · translated" in seeded("outlets", "list").out
    undone = seeded("outlets", "edit", "Near Post", "--provenance", "unknown", "--by", "Ann")
    assert "near-post: provenance translated → unknown" in undone.out


def test_standard_input(seeded: Quotes) -> None:
    done = seeded("ingest", "-", "--title", "Ferries", stdin="“They sail,” said Ada Quill.")
    assert done.status == 0
    assert [row["text"] for row in seeded("search", "--format", "jsonl").rows] == ["They sail"]


def test_an_unknown_pipeline_is_named(tmp_path: Path, quotes: Quotes) -> None:
    # Only a sentence that the surface rules leave open needs the pipeline.
    text = "Of the harbour “a place without a single cat” is what one hears, Quill having asked."
    (tmp_path / "open.txt").write_text(text, encoding="utf-8")
    done = quotes("ingest", tmp_path / "open.txt", "--model", "no_such_pipeline")
    assert done.status == 1
    (line,) = done.err.splitlines()
    assert "no_such_pipeline" in line
    assert "pip" in line


def test_a_locked_database_is_waited_for(
    tmp_path: Path, stocked: Quotes, articles: Path, caplog: pytest.LogCaptureFixture
) -> None:
    writer = sqlite3.connect(tmp_path / "stocked.db", isolation_level=None, check_same_thread=False)
    writer.execute("BEGIN IMMEDIATE")

    def give_way() -> None:
        while not caplog.messages:
            time.sleep(0.05)
        writer.close()

    other = Thread(target=give_way)
    other.start()
    (articles / "new.txt").write_text("“We sail at noon,” said Ann Roe.")
    done = stocked("ingest", articles)
    other.join()
    assert done.status == 0
    assert summary(done.out)["articles stored"] == 1
    assert "stocked.db: another program writes there; waiting until it is done" in caplog.text


def test_a_newer_database(tmp_path: Path, stocked: Quotes, articles: Path) -> None:
    with sqlite3.connect(tmp_path / "stocked.db") as connection:
        connection.execute("UPDATE quotes_version SET version_num = '9999'")
    connection.close()
    for command in (("ingest", articles), ("search", "bridge"), ("db", "upgrade")):
        done = stocked(*command)
        assert done.status == 1
        (line,) = done.err.splitlines()
        assert "newer than this program" in line


def test_a_file_that_is_no_database(tmp_path: Path, articles: Path) -> None:
    (tmp_path / "notes.db").write_text("These are notes about the harbour. " * 99)
    done = run(tmp_path / "notes.db", "ingest", articles)
    assert done.status == 1
    assert "notes.db: is not a SQLite database" in done.err


MANY = 400
"""Articles that nobody waits for: Ctrl-C comes after the first."""


@pytest.fixture
def many_articles(tmp_path: Path) -> list[str]:
    """Lines of a table with many articles that all share a sentence."""
    return [
        f'{{"id": "ferry-{at}", "text": "“The bridge stays open,” said Ada Quill. '
        f'Bruno Quill called the ferries of line {at} “a joke”."}}\n'
        for at in range(MANY)
    ]


def rows_in(database: Path) -> tuple[int, int, int]:
    """Return how many articles there are, and those with all quotations and all renderings."""
    connection = sqlite3.connect(database)
    counts = connection.execute(
        """SELECT count(*), sum(quotations = 2), sum(renderings = 2) FROM (
             SELECT (SELECT count(*) FROM quotations q WHERE q.article_id = a.id) AS quotations,
               (SELECT count(*) FROM renderings r JOIN quotations q ON q.id = r.quotation_id
                 WHERE q.article_id = a.id AND r.variant_id IS NOT NULL) AS renderings
               FROM articles a WHERE a.source GLOB 'ferry-[0-9]*')"""
    ).fetchone()
    connection.close()
    return counts


def renderings_in(database: Path) -> int:
    """Return how many renderings are stored and merged."""
    connection = sqlite3.connect(database)
    query = "SELECT count(*) FROM renderings WHERE variant_id IS NOT NULL"
    (count,) = connection.execute(query).fetchone()
    connection.close()
    return int(count)


@pytest.mark.parametrize("jobs", [1, 2])
def test_an_interrupt_leaves_whole_articles_and_the_next_run_goes_on(
    tmp_path: Path, stocked_file: Path, many_articles: list[str], jobs: int
) -> None:
    database, table = tmp_path / "interrupted.db", tmp_path / "many.jsonl"
    shutil.copy(stocked_file, database)
    table.write_text("".join(many_articles), encoding="utf-8")
    process = start(database, "ingest", table, "--jobs", jobs)
    while rows_in(database)[0] < 2 and process.poll() is None:
        time.sleep(0.01)
    process.send_signal(signal.SIGINT)
    _, err = process.communicate()

    stored, *_ = counts = rows_in(database)
    assert process.returncode == 130
    assert 2 <= stored < MANY
    assert counts == (stored, stored, stored)
    assert f"interrupted: {stored} articles stored; run the same command again" in err
    assert "Traceback" not in err

    table.write_text("".join(many_articles[: stored + 3]), encoding="utf-8")
    finished = run(database, "ingest", table)
    assert summary(finished.out)["articles unchanged"] == stored
    assert rows_in(database) == (stored + 3, stored + 3, stored + 3)


PAGES = 30


def outcome(database: Path) -> list[str]:
    """Return what is stored and how it was merged, without the numbers of rows."""
    rows = run(database, "export", "renderings", "--format", "jsonl").rows
    quotes = {row["quote_id"]: row["text"] for row in rows if row["relation"] == "canonical"}
    kept = [
        {name: value for name, value in row.items() if not name.endswith("_id")}
        | {"quote": quotes[row["quote_id"]]}
        for row in rows
    ]
    return sorted(map(str, kept))


def test_a_crawl_goes_on_after_kills_as_if_there_had_been_none(
    tmp_path: Path, stocked_file: Path
) -> None:
    source = tmp_path / "crawl.warc.gz"
    source.write_bytes(crawl({f"{HOST}/{at}": page(at) for at in range(PAGES)}))
    whole, killed = tmp_path / "whole.db", tmp_path / "killed.db"
    for database in (whole, killed):
        shutil.copy(stocked_file, database)
    before = renderings_in(killed)
    for enough in (before + 7, before + 25):
        process = start(killed, "ingest", source)
        while renderings_in(killed) < enough and process.poll() is None:
            time.sleep(0.01)
        process.kill()
        process.communicate()
        assert process.returncode == -signal.SIGKILL
    assert run(killed, "ingest", source).status == 0
    run(whole, "ingest", source)
    assert outcome(killed) == outcome(whole)
    assert len(outcome(whole)) == before + 2 * PAGES
