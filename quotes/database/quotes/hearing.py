"""Hearing everybody at once: all voices made anew, in bulk, for a rebuild."""

from __future__ import annotations

from array import array
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import dataclass, field
from datetime import date
from itertools import accumulate, pairwise

import numpy as np
from numpy.typing import NDArray
from sqlalchemy import delete, update
from sqlalchemy.orm import Session

from quotes.database.engine.bulk import as_rows, insert_numbered, insert_tuples, update_tuples
from quotes.database.engine.models import Rendering, Voice, VoiceKey
from quotes.database.quotes.echoes import decide, follow
from quotes.database.quotes.voices import Names, Said, read_voices, said
from quotes.normaliser.echokeys import echo_keys
from quotes.normaliser.fold import fold
from quotes.normaliser.keys import mix, neighbours, period
from quotes.normaliser.model import fingerprint
from quotes.normaliser.thresholds import COMMON_VOICES, SURE
from quotes.workers import spread

PIECE = 2000
"""How many voices are decided about at a time."""
READ = 20_000
"""How many renderings are read at a time."""

Integers = NDArray[np.int64]
Digests = tuple[list[str], list[int], "array[int]"]
"""Fingerprints, how many keys each wording has, and these keys one after the other."""


@dataclass
class _Voices:
    """The voices while they are gathered; the keys hold for no day yet."""

    places: dict[Names, int] = field(default_factory=dict)
    speakers: list[tuple[str, int]] = field(default_factory=list)
    texts: list[str] = field(default_factory=list)
    standings: list[float] = field(default_factory=list)
    articles: list[set[int]] = field(default_factory=list)
    keys: array[int] = field(default_factory=lambda: array("Q"))
    sizes: list[int] = field(default_factory=list)
    members: list[tuple[int, int]] = field(default_factory=list)
    """Place of the voice, and rendering."""

    def add(self, one: Said, name: str, keys: array[int]) -> None:
        """Add a rendering whose wording has a fingerprint and keys."""
        place = self.places.setdefault((one.name, name, one.published), len(self.texts))
        if place == len(self.texts):
            self.speakers.append(one.named)
            self.texts.append(one.text)
            self.standings.append(one.standing)
            self.articles.append({one.article})
            self.sizes.append(len(keys))
            self.keys += keys
        else:
            self.speakers[place] = min(self.speakers[place], one.named)
            self.texts[place] = min(self.texts[place], one.text)
            self.standings[place] = max(self.standings[place], one.standing)
            self.articles[place].add(one.article)
        self.members.append((place, one.key))


def settle_all(session: Session, jobs: int) -> None:
    """Decide from the beginning whom all renderings count to.

    ``jobs`` processes fold the words and make the keys. They are stored all at once, in the order
    of the index: a key's place has nothing to do with when its words were printed.
    """
    session.execute(
        update(Rendering)
        .values(speaker_id=None, voice_id=None)
        .execution_options(synchronize_session=False)
    )
    session.execute(delete(VoiceKey))
    session.execute(delete(Voice))
    found = _Voices()
    with closing(spread(_digester, _read(session), jobs, "quotes.database.quotes.rebuild")) as done:
        for rows, (names, sizes, keys) in done:
            ends = pairwise(accumulate(sizes, initial=0))
            for one, name, (start, end) in zip(rows, names, ends, strict=True):
                found.add(one, name, keys[start:end])
    if not found.texts:
        return
    ids = np.array(_store(session, found), np.int64)
    speakers = [number for _, number in found.speakers]
    members = [(int(ids[place]), speakers[place], key) for place, key in found.members]
    update_tuples(session, Rendering, ("voice_id", "speaker_id"), members)
    contested = _contested(session, found, ids)
    sure = np.array(found.standings) >= SURE
    moved: set[int] = set()
    for chosen in (contested & sure, contested & ~sure):  # the unsure ones follow the sure ones
        asked = ids[chosen].tolist()
        for start in range(0, len(asked), PIECE):
            moved |= decide(session, read_voices(session, asked[start : start + PIECE]))
    follow(session, Rendering.voice_id, moved)


def _read(session: Session) -> Iterator[list[Said]]:
    query = said().order_by(Rendering.id).execution_options(yield_per=READ)
    for rows in session.execute(query).partitions():
        yield [*map(Said._make, rows)]


def _digester() -> Callable[[list[Said]], Digests]:
    return _digests


def _digests(rows: list[Said]) -> Digests:
    names, sizes, keys = [], [], array("Q")
    for one in rows:
        folded = fold(one.text)
        own = echo_keys(folded)
        names.append(fingerprint(folded))
        sizes.append(len(own))
        keys.extend(own)
    return names, sizes, keys


def _store(session: Session, found: _Voices) -> list[int]:
    columns = ("speaker_id", "counts_to", "fingerprint", "published", "text", "articles")
    rows = [
        (speaker, speaker, names[1], _iso(names[2]), found.texts[at], len(found.articles[at]))
        for (names, at), (_, speaker) in zip(found.places.items(), found.speakers, strict=True)
    ]
    rest = (*columns, "standing", "disputed")
    whole = [(*row, found.standings[at], 0) for at, row in enumerate(rows)]
    return [*insert_numbered(session, Voice, rest, whole)]


def _iso(day: date | None) -> str | None:
    return None if day is None else day.isoformat()


def _contested(session: Session, found: _Voices, ids: Integers) -> NDArray[np.bool_]:
    """Store the keys; return which voices meet one of another speaker."""
    keys = np.frombuffer(found.keys, np.uint64)
    voice = np.repeat(np.arange(len(ids)), found.sizes)
    now = np.array([period(names[2]) for names in found.places], np.int64)[voice]
    speaker = np.array([number for _, number in found.speakers], np.int64)[voice]
    stored = _dated(now, keys)
    order = np.lexsort((voice, stored))
    for part in as_rows(np.column_stack((stored[order], ids[voice[order]]))):
        insert_tuples(session, VoiceKey, ("key", "voice_id"), part)
    known, first, many = np.unique(stored[order], return_index=True, return_counts=True)
    least = np.minimum.reduceat(speaker[order], first)
    most = np.maximum.reduceat(speaker[order], first)
    rare = many <= COMMON_VOICES
    meets = rare[np.searchsorted(known, stored)]
    contested = np.zeros(len(ids), np.bool_)
    for at in range(len(neighbours(1))):
        reached = now + (at - 1) * (now > 0)
        sought = _dated(reached, keys)
        place = np.minimum(np.searchsorted(known, sought), len(known) - 1)
        others = rare[place] & ((least[place] != speaker) | (most[place] != speaker))
        contested[voice[meets & (known[place] == sought) & others]] = True
    return contested


def _dated(now: Integers, keys: NDArray[np.uint64]) -> Integers:
    return mix(now.astype(np.uint64), keys).astype(np.int64)
