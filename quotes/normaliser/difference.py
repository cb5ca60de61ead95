"""The words in which two printed wordings differ."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import groupby
from typing import Literal

Op = Literal["equal", "insert", "delete", "replace"]


@dataclass(frozen=True, slots=True)
class DiffOp:
    """One step of a word-level difference: words as printed on both sides."""

    op: Op
    canonical: tuple[str, ...]
    variant: tuple[str, ...]


def diff(canonical: str, variant: str) -> tuple[DiffOp, ...]:
    """Return the word-level difference of two printed wordings.

    Words count as equal when they fold to the same: case and marks make no difference.
    """
    # What shows a single wording does without, and starts sooner.
    from rapidfuzz.distance import Levenshtein

    from quotes.normaliser.fold import printed_words

    left, right = printed_words(canonical), printed_words(variant)
    codes = Levenshtein.opcodes([folded for _, folded in left], [folded for _, folded in right])
    ops = []
    for equal, run in groupby(codes, key=lambda code: code.tag == "equal"):
        steps = list(run)
        there = tuple(word for word, _ in left[steps[0].src_start : steps[-1].src_end])
        here = tuple(word for word, _ in right[steps[0].dest_start : steps[-1].dest_end])
        ops.append(DiffOp("equal" if equal else _change(there, here), there, here))
    return tuple(ops)


def _change(there: tuple[str, ...], here: tuple[str, ...]) -> Op:
    if there and here:
        return "replace"
    return "delete" if there else "insert"
