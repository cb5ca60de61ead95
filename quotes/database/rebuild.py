"""Clustering everything anew, in bulk: the same quotes as one by one, many times as fast."""

from __future__ import annotations

import gc
import os
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from dataclasses import dataclass
from multiprocessing import get_context

from sqlalchemy import Index, delete, func, select
from sqlalchemy.orm import Session

from quotes.database.clusters import store_clusters
from quotes.database.models import (
    Attribution,
    Base,
    Quotation,
    Quote,
    Rendering,
    RenderingKey,
)
from quotes.database.renderings import KeyRow, StoredRenderings, key_rows, store_keys
from quotes.database.writing import whole
from quotes.normaliser import model
from quotes.normaliser.normalise import normalise

BATCH = 20_000
"""About how many renderings are clustered at a time; those of one speaker are never parted."""

Work = tuple[list[model.Rendering], list[model.Judgement]]
Clustered = tuple[list[model.Cluster], list[KeyRow]]


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
    with whole(session):
        sizes = _sizes(session)
        total, done = sum(sizes.values()), 0
        session.execute(delete(RenderingKey))
        indexes = _drop_indexes(session)
        batches = list(_batches(sizes))
        jobs = min(jobs or os.cpu_count() or 1, len(batches))
        for (renderings, _), (clusters, rows) in _clustered(_work(session, batches), jobs):
            keys = frozenset(rendering.key for rendering in renderings)
            store_clusters(session, model.Update(keys, tuple(clusters)))
            store_keys(session, rows)
            done += len(renderings)
            on_progress(done, total)
        for index in indexes:
            index.create(session.connection())
        quotes = session.scalar(select(func.count()).select_from(Quote)) or 0
    return Rebuilt(total, quotes)


def _clustered(work: Iterator[Work], jobs: int) -> Iterator[tuple[Work, Clustered]]:
    """Yield each piece of work with its outcome, in order; a few are under way at a time."""
    if jobs < 2:
        yield from ((piece, _cluster(*piece)) for piece in work)
        return
    # Clustering makes many small objects and no cycles: looking for these would cost a tenth.
    with ProcessPoolExecutor(jobs, get_context("spawn"), initializer=gc.disable) as pool:
        waiting: deque[tuple[Work, Future[Clustered]]] = deque()
        for piece in work:
            waiting.append((piece, pool.submit(_cluster, *piece)))
            if len(waiting) > jobs:
                done, outcome = waiting.popleft()
                yield done, outcome.result()
        for done, outcome in waiting:
            yield done, outcome.result()


def _cluster(renderings: list[model.Rendering], judgements: list[model.Judgement]) -> Clustered:
    return normalise(renderings, judgements), key_rows(renderings)


def _work(session: Session, batches: Sequence[Sequence[int]]) -> Iterator[Work]:
    store = StoredRenderings(session)
    for speakers in batches:
        renderings = list(store.of_speakers(speakers))
        yield renderings, list(store.judgements([rendering.key for rendering in renderings]))


def _drop_indexes(session: Session) -> list[Index]:
    """Drop the second index of the keys, which costs less made at the end; return what to make."""
    indexes = list(Base.metadata.tables[RenderingKey.__tablename__].indexes)
    for index in indexes:
        index.drop(session.connection())
    return indexes


def _sizes(session: Session) -> dict[int, int]:
    """Return how many renderings each speaker (id) has, by ascending id."""
    query = (
        select(Attribution.speaker_id, func.count())
        .join(Quotation, Quotation.id == Attribution.quotation_id)
        .join(Rendering, Rendering.quotation_id == Quotation.id)
        .where(Attribution.speaker_id.is_not(None))
        .group_by(Attribution.speaker_id)
        .order_by(Attribution.speaker_id)
    )
    return {key: count for key, count in session.execute(query) if key is not None}


def _batches(sizes: dict[int, int]) -> Iterator[Sequence[int]]:
    """Yield the speakers in lists that have about ``BATCH`` renderings together, or more."""
    speakers: list[int] = []
    held = 0
    for speaker, size in sizes.items():
        speakers.append(speaker)
        held += size
        if held >= BATCH:
            yield speakers
            speakers, held = [], 0
    if speakers:
        yield speakers
