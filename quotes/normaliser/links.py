"""Which nodes are linked: candidates by blocking keys, then comparison."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence

from quotes.normaliser.cluster import Link, Reason
from quotes.normaliser.compare import Comparison, match
from quotes.normaliser.keys import Keys, neighbours, period
from quotes.normaliser.nodes import Node, gap, in_context, in_own_sentence, share_article
from quotes.normaliser.semantic import Meaning

_EVER = -1


def find_links(nodes: Sequence[Node], meaning: Meaning | None = None) -> list[Link]:
    """Return the links among a speaker's nodes: pairs that share a key and are alike enough.

    The nodes are gone through by their first days, so that of the near keys those of a few weeks
    are held at a time.
    """
    index = _Index(meaning)
    links = []
    for at in sorted(range(len(nodes)), key=lambda at: min(_periods(nodes[at]))):
        node = nodes[at]
        own = node.all_keys()
        index.forget(min(neighbours(min(_periods(node)))))
        for other, found, reason in index.linked(node, own):
            piece, whole = sorted((at, other), key=lambda one: (nodes[one].wording.bits, -one))
            if len(nodes[piece].wording.words) == 1 and nodes[piece].wording.words[0] not in nodes[whole].wording.words: continue
            inside = share_article(node, nodes[other])
            import os
            slight = len(nodes[piece].wording.words) == 1 or reason == "own" or (reason=="alike" and found.verbatim and (len(nodes[piece].wording.words)<=int(os.environ.get("K","1")) or nodes[piece].wording.phrase<float(os.environ.get("T","0"))))
            links.append(
                Link(piece, whole, found.likeness, found.one_sided or (slight and found.verbatim and nodes[piece].wording.plain.folded!=nodes[whole].wording.plain.folded), inside, slight, reason)
            )
        index.add(node, own, at)
    return links


def links_across(
    new: Sequence[Node], stored: Sequence[Node], meaning: Meaning | None = None
) -> list[Node]:
    """Return those of a speaker's stored nodes that are linked to at least one of the new ones."""
    index = _Index(meaning)
    for at, node in enumerate(new):
        index.add(node, node.all_keys(), at)
    return [node for node in stored if any(index.linked(node, node.all_keys()))]


class _Index:
    """Numbered nodes of one speaker with posting lists by period and key (``_EVER``: far keys)."""

    def __init__(self, meaning: Meaning | None) -> None:
        self._meaning = meaning
        self._nodes: dict[int, Node] = {}
        self._postings: dict[int, dict[int, list[int]]] = defaultdict(dict)

    def add(self, node: Node, own: Keys, number: int) -> None:
        """Add a node under its keys."""
        self._nodes[number] = node
        posted = [*((now, own.stored) for now in _periods(node)), (_EVER, own.far)]
        for now, found in posted:
            postings = self._postings[now]
            for key in found:
                postings.setdefault(key, []).append(number)

    def forget(self, before: int) -> None:
        """Drop the near keys of all periods before a given one."""
        for now in [now for now in self._postings if _EVER < now < before]:
            del self._postings[now]

    def linked(self, node: Node, own: Keys) -> Iterator[tuple[int, Comparison, Reason]]:
        """Yield the numbers of the nodes that ``node`` is linked to, how they compare, and why."""
        for number in self._candidates(node, own):
            other = self._nodes[number]
            if found := match(other.wording, node.wording, gap(other, node)):
                yield number, found, "alike"
            elif found := in_own_sentence(other, node):
                yield number, found, "own"
            elif found := in_context(other, node, self._meaning):
                yield number, found, "beside"

    def _candidates(self, node: Node, own: Keys) -> set[int]:
        reached = {near for now in _periods(node) for near in neighbours(now)}
        found: set[int] = set()
        for now, sought in [*((now, own.sought) for now in reached), (_EVER, own.far)]:
            postings = self._postings.get(now, {})
            for key in sought & postings.keys():
                found.update(postings[key])
        return found


def _periods(node: Node) -> set[int]:
    return set(map(period, node.dates)) or {period(None)}
