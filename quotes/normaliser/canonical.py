"""Choose a cluster's canonical wording, name how the others relate to it, show differences."""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from itertools import accumulate
from operator import itemgetter
from typing import NamedTuple

from rapidfuzz.distance import LCSseq

from quotes.normaliser.model import Cluster, Rendering
from quotes.normaliser.nodes import Node, Printed, contradicts, stable_order
from quotes.normaliser.thresholds import COMPLETE, OUTSPOKEN, OUTVOTED, PASSED_OVER, SUBSTANTIAL
from quotes.records import Provenance, Relation

DISTANCE: Mapping[Provenance, int] = {"translated": 1, "machine-translated": 2}
"""How far words are from what was said; 0 where it is not listed, or not known."""


class Support(NamedTuple):
    """How far one wording of a cluster is supported, by whatever nodes print it.

    ``bits`` is what it tells, ``outlets`` how many print it, ``first`` the day on which one did;
    ``distance`` is 0 where somebody prints it untranslated.
    """

    bits: float
    outlets: int
    first: date
    folded: str
    distance: int = 0


def distance(provenance: Provenance | None) -> int:
    """Return how far the words of an article are from what was said: translated ones are."""
    return DISTANCE.get(provenance, 0) if provenance else 0


def standing_order(rendering: Rendering) -> tuple[object, ...]:
    """Sort key: of the renderings of one wording the first one that is no translation stands."""
    return distance(rendering.provenance), *stable_order(rendering)


def choose(nodes: Sequence[Node]) -> tuple[Node, bool]:
    """Return the node whose wording stands for all: complete, and printed by the most outlets.

    Returns, too, whether any of the others may contradict it.

    What is translated is passed over where an original is known, and what a machine translated
    where a person did. A longer wording is passed over where several times as many outlets print
    a shorter one that says most of it (the wording of five outlets beats a longer one of one). So
    is one whose meaning more outlets contradict than confirm, however complete, and one that as
    many contradict, if it is clearly less sure who said it; where all contradict each other (a
    number of its own in each), the first is as good as any. Ties: more information, the earlier
    occasion, the wording.
    """
    if len(nodes) == 1:
        return nodes[0], False
    prints: dict[str, list[Node]] = defaultdict(list)
    for node in nodes:
        prints[node.wording.folded].append(node)
    remaining = {folded: _support(own) for folded, own in prints.items()}
    first = most_complete(remaining.values())
    for _ in range(min(PASSED_OVER, len(prints))):
        best = most_complete(remaining.values())
        if best.distance > first.distance:
            break
        tried, chosen = prints[best.folded][0], min(prints[best.folded], key=_distance)
        against = [contradicts(tried, other) for other in nodes]
        if not any(against):
            return chosen, chosen is not tried
        if _is_sound(nodes, against):
            return chosen, True
        del remaining[best.folded]
    return min(prints[first.folded], key=_distance), True


def most_complete(wordings: Iterable[Support]) -> Support:
    """Return the best supported of the complete wordings that others do not outvote.

    Where one is nearer to what was said, translations have no say.
    """
    wordings = [*wordings]
    nearest = min(wording.distance for wording in wordings)
    ranked = sorted(wording for wording in wordings if wording.distance == nearest)
    support = [wording.outlets for wording in ranked]
    most = [*accumulate(reversed(support), max)][::-1]  # from each one on: the more telling ones
    standing = [
        wording
        for wording in ranked
        if wording.outlets * OUTVOTED
        > most[bisect_left(ranked, SUBSTANTIAL * wording.bits, key=itemgetter(0))]
    ]
    fullest = max(wording.bits for wording in standing)
    complete = (wording for wording in standing if wording.bits >= COMPLETE * fullest)
    return min(complete, key=lambda one: (-one.outlets, -one.bits, one.first, one.folded))


def _support(nodes: Sequence[Node]) -> Support:
    """Return the support of nodes that print one wording."""
    wording = nodes[0].wording
    first = min(node.first or date.max for node in nodes)
    return Support(
        wording.bits, len(_outlets(nodes)), first, wording.folded, min(map(_distance, nodes))
    )


def _distance(node: Node) -> int:
    return min(distance(rendering.provenance) for rendering in node.renderings)


def _is_sound(nodes: Sequence[Node], against: Sequence[bool]) -> bool:
    """Whether a wording may stand for all though some nodes are ``against`` it."""
    agreeing = [node for node, opposes in zip(nodes, against, strict=True) if not opposes]
    opposing = [node for node, opposes in zip(nodes, against, strict=True) if opposes]
    more = len(_outlets(agreeing)) - len(_outlets(opposing))
    return more > 0 or (more == 0 and _surest(opposing) - _surest(agreeing) < OUTSPOKEN)


def _surest(nodes: Sequence[Node]) -> float:
    return max(rendering.confidence for node in nodes for rendering in node.renderings)


def _outlets(nodes: Sequence[Node]) -> set[str]:
    return {
        rendering.outlet or rendering.article for node in nodes for rendering in node.renderings
    }


def relation(canonical: Node, variant: Node, changed: bool | None = None) -> Relation:
    """Return how a variant's wording relates to the canonical one.

    ``changed`` is a person's word on whether it means something else, None where there is none.
    """
    if canonical.wording.folded == variant.wording.folded:
        return "identical"
    if changed or (changed is None and contradicts(canonical, variant)):
        return "divergent"
    whole, part = canonical.wording.words, variant.wording.words
    return "trimmed" if LCSseq.similarity(whole, part) == len(part) else "reworded"


def texts_of(cluster: Cluster, renderings: Mapping[int, Printed]) -> dict[str, str]:
    """Return the text that stands for each wording of a cluster, by its fingerprint.

    It is that of the canonical rendering, else the one that was printed first; of several on that
    day the first by the alphabet.
    """
    printed: dict[str, list[Printed]] = defaultdict(list)
    found: dict[str, str] = {}
    for member in cluster.members:
        printed[member.wording].append(renderings[member.key])
        if member.key == cluster.canonical:
            found[member.wording] = renderings[member.key].text
    firsts = {wording: min(own, key=_first_print).text for wording, own in printed.items()}
    return firsts | found


def _first_print(rendering: Printed) -> tuple[date, str]:
    return rendering.published or date.max, rendering.text
