from __future__ import annotations

from typing import Any

import pytest

from quotes.evaluation.rows import Share
from quotes.evaluation.speakers import score_speakers


def gold(
    start: int, end: int, speaker: str | None, stype: str = "person", **more: Any
) -> dict[str, Any]:
    row = {"doc": "one", "start": start, "end": end, "kind": "quote", "speaker": speaker}
    return row | {"stype": stype, "text": "“…”"} | more


def found(
    start: int, end: int, speaker: str | None, confidence: float = 0.9, **more: Any
) -> dict[str, Any]:
    row = {"article": "texts/one.txt", "start": start, "end": end, "speaker": speaker}
    return row | {"confidence": confidence, "mention": None} | more


def test_finding_counts_quotes_traps_and_strays() -> None:
    labels = [
        gold(0, 100, "Ada Quill"),
        gold(200, 300, "Ada Quill"),
        gold(400, 500, None),
        gold(600, 620, None, kind="nonquote"),
        gold(700, 720, None, kind="nonquote"),
    ]
    predictions = [
        found(0, 50, "Ada Quill"),  # just half of it
        found(251, 300, "Ada Quill"),  # less than half, but it does overlap
        found(400, 500, None),
        found(600, 620, "Ada Quill"),
        found(900, 950, "Ada Quill"),
        found(0, 100, "Ada Quill", article="two.txt"),
    ]
    scores = score_speakers(labels, predictions)
    assert scores.documents == 1
    assert scores.recall == Share(2, 3)
    assert scores.precision == Share(2, 3)
    assert scores.f1 == pytest.approx(2 / 3)
    assert scores.strict == Share(1, 2)
    assert scores.outside == 1
    assert [(wrong.start, wrong.found) for wrong in scores.mistakes] == [(200, None)]


def test_of_several_predictions_the_one_that_covers_most_counts() -> None:
    predictions = [found(0, 60, "Bruno Marsh"), found(0, 100, "Ada Quill")]
    assert score_speakers([gold(0, 100, "Ada Quill")], predictions).strict == Share(1, 1)


@pytest.mark.parametrize(
    ("stype", "expected", "speaker", "mention", "strict", "lenient"),
    [
        ("person", "Ada Quill", "Ada Quill", None, 1, 1),
        ("person", "Ada Quill", "Mayor Ada B. Quill", None, 1, 1),
        ("person", "Zoë Åkerlund", "ZOE AKERLUND", None, 1, 1),
        ("person", "Robert Marsh", "Rob Marsh", None, 1, 1),
        ("person", "Ada Quill", "Quill", None, 0, 1),
        ("person", "Ada Quill", None, {"text": "Mrs Quill"}, 0, 1),
        ("person", "Ada Quill", "Bruno Quill", None, 0, 0),
        ("person", "Ada Quill", "Ada Marsh", None, 0, 0),
        ("person", "Ada Quill Jr.", "Ada Quill", None, 1, 1),
        ("person", "Plato", "Plato", None, 1, 1),
        ("person", "Ada Quill", None, None, 0, 0),
        ("person", "Ada Quill", "渡辺", None, 0, 0),
        ("org", "Harbour Board", "the Harbour Board", None, 1, 1),
        ("org", "Harbour Board", "Harbour Board of Directors", None, 1, 1),
        ("org", "Harbour Board", None, "a board spokesman", 0, 0),
        ("group", "several fishermen", "fishermen", None, 1, 1),
        ("org", "Harbour Board", "Town Council", {"text": "the board of the harbour"}, 1, 1),
        ("anonymous", "an official", "ferry captain", None, 0, 0),
    ],
)
def test_names_agree(
    stype: str, expected: str, speaker: str | None, mention: Any, strict: int, lenient: int
) -> None:
    scores = score_speakers(
        [gold(0, 10, expected, stype)], [found(0, 10, speaker, mention=mention)]
    )
    assert (scores.strict.hits, scores.lenient.hits) == (strict, lenient)
    assert scores.by_type == {stype: Share(strict, 1)}


def test_confidence_is_measured_where_somebody_was_named() -> None:
    labels = [gold(0, 10, "Ada Quill"), gold(20, 30, "Ada Quill"), gold(40, 50, "Ada Quill")]
    predictions = [
        found(0, 10, "Ada Quill", confidence=0.95),
        found(20, 30, "Bruno Marsh", confidence=0.85),
        found(40, 50, None, confidence=0.75),
    ]
    calibration = score_speakers(labels, predictions).calibration
    assert [(step.confidence, step.accuracy) for step in calibration.bins] == [
        (0.85, Share(0, 1)),
        (0.95, Share(1, 1)),
    ]


def test_kinds_are_measured_whether_speech_or_not() -> None:
    labels = [gold(0, 10, "Ada Quill"), gold(20, 30, "Ada Quill")]
    labels += [gold(40, 50, None, kind="nonquote")]
    sure = {"kind": "direct", "kind_confidence": 0.95}
    none = {"kind": "none", "kind_confidence": 0.75}
    scores = score_speakers(
        labels,
        [
            found(0, 10, "Ada Quill", **sure),
            found(20, 30, None, **none),
            found(40, 50, None, **none),
        ],
    )
    assert [(step.confidence, step.accuracy) for step in scores.kinds.bins] == [
        (0.75, Share(1, 2)),
        (0.95, Share(1, 1)),
    ]
    assert (scores.precision, scores.recall) == (Share(1, 1), Share(1, 2))


def test_mistakes_come_with_what_carried_them_the_most_confident_first() -> None:
    labels = [gold(at, at + 10, "Ada Quill") for at in (0, 20, 40, 60)]
    predictions = [
        found(0, 10, None, confidence=0.99),
        found(20, 30, "Bruno Marsh", confidence=0.6, rule="carry/alone"),
        found(40, 50, None, mention={"text": "the clerk"}, confidence=0.8, rule="nearby"),
    ]
    mistakes = score_speakers(labels, predictions).mistakes
    assert [(one.start, one.found, one.rule, one.confidence) for one in mistakes] == [
        (40, "the clerk", "nearby", 0.8),
        (20, "Bruno Marsh", "carry/alone", 0.6),
        (0, None, None, 0.99),
        (60, None, None, None),
    ]


def test_accuracy_by_the_construction_of_the_rule() -> None:
    labels = [gold(0, 10, "Ada Quill"), gold(20, 30, "Ada Quill"), gold(40, 50, "Ada Quill")]
    predictions = [
        found(0, 10, "Ada Quill", rule="according-to/left"),
        found(20, 30, "Bruno Marsh", rule="according-to/right"),
    ]
    by_rule = score_speakers(labels, predictions).by_rule
    assert by_rule == {"according-to": Share(1, 2), "none": Share(0, 1)}


def test_nothing_in_nothing_out() -> None:
    scores = score_speakers([], [])
    assert (scores.f1, scores.strict.value, scores.documents) == (0.0, 0.0, 0)


def test_other_names_that_are_as_right_are_accepted() -> None:
    label = gold(0, 10, "Robert Roe", accept=["Bo Roe"])
    scores = score_speakers([label], [found(0, 10, "Bo Roe")])
    assert scores.strict == Share(1, 1)
    body = gold(0, 10, "Port Authority", "org", accept=["Harbour Board"])
    assert score_speakers([body], [found(0, 10, "Harbour Board")]).strict == Share(1, 1)
    assert score_speakers([body], [found(0, 10, "City Council")]).strict == Share(0, 1)


@pytest.mark.parametrize(
    ("speaker", "mention", "error"),
    [
        ("Bo Lind", "he", "pronoun"),
        ("Bo Lind", "the mayor", "description"),
        ("Bo Lind", "Lind", "another name"),
        ("Sam Roe", "Roe", "name"),
        (None, "the mayor", "no speaker"),
        (None, None, "no mention"),
    ],
)
def test_errors_are_sorted(speaker: str | None, mention: str | None, error: str) -> None:
    wrong = found(0, 10, speaker, mention=mention and {"text": mention})
    scores = score_speakers([gold(0, 10, "Ann Roe"), gold(20, 30, "Ann Roe")], [wrong])
    assert scores.by_error == {error: 1, "not found": 1, "not speech": 0}


def test_the_interval_draws_whole_articles() -> None:
    labels = [gold(0, 10, "Ann Roe") | {"doc": f"d{n}"} for n in range(20)]
    answers = [found(0, 10, "Ann Roe") | {"article": f"d{n}.txt"} for n in range(16)]
    scores = score_speakers(labels, answers)
    low, high = scores.interval
    assert low < 0.8 < high
    assert score_speakers(labels, answers).interval == scores.interval
    everything = [found(0, 10, "Ann Roe") | {"article": f"d{n}.txt"} for n in range(20)]
    assert score_speakers(labels, everything).interval == (1.0, 1.0)
