"""Why two wordings are taken for one statement, in words: what the rules saw, and the model."""

from __future__ import annotations

from quotes.normaliser.compare import Comparison, Wording, compare, match
from quotes.normaliser.fold import capitals, fold
from quotes.normaliser.veto import features, load_veto


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
            f"{_shares(compare(left, right))}: too little by itself; they stand beside the same "
            "statement, a third wording holds both, or a person joined them"
        )
    if found.verbatim:
        return "all words of the shorter one follow each other in the longer one"
    names = capitals(f"{canonical} {variant}")
    opinion = load_veto().opinion(features(found, left, right, names))
    return f"{_shares(found)}; the learned model gives it {opinion.probability:.2f}"


def _shares(found: Comparison) -> str:
    return (
        f"{found.coverage:.0%} of what the shorter one tells has a counterpart "
        f"({found.shared:.0f} bits), {found.run} words in a row"
    )
