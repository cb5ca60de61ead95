from __future__ import annotations

from typing import Any

import pytest

from quotes.evaluation.merging import MergingScores, score_merging
from quotes.evaluation.rows import Share

TEXTS = {
    ("a", 0): "The tunnel is a scandal and the auditors knew",
    ("b", 5): "a scandal",
    ("b", 50): "The auditors knew of the tunnel scandal",
    ("c", 9): "a disgrace for those auditors, their friends and every brother",
    ("c", 90): "and never will",
}
GROUPS = {("a", 0): [1], ("b", 5): [1], ("b", 50): [2], ("c", 9): [1, 2], ("c", 90): [1]}


def segments(scope: str = "tunnel") -> list[dict[str, Any]]:
    return [
        {
            "doc": f"{doc}.txt",
            "start": start,
            "end": start + len(text),
            "text": text,
            "scope": scope,
            "groups": GROUPS[doc, start],
        }
        for (doc, start), text in TEXTS.items()
    ]


def renderings(quotes: dict[tuple[str, int], int]) -> list[dict[str, Any]]:
    return [
        {
            "article": f"folder/{doc}.md",
            "start": start,
            "end": start + len(TEXTS[doc, start]),
            "quote_id": quote,
        }
        for (doc, start), quote in quotes.items()
    ]


def score(quotes: dict[tuple[str, int], int], **more: Any) -> MergingScores:
    return score_merging(segments(), renderings(quotes), **more)


ALL_ONE = dict.fromkeys(TEXTS, 7)


def test_pairs_without_a_telling_word_in_common_count_neither_way() -> None:
    # Same: a0-b5 and a0-c9, b50-c9; b5-c9 shares “a” alone, and nothing shares a word with c90.
    scores = score(ALL_ONE)
    assert scores.recall == Share(3, 3)
    assert scores.easy == Share(1, 1)
    assert scores.hard == Share(2, 2)
    # Wrongly merged: b50 with a0, b5 and c90.
    assert scores.precision == Share(3, 6)
    # The fewer words two share, the worse.
    assert [(one.places, one.shared) for one in scores.wrong] == [
        ((("b", 50), ("c", 90)), None),
        ((("b", 5), ("b", 50)), pytest.approx(1 / 2)),
        ((("a", 0), ("b", 50)), pytest.approx(5 / 6)),
    ]
    assert scores.f1 == pytest.approx(2 / 3)


def test_missed_pairs_are_listed() -> None:
    scores = score({("a", 0): 1, ("b", 5): 1, ("b", 50): 2, ("c", 9): 3})
    assert scores.found == Share(4, 5)
    assert scores.precision == Share(1, 1)
    assert scores.recall == Share(1, 3)
    assert [(one.places, one.shared) for one in scores.missed] == [
        ((("a", 0), ("c", 9)), pytest.approx(3 / 8)),
        ((("b", 50), ("c", 9)), pytest.approx(1 / 6)),
    ]
    assert scores.missed[0].texts == (TEXTS["a", 0], TEXTS["c", 9])


def test_a_rendering_counts_where_it_covers_half_of_the_segment() -> None:
    whole = segments()[0]
    half = {"article": "a", "start": 0, "end": whole["end"] // 2 + 1, "quote_id": 1}
    less = {"article": "a", "start": 0, "end": whole["end"] // 2 - 1, "quote_id": 1}
    assert score_merging([whole], [half]).found == Share(1, 1)
    assert score_merging([whole], [less]).found == Share(0, 1)


def test_negatives_outside_the_labels_do_not_count() -> None:
    negatives = [
        {"a": ["a.txt", 0], "b": ["b.txt", 50]},
        {"a": ["a", 0], "b": ["b", 5]},
        {"a": ["a", 0], "b": ["elsewhere", 3]},
    ]
    scores = score({("a", 0): 1, ("b", 50): 1}, negatives=negatives)
    assert scores.false_merges == Share(1, 2)


def test_skipped_pairs_count_neither_way() -> None:
    scores = score(ALL_ONE, skip=[{"members": [["b", 50], ["a", 0], ["c", 9]]}])
    assert scores.recall == Share(1, 1)
    assert scores.precision == Share(1, 3)


def test_scopes_are_apart() -> None:
    first, second = segments("one")[:1], segments("two")[1:2]
    scores = score_merging(first + second, renderings(ALL_ONE))
    assert scores.precision == Share(0, 0)
    assert scores.f1 == 0.0
