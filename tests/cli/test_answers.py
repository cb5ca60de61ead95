"""Search, show, speakers, sql, export and db on a filled database."""

from __future__ import annotations

import csv
import io
import json
import re
from pathlib import Path

import pytest

from tests.cli.program import Quotes, Result

BRIDGE = "The old bridge stays open all winter."


def test_a_search_prints_two_lines_a_quote_and_says_what_to_do_next(stocked: Quotes) -> None:
    done = stocked("search", "bridge stays")
    text, facts = done.out.splitlines()
    number, words = text.split(maxsplit=1)
    assert (number[0], words) == ("q", BRIDGE)
    assert facts.split(" · ") == [f"{' ' * text.index(words)}Ada Quill", "2025-03-01", "2 outlets"]
    assert "\x1b" not in done.out
    assert done.err == f"1 of 1 quote; `quotes show {number}` shows one\n"
    assert stocked("--quiet", "search", "bridge stays").err == ""


def test_a_search_shows_what_changes_the_meaning_and_where_it_found_the_words(
    stocked: Quotes,
) -> None:
    text, facts = stocked("search", "lease").out.splitlines()
    assert "will not sell" in text
    assert facts.endswith(" · 2 outlets · 2 variants · meaning may differ")


def test_the_footer_tells_how_many_were_left_out(stocked: Quotes) -> None:
    done = stocked("search", "--limit", "1")
    assert done.err.startswith("1 of 3 quotes (--limit shows more); ")
    nothing = stocked("search", "volcano")
    assert (nothing.status, nothing.out) == (0, "")
    assert nothing.err.startswith("no quotes found; ")


@pytest.mark.parametrize(
    ("arguments", "texts"),
    [
        (("--speaker", "bruno quill"), ["My sister and I haven't spoken about ferries"]),
        (("bridge", "--outlet", "hill courier"), [BRIDGE]),
        (("--since", "2025-03-02"), []),
        (("--until", "2025-03-01", "bridge"), [BRIDGE]),
        (("--min-confidence", "1"), []),
        (("br* OR volcano", "--raw"), [BRIDGE]),
        (("volcano OR bridge",), [BRIDGE]),
        (("bridge -winter",), []),
        (("-volcano", "bridge", "open"), [BRIDGE]),
        (("-winter", "bridge"), []),
        (
            ("--speaker", "ada quill", "-bridge"),
            ["We will not sell the long-term lease of the harbour to anyone"],
        ),
        (("--min-outlets", "2", "--outlet", "hill courier"), [BRIDGE]),
        (("--varied",), ["We will not sell the long-term lease of the harbour to anyone"]),
        (("--divergent",), ["We will not sell the long-term lease of the harbour to anyone"]),
    ],
)
def test_filters(stocked: Quotes, arguments: tuple[str, ...], texts: list[str]) -> None:
    found = stocked("search", *arguments, "--format", "jsonl")
    assert [row["text"] for row in found.rows] == texts


def test_a_search_speaks_csv_and_json(stocked: Quotes) -> None:
    (row,) = csv.DictReader(io.StringIO(stocked("search", "bridge", "--format", "csv").out))
    (same,) = json.loads(stocked("search", "bridge", "--format", "json").out)
    assert row["text"] == same["text"] == BRIDGE
    assert sorted(row["outlets"].split("; ")) == sorted(same["outlets"])
    assert same["outlets"] == ["Daily Lantern", "Hill Courier"]
    assert stocked("search", "volcano", "--format", "json").out == "[]\n"


def test_an_unknown_speaker_or_outlet_is_one_line(stocked: Quotes) -> None:
    for option, near in (("--speaker", "Ada Quill"), ("--outlet", "Hill Courier")):
        done = stocked("search", option, near.replace("ill", "lil"))
        assert done.status == 2
        (line,) = done.err.splitlines()
        assert near in line


def test_show_explains_variants_differences_and_attributions(stocked: Quotes) -> None:
    (hit,) = stocked("search", "--divergent", "--format", "jsonl").rows
    out = stocked("show", f"q{hit['id']}").out
    assert out.startswith("We will not sell the long-term lease of the harbour to anyone\n")
    assert "Ada Quill (ada-quill), 2025-03-01" in out
    assert "2 variants, 2 renderings, 2 outlets" in out
    assert "canonical because it is" in out
    assert re.search(r"^2\. v\d+ divergent \(1 outlet\)$", out, re.MULTILINE)
    assert "We will [-not-] sell" in out
    assert "   ! " in out
    assert "Daily Lantern, 2025-03-01, Harbour stays with the town" in out
    assert "https://lantern.example/harbour" in out
    why = "why: speaker named right after the quotation (“said”): “Ada Quill”; 9"
    assert why in " ".join(out.split())
    assert "quote-source-verb" not in out
    assert "rules: quote-source-verb/" in stocked("show", f"q{hit['id']}", "--debug").out
    assert max(map(len, out.splitlines())) <= 96


def test_show_of_an_unknown_id_is_one_line(stocked: Quotes) -> None:
    done = stocked("show", "q4711")
    assert (done.status, done.out) == (2, "")
    assert done.err == "Error: there is no quote q4711; `quotes search` finds quotes\n"


def test_a_number_that_may_mean_several_things_is_refused(stocked: Quotes) -> None:
    done = stocked("show", "1")
    assert (done.status, done.out) == (2, "")
    (line,) = done.err.splitlines()
    assert line.startswith("Error: 1 may be q1 (quote “")
    assert " or n1 (quotation “" in line


def test_speakers(stocked: Quotes) -> None:
    listed = stocked("speakers", "list", "--format", "jsonl")
    assert [row["slug"] for row in listed.rows] == ["ada-quill", "bruno-quill"]
    assert listed.rows[0] == {
        "slug": "ada-quill",
        "name": "Ada Quill",
        "type": "person",
        "gender": "female",
        "gender_origin": "first name",
        "party": None,
        "provisional": True,
        "quotes": 2,
        "quotations": 4,
    }
    assert stocked("speakers", "list", "--type", "group").out == ""
    everyone = stocked("speakers", "list", "--all", "--format", "jsonl").rows
    assert len(everyone) > 1000
    assert not everyone[-1]["provisional"]
    shown = stocked("speakers", "show", "Bruno Quill").out
    assert shown.startswith("Bruno Quill (bruno-quill)\n")
    assert "1 quotation, 1 quote, " not in shown  # the article has no date
    assert "1 quotation, 1 quote" in shown
    assert "gender:         male (by first name)" in shown
    president = stocked("speakers", "show", "joe biden").out
    assert "president of United States, 2021-01-20 to 2025-01-20" in president


def test_sql(stocked: Quotes) -> None:
    query = "SELECT speaker, count(*) AS n FROM quote_list GROUP BY speaker ORDER BY n DESC"
    done = stocked("sql", query)
    assert [line.split() for line in done.out.splitlines()] == [
        ["speaker", "n"],
        ["Ada", "Quill", "2"],
        ["Bruno", "Quill", "1"],
    ]
    assert done.err == "2 rows\n"
    empty = stocked("sql", "SELECT id, text FROM quote_list WHERE id < 0")
    assert (empty.out, empty.err) == ("id  text\n", "0 rows\n")
    assert "quote_list: one row a canonical quote" in stocked("sql", "--schema").out
    wrong = stocked("sql", "SELECT wording FROM quote_list")
    assert wrong.status == 2
    assert "--schema" in wrong.err


@pytest.mark.parametrize(
    "statement",
    [
        "DROP TABLE quotes",
        "UPDATE quotes SET text = ''",
        "PRAGMA user_version = 3",
        "SELECT 1; DROP TABLE quotes",
    ],
)
def test_sql_writes_nothing(stocked: Quotes, tmp_path: Path, statement: str) -> None:
    before = (tmp_path / "stocked.db").read_bytes()
    done = stocked("sql", statement)
    assert (done.status, done.out) == (2, "")
    assert done.err.startswith("Error: `quotes sql` only reads: ")
    assert (tmp_path / "stocked.db").read_bytes() == before


@pytest.mark.parametrize(
    ("what", "count"), [("quotes", 3), ("quotations", 6), ("variants", 4), ("renderings", 5)]
)
def test_exports_report_their_rows(stocked: Quotes, tmp_path: Path, what: str, count: int) -> None:
    target = tmp_path / "out.csv"
    done = stocked("export", what, "-o", target, "--excel")
    assert (done.status, done.out) == (0, "")
    assert done.err == f"{count} rows written to {target}\n"
    content = target.read_bytes()
    assert content.startswith(b"\xef\xbb\xbf")
    assert len(list(csv.reader(io.StringIO(content.decode("utf-8-sig"))))) == count + 1


def test_an_export_takes_the_filters_of_a_search(stocked: Quotes) -> None:
    rows = stocked("export", "renderings", "bridge", "--format", "jsonl").rows
    assert [row["outlet"] for row in rows] == ["Hill Courier", "Daily Lantern"]
    unwritable = stocked("export", "quotes", "-o", "/no/such/folder/out.csv")
    assert unwritable.status == 1
    assert "/no/such/folder/out.csv: cannot be written" in unwritable.err


def test_db(stocked: Quotes) -> None:
    status = stocked("db", "status").out
    assert "stocked.db: schema" in status
    assert ["quotations", "6"] in [line.split() for line in status.splitlines()]
    assert "nothing to do" in stocked("db", "upgrade").out
    seeded = stocked("db", "seed").out
    assert seeded.startswith("loaded 1,")
    assert stocked("db", "status").out == status


def test_the_log_tells_what_was_decided_by_whom_and_why(stocked: Quotes) -> None:
    stocked("judge", "kind", "n1", "none", "--by", "Ann Roe", "--why", "a title")
    stocked("judge", "undo", "1", "--by", "Bo Reed")
    undo, by, kind, facts = stocked("judge", "log").out.splitlines()
    assert (undo, by[:13]) == ("2  undo judgement 1", "   by Bo Reed")
    assert re.fullmatch("1  kind n1: “.+” → none", kind)
    assert re.fullmatch(
        r"   by Ann Roe · \d{4}-\d\d-\d\d \d\d:\d\d UTC · a title · undone by Bo Reed", facts
    )


def test_a_number_that_was_taken_over_says_where_its_words_are(stocked: Quotes) -> None:
    stocked("judge", "same", "q1", "q2", "--by", "Ann")
    shown = stocked("show", "q2")
    assert shown.err == "the words of q2 are in q1 now\n"
    for same in ("q1", "Q1 ", "q1\r"):  # as a shell cuts it out of a CSV
        assert stocked("show", same) == Result(0, shown.out, "")
