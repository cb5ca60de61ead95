"""READ FIRST: the stages of a batch in order, over whatever engine runs them.

``extract``: files → texts → everything found in them → tables by month.
``merge``: those tables → whom words count to → quotes.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cached_property, partial
from typing import Any
from zlib import crc32

import pyarrow as pa
from pyarrow import compute

from quotes import __version__
from quotes.distributed import clusters, statements, voices
from quotes.distributed.edges import Components, Edges, Heavy, InBins, slices
from quotes.distributed.engine import Data, Engine, Step
from quotes.distributed.extracting import Extraction, Reading, first_of_each
from quotes.distributed.files import Folder
from quotes.distributed.schema import (
    ANSWERS,
    ARTICLES,
    BINNED,
    BINS,
    CLUSTERS,
    CONTESTED,
    EDGES,
    EXTRACTED,
    FAILURES,
    HEARD,
    KEYS,
    PAIRS,
    QUOTATIONS,
    RENDERINGS,
    SIZES,
    SLICED,
    SPEAKERS,
    TEXTS,
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
_SLICE = 20_000
"""So many articles are a stage of their own: what a killed program has to do again at most."""
_A_CORE = 1_000
_TASK = 250
"""So many articles are extracted by one task."""
_PART_ROWS = 50_000
_PART_BYTES = 64 << 20
_FILE_BYTES = 100 << 20

Tell = Callable[[str], None]


class Batch:
    """A batch in a folder; ``start`` starts the engine that does it when there is work.

    ``tell`` hears which stage begins.
    """

    def __init__(self, folder: Folder, start: Callable[[], Engine], tell: Tell) -> None:
        self.folder = folder
        self.tell = tell
        self.stages = Stages(folder)
        self._start = start

    @cached_property
    def engine(self) -> Engine:
        """The engine, started when it is first asked for."""
        return self._start()

    def load(self, schema: pa.Schema, *names: str) -> Data:
        """Return a table of the batch, or several."""
        files = [file for name in names for file, _ in self.folder.files(name)]
        return self.engine.load(self.folder, files, schema)

    def stage(
        self, name: str, key: str, make: Callable[[], Mapping[str, Any]], what: str
    ) -> dict[str, Any]:
        """Return the manifest of a stage, which ``make`` does unless it is finished."""
        done = self.stages.finished(name, key)
        if done is not None:
            return done
        self.tell(what)
        before = self.engine.seconds
        facts = dict(make())
        facts |= {"seconds": round(self.engine.seconds - before, 2), "peak": self.engine.peak}
        return self.stages.finish(name, key, engine=self.engine.name, **facts)


def extract(
    batch: Batch, files: pa.Table, size: int, reading: Reading, extraction: Extraction
) -> None:
    """Read files (``FILES``, ``size`` bytes) and find everything in them.

    Leaves the tables ``articles``, ``quotations``, ``renderings`` and ``failures``. Raises
    UsageError if the folder holds another batch.
    """
    source = key_of(__version__, rows_of(files), size, reading)
    held = batch.stages.manifest("texts")
    if held and held["key"] != source:
        raise UsageError(
            f"{batch.folder.address}: holds a batch of other files, or by another version: name "
            "another folder, or remove this one"
        )
    key = key_of(source, extraction)
    if not batch.stages.finished("tables", key):
        batch.engine.parts = max(batch.engine.cores, -(-size // _PART_BYTES))
        texts = batch.stage("texts", source, lambda: _read(batch, files, reading), "reading")
        for at in range(texts["slices"]):
            what = "extracting" + (
                f" ({at + 1} of {texts['slices']})" if texts["slices"] > 1 else ""
            )
            make = partial(_extract, batch, at, texts, extraction)
            batch.stage(_slice(at), key, make, what)
        batch.stage("tables", key, lambda: _tables(batch, texts["slices"]), "writing tables")
    batch.folder.remove("texts")
    batch.folder.remove("extracted")


def _read(batch: Batch, files: pa.Table, reading: Reading) -> Mapping[str, Any]:
    engine = batch.engine
    read = engine.map(engine.rows(files, len(files)), reading, TEXTS)
    unique = engine.group(read, "article_id", first_of_each, TEXTS)
    rows = engine.save(unique, batch.folder, "texts")
    many = -(-rows // max(_SLICE, _A_CORE * engine.cores))
    written = len(batch.folder.files("texts"))
    return {"files": len(files), "rows": rows, "slices": min(written, max(1, many))}


def _slice(at: int) -> str:
    return f"extracted/{at:05}"


def _extract(
    batch: Batch, at: int, texts: Mapping[str, Any], extraction: Extraction
) -> Mapping[str, Any]:
    """Extract the texts in every so-many-th file of texts."""
    engine, rows, slices = batch.engine, texts["rows"], texts["slices"]
    files = [file for file, _ in batch.folder.files("texts")][at::slices]
    engine.parts = max(engine.cores, -(-rows // (slices * _TASK)))
    spread = engine.spread(engine.load(batch.folder, files, TEXTS))
    found = engine.map(spread, extraction, EXTRACTED)
    return {"rows": engine.save(found, batch.folder, _slice(at))}


def _tables(batch: Batch, slices: int) -> Mapping[str, Any]:
    engine = batch.engine
    found = batch.load(EXTRACTED, *map(_slice, range(slices)))
    sizes = engine.group(engine.map(found, _sizes, _BYTES), "month", _summed, _BYTES)
    months = {
        row["month"]: -(-row["bytes"] // _FILE_BYTES) for row in rows_of(engine.collect(sizes))
    }
    facts: dict[str, Any] = {}
    for name, step, schema in (
        ("articles", statements.articles, ARTICLES),
        ("quotations", statements.quotations, QUOTATIONS),
        ("renderings", statements.statements, RENDERINGS),
    ):
        filed = pa.schema([*schema, pa.field("file", pa.string())])
        own = engine.map(found, _Filed(step, months), filed)
        facts[name] = engine.save(own, batch.folder, name, by_month=True)
    lost = engine.map(found, statements.failures, FAILURES)
    facts["failures"] = engine.save(lost, batch.folder, "failures")
    return facts


_BYTES = pa.schema({"month": pa.string(), "bytes": pa.int64()})


def _sizes(extracted: pa.Table) -> pa.Table:
    own = extracted.filter(extracted["problem"].is_null())
    lengths = compute.binary_length(own["body"])
    return _summed(pa.table({"month": own["month"], "bytes": lengths.cast(pa.int64())}))


def _summed(sizes: pa.Table) -> pa.Table:
    found = sizes.group_by("month").aggregate([("bytes", "sum")])
    return found.rename_columns(["month", "bytes"]).select(_BYTES.names).cast(_BYTES)


@dataclass(frozen=True)
class _Filed:
    """A step whose rows are told which file of their month they go to."""

    step: Step
    months: Mapping[str, int]

    def __call__(self, data: pa.Table) -> pa.Table:
        found = self.step(data)
        assert isinstance(found, pa.Table)  # noqa: S101
        files = [
            f"{month}/{crc32(article.encode()) % max(1, self.months[month])}"
            for month, article in zip(
                found["month"].to_pylist(), found["article_id"].to_pylist(), strict=True
            )
        ]
        return found.append_column("file", pa.array(files, pa.string()))


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
    whose = key_of(__version__, found["key"], *map(rows_of, (judged.answers, judged.articles)))
    key = key_of(whose, rows_of(judged.pairs), semantic, heavy, most)
    if batch.stages.finished("quotes", key):
        return
    batch.engine.parts = max(batch.engine.cores, -(-found["renderings"] // _PART_ROWS))
    said = _said(batch, judged)
    batch.stage("speakers", found["key"], lambda: _speakers(batch), "gathering speakers")
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
    if len(judged.answers) or len(judged.articles):
        both = batch.load(QUOTATIONS, "quotations"), batch.load(ARTICLES, "articles")
        step, by = JudgedStatements(judged), ("article_id", "article_id")
        found = engine.keep(engine.join(*both, by, step, RENDERINGS))
    else:
        found = batch.load(RENDERINGS, "renderings")
    return engine.map(found, _spoken, RENDERINGS)


def _spoken(renderings: pa.Table) -> pa.Table:
    return renderings.filter(renderings["speaker"].is_valid())


def _speakers(batch: Batch) -> Mapping[str, Any]:
    engine = batch.engine
    named = engine.map(batch.load(QUOTATIONS, "quotations"), statements.named_speakers, SPEAKERS)
    found = engine.group(named, "slug", statements.one_speaker_each, SPEAKERS)
    return {"rows": engine.save(found, batch.folder, "speakers")}


def _answers(batch: Batch, said: Data) -> Mapping[str, Any]:
    engine = batch.engine
    varying = engine.collect(engine.map(batch.load(SPEAKERS, "speakers"), _varying, SPEAKERS))
    types = {row["slug"]: row["type"] for row in rows_of(varying)}
    heard_by = ("asked", "voice")
    all_voices = engine.keep(engine.group(said, "voice", voices.Voices(types), VOICES))
    keys = engine.keep(engine.map(all_voices, voices.keys, KEYS))
    contested = engine.group(keys, "key", voices.contested, CONTESTED)
    flagged = engine.join(keys, contested, ("voice", "voice"), voices.flagged, KEYS)
    pairs = engine.group(flagged, "key", voices.pairs, PAIRS)
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
