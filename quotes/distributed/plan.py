"""READ FIRST: the stages of a batch in order, over whatever engine runs them.

``extract``: files → texts → everything found in them → tables by month. What follows is in
``merging``: those tables → whom words count to → quotes.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import partial
from typing import Any
from zlib import crc32

import pyarrow as pa
from pyarrow import compute

from quotes import __version__
from quotes.distributed import statements
from quotes.distributed.batches import Batch
from quotes.distributed.engine import Step
from quotes.distributed.extracting import Extraction, Reading, first_of_each
from quotes.distributed.schema import (
    ARTICLES,
    EXTRACTED,
    FAILURES,
    QUOTATIONS,
    RENDERINGS,
    TEXTS,
    rows_of,
)
from quotes.distributed.stages import key_of
from quotes.errors import UsageError

_SLICE = 20_000
"""So many articles are a stage of their own: what a killed program has to do again at most."""
_A_CORE = 1_000
"""... or, on many cores, so many for each."""
_TASK = 250
"""So many articles are extracted by one task."""
_PART_BYTES = 64 << 20
"""So much of the source becomes one part of the texts."""
_FILE_BYTES = 100 << 20
"""A month has a file for so much text."""


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
        assert isinstance(found, pa.Table)  # noqa: S101 # nosec B101
        files = [
            f"{month}/{crc32(article.encode()) % max(1, self.months[month])}"
            for month, article in zip(
                found["month"].to_pylist(), found["article_id"].to_pylist(), strict=True
            )
        ]
        return found.append_column("file", pa.array(files, pa.string()))
