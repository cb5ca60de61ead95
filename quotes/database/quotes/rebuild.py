"""Clustering everything anew, in bulk: the same quotes as one by one, many times as fast."""

from __future__ import annotations

import gc
import os
from array import array
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass
from functools import partial
from itertools import chain, groupby
from typing import TypeVar

import numpy as np
from numpy.typing import NDArray
from sqlalchemy import delete, func, select
from sqlalchemy.orm import Session

from quotes.database.engine.bulk import as_rows
from quotes.database.engine.models import (
    Ambiguity,
    Base,
    Quote,
    Rendering,
    RenderingKey,
)
from quotes.database.engine.transaction import whole
from quotes.database.quotes.clusters import StoredRow, part_speakers, store_clusters, sweep_empty
from quotes.database.quotes.hearing import settle_all
from quotes.database.quotes.options import meaning, set_semantic
from quotes.database.quotes.reading import as_rendering, rows_of_speakers
from quotes.database.quotes.renderings import KEY_BITS, StoredRenderings, store_keys
from quotes.normaliser import model
from quotes.normaliser.keys import mix, period, rendering_keys
from quotes.normaliser.normalise import normalise
from quotes.normaliser.semantic import Meaning, load_meaning
from quotes.workers import spread

BATCH = 4_000
"""About how many renderings are clustered at a time; those of one speaker are never parted.

With five times as many a rebuild takes a sixth longer: they no longer fit a processor's cache.
"""
READ = 100_000
"""About how many renderings are read at a time: in the order of the table, so that neighbours come
from one page.
"""
A_JOB = 20_000
"""Another process pays from about so many renderings on."""

Item = TypeVar("Item")
Piece = tuple[list[StoredRow], list[model.Judgement]]
KeyRows = NDArray[np.void]
Clustered = tuple[list[model.Cluster], KeyRows]
Merged = Callable[[Sequence[model.Rendering]], list[model.Cluster] | None]
"""Returns the clusters of a speaker's renderings; None where they have to be found."""

_KEY_ROW = np.dtype([("speaker", "i8"), ("key", "i8"), ("rendering", "i8")])


@dataclass(frozen=True, slots=True)
class Rebuilt:
    """How many renderings were clustered, and how many quotes there are now."""

    renderings: int
    quotes: int


def rebuild(
    session: Session,
    on_progress: Callable[[int, int], None],
    *,
    jobs: int | None = None,
    semantic: bool | None = None,
) -> Rebuilt:
    """Cluster all stored renderings from the beginning, under the standing judgements.

    One transaction: an interrupt leaves everything as it was. Quotes that hold the same renderings
    as before keep their ids. ``on_progress`` hears how many of how many renderings are done;
    ``jobs`` is the number of processes (None: one for each processor; small databases need none).
    ``semantic`` says whether meanings are compared from now on (None: as before). Raises
    UsageError if they are and the extra is not installed.
    """
    with whole(session, bulk=True):
        if semantic is not None:
            set_semantic(session, semantic)
        return remerge(session, on_progress, jobs=jobs)


def remerge(
    session: Session,
    on_progress: Callable[[int, int], None],
    *,
    jobs: int | None = None,
    merged: Merged | None = None,
) -> Rebuilt:
    """Do what ``rebuild`` does, within the caller's transaction.

    ``merged`` returns the clusters of a speaker's renderings where they are known already.
    """
    with _uncollected():
        make = partial(_in_process, meaning(session) is not None, merged)
        session.execute(delete(RenderingKey))
        session.execute(delete(Ambiguity))
        jobs = min(jobs or os.cpu_count() or 1, 1 + _count(session, Rendering) // A_JOB)
        settle_all(session, jobs)
        part_speakers(session)
        sizes = _sizes(session)
        total, done = sum(sizes.values()), 0
        pieces = _pieces(session, sizes)
        jobs = 1 if merged else jobs  # looking up is less than to tell another process
        with closing(spread(make, pieces, jobs, __name__, late=1)) as results:
            for (rows, _), (clusters, key_rows) in results:
                store_clusters(session, clusters, {row.key: row for row in rows})
                for part in as_rows(key_rows):
                    store_keys(session, part)
                done += len(rows)
                on_progress(done, total)
        sweep_empty(session)
        return Rebuilt(total, _count(session, Quote))


def _count(session: Session, table: type[Base]) -> int:
    return session.scalar(select(func.count()).select_from(table)) or 0


def _in_process(semantic: bool, merged: Merged | None) -> Callable[[Piece], Clustered]:
    return partial(_cluster, load_meaning() if semantic else None, merged)


@contextmanager
def _uncollected() -> Iterator[None]:
    """Do without a search for cycles: many small objects and no cycles, it would cost a tenth."""
    was = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was:
            gc.enable()


def _cluster(meaning: Meaning | None, merged: Merged | None, piece: Piece) -> Clustered:
    rows, judgements = piece
    clusters: list[model.Cluster] = []
    key_rows = []
    with _uncollected():
        for _, own in groupby(rows, key=_speaker):
            renderings = [as_rendering(row) for row in own]
            known = merged(renderings) if merged else None
            clusters += normalise(renderings, judgements, meaning) if known is None else known
            key_rows.append(_key_rows(renderings))
    return clusters, np.concatenate(key_rows)


def _speaker(row: StoredRow) -> int:
    return row.speaker


def _key_rows(renderings: Sequence[model.Rendering]) -> KeyRows:
    """Return the rows of ``rendering_keys`` of one speaker in the order of its primary key."""
    near, far = array("Q"), array("q")
    places = []
    for rendering in renderings:
        own = rendering_keys(rendering.folded, rendering.beside)
        near.extend(own.stored)
        far.extend(own.far)
        now = period(rendering.published)
        places.append((rendering.key, now, len(own.stored), len(own.far)))
    number, since, nears, fars = np.array(places, np.int64).T
    found = np.empty(len(near) + len(far), _KEY_ROW)
    found["speaker"] = int(renderings[0].speaker)
    found["rendering"] = np.concatenate((np.repeat(number, nears), np.repeat(number, fars)))
    found["key"][: len(near)] = mix(
        np.repeat(since, nears).astype(np.uint64), np.frombuffer(near, np.uint64)
    )
    found["key"][len(near) :] = np.frombuffer(far, np.int64)
    found["key"] &= KEY_BITS
    found = found[np.lexsort((found["rendering"], found["key"]))]
    differ = np.ones(len(found), np.bool_)
    differ[1:] = found[1:] != found[:-1]
    kept: KeyRows = found[differ]
    return kept


def _pieces(session: Session, sizes: Mapping[int, int]) -> Iterator[Piece]:
    """Yield the renderings of some speakers at a time, one speaker after the other."""
    store = StoredRenderings(session)
    named = store.judged()
    for lot in _lots(_batches(sizes), partial(_held, sizes), READ):
        by_speaker: dict[int, list[StoredRow]] = defaultdict(list)
        for row in rows_of_speakers(session, [*chain(*lot)]):
            by_speaker[row.speaker].append(row)
        for speakers in lot:
            rows = [row for speaker in speakers for row in by_speaker.pop(speaker)]
            judged = named.intersection(row.key for row in rows)
            yield rows, list(store.judgements(judged))


def _sizes(session: Session) -> dict[int, int]:
    """Return how many renderings count to each speaker (id), by ascending id."""
    query = (
        select(Rendering.speaker_id, func.count())
        .where(Rendering.speaker_id.is_not(None))
        .group_by(Rendering.speaker_id)
        .order_by(Rendering.speaker_id)
    )
    return {key: count for key, count in session.execute(query) if key is not None}


def _batches(sizes: Mapping[int, int]) -> list[list[int]]:
    """Return the speakers in lists that have about ``BATCH`` renderings together, or more.

    The largest come first.
    """
    found = _lots(sizes, sizes.__getitem__, BATCH)
    return sorted(found, key=partial(_held, sizes), reverse=True)


def _held(sizes: Mapping[int, int], speakers: Iterable[int]) -> int:
    return sum(sizes[speaker] for speaker in speakers)


def _lots(items: Iterable[Item], size: Callable[[Item], int], least: int) -> Iterator[list[Item]]:
    """Yield ``items`` in lists that come to ``least`` together, or more; the last may be less."""
    lot: list[Item] = []
    held = 0
    for item in items:
        lot.append(item)
        held += size(item)
        if held >= least:
            yield lot
            lot, held = [], 0
    if lot:
        yield lot
