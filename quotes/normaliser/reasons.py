"""Why two wordings are taken for one statement: in words for people, in figures for developers."""

from __future__ import annotations

from quotes.normaliser.compare import Comparison, Wording, compare, match
from quotes.normaliser.fold import capitals, fold
from quotes.normaliser.veto import features, load_veto

_LIKELY = (
    (0.8, "wordings so much alike are nearly always one statement"),
    (0.5, "wordings so much alike are mostly one statement"),
    (0.0, "wordings no more alike are often two statements, so read both"),
)
"""What the model says, from which probability on."""


def why_one(canonical: str, variant: str) -> str:
    """Return why two wordings, as published, are renderings of one statement.

    The days between them, and what stands beside them, are left out of account.
    """
    left, right = Wording(fold(canonical)), Wording(fold(variant))
    if left.folded == right.folded:
        return "the same words but for marks, case and spelling"
    found = match(left, right, None)
    if found is None:
        return (
            f"{_shared(compare(left, right))}, too little by itself; they stand beside the same "
            "statement, a third wording holds both, or a person joined them"
        )
    if found.verbatim:
        return "the shorter one is in the longer one word for word"
    likely = _probability(found, left, right, f"{canonical} {variant}")
    return f"{_shared(found)}; {next(words for least, words in _LIKELY if likely >= least)}"


def figures_of(canonical: str, variant: str) -> str:
    """Return the figures behind ``why_one``: "coverage 0.94, 63 bits shared, run 7, model 0.81"."""
    left, right = Wording(fold(canonical)), Wording(fold(variant))
    found = compare(left, right)
    likely = _probability(found, left, right, f"{canonical} {variant}")
    return (
        f"coverage {found.coverage:.2f}, {found.shared:.0f} bits shared, run {found.run}, "
        f"model {likely:.2f}"
    )


def _probability(found: Comparison, left: Wording, right: Wording, text: str) -> float:
    return load_veto().opinion(features(found, left, right, capitals(text))).probability


def _shared(found: Comparison) -> str:
    alike = (
        f"{round(100 * found.coverage)} % of what the shorter one says is in the longer one, too"
    )
    return alike + (f", {found.run} words in a row" if found.run > 1 else "")
