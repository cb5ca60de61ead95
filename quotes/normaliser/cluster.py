"""Cut a component into clusters: deterministic and independent of the order of its nodes."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from itertools import product

from quotes.normaliser.links import Link, Pair

Clash = Callable[[int, int, int], bool]


def components(size: int, pairs: Iterable[Pair]) -> list[list[int]]:
    """Return the connected components of the nodes ``0 … size-1``, each in ascending order."""
    parent = list(range(size))

    def root(node: int) -> int:
        while parent[node] != node:
            parent[node] = parent[parent[node]]
            node = parent[node]
        return node

    for left, right in pairs:
        parent[max(root(left), root(right))] = min(root(left), root(right))
    groups: dict[int, list[int]] = {}
    for node in range(size):
        groups.setdefault(root(node), []).append(node)
    return list(groups.values())


def cut(
    bits: Sequence[float],
    links: Iterable[Link],
    same: Iterable[Pair] = (),
    different: Iterable[Pair] = (),
    clash: Clash | None = None,
) -> list[list[int]]:
    """Cut the graph of nodes ``0 … len(bits)-1`` into clusters, each in ascending order.

    ``bits`` is the information of each node; nodes are numbered in an order that does not depend
    on when they arrived, so that ties fall the same way every time. ``same`` pairs join first,
    ``different`` ones never end in one cluster. Nodes that ``clash`` (with the fullest wording of
    both clusters in view) join by a person's word alone.

    Sentences come first: wordings of about the same extent join, best link first, if the fullest
    wordings of both sides are linked too. Then every piece goes to the one cluster that it fits
    best, so that a piece that fits two statements does not glue them together; then single words go
    where they fit one statement only; then what is alone joins what stands beside the same
    statement.
    """
    clusters = _Clusters(bits, different, clash)
    for left, right in same:
        clusters.join(left, right, judged=True)
    ranked = sorted(links, key=lambda link: (-link.score, link.pair))
    _join_sentences(clusters, ranked)
    _attach(clusters, [link for link in ranked if link.is_part])
    for link in ranked:
        if link.kind == "beside" and 1 in map(len, map(clusters.members, link.pair)):
            clusters.join(*link.pair)
    return clusters.groups()


def _join_sentences(clusters: _Clusters, ranked: Iterable[Link]) -> None:
    alike = [link for link in ranked if link.kind != "beside"]
    linked = {link.pair for link in alike}
    for link in alike:
        if link.kind == "same" and any(
            (min(pair), max(pair)) in linked
            for pair in product(clusters.heads(link.piece), clusters.heads(link.whole))
        ):
            clusters.join(*link.pair)


def _attach(clusters: _Clusters, parts: Sequence[Link]) -> None:
    """Bring parts to the statements that they are parts of, each to one.

    Parts of about the same extent are one *core* and go together, where the fullest of them fits:
    “law and order” does not bring “the law and order candidate” to a sentence without a candidate.
    ``parts`` are in order, the best fit first.
    """
    core = list(clusters.of)
    attached: set[int] = set()
    words: dict[int, list[Link]] = defaultdict(list)
    fits = {(link.piece, core[link.whole]) for link in parts}
    heads = {core[link.piece]: clusters.heads(link.piece) for link in parts}
    for link in parts:
        own = core[link.piece]
        if link.kind == "word":
            words[own].append(link)
        elif not any((head, core[link.whole]) in fits for head in heads[own]):
            continue
        elif own not in attached and clusters.join(*link.pair):
            attached.add(own)
    for own, found in sorted(words.items()):
        sole = None if own in attached else _sole(clusters, found)
        if sole:
            clusters.join(*sole.pair)


def _sole(clusters: _Clusters, links: Sequence[Link]) -> Link | None:
    """Return a link to the only statement that a word fits.

    If its own article has the word in a sentence, no other articles are asked.
    """
    inside = [link for link in links if link.own]
    fits = {clusters.of[x.whole]: x for x in inside or links if clusters.may_join(*x.pair)}
    return next(iter(fits.values())) if len(fits) == 1 else None


class _Clusters:
    """Disjoint sets of nodes that remember their fullest wording and who must stay apart."""

    def __init__(
        self, bits: Sequence[float], different: Iterable[Pair], clash: Clash | None
    ) -> None:
        self.of = list(range(len(bits)))
        self._bits = bits
        self._different = set(different)
        self._clash = clash
        self._members = {node: [node] for node in self.of}
        self._fullest = list(self.of)
        self._heads = {node: [node] for node in self.of}

    def heads(self, node: int) -> list[int]:
        """Return the fullest wordings in the cluster of ``node``.

        There is one, and one more for every cluster that a person's word has joined to it: what is
        like any of them belongs here.
        """
        return self._heads[self.of[node]]

    def join(self, left: int, right: int, *, judged: bool = False) -> bool:
        """Join two clusters unless they are one already, or clash; return whether they joined.

        ``judged``: a person joins them, so the fullest wordings of both sides stay heads.
        """
        into, other = sorted((self.of[left], self.of[right]))
        if into == other or not self.may_join(left, right, judged=judged):
            return False
        whole = self._fuller(into, other)
        for member in self._members[other]:
            self.of[member] = into
        self._members[into] += self._members.pop(other)
        self._fullest[into] = whole
        sides = self._heads[into], self._heads.pop(other)
        kept = [node for heads in sides if judged or len(heads) > 1 for node in heads]
        self._heads[into] = kept or [whole]
        return True

    def may_join(self, left: int, right: int, *, judged: bool = False) -> bool:
        """Tell whether nothing keeps two clusters apart: a person's word, or (not judged) a clash.

        One cluster is not kept apart from itself.
        """
        into, other = self.of[left], self.of[right]
        if into == other:
            return True
        whole = None if judged else self._fuller(into, other)
        return not any(
            self._apart(one, two, whole)
            for one, two in product(self._members[into], self._members[other])
        )

    def _apart(self, one: int, two: int, whole: int | None) -> bool:
        if (min(one, two), max(one, two)) in self._different:
            return True
        return whole is not None and self._clash is not None and self._clash(one, two, whole)

    def members(self, node: int) -> list[int]:
        """Return all nodes in the cluster of ``node``."""
        return self._members[self.of[node]]

    def _fuller(self, one: int, other: int) -> int:
        """Return the fullest wording of two clusters."""
        both = self._fullest[one], self._fullest[other]
        return min(both, key=lambda node: (-self._bits[node], node))

    def groups(self) -> list[list[int]]:
        """Return the clusters, each in ascending order, by their first nodes."""
        return sorted(sorted(members) for members in self._members.values())
