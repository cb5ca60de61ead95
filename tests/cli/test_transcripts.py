from __future__ import annotations

from pathlib import Path

from tests.cli.program import Quotes

TALK = """ADA QUILL, MAYOR: We will not sell the harbour to anyone.
BRUNO QUILL: “Anyone” is a big word.
ADA QUILL: The old bridge stays open all winter.
BRUNO QUILL: Until it falls.
"""


def test_a_transcript_is_stored_searched_and_extracted_again(
    tmp_path: Path, quotes: Quotes
) -> None:
    (tmp_path / "talk.txt").write_text(TALK, encoding="utf-8")
    done = quotes("ingest", tmp_path / "talk.txt")
    assert done.status == 0
    assert "read as a transcript" in done.err
    (row,) = quotes("search", "bridge stays open", "--format", "jsonl").rows
    assert row["speaker"] == "Ada Quill"
    rows = quotes("export", "quotations", "--format", "jsonl").rows
    assert {row["rule"] for row in rows} == {"transcript"}
    assert len(rows) == 4
    assert quotes("show", f"q{row['id']}").status == 0
    again = quotes("reprocess", "--dry-run")
    assert again.status == 0
    assert "transcript" not in again.err


def test_marks_count_where_somebody_says_so(tmp_path: Path, quotes: Quotes) -> None:
    (tmp_path / "talk.txt").write_text(TALK, encoding="utf-8")
    done = quotes("extract", tmp_path / "talk.txt", "--no-transcript", "--all", "--format", "jsonl")
    assert [row["text"] for row in done.rows] == ["“Anyone”"]
