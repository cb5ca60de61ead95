"""Statements of whole speakers, or of whole components of one → quotes."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from zlib import crc32

import pyarrow as pa
from pyarrow import compute

from quotes.distributed.schema import BINNED, CLUSTERS, SIZES, digest, rows_of, table
from quotes.distributed.statements import Judged
from quotes.normaliser.canonical import texts_of
from quotes.normaliser.model import Cluster, Judgement, Rendering
from quotes.normaliser.normalise import normalise
from quotes.normaliser.semantic import load_meaning

NEEDED = [
    "rendering_id",
    "text",
    "start",
    "published",
    "outlet",
    "place",
    "article_id",
    "speaker",
    "before",
    "after",
    "confidence",
    "provenance",
    "disputed",
]
"""The columns of ``RENDERINGS`` that clustering reads."""

QUOTES = pa.schema(
    [
        *(CLUSTERS.field(name) for name in CLUSTERS.names if name not in ("variants", "members")),
        pa.field("variants", pa.int64()),
        pa.field("renderings", pa.int64()),
    ]
)
"""Quotes, with how many variants, renderings and outlets they have."""

VARIANTS = pa.schema(
    {name: pa.string() for name in ("variant_id", "quote_id", "fingerprint", "text")}
)
MEMBERS = pa.schema(
    {
        "rendering_id": pa.string(),
        "quote_id": pa.string(),
        "variant_id": pa.string(),
        "relation": pa.string(),
        "score": pa.float64(),
    }
)
"""Which variant a rendering is of, and how it relates to the canonical one."""

AMBIGUITIES = pa.schema({"rendering_id": pa.string(), "quote_id": pa.string()})
"""Fragments that fit another quote, too."""


def renderings_of(rows: Sequence[Mapping[str, Any]]) -> dict[int, Rendering]:
    """Return rows of ``RENDERINGS`` as the normaliser knows them, by their places in order of ids.

    Ids break the last ties, as numbers: these places are in the same order.
    """
    return {
        at: Rendering(
            key=at,
            speaker=row["speaker"],
            text=row["text"],
            published=row["published"],
            outlet=row["outlet"],
            article=row["place"],
            start=row["start"],
            before=row["before"],
            after=row["after"],
            confidence=row["confidence"],
            provenance=row["provenance"],
        )
        for at, row in enumerate(rows)
    }


def judgements_of(pairs: pa.Table, places: Mapping[str, int]) -> list[Judgement]:
    """Return the judgements (``JUDGED_PAIRS``) on renderings that are here, by their places."""
    return [
        Judgement(places[row["left"]], places[row["right"]], row["verdict"], row["number"])
        for row in rows_of(pairs)
        if row["left"] in places and row["right"] in places
    ]


def sizes(renderings: pa.Table) -> pa.Table:
    """Return how many renderings count to each speaker (``SIZES``), in these rows alone."""
    return summed(renderings.select(["speaker"]).append_column("count", _ones(len(renderings))))


def summed(sizes: pa.Table) -> pa.Table:
    """Return ``SIZES`` with one row for each speaker."""
    found = sizes.group_by("speaker").aggregate([("count", "sum")])
    return found.rename_columns(["speaker", "count"]).select(SIZES.names).cast(SIZES)


def _ones(length: int) -> pa.Array:
    return pa.array([1] * length, pa.int64())


@dataclass(frozen=True)
class Bins:
    """Puts speakers into ``many`` bins: ``RENDERINGS`` → ``BINNED``, without those of ``heavy``."""

    many: int
    heavy: frozenset[str] = frozenset()

    def __call__(self, renderings: pa.Table) -> pa.Table:
        """Return the renderings, each with its speaker's bin."""
        speakers = renderings["speaker"].to_pylist()
        bins = [
            None if one in self.heavy else str(crc32(one.encode()) % self.many) for one in speakers
        ]
        found = renderings.append_column("bin", pa.array(bins, pa.string()))
        return found.filter(found["bin"].is_valid()).cast(BINNED)


@dataclass(frozen=True)
class Clustering:
    """Merges renderings: ``BINNED`` → ``CLUSTERS``, by whole bins.

    A bin holds whole speakers, or whole components of one.
    """

    judged: Judged
    semantic: bool = False

    def __call__(self, renderings: pa.Table) -> pa.Table:
        """Return the quotes of some bins, of each by itself."""
        bins = renderings["bin"].unique().to_pylist()
        own = (renderings.filter(compute.equal(renderings["bin"], one)) for one in bins)
        return pa.concat_tables([CLUSTERS.empty_table(), *map(self._clustered, own)])

    def _clustered(self, renderings: pa.Table) -> pa.Table:
        order = renderings.select(NEEDED).sort_by("rendering_id")
        rows = rows_of(order)
        known = renderings_of(rows)
        places = {row["rendering_id"]: at for at, row in enumerate(rows)}
        meaning = load_meaning() if self.semantic else None
        judgements = judgements_of(self.judged.pairs, places)
        clusters = normalise([*known.values()], judgements, meaning)
        return table((_row(cluster, known, rows) for cluster in clusters), CLUSTERS)


def _row(
    cluster: Cluster, known: Mapping[int, Rendering], rows: Sequence[Mapping[str, Any]]
) -> dict[str, Any]:
    own = [rows[member.key] for member in cluster.members]
    quote = rows[cluster.canonical]["rendering_id"]
    variants = {
        wording: {"variant_id": digest(quote, wording), "fingerprint": wording, "text": text}
        for wording, text in sorted(texts_of(cluster, known).items())
    }
    also: dict[int, list[str]] = defaultdict(list)
    for key, other in cluster.also:
        also[key].append(rows[other]["rendering_id"])
    days = [row["published"] for row in own if row["published"]]
    return {
        "quote_id": quote,
        "speaker": known[cluster.canonical].speaker,
        "component": rows[cluster.component]["rendering_id"],
        "text": rows[cluster.canonical]["text"],
        "first_published": min(days, default=None),
        "last_published": max(days, default=None),
        "outlets": len({row["outlet"] or row["article_id"] for row in own}),
        "disputed": any(row["disputed"] for row in own),
        "variants": [*variants.values()],
        "members": [
            {
                "rendering_id": rows[member.key]["rendering_id"],
                "variant_id": variants[member.wording]["variant_id"],
                "relation": member.relation,
                "score": member.score,
                "also": sorted(also[member.key]),
            }
            for member in cluster.members
        ],
    }


def quotes(clusters: pa.Table) -> pa.Table:
    """Return the quotes in ``CLUSTERS`` (``QUOTES``)."""
    return table(
        (
            {**row, "variants": len(row["variants"]), "renderings": len(row["members"])}
            for row in rows_of(clusters)
        ),
        QUOTES,
    )


def variants(clusters: pa.Table) -> pa.Table:
    """Return the variants in ``CLUSTERS`` (``VARIANTS``)."""
    return table(_listed(clusters, "variants"), VARIANTS)


def members(clusters: pa.Table) -> pa.Table:
    """Return the renderings in ``CLUSTERS`` (``MEMBERS``)."""
    return table(_listed(clusters, "members"), MEMBERS)


def ambiguities(clusters: pa.Table) -> pa.Table:
    """Return what fits several quotes in ``CLUSTERS`` (``AMBIGUITIES``)."""
    return table(
        (
            {"rendering_id": member["rendering_id"], "quote_id": other}
            for member in _listed(clusters, "members")
            for other in member["also"] or ()
        ),
        AMBIGUITIES,
    )


def _listed(clusters: pa.Table, name: str) -> Iterator[dict[str, Any]]:
    for row in rows_of(clusters, ["quote_id", name]):
        for one in row[name]:
            yield {"quote_id": row["quote_id"], **one}
