"""Merging alone, with the labelled speakers."""

from __future__ import annotations

from datetime import date
from typing import Any

from quotes.evaluation.gold import ArticleFacts, gold_renderings

LEASE = "“We will not sell the lease of the harbour to anyone.”"


def segment(doc: str, text: str, speaker: str | None) -> dict[str, Any]:
    return {
        "doc": doc,
        "start": 10,
        "end": 10 + len(text),
        "text": text,
        "speaker": speaker,
        "scope": "harbour",
        "groups": [],
    }


def quotes_of(segments: list[dict[str, Any]], **facts: ArticleFacts) -> dict[str, Any]:
    return {row["article"]: row["quote_id"] for row in gold_renderings(segments, facts)}


def test_segments_merge_by_their_labelled_speakers() -> None:
    found = quotes_of(
        [
            segment("a.txt", LEASE, "Ada Quill"),
            segment("b", "“sell the lease of the harbour”", "Ada Quill"),
            segment("c", LEASE, "Bruno Quill"),
            segment("d", LEASE, None),
        ]
    )
    assert found["a"] == found["b"] != found["c"]
    assert "d" not in found


def test_days_count() -> None:
    segments = [segment("a", "“We will win”", "Ada"), segment("b", "“We will win”", "Ada")]
    early, late = (ArticleFacts(date(2025, month, 1), None) for month in (1, 5))
    together, parted = quotes_of(segments, a=early, b=early), quotes_of(segments, a=early, b=late)
    assert together["a"] == together["b"]
    assert parted["a"] != parted["b"]


def test_rows_say_where_the_segment_stands() -> None:
    (row,) = gold_renderings([segment("a", LEASE, "Ada")], {})
    assert (row["start"], row["end"]) == (10, 10 + len(LEASE))
