"""Whether a confidence is kept: compared with the accuracy, in bins and by coverage."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from quotes.evaluation.rows import Share

COVERAGES = (100, 95, 90, 80)
"""The per cent of the answers, most confident first, whose accuracy is measured."""

BINS = 10
"""Equal steps of confidence in which it is compared with the accuracy."""

Judged = tuple[float, bool]
"""The confidence of an answer (0-1), and whether it is right."""


@dataclass(frozen=True, slots=True)
class Bin:
    """The answers of one step of confidence: its mean, and how many were right."""

    confidence: float
    accuracy: Share


@dataclass(frozen=True, slots=True)
class Calibration:
    """How far confidence can be trusted.

    ``bins`` compare confidence and accuracy; steps without an answer are left out. ``curve`` maps a
    coverage in per cent to the accuracy (0-1) of that part of the answers, most confident first
    (None: of nothing).
    """

    bins: tuple[Bin, ...]
    curve: Mapping[int, float | None]

    @classmethod
    def of(cls, answers: Iterable[Judged]) -> Calibration:
        """Compare the confidence of answers with whether they are right."""
        listed = list(answers)
        return cls(_bins(listed), _curve(listed))

    @property
    def error(self) -> float | None:
        """The expected calibration error (0-1; None: of nothing).

        The mean distance between confidence and accuracy of the bins, weighted by their size
        (Naeini, Cooper and Hauskrecht 2015).
        """
        total = sum(step.accuracy.total for step in self.bins)
        if not total:
            return None
        gaps = (
            abs(step.confidence - step.accuracy.value) * step.accuracy.total for step in self.bins
        )
        return sum(gaps) / total


def _bins(answers: Sequence[Judged]) -> tuple[Bin, ...]:
    steps: dict[int, list[Judged]] = defaultdict(list)
    for confidence, right in answers:
        steps[min(BINS - 1, int(confidence * BINS))].append((confidence, right))
    return tuple(
        Bin(
            sum(confidence for confidence, _ in pairs) / len(pairs),
            Share(sum(right for _, right in pairs), len(pairs)),
        )
        for _, pairs in sorted(steps.items())
    )


def _curve(answers: Sequence[Judged]) -> dict[int, float | None]:
    ranked = sorted(answers, key=lambda answer: -answer[0])
    curve: dict[int, float | None] = {}
    for coverage in COVERAGES:
        kept = ranked[: round(len(ranked) * coverage / 100)]
        curve[coverage] = sum(right for _, right in kept) / len(kept) if kept else None
    return curve
