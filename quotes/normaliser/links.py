"""Which nodes are linked: candidates by blocking keys, then comparison."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from datetime import date

from quotes.normaliser.cluster import Link
from quotes.normaliser.compare import Comparison, match
from quotes.normaliser.keys import period, sought_keys, stored_keys
from quotes.normaliser.nodes import Node, gap


def find_links(nodes: Sequence[Node]) -> list[Link]:
    """Return the links among nodes: pairs of one speaker that share a key and are alike enough."""
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
    """Numbered nodes with posting lists by speaker and key."""

    def __init__(self) -> None:
        self._nodes: list[Node] = []
        self._postings: dict[str, dict[int, list[int]]] = defaultdict(dict)

    def add(self, node: Node) -> None:
        """Give ``node`` the next number, from 0 on."""
        at = len(self._nodes)
        self._nodes.append(node)
        postings = self._postings[node.speaker]
        for day in _days(node):
            for key in stored_keys(node.wording.folded, day):
                numbers = postings.setdefault(key, [])
                if not numbers or numbers[-1] != at:
                    numbers.append(at)

    def linked(self, node: Node) -> Iterator[tuple[int, Comparison]]:
        """Yield the numbers of the nodes that ``node`` is linked to, ascending, and why."""
        postings = self._postings[node.speaker]
        near: set[int] = set()
        for day in _days(node):
            for key in sought_keys(node.wording.folded, day):
                near.update(postings.get(key, ()))
        for at in sorted(near):
            other = self._nodes[at]
            if found := match(other.wording, node.wording, gap(other, node)):
                yield at, found


def _days(node: Node) -> Iterable[date | None]:
    """Return one day of the node in each period."""
    return {period(day): day for day in node.dates}.values() or (None,)
