from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from quotes.errors import UsageError
from quotes.evaluation.inputs import find_articles, merging_gold, speaker_gold

LABEL = {"doc": "one.txt", "start": 0, "end": 4, "kind": "quote"}
SEGMENT = {"doc": "one", "start": 0, "end": 4, "text": "“x”", "scope": "town", "groups": [1]}


def write(path: Path, *rows: dict[str, Any]) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
    return path


def brat(folder: Path) -> Path:
    folder.mkdir()
    (folder / "two.txt").write_text("Ada said: “so”.", encoding="utf-8")
    (folder / "two.ann").write_text("T1\tSource 0 3\tAda\n", encoding="utf-8")
    return folder


def test_files_and_folders_of_rows_add_up(tmp_path: Path) -> None:
    first = write(tmp_path / "labels.jsonl", LABEL)
    second = write(tmp_path / "corpus" / "speakers.jsonl", LABEL | {"doc": "two"}).parent
    gold = speaker_gold([first, second])
    assert gold.documents == {"one", "two"}
    assert (len(gold.rows), gold.articles) == (2, [])


def test_folders_of_brat_files_add_up(tmp_path: Path) -> None:
    gold = speaker_gold([brat(tmp_path / "a"), brat(tmp_path / "b")])
    assert ([article.path.parent.name for article in gold.articles], gold.rows) == (["a", "b"], [])
    assert gold.documents == {"two"}


def test_sorts_of_labels_are_not_mixed(tmp_path: Path) -> None:
    rows = write(tmp_path / "labels.jsonl", LABEL)
    with pytest.raises(UsageError, match="are measured differently: give one sort"):
        speaker_gold([rows, brat(tmp_path / "brat")])
    with pytest.raises(UsageError, match=r"two\.ann: is one file of brat's: name the folder"):
        speaker_gold([tmp_path / "brat" / "two.ann"])


def test_a_folder_brings_look_alikes_and_doubtful_sets(tmp_path: Path) -> None:
    pair = {"a": ["one", 0], "b": ["two", 0]}
    write(tmp_path / "town" / "segments.jsonl", SEGMENT)
    write(tmp_path / "town" / "negatives.jsonl", pair)
    write(tmp_path / "town" / "skip.jsonl", {"members": [["one", 0], ["two", 0]]})
    gold = merging_gold([tmp_path / "town"], [], [])
    assert (len(gold.segments), len(gold.negatives), len(gold.skip)) == (1, 1, 1)
    more = write(tmp_path / "more.jsonl", pair)
    assert len(merging_gold([tmp_path / "town"], [more], []).negatives) == 2
    with pytest.raises(UsageError, match=r"segments\.jsonl: cannot be read"):
        merging_gold([tmp_path], [], [])


def test_scopes_of_two_files_stay_apart(tmp_path: Path) -> None:
    paths = [write(tmp_path / f"{name}.jsonl", SEGMENT) for name in "ab"]
    first, second = merging_gold(paths, [], []).segments
    assert first["scope"] != second["scope"]


def test_articles_are_found_by_name_at_any_depth(tmp_path: Path) -> None:
    for name in ("a/one.txt", "b/deep/two.html", "b/three.txt", "c/one.txt", "a/two.ann"):
        write(tmp_path / name)
    found = find_articles({"one", "two", "four"}, [tmp_path, tmp_path / "none"])
    assert found == [tmp_path / "a/one.txt", tmp_path / "b/deep/two.html"]
