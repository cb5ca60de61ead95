"""Reading and extracting: failures are rows, and the same texts are read once."""

from __future__ import annotations

import json
from pathlib import Path

import pyarrow as pa
import pytest

from quotes.articles import Metadata
from quotes.distributed import extracting
from quotes.distributed.extracting import Extraction, Reading, first_of_each, list_files
from quotes.distributed.schema import TEXTS, rows_of, table
from quotes.errors import UsageError
from quotes.pipeline import Extractor
from quotes.seeds import load_outlets

TEXT = "“We sail at noon,” Ada Quill told reporters on Monday."
READING = Reading(tuple(load_outlets()), Metadata(language="en"))


def read(source: Path) -> list[dict[str, object]]:
    files, _ = list_files(str(source))
    return [row for texts in READING(files) for row in rows_of(texts)]


def test_files_in_order(tmp_path: Path) -> None:
    for name in ("b/2.txt", "a.txt", "b/1.txt", ".hidden"):
        path = tmp_path / name
        path.parent.mkdir(exist_ok=True)
        path.write_text(TEXT)
    files, size = list_files(str(tmp_path))
    assert [Path(row["address"]).name for row in rows_of(files)] == ["a.txt", "1.txt", "2.txt"]
    assert size == 3 * len(TEXT.encode())
    named, _ = list_files(str(tmp_path / "a.txt"))
    (row,) = rows_of(named)
    assert row["asked"]
    (tmp_path / "empty").mkdir()
    with pytest.raises(UsageError, match="holds no files"):
        list_files(str(tmp_path / "empty"))
    with pytest.raises(UsageError, match="no such file or folder"):
        list_files(str(tmp_path / "nowhere"))


def test_what_cannot_be_read_is_a_row(tmp_path: Path) -> None:
    url = "https://www.bbc.co.uk/1"
    lines = [
        json.dumps({"text": TEXT, "url": url, "date": "2025-03-01"}),
        "{broken",
        json.dumps({"text": TEXT, "outlet": "Daily Lantern"}),
        json.dumps({"title": "no text"}),
    ]
    (tmp_path / "a.jsonl").write_text("\n".join(lines))
    (tmp_path / "b.txt").write_bytes(b"\xff\xfe\0")
    rows = read(tmp_path)
    problems = {str(row["problem"]).partition(":")[0] for row in rows if row["problem"]}
    assert {"is not JSON", "no text"} < problems
    assert len(problems) == 3
    first, second = (row for row in rows if not row["problem"])
    assert (first["outlet_slug"], first["month"]) == ("bbc", "2025-03")
    assert (second["outlet_slug"], second["month"]) == ("daily-lantern", "undated")
    assert first["number"] < second["number"]
    assert first["article_id"] != second["article_id"]


def test_the_same_text_is_extracted_once() -> None:
    rows = [
        {"article_id": "b", "number": 3, "source": "3"},
        {"article_id": None, "source": "x", "problem": "broken"},
        {"article_id": "b", "number": 1, "source": "1"},
        {"article_id": "a", "number": 2, "source": "2"},
        {"article_id": None, "source": "y", "problem": "broken"},
    ]
    found = rows_of(first_of_each(table(rows, TEXTS)))
    assert {row["source"] for row in found} == {"1", "2", "x", "y"}


def test_a_fault_at_one_text_is_a_row(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in "ab":
        (tmp_path / f"{name}.txt").write_text(f"{name}: {TEXT}")

    class Faulty(Extractor):
        def extract(self, article):
            if article.body.startswith("a"):
                raise ZeroDivisionError("of all things")
            return super().extract(article)

    monkeypatch.setattr(extracting, "Extractor", Faulty)
    extracting._extractor.cache_clear()
    files, _ = list_files(str(tmp_path))
    texts = pa.concat_tables(READING(files))
    try:
        bad, good = rows_of(Extraction(())(texts))
    finally:
        extracting._extractor.cache_clear()
    assert "a fault in quotes (ZeroDivisionError: of all things)" in bad["problem"]
    assert [one["speaker"] for one in good["quotations"]] == ["Ada Quill"]
    assert good["seconds"] > 0
