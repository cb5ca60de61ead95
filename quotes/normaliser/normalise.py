"""The stage's entry: renderings → clusters, all at once or as an addition to what is stored."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from itertools import groupby
from operator import itemgetter

from quotes.normaliser.canonical import choose, relation, standing_order
from quotes.normaliser.cluster import components, cut
from quotes.normaliser.compare import compare
from quotes.normaliser.keys import sought_keys
from quotes.normaliser.links import Link, Pair, find_links, links_across
from quotes.normaliser.model import (
    Cluster,
    Judgement,
    Member,
    Rendering,
    RenderingStore,
    Update,
    fingerprint,
)
from quotes.normaliser.nodes import Node, build_nodes, rivals
from quotes.normaliser.parting import part
from quotes.normaliser.semantic import Meaning


def normalise(
    renderings: Sequence[Rendering],
    judgements: Iterable[Judgement] = (),
    meaning: Meaning | None = None,
) -> list[Cluster]:
    """Cluster renderings of one or many speakers, in ascending order of their canonical keys.

    The result does not depend on the order of ``renderings``. A "same" judgement joins two
    renderings of one speaker whatever their words, a "different" one keeps them apart, a
    "canonical" one makes a rendering stand for its quote. ``meaning`` compares what stands beside
    the same statement, see ``semantic``.
    """
    named: dict[int, set[Judgement]] = defaultdict(set)
    for judgement in judgements:
        named[judgement.left].add(judgement)
        named[judgement.right].add(judgement)
    clusters: list[Cluster] = []
    for _, group in groupby(sorted(renderings, key=_speaker), key=_speaker):
        own = list(group)
        verdicts = set[Judgement]().union(*(named[r.key] for r in own if r.key in named))
        clusters += _normalise_speaker(own, verdicts, meaning)
    return sorted(clusters, key=lambda cluster: cluster.canonical)


def _speaker(rendering: Rendering) -> str:
    return rendering.speaker


def _normalise_speaker(
    renderings: Sequence[Rendering], verdicts: Collection[Judgement], meaning: Meaning | None
) -> list[Cluster]:
    paired = (v for v in verdicts if v.verdict in ("same", "different"))
    nodes = build_nodes(renderings, {key for v in paired for key in (v.left, v.right)})
    chosen = {v.left: v.number for v in verdicts if v.verdict == "canonical"}
    meant = [v for v in verdicts if v.verdict in ("changed", "unchanged")]
    links = find_links(nodes, meaning)
    same, different = _judged(nodes, verdicts)
    number = _component_numbers(nodes, [*(link.pair for link in links), *same])

    def clash(left: int, right: int, whole: int) -> bool:
        return rivals(nodes[left], nodes[right], nodes[whole])

    groups = cut([node.wording.bits for node in nodes], links, same, different, clash)
    nodes, groups, origin = part(nodes, groups, links)
    number |= {new: number[old] for new, old in origin.items()}
    clusters = [
        _describe(number[group[0]], [nodes[at] for at in group], chosen, meant) for group in groups
    ]
    doubtful = (link for link in links if link.pair not in different)
    return _with_doubts(nodes, groups, clusters, doubtful)


def add(new: Sequence[Rendering], store: RenderingStore, touched: Collection[int] = ()) -> Update:
    """Cluster new renderings together with the stored components that they link to.

    ``touched`` are keys of stored renderings whose judgements have changed: their components are
    reconsidered too. The stored clusters outside the update stay as they are, and all together
    equal what ``normalise`` makes of everything at once, where an article has one date.
    """
    hits = set(touched)
    for speaker, group in groupby(sorted(new, key=_speaker), key=_speaker):
        hits |= _hits(list(group), speaker, store)
    pool = {rendering.key: rendering for rendering in new}
    judgements: set[Judgement] = set()
    sought: set[int] = set()
    while hits:
        pool |= {rendering.key: rendering for rendering in store.component(hits)}
        judgements |= set(store.judgements(pool.keys()))
        # A judged rendering may belong to no quote: it is asked for once only.
        sought |= hits
        hits = {key for j in judgements for key in (j.left, j.right)} - pool.keys() - sought
    clusters = normalise(list(pool.values()), judgements, store.meaning)
    return Update(frozenset(pool), tuple(clusters))


def _hits(new: list[Rendering], speaker: str, store: RenderingStore) -> set[int]:
    """Return the keys of stored renderings that one speaker's new renderings link to."""
    sought = {key for r in new for key in sought_keys(r.folded, r.published, r.beside)}
    stored = build_nodes(store.candidates(speaker, sought))
    met = links_across(build_nodes(new), stored, store.meaning)
    return {rendering.key for node in met for rendering in node.renderings}


def _component_numbers(nodes: Sequence[Node], pairs: Iterable[Pair]) -> dict[int, int]:
    """Return the number of every node's component: the smallest key in it."""
    numbers: dict[int, int] = {}
    for group in components(len(nodes), pairs):
        number = min(rendering.key for at in group for rendering in nodes[at].renderings)
        numbers |= dict.fromkeys(group, number)
    return numbers


def _judged(nodes: Sequence[Node], judgements: Iterable[Judgement]) -> tuple[list[Pair], set[Pair]]:
    """Return the pairs of nodes that must, and that must not, be together."""
    at = {
        rendering.key: position
        for position, node in enumerate(nodes)
        for rendering in node.renderings
    }
    pairs: dict[str, set[Pair]] = {"same": set(), "different": set()}
    for judgement in judgements:
        left, right = at.get(judgement.left), at.get(judgement.right)
        if left is None or right is None or judgement.verdict not in pairs:
            continue  # of another speaker, or not about what is one statement
        pairs[judgement.verdict].add((min(left, right), max(left, right)))
    return sorted(pairs["same"]), pairs["different"]


def _describe(
    component: int,
    nodes: Sequence[Node],
    wanted: Mapping[int, int],
    meant: Iterable[Judgement],
) -> Cluster:
    """Return a cluster; ``wanted`` are renderings (by key) that a person made canonical.

    ``meant`` are a person's words on whether two wordings mean the same.
    """
    judged = [(wanted[r.key], r.key, r, n) for n in nodes for r in n.renderings if r.key in wanted]
    if judged:
        _, _, best, chosen = max(judged, key=itemgetter(0, 1))
        contradicted = True
    else:
        chosen, contradicted = choose(nodes)
        best = min(chosen.renderings, key=standing_order)
    members = []
    judged_meanings = _changed(chosen, meant)
    for node in nodes:
        score = 1.0 if node is chosen else compare(chosen.wording, node.wording).likeness
        says = [judged_meanings[r.key] for r in node.renderings if r.key in judged_meanings]
        known = None if contradicted else False
        kind = relation(chosen, node, max(says)[1] if says else known)
        wording = fingerprint(node.wording.folded)
        members += [
            Member(rendering.key, "canonical" if rendering is best else kind, score, wording)
            for rendering in node.renderings
        ]
    return Cluster(component, best.key, tuple(sorted(members)))


def _changed(canonical: Node, meant: Iterable[Judgement]) -> dict[int, tuple[int, bool]]:
    """Return what people said of other renderings (keys) beside the canonical wording.

    That is the number of the judgement, and whether the meaning is another one.
    """
    own = {rendering.key for rendering in canonical.renderings}
    said: dict[int, tuple[int, bool]] = {}
    for judgement in sorted(meant, key=lambda one: (one.number, one.verdict)):
        for key, other in ((judgement.left, judgement.right), (judgement.right, judgement.left)):
            if other in own:
                said[key] = judgement.number, judgement.verdict == "changed"
    return said


def _with_doubts(
    nodes: Sequence[Node],
    groups: Sequence[Sequence[int]],
    clusters: Sequence[Cluster],
    links: Iterable[Link],
) -> list[Cluster]:
    """Return the clusters with the fragments that fit another one, too."""
    home = {at: place for place, group in enumerate(groups) for at in group}
    doubts: dict[int, set[tuple[int, int]]] = defaultdict(set)
    for link in links:
        here, there = home[link.piece], home[link.whole]
        if not link.is_part or here == there:
            continue
        keys = {rendering.key for rendering in nodes[link.piece].renderings}
        if clusters[here].canonical not in keys:  # what stands for its quote is no doubt
            doubts[here].update((key, clusters[there].canonical) for key in keys)
    return [
        cluster._replace(also=tuple(sorted(doubts[place]))) if place in doubts else cluster
        for place, cluster in enumerate(clusters)
    ]
