"""Which nodes are linked: candidates by blocking keys and dates, then comparison."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence

from quotes.normaliser.cluster import Link
from quotes.normaliser.compare import Comparison, compare, linked
from quotes.normaliser.keys import sought_keys, stored_keys, telling_words
from quotes.normaliser.nodes import Node, gap
from quotes.normaliser.thresholds import REACH_DAYS

Period = int | None


def find_links(nodes: Sequence[Node]) -> list[Link]:
    """Return the links among nodes: pairs of one speaker that share a key and are alike enough.

    Nodes more than ``REACH_DAYS`` apart have to share three telling words in a row to be compared,
    so that the work grows with what a speaker says in a month, not in a life.
    """
    index = _Index()
    links = []
    for at, node in enumerate(nodes):
        for other, found in index.linked(node):
            links.append(Link(other, at, found.likeness, found.one_sided))
        index.add(node)
    return links


def links_across(new: Sequence[Node], stored: Sequence[Node]) -> list[Node]:
    """Return the stored nodes that are linked to at least one of the new ones."""
    index = _Index()
    for node in new:
        index.add(node)
    return [node for node in stored if any(index.linked(node))]


class _Index:
    """Numbered nodes with posting lists by speaker and key, near ones parted by period."""

    def __init__(self) -> None:
        self._nodes: list[Node] = []
        self._near: dict[tuple[str, str], dict[Period, list[int]]] = {}
        self._far: dict[tuple[str, str], list[int]] = defaultdict(list)

    def add(self, node: Node) -> None:
        """Give ``node`` the next number, from 0 on."""
        at = len(self._nodes)
        self._nodes.append(node)
        periods = _periods(node)
        for key in stored_keys(node.wording.folded):
            slots = self._near.setdefault((node.speaker, key), {})
            for period in periods:
                slots.setdefault(period, []).append(at)
        for key in _triples(node):
            self._far[node.speaker, key].append(at)

    def linked(self, node: Node) -> Iterator[tuple[int, Comparison]]:
        """Yield the numbers of the nodes that ``node`` is linked to, ascending, and why."""
        far = {at for key in _triples(node) for at in self._far.get((node.speaker, key), ())}
        for at in sorted(self._near_to(node) | far):
            days = gap(self._nodes[at], node)
            if days is not None and days > REACH_DAYS and at not in far:
                continue
            found = compare(self._nodes[at].wording, node.wording)
            if linked(found, days):
                yield at, found

    def _near_to(self, node: Node) -> set[int]:
        """Return the nodes that share a key and an adjoining period, or are undated."""
        periods = _periods(node)
        reached = {p + step for p in periods if p is not None for step in (-1, 0, 1)} | {None}
        near: set[int] = set()
        for key in sought_keys(node.wording.folded):
            slots = self._near.get((node.speaker, key), {})
            for period in slots.keys() if None in periods else slots.keys() & reached:
                near.update(slots[period])
        return near


def _periods(node: Node) -> set[Period]:
    return {day.toordinal() // REACH_DAYS for day in node.dates} or {None}


def _triples(node: Node) -> Iterator[str]:
    words = telling_words(node.wording.folded)
    return (" ".join(sorted(three)) for three in zip(words, words[1:], words[2:], strict=False))
