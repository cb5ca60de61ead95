from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from tests.cli.program import ARTICLES, Quotes


def labelled(name: str, text: str, **fields: object) -> dict[str, Any]:
    """Return a label for the words ``text`` in one of the articles, as it will be read."""
    body = ARTICLES[name].rpartition("---\n")[2].strip()
    start = body.index(text)
    doc = name.partition(".")[0]
    return {"doc": doc, "start": start, "end": start + len(text), "text": text, **fields}


def write(path: Path, *rows: dict[str, Any]) -> Path:
    path.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
    return path


def test_speakers_from_predictions_and_from_articles(
    tmp_path: Path, articles: Path, quotes: Quotes
) -> None:
    gold = write(
        tmp_path / "gold.jsonl",
        labelled(
            "post.txt",
            "“We will sell the long-term lease of the harbour to anyone,”",
            kind="quote",
            speaker="Ada Quill",
            stype="person",
        ),
        labelled(
            "post.txt",
            '"My sister and I haven\'t spoken about ferries,"',
            kind="quote",
            speaker="Clara Quill",
            stype="person",
        ),
    )
    predictions = tmp_path / "predictions.jsonl"
    predictions.write_text(quotes("extract", articles, "--format", "jsonl").out, encoding="utf-8")

    printed = quotes(
        "evaluate", "speakers", gold, "--predictions", predictions, "--json", "--errors", 1
    )
    figures = json.loads(printed.out)
    assert (figures["documents"], figures["quotes"]) == (1, 2)
    assert (figures["precision"], figures["recall"], figures["f1"]) == (1, 1, 1)
    assert (figures["speaker_strict"], figures["strict_person"]) == (0.5, 0.5)
    assert printed.err.startswith("wrong: post:")
    assert "Bruno Quill instead of Clara Quill" in printed.err

    extracted = quotes("evaluate", "speakers", gold, "--text", articles)
    rows = [line.split() for line in extracted.out.splitlines()]
    assert ["speaker", "strict", "0.5000", "1/2"] in rows


def test_merging_from_the_database(tmp_path: Path, stocked: Quotes) -> None:
    sentence = "“The old bridge stays open all winter."
    labels = write(
        tmp_path / "segments.jsonl",
        labelled("lantern.md", f"{sentence}”", scope="town", groups=[1]),
        {"doc": "courier", "start": 0, "end": 0, "text": sentence, "scope": "town", "groups": [1]},
    )
    rows = stocked("export", "renderings", "--format", "jsonl").rows
    (printed,) = [row for row in rows if row["article"].endswith("courier.html")]
    first, second = map(json.loads, labels.read_text(encoding="utf-8").splitlines())
    write(labels, first, second | {"start": printed["start"], "end": printed["end"]})
    figures = json.loads(stocked("evaluate", "merging", labels, "--json").out)
    assert figures["segments"] == 2
    assert (figures["precision"], figures["recall"]) == (1, 1)


def test_a_broken_label_file_is_one_line(tmp_path: Path, quotes: Quotes) -> None:
    broken = tmp_path / "gold.jsonl"
    broken.write_text('{"doc": "post"}\nnot an object\n', encoding="utf-8")
    done = quotes("evaluate", "speakers", broken, "--predictions", broken)
    assert done.status == 1
    assert done.err == f"Error: {broken}:2: is not a JSON object: mend or remove this line\n"
    write(broken, {"doc": "post"})
    missing = quotes("evaluate", "speakers", broken, "--predictions", broken)
    assert missing.err == "Error: gold row 1 has no field 'start': add it\n"
    gone = quotes("evaluate", "merging", tmp_path / "none.jsonl")
    assert "none.jsonl: cannot be read (No such file or directory)" in gone.err
