"""``quotes normalise`` and ``quotes evaluate merging --gold-speakers`` on a filled database."""

from __future__ import annotations

import json
from pathlib import Path

from tests.cli.program import Quotes


def test_a_rebuild_leaves_the_quotes_as_they_are(stocked: Quotes) -> None:
    before = stocked("export", "renderings", "--format", "jsonl").out
    done = stocked("normalise", "--rebuild")
    assert done.status == 0
    assert done.out == "5 renderings merged into 3 quotes\n"
    assert stocked("export", "renderings", "--format", "jsonl").out == before


def test_without_rebuild_it_says_what_to_do(stocked: Quotes) -> None:
    done = stocked("normalise")
    assert done.status == 2
    assert "give --rebuild" in done.err


def test_meanings_are_compared_when_asked_for(seeded: Quotes, tmp_path: Path) -> None:
    speech = "Nobody ever asked the nurses whether they wanted an orchestra in the tunnel."
    said = {"lantern": "The crew was exhausted after the storm."}
    said["post"] = "The sailors were tired out by the gale."
    for name, words in said.items():
        text = f"“{speech} {words}” Ada Quill said on Monday.\n"
        (tmp_path / f"{name}.txt").write_text(text, encoding="utf-8")
    assert seeded("ingest", *(tmp_path / f"{name}.txt" for name in said)).status == 0
    assert len(seeded("search", "--format", "jsonl").rows) == 3
    assert "meanings are compared" not in seeded("db", "status").out
    done = seeded("normalise", "--rebuild", "--semantic")
    assert (done.status, done.out) == (0, "4 renderings merged into 2 quotes\n")
    assert "meanings are compared" in seeded("db", "status").out
    assert seeded("normalise", "--semantic").status == 2


def test_merging_is_measured_with_the_labelled_speakers(stocked: Quotes, tmp_path: Path) -> None:
    text = "“The old bridge stays open all winter.”"
    rows = [
        {"doc": doc, "start": 5, "end": 5 + len(text), "text": text, "speaker": speaker}
        | {"scope": "bridge", "groups": [1]}
        for doc, speaker in (("lantern", "Ada"), ("courier", "Ada"), ("post", "Bruno"))
    ]
    labels = tmp_path / "segments.jsonl"
    labels.write_text("\n".join(map(json.dumps, rows)), encoding="utf-8")
    done = stocked("evaluate", "merging", labels, "--gold-speakers", "--format", "json")
    figures = json.loads(done.out)
    assert (figures["found"], figures["precision"], figures["recall"]) == (3, 1.0, 0.3333)
    both = stocked("evaluate", "merging", labels, "--gold-speakers", "--renderings", labels)
    assert both.status == 2


def test_a_fragment_that_fits_two_quotes_is_shown_with_both(seeded: Quotes, tmp_path: Path) -> None:
    said = {
        "lantern.txt": "The harbour tunnel is a monument to vanity.",
        "post.txt": "Nurses built a monument to vanity out of unpaid invoices.",
        "courier.txt": "a monument to vanity",
    }
    for name, words in said.items():
        (tmp_path / name).write_text(f"“{words}” Ada Quill said on Monday.\n", encoding="utf-8")
    assert seeded("ingest", *(tmp_path / name for name in said)).status == 0
    shown = [
        seeded("show", f"q{row['id']}").out for row in seeded("search", "--format", "jsonl").rows
    ]
    assert len(shown) == 2
    (ambiguous,) = [out for out in shown if "also fits q" in out]
    assert "trimmed" in ambiguous


def test_one_statement_under_two_names_is_one_quote(seeded: Quotes, tmp_path: Path) -> None:
    words = "We will not sell the long-term lease of the harbour to anyone"
    for name, who in (("lantern.txt", "Ada Quill"), ("post.txt", "A spokesman")):
        (tmp_path / name).write_text(f"“{words},” {who} said on Monday.\n", encoding="utf-8")
    assert seeded("ingest", tmp_path / "lantern.txt", tmp_path / "post.txt").status == 0
    (row,) = seeded("search", "--format", "jsonl").rows
    assert row["speaker"] == "Ada Quill"
    shown = seeded("show", f"q{row['id']}").out
    assert "this article names A spokesman" in shown
    assert "this article names Ada Quill" not in shown
