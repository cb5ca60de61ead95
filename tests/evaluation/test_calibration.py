from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quotes.evaluation.calibration import Calibration
from quotes.evaluation.rows import Share


def test_the_curve_takes_the_most_confident_first() -> None:
    curve = Calibration.of((at / 10, at > 0) for at in range(10)).curve
    assert curve == {100: pytest.approx(0.9), 95: pytest.approx(0.9), 90: 1.0, 80: 1.0}
    assert Calibration.of([]).curve == {100: None, 95: None, 90: None, 80: None}


def test_bins_compare_confidence_with_accuracy() -> None:
    sure, unsure = [(0.95, True)] * 6, [(0.25, at < 1) for at in range(4)]
    calibration = Calibration.of([*sure, *unsure])
    assert [(step.confidence, step.accuracy) for step in calibration.bins] == [
        (pytest.approx(0.25), Share(1, 4)),
        (pytest.approx(0.95), Share(6, 6)),
    ]
    assert calibration.error == pytest.approx(0.6 * 0.05 + 0.4 * 0.0)
    assert Calibration.of([]).error is None


def test_full_confidence_has_a_bin() -> None:
    assert [step.accuracy for step in Calibration.of([(1.0, True), (0.9, False)]).bins] == [
        Share(1, 2)
    ]


@given(st.lists(st.tuples(st.floats(0, 1), st.booleans()), min_size=1))
def test_every_answer_is_in_one_bin(answers: list[tuple[float, bool]]) -> None:
    calibration = Calibration.of(answers)
    assert sum(step.accuracy.total for step in calibration.bins) == len(answers)
    assert sum(step.accuracy.hits for step in calibration.bins) == sum(ok for _, ok in answers)
    assert calibration.error is not None
    assert 0 <= calibration.error <= 1
    assert calibration.curve[100] == sum(ok for _, ok in answers) / len(answers)
