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
        "evaluate",
        "speakers",
        gold,
        *("--predictions", predictions, "--text", articles),
        *("--format", "json", "--errors", 1),
    )
    figures = json.loads(printed.out)
    assert (figures["documents"], figures["quotes"]) == (1, 2)
    assert (figures["precision"], figures["recall"], figures["f1"]) == (1, 1, 1)
    half = {"accuracy": 0.5, "right": 1, "of": 2}
    assert (figures["speaker_strict"], figures["by_type"]) == (half, {"person": half})
    assert sum(share["of"] for share in figures["by_rule"].values()) == 2
    assert sum(step["of"] for step in figures["calibration"]) == 2
    assert sum(step["of"] for step in figures["kind_calibration"]) == 2
    (error,) = figures["errors"]
    assert (error["article"], error["gold"], error["predicted"]) == (
        "post",
        "Clara Quill",
        "Bruno Quill",
    )
    assert error["after"].strip() == "said her brother, Bruno Quill."

    extracted = quotes("evaluate", "speakers", gold, "--text", articles, "--errors", 5).out
    rows = [line.split() for line in extracted.splitlines()]
    assert ["speaker", "strict", "0.5000", "1/2"] in rows
    assert "Bruno Quill instead of Clara Quill (quote-verb-source" in extracted
    assert """   > "My sister and I haven't spoken about ferries,"\n""" in extracted


def test_several_labels_with_their_texts_beside_them(tmp_path: Path, quotes: Quotes) -> None:
    golds = []
    for name, words in (
        ("post.txt", "“We will sell the long-term lease of the harbour to anyone,”"),
        ("lantern.md", "“We will not sell the long-term lease of the harbour to anyone,”"),
    ):
        corpus = tmp_path / name.partition(".")[0]
        (corpus / "text").mkdir(parents=True)
        (corpus / "text" / name).write_text(ARTICLES[name], encoding="utf-8")
        row = labelled(name, words, kind="quote", speaker="Ada Quill", stype="person")
        golds.append(write(corpus / "speakers.jsonl", row))
    figures = json.loads(
        quotes("evaluate", "speakers", golds[0], golds[1].parent, "--format", "json").out
    )
    assert (figures["documents"], figures["speaker_strict"]["right"]) == (2, 2)
    assert figures["errors"] == []
    (tmp_path / "post" / "text" / "post.txt").unlink()
    done = quotes("evaluate", "speakers", *golds)
    assert done.status == 2
    assert done.err.startswith("Error: 1 labelled article not there, such as 'post': name their")


def test_mentions_of_brat_labels(tmp_path: Path, quotes: Quotes) -> None:
    text = "Ada Quill said the harbour stays. “It is ours,” said her brother on Monday.\n"
    (tmp_path / "one.txt").write_text(text, encoding="utf-8")
    at = text.index("her brother")
    (tmp_path / "one.ann").write_text(
        f"T1\tSource {at} {at + 11}\ther brother\nT2\tContent 34 47\t“It is ours,”\n"
        "E1\tAttribution:T1 Source:T1 Content:T2\n",
        encoding="utf-8",
    )
    done = quotes("evaluate", "speakers", tmp_path, "--format", "json")
    figures = json.loads(done.out)
    assert figures["mention"] == {"accuracy": 1.0, "right": 1, "of": 1}
    (tmp_path / "one.ann").write_text("T1\tSource 0\tAda\n", encoding="utf-8")
    broken = quotes("evaluate", "speakers", tmp_path)
    assert broken.status == 2
    assert broken.err == (
        f"Error: {tmp_path / 'one.ann'}:1: is not 'T1<tab>Sort start end': mend this line\n"
    )


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
    figures = json.loads(stocked("evaluate", "merging", labels, "--format", "json").out)
    assert figures["segments"] == 2
    assert (figures["precision"], figures["recall"]) == (1, 1)

    apart = write(tmp_path / "apart.jsonl", first | {"groups": [1]}, row_of(printed, sentence, 2))
    shown = stocked("evaluate", "merging", apart, "--errors", 1).out
    assert "1. wrongly merged (100% of the words shared)\n" in shown
    assert f"courier:{printed['start']} {sentence}" in shown
    assert ["precision", "0.0000"] in [line.split() for line in shown.splitlines()]


def row_of(printed: dict[str, Any], text: str, group: int) -> dict[str, Any]:
    """Return a labelled segment where a rendering was printed."""
    place = {"doc": "courier", "start": printed["start"], "end": printed["end"]}
    return place | {"text": text, "scope": "town", "groups": [group]}


def test_a_broken_label_file_is_one_line(tmp_path: Path, quotes: Quotes) -> None:
    broken = tmp_path / "gold.jsonl"
    broken.write_text('{"doc": "post"}\nnot an object\n', encoding="utf-8")
    done = quotes("evaluate", "speakers", broken, "--predictions", broken)
    assert done.status == 2
    assert done.err == f"Error: {broken}:1: has no field 'start': add it\n"
    broken.write_text("\nnot an object\n", encoding="utf-8")
    other = quotes("evaluate", "merging", broken, "--renderings", broken)
    assert other.status == 2
    assert other.err == f"Error: {broken}:2: is not a JSON object: mend or remove this line\n"
    gone = quotes("evaluate", "merging", tmp_path / "none.jsonl")
    assert "none.jsonl: cannot be read (No such file or directory)" in gone.err
