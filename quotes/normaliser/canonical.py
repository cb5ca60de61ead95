"""Choose a cluster's canonical wording, name how the others relate to it, show differences."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal

from rapidfuzz.distance import Indel, LCSseq

from quotes.normaliser.compare import Wording
from quotes.normaliser.divergence import divergences
from quotes.normaliser.fold import fold
from quotes.normaliser.nodes import Node
from quotes.records import Relation

COMPLETE = 0.85
"""A wording with at least this share of the fullest one's information is complete, too."""


Op = Literal["equal", "insert", "delete", "replace"]
_OPS: dict[str, Op] = {
    "equal": "equal",
    "insert": "insert",
    "delete": "delete",
    "replace": "replace",
}


@dataclass(frozen=True, slots=True)
class DiffOp:
    """One step of a word-level difference, words as printed."""

    op: Op
    canonical: tuple[str, ...]
    variant: tuple[str, ...]


def choose(nodes: Sequence[Node]) -> Node:
    """Return the node whose wording stands for all: complete, and printed by the most outlets.

    Ties: more articles, more information, the earlier occasion, the wording itself.
    """
    fullest = max(node.wording.bits for node in nodes)
    complete = [node for node in nodes if node.wording.bits >= COMPLETE * fullest]
    return min(complete, key=_preference)


def _preference(node: Node) -> tuple[object, ...]:
    outlets = len({rendering.outlet or rendering.article for rendering in node.renderings})
    return (-outlets, -node.wording.bits, node.first or date.max, node.wording.folded)


def relation(canonical: Wording, variant: Wording) -> Relation:
    """Return how ``variant`` relates to the canonical wording."""
    if canonical.folded == variant.folded:
        return "identical"
    if divergences(canonical.folded, variant.folded):
        return "divergent"
    kept = LCSseq.similarity(canonical.words, variant.words)
    return "trimmed" if kept == len(variant.words) else "reworded"


_WORD = re.compile(r"\S+")


def diff(canonical: str, variant: str) -> tuple[DiffOp, ...]:
    """Return the word-level difference of two printed wordings, aligned by their folded words."""
    left, right = _WORD.findall(canonical), _WORD.findall(variant)
    codes = Indel.opcodes([fold(word) for word in left], [fold(word) for word in right])
    return tuple(
        DiffOp(
            _OPS[code.tag],
            tuple(left[code.src_start : code.src_end]),
            tuple(right[code.dest_start : code.dest_end]),
        )
        for code in codes
    )
