"""Choose a cluster's canonical wording, name how the others relate to it, show differences."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal

from rapidfuzz.distance import LCSseq, Levenshtein

from quotes.normaliser.divergence import divergences
from quotes.normaliser.fold import printed_words
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
    """One step of a word-level difference: words as printed on both sides."""

    op: Op
    canonical: tuple[str, ...]
    variant: tuple[str, ...]


def choose(nodes: Sequence[Node]) -> Node:
    """Return the node whose wording stands for all: complete, and printed by the most outlets.

    A wording whose meaning more outlets contradict than confirm is passed over, however complete.
    Ties: more information, the earlier occasion, the wording itself.
    """
    remaining = list(nodes)
    while remaining:
        best = _most_complete(remaining)
        if len(nodes) == 1 or _is_sound(best, nodes):
            return best
        remaining.remove(best)
    return _most_complete(nodes)


def _most_complete(nodes: Sequence[Node]) -> Node:
    fullest = max(node.wording.bits for node in nodes)
    return min((n for n in nodes if n.wording.bits >= COMPLETE * fullest), key=_preference)


def _is_sound(node: Node, nodes: Sequence[Node]) -> bool:
    against = [other for other in nodes if divergences(node.read, other.read)]
    if not against:
        return True
    agreeing = [other for other in nodes if other not in against]
    return len(_outlets(agreeing)) >= len(_outlets(against))


def _outlets(nodes: Sequence[Node]) -> set[str]:
    return {
        rendering.outlet or rendering.article for node in nodes for rendering in node.renderings
    }


def _preference(node: Node) -> tuple[int, float, date, str]:
    return (
        -len(_outlets([node])),
        -node.wording.bits,
        node.first or date.max,
        node.wording.folded,
    )


def relation(canonical: Node, variant: Node) -> Relation:
    """Return how a variant's wording relates to the canonical one."""
    if canonical.wording.folded == variant.wording.folded:
        return "identical"
    if divergences(canonical.read, variant.read):
        return "divergent"
    whole, part = canonical.wording.words, variant.wording.words
    return "trimmed" if LCSseq.similarity(whole, part) == len(part) else "reworded"


def diff(canonical: str, variant: str) -> tuple[DiffOp, ...]:
    """Return the word-level difference of two printed wordings.

    Words count as equal when they fold to the same: case and marks make no difference.
    """
    left, right = printed_words(canonical), printed_words(variant)
    codes = Levenshtein.opcodes([folded for _, folded in left], [folded for _, folded in right])
    return tuple(
        DiffOp(
            _OPS[code.tag],
            tuple(word for word, _ in left[code.src_start : code.src_end]),
            tuple(word for word, _ in right[code.dest_start : code.dest_end]),
        )
        for code in codes
    )
