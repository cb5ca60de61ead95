"""Cut a component into clusters: deterministic and independent of the order of its nodes."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from itertools import product
from typing import Literal

Pair = tuple[int, int]
Clash = Callable[[int, int, int], bool]
Reason = Literal["alike", "own", "beside"]


@dataclass(frozen=True, slots=True)
class Link:
    """An accepted pair of nodes (positions in the list of nodes) and how alike they are (0-1).

    ``piece`` tells no more than ``whole``; ``contained`` is True where it is a part of it.
    ``reason`` is ``beside`` where the two are alike too little by themselves, but stand beside the
    same statement, ``opening`` where an article prints the piece first and the whole further down.
    """

    piece: int
    whole: int
    score: float
    contained: bool
    own: bool = False
    slight: bool = False
    reason: Reason = "alike"

    @property
    def pair(self) -> Pair:
        """The two nodes in ascending order."""
        return min(self.piece, self.whole), max(self.piece, self.whole)


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
    ``different`` ones never end in one cluster. Then wordings of about the same extent join, best
    link first, if the fullest wordings of both sides are linked too; then every piece goes to the
    one cluster whose wording it fits best, so that a piece that fits two statements does not glue
    them together; then what is alone joins what stands beside the same statement. A piece that
    announces a statement of its own article goes there if it is the only one. Other nodes that
    ``clash`` (with the fullest wording of both clusters in view) never end in one cluster.
    """
    clusters = _Clusters(bits, different, clash)
    for left, right in same:
        clusters.join(left, right, judged=True)
    ranked = sorted(links, key=lambda link: (-link.score, link.pair))
    alike = [link for link in ranked if link.reason == "alike"]
    linked = {link.pair for link in alike}
    for link in alike:
        if not link.contained and any(
            (min(pair), max(pair)) in linked
            for pair in product(clusters.heads(link.piece), clusters.heads(link.whole))
        ):
            clusters.join(*link.pair)
    pieces = [link for link in ranked if link.contained and link.reason != "beside"]
    attached = set()
    core = list(clusters.of)
    fits: dict[int, list[Link]] = {}
    for link in pieces:
        if link.slight:
            fits.setdefault(core[link.piece], []).append(link)
        elif core[link.piece] not in attached and clusters.join(*link.pair):
            attached.add(core[link.piece])
    for one, found in sorted(fits.items()):
        if one not in attached and (chosen := _sole(clusters, found)):
            clusters.join(*chosen.pair)
    for link in ranked:
        if link.reason == "beside" and 1 in map(len, map(clusters.members, link.pair)):
            clusters.join(*link.pair)
    return clusters.groups()


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

        ``judged``: a person joins them, so the fullest wordings of both sides stay heads. Then,
        and if they are ``clashing``, nothing but a person's word keeps them apart.
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
        into, other = sorted((self.of[left], self.of[right]))
        whole = None if judged else self._fuller(into, other)
        return not any(
            self._apart(one, two, whole)
            for one in self._members[into]
            for two in self._members[other]
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


def _sole(clusters: _Clusters, links: Sequence[Link]) -> Link | None:
    """Return a link to the only statement that fits, of those of its own article if there are any."""
    for some in ([x for x in links if x.own], [x for x in links if x.reason == "alike"]):
        fit = {clusters.of[link.whole]: link for link in some if clusters.may_join(*link.pair)}
        if some:
            return next(iter(fit.values())) if len(fit) == 1 else None
    return None
