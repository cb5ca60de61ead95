"""Clustering everything anew, in bulk: the same quotes as one by one, many times as fast."""

from __future__ import annotations

import gc
import os
from collections.abc import Callable, Generator, Iterator, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from sqlalchemy import Index, delete, func, select
from sqlalchemy.orm import Session

from quotes.database.clusters import StoredRow, store_clusters
from quotes.database.echoes import settle_all
from quotes.database.models import (
    Base,
    Quote,
    Rendering,
    RenderingEcho,
    RenderingKey,
)
from quotes.database.renderings import (
    StoredRenderings,
    as_rendering,
    key_rows,
    rows_of_speakers,
    store_keys,
)
from quotes.database.writing import whole
from quotes.normaliser import model
from quotes.normaliser.normalise import normalise
from quotes.workers import in_order

BATCH = 20_000
"""About how many renderings are clustered at a time; those of one speaker are never parted."""
KEYS_AT_ONCE = 100_000
CACHE_KIB = 128 * 1024
"""What SQLite may keep in memory of the pages that a rebuild changes."""

Piece = tuple[list[StoredRow], list[model.Judgement]]
Keys = NDArray[np.void]
Clustered = tuple[list[model.Cluster], Keys]

_KEY_ROW = np.dtype([("speaker", "i8"), ("key", "i8"), ("rendering", "i8")])


@dataclass(frozen=True, slots=True)
class Rebuilt:
    """How many renderings were clustered, and how many quotes there are now."""

    renderings: int
    quotes: int


def rebuild(
    session: Session, on_progress: Callable[[int, int], None], *, jobs: int | None = None
) -> Rebuilt:
    """Cluster all stored renderings from the beginning, under the standing judgements.

    One transaction: an interrupt leaves everything as it was. Quotes that hold the same renderings
    as before keep their ids. ``on_progress`` hears how many of how many renderings are done;
    ``jobs`` is the number of processes (None: one for each processor; small databases need none).
    """
    with whole(session), _prepared(session):
        session.execute(delete(RenderingKey))
        session.execute(delete(RenderingEcho))
        indexes = _drop_indexes(session)
        settle_all(session)
        sizes = _sizes(session)
        total, done = sum(sizes.values()), 0
        batches = _batches(sizes)
        jobs = min(jobs or os.cpu_count() or 1, len(batches))
        with closing(_clustered(_pieces(session, batches), jobs)) as results:
            for (rows, _), (clusters, keys) in results:
                store_clusters(session, clusters, {row.key: row for row in rows})
                for start in range(0, len(keys), KEYS_AT_ONCE):
                    store_keys(session, keys[start : start + KEYS_AT_ONCE].tolist())
                done += len(rows)
                on_progress(done, total)
        for index in indexes:
            index.create(session.connection())
        quotes = session.scalar(select(func.count()).select_from(Quote)) or 0
    return Rebuilt(total, quotes)


def _clustered(
    pieces: Iterator[Piece], jobs: int
) -> Generator[tuple[Piece, Clustered], None, None]:
    """Yield each piece of work with its outcome, in order."""
    if jobs > 1:
        return in_order(_in_process, pieces, jobs)
    return ((piece, _cluster(piece)) for piece in pieces)


def _in_process() -> Callable[[Piece], Clustered]:
    gc.disable()  # many small objects and no cycles: looking for these would cost a tenth
    return _cluster


def _cluster(piece: Piece) -> Clustered:
    rows, judgements = piece
    renderings = [as_rendering(row) for row in rows]
    clusters = normalise(renderings, judgements)
    keys = np.fromiter(key_rows(renderings), _KEY_ROW)
    order = np.lexsort((keys["rendering"], keys["key"], keys["speaker"]))
    return clusters, keys[order]  # in the order of the primary key


def _pieces(session: Session, batches: Sequence[Sequence[int]]) -> Iterator[Piece]:
    store = StoredRenderings(session)
    for speakers in batches:
        rows = list(rows_of_speakers(session, speakers))
        yield rows, list(store.judgements([row.key for row in rows]))


@contextmanager
def _prepared(session: Session) -> Iterator[None]:
    """Give SQLite room for the pages that change; as before afterwards."""
    connection = session.connection()
    if connection.dialect.name != "sqlite":
        yield
        return
    before = connection.exec_driver_sql("PRAGMA cache_size").scalar()
    connection.exec_driver_sql(f"PRAGMA cache_size = -{CACHE_KIB}")
    try:
        yield
    finally:
        connection.exec_driver_sql(f"PRAGMA cache_size = {before}")


def _drop_indexes(session: Session) -> list[Index]:
    """Drop the second index of all keys, which costs less made at the end; return what to make."""
    tables = (RenderingKey.__tablename__, RenderingEcho.__tablename__)
    indexes = [index for name in tables for index in Base.metadata.tables[name].indexes]
    for index in indexes:
        index.drop(session.connection())
    return indexes


def _sizes(session: Session) -> dict[int, int]:
    """Return how many renderings count to each speaker (id), by ascending id."""
    query = (
        select(Rendering.speaker_id, func.count())
        .where(Rendering.speaker_id.is_not(None))
        .group_by(Rendering.speaker_id)
        .order_by(Rendering.speaker_id)
    )
    return {key: count for key, count in session.execute(query) if key is not None}


def _batches(sizes: dict[int, int]) -> list[list[int]]:
    """Return the speakers in lists that have about ``BATCH`` renderings together, or more.

    The largest come first: whoever has most to say holds up nobody at the end.
    """
    found: list[tuple[int, list[int]]] = []
    speakers: list[int] = []
    held = 0
    for at, (speaker, size) in enumerate(sizes.items(), start=1):
        speakers.append(speaker)
        held += size
        if held >= BATCH or at == len(sizes):
            found.append((held, speakers))
            speakers, held = [], 0
    return [speakers for _, speakers in sorted(found, key=lambda batch: -batch[0])]
