"""Scores as plain figures, ready for JSON and for a table."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from quotes.evaluation.calibration import Calibration
from quotes.evaluation.mentions import MentionScores
from quotes.evaluation.merging import MergingScores, PairMistake
from quotes.evaluation.mistakes import Mistake, passage
from quotes.evaluation.rows import Share
from quotes.evaluation.speakers import SpeakerScores

Figures = dict[str, Any]

DIGITS = 4


def speaker_figures(scores: SpeakerScores) -> Figures:
    """Return the figures of ``score_speakers``; shares are from 0 to 1."""
    return {
        "documents": scores.documents,
        "quotes": scores.recall.total,
        "precision": _rounded(scores.precision.value),
        "recall": _rounded(scores.recall.value),
        "f1": _rounded(scores.f1),
        "speaker_strict": _share(scores.strict),
        "speaker_lenient": _share(scores.lenient),
        "speaker_strict_interval": {
            end: _rounded(value)
            for end, value in zip(("low", "high"), scores.interval, strict=True)
        },
        "by_error": dict(scores.by_error),
        "by_type": _shares(scores.by_type),
        "by_rule": _shares(scores.by_rule),
        **_calibration(scores.calibration),
        "kind_calibration_error": _error(scores.kinds),
        "kind_calibration": _steps(scores.kinds),
        "outside_gold": scores.outside,
    }


def mention_figures(scores: MentionScores) -> Figures:
    """Return the figures of ``score_mentions``; shares are from 0 to 1."""
    return {
        "documents": scores.documents,
        "segments": scores.right.total,
        "found": _share(scores.found),
        "mention": _share(scores.right),
        "by_rule": _shares(scores.by_rule),
        **_calibration(scores.calibration),
    }


def merging_figures(scores: MergingScores) -> Figures:
    """Return the figures of ``score_merging``; shares are from 0 to 1."""
    return {
        "segments": scores.found.total,
        "found": scores.found.hits,
        "pairs": scores.recall.total,
        "precision": _rounded(scores.precision.value),
        "recall": _rounded(scores.recall.value),
        "f1": _rounded(scores.f1),
        "recall_easy": _share(scores.easy),
        "recall_hard": _share(scores.hard),
        "recall_fragments": _share(scores.fragments),
        "false_merges": _share(scores.false_merges),
    }


def speaker_errors(mistakes: Sequence[Mistake], bodies: Mapping[str, str]) -> list[Figures]:
    """Return mistakes with their passages, from ``bodies`` by document where they are known."""
    errors = []
    for one in mistakes:
        around = passage(one, bodies.get(one.document))
        errors.append(
            {
                "article": one.document,
                "start": one.start,
                "end": one.end,
                "gold": one.expected,
                "predicted": one.found,
                "confidence": one.confidence,
                "rule": one.rule,
                "before": around.before,
                "text": around.quotation,
                "after": around.after,
            }
        )
    return errors


def merging_errors(sort: str, mistakes: Sequence[PairMistake]) -> list[Figures]:
    """Return mistakes of a sort ("missed", "wrongly merged")."""
    return [
        {
            "sort": sort,
            "shared": None if one.shared is None else _rounded(one.shared),
            "pair": [
                {"article": article, "start": start, "text": text}
                for (article, start), text in zip(one.places, one.texts, strict=True)
            ],
        }
        for one in mistakes
    ]


def table_rows(figures: Figures, prefix: str = "") -> Iterator[tuple[str, object, str]]:
    """Yield (figure, value, right/of) for a table."""
    for name, value in figures.items():
        title = f"{prefix}{name}".replace("_", " ")
        if isinstance(value, list):
            for step in value:
                sort = title.removesuffix("calibration")
                yield _line(f"{sort}confidence {step['confidence']:.2f}", step)
        elif not isinstance(value, dict):
            yield title, f"{value:.4f}" if isinstance(value, float) else value, ""
        elif "accuracy" in value:
            yield _line(title, value)
        else:
            yield from table_rows(value, f"{name}: ")


def _line(title: str, share: Figures) -> tuple[str, object, str]:
    return title, f"{share['accuracy']:.4f}", f"{share['right']}/{share['of']}"


def _calibration(calibration: Calibration) -> Figures:
    return {
        "curve": {
            str(coverage): None if accuracy is None else _rounded(accuracy)
            for coverage, accuracy in calibration.curve.items()
        },
        "calibration_error": _error(calibration),
        "calibration": _steps(calibration),
    }


def _error(calibration: Calibration) -> float | None:
    return None if calibration.error is None else _rounded(calibration.error)


def _steps(calibration: Calibration) -> list[Figures]:
    return [
        {"confidence": _rounded(step.confidence), **_share(step.accuracy)}
        for step in calibration.bins
    ]


def _shares(shares: Mapping[str, Share]) -> Figures:
    return {name: _share(share) for name, share in shares.items()}


def _share(share: Share) -> Figures:
    return {"accuracy": _rounded(share.value), "right": share.hits, "of": share.total}


def _rounded(value: float) -> float:
    return round(value, DIGITS)
