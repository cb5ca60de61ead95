"""Cut a component into clusters: deterministic and independent of the order of its nodes."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass
from itertools import product

Pair = tuple[int, int]
Clash = Callable[[int, int, int], bool]
Vouched = Callable[[int, Collection[int]], bool]


@dataclass(frozen=True, slots=True)
class Link:
    """An accepted pair of nodes (positions in the list of nodes) and how alike they are (0-1).

    ``contained`` is True where the shorter node is a piece of the longer one, ``beside`` where the
    two are alike too little by themselves, but stand beside the same statement.
    """

    left: int
    right: int
    score: float
    contained: bool
    beside: bool = False

    @property
    def pair(self) -> Pair:
        """The two nodes in ascending order."""
        return min(self.left, self.right), max(self.left, self.right)


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
    clash: Clash | None = None,
    vouched: Vouched | None = None,
) -> list[list[int]]:
    """Cut the graph of nodes ``0 … len(bits)-1`` into clusters, each in ascending order.

    ``bits`` is the information of each node; nodes are numbered in an order that does not depend
    on when they arrived, so that ties fall the same way every time. ``same`` pairs join first.
    Then wordings of about the same extent join, best link first, if the fullest wordings of both
    sides are linked too; then every piece goes to the one cluster whose wording it fits best, so
    that a piece that fits two statements does not glue them together; then what is alone joins what
    stands beside the same statement. Nodes that ``clash`` (with the fullest wording of both
    clusters in view) never end in one cluster; but a piece left alone that fits one cluster only
    goes there in the end if that is ``vouched`` for by its members.
    """
    clusters = _Clusters(bits, clash)
    for left, right in same:
        clusters.join(left, right, judged=True)
    ranked = sorted(links, key=lambda link: (-link.score, link.left, link.right))
    ordered = [link for link in ranked if not link.beside]
    linked = {(link.left, link.right) for link in ordered}
    for link in ordered:
        if not link.contained and any(
            (min(pair), max(pair)) in linked
            for pair in product(clusters.heads(link.left), clusters.heads(link.right))
        ):
            clusters.join(link.left, link.right)
    cores, attached = list(clusters.of), set[int]()
    for link in ordered:
        piece, whole = clusters.by_size(link)
        free = link.contained and cores[piece] not in attached
        if free and clusters.join(piece, whole):
            attached.add(cores[piece])
    for link in ranked:
        if link.beside and 1 in map(len, map(clusters.members, link.pair)):
            clusters.join(link.left, link.right)
    if vouched:
        for piece, whole in clusters.left_alone(ordered):
            if vouched(piece, clusters.members(whole)):
                clusters.unite(piece, whole)
    return clusters.groups()


class _Clusters:
    """Disjoint sets of nodes that remember their fullest wording and who must stay apart."""

    def __init__(self, bits: Sequence[float], clash: Clash | None) -> None:
        self.of = list(range(len(bits)))
        self._bits = bits
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
        into, other = self.of[left], self.of[right]
        if into == other:
            return False
        whole = self._fuller(into, other)
        clash = self._clash
        if clash and any(
            clash(one, two, whole) for one in self._members[into] for two in self._members[other]
        ):
            return False
        self.unite(left, right, judged=judged)
        return True

    def unite(self, left: int, right: int, *, judged: bool = False) -> None:
        """Join two clusters though they may clash."""
        into, other = sorted((self.of[left], self.of[right]))
        whole = self._fuller(into, other)
        for member in self._members[other]:
            self.of[member] = into
        self._members[into] += self._members.pop(other)
        self._fullest[into] = whole
        sides = self._heads[into], self._heads.pop(other)
        kept = [node for heads in sides if judged or len(heads) > 1 for node in heads]
        self._heads[into] = kept or [whole]

    def members(self, node: int) -> list[int]:
        """Return all nodes in the cluster of ``node``."""
        return self._members[self.of[node]]

    def left_alone(self, links: Iterable[Link]) -> list[Pair]:
        """Return the pieces that are alone and fit one cluster only, each with a node of that."""
        fits: dict[int, set[int]] = {}
        for link in links:
            piece, whole = self.by_size(link)
            if link.contained and len(self.members(piece)) == 1:
                fits.setdefault(piece, set()).add(self.of[whole])
        return [(piece, min(whole)) for piece, whole in sorted(fits.items()) if len(whole) == 1]

    def by_size(self, link: Link) -> Pair:
        """Return the piece and the whole of a link."""
        left, right = sorted((link.left, link.right), key=lambda node: (self._bits[node], -node))
        return left, right

    def _fuller(self, one: int, other: int) -> int:
        """Return the fullest wording of two clusters."""
        both = self._fullest[one], self._fullest[other]
        return min(both, key=lambda node: (-self._bits[node], node))

    def groups(self) -> list[list[int]]:
        """Return the clusters, each in ascending order, by their first nodes."""
        return sorted(sorted(members) for members in self._members.values())
