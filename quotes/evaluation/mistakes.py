"""The mistakes of a measurement, to be read: the most confident first, with their passage."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from quotes.evaluation.rows import Row

AROUND = 160
"""Characters of the article shown on either side of a quotation."""


@dataclass(frozen=True, slots=True)
class Mistake:
    """A labelled quote without the right speaker.

    ``text`` is that of the label, empty where it has none. ``found`` is the wrong speaker (None:
    nobody), ``rule`` what carried it; ``confidence`` (0-1) is None where the quote was not found.
    """

    document: str
    start: int
    end: int
    text: str
    expected: str
    found: str | None
    rule: str | None
    confidence: float | None

    @classmethod
    def of(
        cls, document: str, segment: Row, expected: str, named: str | None, prediction: Row | None
    ) -> Mistake:
        """Make the mistake of a ``prediction`` that named somebody (None: no prediction)."""
        return cls(
            document,
            segment["start"],
            segment["end"],
            segment.get("text") or "",
            expected,
            named,
            prediction.get("rule") if prediction else None,
            (prediction.get("confidence") or 0.0) if prediction else None,
        )


@dataclass(frozen=True, slots=True)
class Passage:
    """The words around a quotation: ``before`` it, itself, and ``after`` it."""

    before: str
    quotation: str
    after: str


def worst_first(mistakes: Iterable[Mistake]) -> tuple[Mistake, ...]:
    """Return mistakes in the order to read them: those that the program was sure of first.

    Wrong speakers come before quotes without any, and these before quotes that were not found.
    """
    return tuple(
        sorted(
            mistakes,
            key=lambda one: (
                one.found is None,
                one.confidence is None,
                -(one.confidence or 0.0),
                one.document,
                one.start,
            ),
        )
    )


def passage(mistake: Mistake, body: str | None) -> Passage:
    """Return the passage of a mistake in its article, cut between words.

    Without the ``body`` it is what the label has of the quotation.
    """
    if body is None:
        return Passage("", mistake.text, "")
    left, right = mistake.start - AROUND, mistake.end + AROUND
    before = body[max(0, left) : mistake.start]
    after = body[mistake.end : right]
    if left > 0:
        before = "…" + before.partition(" ")[2]
    if right < len(body):
        after = after.rpartition(" ")[0] + "…"
    return Passage(before, body[mistake.start : mistake.end], after)
