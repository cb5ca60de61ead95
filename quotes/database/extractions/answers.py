"""The machine's answer for one quotation, in the form in which ``attributions.found`` keeps it."""

from __future__ import annotations

from typing import Any

from quotes.database.engine.models import Attribution
from quotes.database.extractions.rows import attribution_row
from quotes.records import AttributedQuotation

ANSWER = (
    "rule",
    "confidence",
    "reason",
    "speaker_rule",
    "speaker_confidence",
    "on_behalf_of",
)
"""The columns of ``attributions`` that a judgement may overrule, next to the speaker."""


def answer(
    row: Attribution, speaker: str | None, kind: str, kind_confidence: float | None
) -> dict[str, Any]:
    """Return the machine's answer, as ``attributions.found`` keeps it."""
    return {
        "speaker": speaker,
        "kind": kind,
        "kind_confidence": kind_confidence,
        **{name: getattr(row, name) for name in ANSWER},
    }


def new_answer(item: AttributedQuotation) -> dict[str, Any]:
    """Return the machine's answer that an extraction has just given."""
    row = attribution_row(item)
    return {
        "speaker": item.speaker.slug if item.speaker else None,
        "kind": item.quotation.kind,
        "kind_confidence": item.quotation.kind_confidence,
        **{name: row[name] for name in ANSWER},
    }
