from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from quotes.evaluation.brat import LabelledArticle, LabelledAttribution
from quotes.evaluation.mentions import Segment, gold_source, is_right, quoted_segments
from quotes.evaluation.mentions import score_mentions as score
from quotes.evaluation.rows import Share

TEXT = (
    "Ada Quill said “we stay” and called it “a home”.\n"
    '"It rains," her brother said. He reads “The Ferryman”.'
)


def place(words: str) -> tuple[int, int]:
    start = TEXT.index(words)
    return start, start + len(words)


def label(source: str | None, content: str) -> LabelledAttribution:
    return LabelledAttribution((place(source),) if source else (), (place(content),))


ARTICLE = LabelledArticle(
    Path("texts/one.txt"),
    TEXT,
    (
        label("Ada Quill", "“we stay” and called it “a home”"),
        label("her brother", '"It rains,"'),
        label(None, "“The Ferryman”"),
    ),
)


def found(words: str, mention: str | None, confidence: float = 0.9, **more: Any) -> dict[str, Any]:
    start, end = place(words)
    row: dict[str, Any] = {"article": "elsewhere/one.md", "start": start, "end": end}
    row |= {"speaker": None, "mention": None, "confidence": confidence}
    if mention:
        begin, stop = place(mention)
        row["mention"] = {"text": mention, "start": begin, "end": stop}
    return row | more


def test_segments_stand_between_double_marks_that_pair_in_a_line() -> None:
    text = 'He “said “so” and "then “this” too" but ‘not’ that\n “ nor\nthat” or "these\n"'
    assert [text[one.start : one.end] for one in quoted_segments(text)] == [
        "“so”",
        '"then “this” too"',
    ]


def test_the_smallest_content_tells_the_source() -> None:
    outer = LabelledAttribution(((0, 3),), ((10, 100),))
    inner = LabelledAttribution(((5, 8),), ((20, 30), (40, 60)))
    assert gold_source(Segment(22, 45), [outer, inner]) == ((5, 8),)
    assert gold_source(Segment(30, 42), [outer, inner]) == ((0, 3),)
    assert gold_source(Segment(90, 120), [outer, inner]) == ()


@pytest.mark.parametrize(("start", "end", "right"), [(3, 6, True), (0, 5, False), (9, 12, False)])
def test_a_mention_is_right_if_it_overlaps_the_source(start: int, end: int, right: bool) -> None:
    assert is_right(Segment(start, end), ((5, 9),)) is right


def test_sourced_segments_count() -> None:
    scores = score(
        [ARTICLE],
        [
            found("“we stay”", "Ada", rule="source-verb-quote/say"),
            found('"It rains,"', "Ada Quill", 0.3, rule="nearby/left"),
            found("“The Ferryman”", "He"),
        ],
    )
    # “a home” was not found, “The Ferryman” has no source.
    assert scores.documents == 1
    assert scores.found == Share(2, 3)
    assert scores.right == Share(1, 3)
    assert scores.by_rule == {
        "nearby": Share(0, 1),
        "none": Share(0, 1),
        "source-verb-quote": Share(1, 1),
    }
    assert [(one.text, one.expected, one.found) for one in scores.mistakes] == [
        ('"It rains,"', "her brother", "Ada Quill"),
        ("“a home”", "Ada Quill", None),
    ]
    assert scores.calibration.error == pytest.approx((0.1 + 0.3) / 2)


@pytest.mark.parametrize("mention", [None, "Ada Quill", {"text": "Ada Quill"}])
def test_a_mention_without_offsets_cannot_be_right(mention: Any) -> None:
    scores = score([ARTICLE], [found("“we stay”", None) | {"mention": mention}])
    assert (scores.found, scores.right) == (Share(1, 3), Share(0, 3))


def test_predictions_of_other_articles_do_not_count() -> None:
    other = found("“we stay”", "Ada") | {"article": "two.txt"}
    assert score([ARTICLE], [other]).found == Share(0, 3)
    assert score([], [other]).right == Share(0, 0)
