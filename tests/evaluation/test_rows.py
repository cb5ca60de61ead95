from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from quotes.errors import UsageError
from quotes.evaluation.rows import best_match, covers, document, read_rows

GOLD = {"doc": "one", "start": 3, "end": 9, "kind": "quote", "speaker": "Ada", "stype": "person"}


def read(path: Path, kind: Any, *rows: dict[str, Any]) -> Any:
    path.write_text("\n".join(map(json.dumps, rows)), encoding="utf-8")
    return read_rows(path, kind)


@pytest.mark.parametrize("name", ["one", "one.txt", "texts/one.md", "a/b/one.html", "one.json"])
def test_documents_are_named_by_their_file(name: str) -> None:
    assert document(name) == "one"


def test_a_prediction_finds_what_it_covers_half_of() -> None:
    segment, whole = {"start": 10, "end": 20}, {"start": 0, "end": 30}
    assert covers({"start": 0, "end": 15}, segment)
    assert not covers({"start": 0, "end": 14}, segment)
    assert best_match(segment, [{"start": 0, "end": 15}, whole, whole | {"n": 2}]) is whole
    assert best_match(segment, [{"start": 0, "end": 14}]) is None
    assert best_match({"start": 5, "end": 5}, [{"start": 0, "end": 9}]) is None


def test_rows_are_read_with_what_more_they_have(tmp_path: Path) -> None:
    rows = [GOLD, GOLD | {"speaker": None, "note": "x"}]
    assert read(tmp_path / "gold.jsonl", "gold", *rows) == rows


@pytest.mark.parametrize(
    ("kind", "row", "problem"),
    [
        ("gold", {"doc": "one"}, "has no field 'start': add it"),
        ("gold", GOLD | {"start": "3"}, "field 'start' is not a number of characters: mend it"),
        ("gold", GOLD | {"start": True}, "field 'start' is not a number of characters: mend it"),
        ("gold", GOLD | {"start": -1}, "field 'start' is not a number of characters: mend it"),
        ("gold", GOLD | {"end": 2}, "field 'end' is less than 'start': mend it"),
        ("gold", GOLD | {"kind": "title"}, "field 'kind' is not 'quote' or 'nonquote': mend it"),
        ("gold", GOLD | {"speaker": 7}, "field 'speaker' is not a text or null: mend it"),
        ("gold", GOLD | {"stype": None}, "has a speaker, but no field 'stype': add it"),
        ("prediction", {"article": None, "start": 1}, "field 'article' is not a text: mend it"),
        ("segment", GOLD | {"text": "x", "scope": 1}, "has no field 'groups': add it"),
        (
            "segment",
            GOLD | {"text": "x", "scope": 1, "groups": "ab"},
            "field 'groups' is not a list of names or numbers: mend it",
        ),
        (
            "negative",
            {"a": ["one", 1], "b": ["one"]},
            "field 'b' is not a list of a document and an offset: mend it",
        ),
        (
            "skip",
            {"members": [["one", "1"]]},
            "field 'members' is not a list of pairs of document and offset: mend it",
        ),
    ],
)
def test_a_broken_row_is_named_by_file_and_line(
    tmp_path: Path, kind: Any, row: dict[str, Any], problem: str
) -> None:
    path = tmp_path / "labels.jsonl"
    path.write_text("\n\n" + json.dumps(row), encoding="utf-8")
    with pytest.raises(UsageError) as raised:
        read_rows(path, kind)
    assert str(raised.value) == f"{path}:3: {problem}"


@pytest.mark.parametrize("line", ["not an object", "[1, 2]", "{", '"text"', "[" * 100_000])
def test_a_line_that_is_no_object_is_named(tmp_path: Path, line: str) -> None:
    path = tmp_path / "gold.jsonl"
    path.write_text(f"{json.dumps(GOLD)}\n{line}\n", encoding="utf-8")
    with pytest.raises(UsageError, match=r"gold\.jsonl:2: is not a JSON object: mend or remove"):
        read_rows(path, "gold")


def test_a_file_that_cannot_be_read_is_named(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match=r"none\.jsonl: cannot be read \(No such file"):
        read_rows(tmp_path / "none.jsonl", "gold")
    with pytest.raises(UsageError, match=r"cannot be read \(Is a directory\)"):
        read_rows(tmp_path, "gold")
    (tmp_path / "latin.jsonl").write_bytes(b'{"doc": "caf\xe9"}')
    with pytest.raises(UsageError, match=r"latin\.jsonl: cannot be read \(it is not UTF-8\)"):
        read_rows(tmp_path / "latin.jsonl", "gold")
