"""Parts the printings of one wording that belong to different statements."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import replace
from functools import cached_property

from quotes.normaliser.links import Link
from quotes.normaliser.model import Rendering
from quotes.normaliser.nodes import Node, rivals

Parted = tuple[list[Node], list[list[int]], dict[int, int]]


def part(nodes: Sequence[Node], groups: Sequence[Sequence[int]], links: Iterable[Link]) -> Parted:
    """Part pieces that fit several clusters where they stand beside different ones.

    “Nothing happened”, said twice in a speech: each printing goes where the statement before or
    behind it in its article went. Returns the nodes, with new ones at the end, the groups, and for
    every new node the one that it was a part of.
    """
    parts = _Parts(nodes, groups)
    fits: dict[int, set[int]] = defaultdict(set)
    for link in links:
        if link.is_part:
            fits[link.piece].add(parts.home[link.whole])
    for piece, places in sorted(fits.items()):
        if len(nodes[piece].renderings) > 1 and places - {parts.home[piece]}:
            parts.part(piece, places)
    return parts.nodes, [sorted(group) for group in parts.groups if group], parts.origin


class _Parts:
    """The nodes and groups while they change."""

    def __init__(self, nodes: Sequence[Node], groups: Sequence[Sequence[int]]) -> None:
        self.nodes = list(nodes)
        self.groups = [list(group) for group in groups]
        self.origin: dict[int, int] = {}
        self.home = {at: place for place, group in enumerate(groups) for at in group}

    @cached_property
    def _printed(self) -> dict[tuple[str, str], int]:
        """The group of each wording of each article, as it was in the beginning."""
        return {
            (rendering.article, rendering.folded): self.home[at]
            for at, node in enumerate(self.nodes)
            for rendering in node.renderings
        }

    def part(self, piece: int, places: set[int]) -> None:
        """Let each printing of a piece go to the one of ``places`` that it stands beside."""
        node, own = self.nodes[piece], self.home[piece]
        going: dict[int, list[Rendering]] = defaultdict(list)
        for rendering in node.renderings:
            near = self._beside(rendering)
            goes = near & places if own not in near else set()
            place = goes.pop() if len(goes) == 1 else own
            stays = place == own or not self._fits(rendering, node, place)
            going[own if stays else place].append(rendering)
        self.groups[own].remove(piece)
        for number, place in enumerate(sorted(going, key=lambda place: (place != own, place))):
            at = len(self.nodes) if number else piece
            if number:
                self.nodes.append(node)
                self.origin[at] = piece
            self.nodes[at] = replace(node, renderings=tuple(going[place]))
            self.groups[place].append(at)

    def _beside(self, rendering: Rendering) -> set[int]:
        """Return the groups of the statements beside a printing; -1: of another speaker."""
        places = ((rendering.article, folded) for folded in rendering.beside if folded)
        return {self._printed.get(place, -1) for place in places}

    def _fits(self, rendering: Rendering, node: Node, place: int) -> bool:
        """Whether a printing may be in a group: not where its article prints a rival of it."""
        alone = replace(node, renderings=(rendering,))
        others = [self.nodes[at] for at in self.groups[place]]
        whole = max(others, key=lambda one: one.wording.bits, default=None)
        return whole is not None and not any(rivals(alone, one, whole) for one in others)
