"""Speakers with more renderings than one task should hold: parted where nothing links the parts.

What is linked is printed within some weeks, or shares a run of telling words. So two sorts of
slices see every link: overlapping windows of three periods (see ``normaliser.keys.period``), and
the renderings that share a far key, or all their words. The links of all slices together join a
speaker's renderings into components, which are clustered each by itself: a link too many makes a
component larger, and changes no quote.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from zlib import crc32

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray
from pyarrow import compute

from quotes.distributed.clusters import renderings_of
from quotes.distributed.schema import BINNED, BINS, EDGES, SLICED, digest, rows_of, table
from quotes.normaliser.keys import period, rendering_keys
from quotes.normaliser.links import linked_pairs
from quotes.normaliser.model import Rendering
from quotes.normaliser.nodes import build_nodes
from quotes.normaliser.semantic import load_meaning

WINDOW = 3
"""Two printings whose keys meet, and the two nearest ones of the same wordings, lie in so many
periods."""

Places = NDArray[np.int64]


@dataclass(frozen=True)
class Heavy:
    """The renderings of some speakers: ``RENDERINGS`` → ``RENDERINGS``."""

    speakers: frozenset[str]

    def __call__(self, renderings: pa.Table) -> pa.Table:
        """Return those of the renderings that count to one of the speakers."""
        wanted = [one in self.speakers for one in renderings["speaker"].to_pylist()]
        return renderings.filter(pa.array(wanted, pa.bool_()))


def slices(renderings: pa.Table) -> pa.Table:
    """Return renderings once for every slice that they are in (``SLICED``)."""
    places: list[int] = []
    names: list[str] = []
    for at, own in renderings_of(rows_of(renderings)).items():
        found = [*_windows(own), *_shared(own)]
        places += [at] * len(found)
        names += [f"{own.speaker}/{name}" for name in found]
    taken = renderings.take(pa.array(places, pa.int64()))
    return taken.append_column("slice", pa.array(names, pa.string())).cast(SLICED)


def _windows(rendering: Rendering) -> Iterator[str]:
    now = period(rendering.published)
    yield from (f"w{now - back}" for back in range(WINDOW if now else 1))


def _shared(rendering: Rendering) -> Iterator[str]:
    far = rendering_keys(rendering.folded, rendering.beside).far
    yield from (f"k{key}" for key in far)
    yield f"all {digest(rendering.folded)}"


@dataclass(frozen=True)
class Edges:
    """Finds what is linked in slices: ``SLICED`` → ``EDGES``, by whole slices."""

    semantic: bool = False

    def __call__(self, sliced: pa.Table) -> pa.Table:
        """Return pairs of renderings (ids) that are linked, and of those with one wording."""
        by_slice: dict[str, list[dict[str, Any]]] = defaultdict(list)
        for row in rows_of(sliced):
            by_slice[row["slice"]].append(row)
        found: dict[tuple[str, str, str], None] = {}
        for rows in by_slice.values():
            if len(rows) > 1:
                rows.sort(key=_id)
                found |= dict.fromkeys(self._edges(rows))
        return table(
            ({"speaker": who, "left": one, "right": two} for who, one, two in sorted(found)), EDGES
        )

    def _edges(self, rows: Sequence[Mapping[str, Any]]) -> Iterator[tuple[str, str, str]]:
        meaning = load_meaning() if self.semantic else None
        nodes = build_nodes(renderings_of(rows).values())
        ids = [[rows[one.key]["rendering_id"] for one in node.renderings] for node in nodes]
        speaker = rows[0]["speaker"]
        for own in ids:
            yield from ((speaker, own[0], other) for other in own[1:])
        for one, two in linked_pairs(nodes, meaning):
            yield speaker, ids[one][0], ids[two][0]


def _id(row: Mapping[str, Any]) -> str:
    return str(row["rendering_id"])


@dataclass(frozen=True)
class Components:
    """Puts what is linked into bins of about ``most``: ``EDGES`` → ``BINS``, by whole speakers."""

    most: int

    def __call__(self, edges: pa.Table) -> pa.Table:
        """Return the bin of every rendering that has a link, for the speaker whose link it is."""
        found = []
        for speaker in edges["speaker"].unique().to_pylist():
            own = edges.filter(compute.equal(edges["speaker"], speaker))
            found.append(self._bins(speaker, own))
        return pa.concat_tables([BINS.empty_table(), *found])

    def _bins(self, speaker: str, edges: pa.Table) -> pa.Table:
        both = pa.chunked_array([*edges["left"].chunks, *edges["right"].chunks])
        ids = both.unique().sort()
        left, right = (
            compute.index_in(edges[side], ids).to_numpy().astype(np.int64)
            for side in ("left", "right")
        )
        _, names = np.unique(roots(len(ids), left, right), return_inverse=True)
        bins = _packed(np.bincount(names), self.most)
        labels = [f"{speaker}/{bins[component]}" for component in names.tolist()]
        speakers = [speaker] * len(ids)
        return pa.table({"rendering_id": ids, "speaker": speakers, "bin": labels}, schema=BINS)


def roots(size: int, left: Places, right: Places) -> Places:
    """Return for each of ``0 … size-1`` the smallest that it is joined to, directly or not."""
    found = np.arange(size, dtype=np.int64)
    while True:
        least = np.minimum(found[left], found[right])
        before = found.copy()
        for side in (left, right):
            np.minimum.at(found, found[side], least)
        found = found[found]
        if np.array_equal(found, before):
            return found


def _packed(sizes: NDArray[np.int64], most: int) -> list[int]:
    """Return a bin for each component: one after the other until a bin is full."""
    bins, at, held = [], 0, 0
    for size in sizes.tolist():
        if held and held + size > most:
            at, held = at + 1, 0
        bins.append(at)
        held += size
    return bins


@dataclass(frozen=True)
class InBins:
    """Joins ``RENDERINGS`` of heavy speakers with their ``BINS`` → ``BINNED``, by whole renderings.

    What is linked to nothing goes to a bin of its speaker's by chance; there are ``many`` by slug.
    A person may have joined renderings of others: a bin counts for the speaker whose it is.
    """

    many: Mapping[str, int]

    def __call__(self, renderings: pa.Table, bins: pa.Table) -> pa.Table:
        """Return the renderings with their bins."""
        known = {_whose(row): row["bin"] for row in rows_of(bins)}
        columns = rows_of(renderings, ["rendering_id", "speaker"])
        found = [known.get(_whose(row)) or self._any(row) for row in columns]
        return renderings.append_column("bin", pa.array(found, pa.string())).cast(BINNED)

    def _any(self, row: Mapping[str, Any]) -> str:
        many = self.many[row["speaker"]]
        return f"{row['speaker']}/lone {crc32(row['rendering_id'].encode()) % many}"


def _whose(row: Mapping[str, Any]) -> tuple[str, str]:
    return row["rendering_id"], row["speaker"]
