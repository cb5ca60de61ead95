"""The second half of a batch: its renderings into quotes, over whatever engine runs it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import partial
from typing import Any

import pyarrow as pa
from pyarrow import compute

from quotes import __version__
from quotes.distributed import clusters, statements, voices
from quotes.distributed.batches import Batch
from quotes.distributed.edges import Components, Edges, Heavy, InBins, slices
from quotes.distributed.engine import Data
from quotes.distributed.schema import (
    ANSWERS,
    ARTICLES,
    BINNED,
    BINS,
    CLUSTERS,
    CONTESTED,
    EDGES,
    HEARD,
    KEYS,
    PAIRS,
    QUOTATIONS,
    RENDERINGS,
    SIZES,
    SLICED,
    SPEAKERS,
    VOICES,
    rows_of,
    table,
)
from quotes.distributed.stages import Stages, key_of
from quotes.distributed.statements import Judged, JudgedStatements
from quotes.errors import UsageError

HEAVY = 100_000
"""A speaker with more renderings is parted."""
BIN = 20_000
"""About how many renderings are clustered at a time."""
_PART_ROWS = 50_000
"""So many renderings are one part of a table."""


def merge(
    batch: Batch,
    judged: Judged,
    *,
    semantic: bool = False,
    heavy: int = HEAVY,
    most: int = BIN,
) -> None:
    """Merge the renderings of an extracted batch into quotes, under what people decided.

    Leaves the tables ``speakers``, ``answers``, ``clusters``, ``quotes``, ``variants``, ``members``
    and ``ambiguities``. Raises UsageError if the batch is not extracted.
    """
    found = batch.stages.manifest("tables")
    if found is None:
        raise UsageError(
            f"{batch.folder.address}: nothing is extracted here: run `quotes batch extract` first"
        )
    whose = key_of(
        __version__, found["key"], *map(rows_of, (judged.answers, judged.articles, judged.outlets))
    )
    key = key_of(whose, rows_of(judged.pairs), semantic, heavy, most)
    if batch.stages.finished("quotes", key):
        return
    batch.engine.parts = max(batch.engine.cores, -(-found["renderings"] // _PART_ROWS))
    batch.stage("speakers", found["key"], lambda: _speakers(batch), "gathering speakers")
    said = _said(batch, judged)
    batch.stage("answers", whose, lambda: _answers(batch, said), "deciding who speaks")
    clustering = clusters.Clustering(judged, semantic)
    make = partial(_clusters, batch, said, clustering, found["renderings"], heavy, most)
    batch.stage("clusters", key, make, "merging")
    merged = {"tables": found["key"], "semantic": semantic}
    batch.stage("quotes", key, lambda: merged | _quotes(batch), "writing quotes")


def merged_stage(stages: Stages) -> dict[str, Any]:
    """Return the manifest of the quotes of a batch.

    Raises UsageError if it is not merged as it is extracted now.
    """
    extracted, merged = stages.manifest("tables"), stages.manifest("quotes")
    if merged is None or extracted is None or merged["tables"] != extracted["key"]:
        raise UsageError(f"{stages.folder.address}: is not merged: run `quotes batch merge` first")
    return merged


def _said(batch: Batch, judged: Judged) -> Data:
    """Return the statements whose articles name a speaker."""
    engine = batch.engine
    if any(map(len, (judged.answers, judged.articles, judged.outlets))):
        both = batch.load(QUOTATIONS, "quotations"), batch.load(ARTICLES, "articles")
        step, by = JudgedStatements(judged), ("article_id", "article_id")
        found = engine.keep(engine.join(*both, by, step, RENDERINGS))
    else:
        found = batch.load(RENDERINGS, "renderings")
    varying = engine.collect(engine.map(batch.load(SPEAKERS, "speakers"), _varying, SPEAKERS))
    types = {row["slug"]: row["type"] for row in rows_of(varying)}
    return engine.map(found, voices.Named(types), RENDERINGS)


def _speakers(batch: Batch) -> Mapping[str, Any]:
    engine = batch.engine
    named = engine.map(batch.load(QUOTATIONS, "quotations"), statements.named_speakers, SPEAKERS)
    found = engine.group(named, "slug", statements.one_speaker_each, SPEAKERS)
    return {"rows": engine.save(found, batch.folder, "speakers")}


def _answers(batch: Batch, said: Data) -> Mapping[str, Any]:
    engine = batch.engine
    heard_by = ("home", "home")
    all_voices = engine.keep(engine.group(said, "voice", voices.Gathered(engine.parts), VOICES))
    keys = engine.keep(engine.map(all_voices, voices.keys, KEYS))
    contested = engine.group(keys, "key", voices.contested, CONTESTED)
    flagged = engine.join(keys, contested, ("voice", "voice"), voices.flagged, KEYS)
    pairs = engine.group(flagged, "key", voices.Pairs(engine.parts), PAIRS)
    heard = engine.keep(engine.join(pairs, all_voices, ("voice", "voice"), voices.heard, HEARD))
    sure = engine.keep(engine.join(heard, all_voices, heard_by, voices.Decide("sure"), ANSWERS))
    after = engine.join(heard, sure, ("voice", "voice"), voices.answered, HEARD)
    unsure = engine.join(after, all_voices, heard_by, voices.Decide("unsure"), ANSWERS)
    return {"rows": engine.save(engine.union(sure, unsure), batch.folder, "answers")}


def _varying(speakers: pa.Table) -> pa.Table:
    return speakers.filter(speakers["varies"])


def _clusters(
    batch: Batch, said: Data, clustering: clusters.Clustering, rows: int, heavy: int, most: int
) -> Mapping[str, Any]:
    engine = batch.engine
    answers = batch.load(ANSWERS, "answers")
    counted = engine.keep(
        engine.join(said, answers, ("voice", "voice"), voices.counted, RENDERINGS)
    )
    sizes = engine.group(
        engine.map(counted, clusters.sizes, SIZES), "speaker", _Above(heavy), SIZES
    )
    large = {row["speaker"]: row["count"] for row in rows_of(engine.collect(sizes))}
    bins = clusters.Bins(-(-rows // most) or 1, frozenset(large))
    found = engine.group(engine.map(counted, bins, BINNED), "bin", clustering, CLUSTERS)
    if large:
        binned = _parted(batch, counted, clustering, large, most)
        found = engine.union(found, engine.group(binned, "bin", clustering, CLUSTERS))
    return {"rows": engine.save(found, batch.folder, "clusters"), "heavy": large}


@dataclass(frozen=True)
class _Above:
    """Speakers with more renderings than ``least``."""

    least: int

    def __call__(self, sizes: pa.Table) -> pa.Table:
        found = clusters.summed(sizes)
        return found.filter(compute.greater(found["count"], self.least))


def _parted(
    batch: Batch,
    counted: Data,
    clustering: clusters.Clustering,
    large: Mapping[str, int],
    most: int,
) -> Data:
    """Return the renderings of heavy speakers in bins that nothing links."""
    engine = batch.engine
    own = engine.keep(engine.map(counted, Heavy(frozenset(large)), RENDERINGS))
    sliced = engine.map(own, slices, SLICED)
    edges = engine.group(sliced, "slice", Edges(clustering.semantic), EDGES)
    joined = [
        {"speaker": speaker, "left": row["left"], "right": row["right"]}
        for row in rows_of(clustering.judged.pairs)
        if row["verdict"] == "same"
        for speaker in large
    ]
    edges = engine.union(edges, engine.rows(table(joined, EDGES), 1))
    bins = engine.group(edges, "speaker", Components(most), BINS)
    many = {speaker: -(-count // most) for speaker, count in large.items()}
    return engine.join(own, bins, ("rendering_id", "rendering_id"), InBins(many), BINNED)


def _quotes(batch: Batch) -> dict[str, Any]:
    facts: dict[str, Any] = {}
    for name, step, schema in (
        ("quotes", clusters.quotes, clusters.QUOTES),
        ("variants", clusters.variants, clusters.VARIANTS),
        ("members", clusters.members, clusters.MEMBERS),
        ("ambiguities", clusters.ambiguities, clusters.AMBIGUITIES),
    ):
        own = batch.engine.map(batch.load(CLUSTERS, "clusters"), step, schema)
        facts[name] = batch.engine.save(own, batch.folder, name)
    return facts
