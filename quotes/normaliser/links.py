"""Which nodes are linked: candidates by blocking keys and dates, then comparison."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence

from quotes.normaliser.cluster import Link
from quotes.normaliser.compare import compare, linked
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
        near, far = index.candidates(node)
        for other in sorted(near | far):
            days = gap(nodes[other], node)
            if days is not None and days > REACH_DAYS and other not in far:
                continue
            found = compare(nodes[other].wording, node.wording)
            if linked(found, days):
                links.append(Link(other, at, found.likeness, found.one_sided))
        index.add(at, node)
    return links


class _Index:
    """Posting lists by speaker and key: near ones parted by period, far ones not."""

    def __init__(self) -> None:
        self._near: dict[tuple[str, str], dict[Period, list[int]]] = {}
        self._far: dict[tuple[str, str], list[int]] = defaultdict(list)

    def add(self, at: int, node: Node) -> None:
        periods = _periods(node)
        for key in stored_keys(node.wording.folded):
            slots = self._near.setdefault((node.speaker, key), {})
            for period in periods:
                slots.setdefault(period, []).append(at)
        for key in _triples(node):
            self._far[node.speaker, key].append(at)

    def candidates(self, node: Node) -> tuple[set[int], set[int]]:
        """Return who shares a key (within reach, roughly), and who shares words in a row."""
        periods = _periods(node)
        reached = {p + step for p in periods if p is not None for step in (-1, 0, 1)} | {None}
        near: set[int] = set()
        for key in sought_keys(node.wording.folded):
            slots = self._near.get((node.speaker, key), {})
            for period in slots.keys() if None in periods else slots.keys() & reached:
                near.update(slots[period])
        far = {at for key in _triples(node) for at in self._far.get((node.speaker, key), ())}
        return near, far


def _periods(node: Node) -> set[Period]:
    return {day.toordinal() // REACH_DAYS for day in node.dates} or {None}


def _triples(node: Node) -> Iterator[str]:
    words = telling_words(node.wording.folded)
    return (" ".join(sorted(three)) for three in zip(words, words[1:], words[2:], strict=False))
