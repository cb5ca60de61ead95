"""Whom words count to, where articles name several: the decisions that cross speakers.

The words that articles give to one speaker on one day are a voice. Voices meet through keys of
their words; those that meet another speaker's are contested, and decided on with all that they
meet.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import chain
from typing import Any, Literal

import pyarrow as pa
from pyarrow import compute

from quotes.distributed.schema import (
    ANSWERS,
    CONTESTED,
    HEARD,
    KEYS,
    PAIRS,
    RENDERINGS,
    VOICES,
    rows_of,
    table,
)
from quotes.distributed.statements import standing, voice_of
from quotes.normaliser.echo import counts_to
from quotes.normaliser.echokeys import echo_keys
from quotes.normaliser.fold import fold
from quotes.normaliser.keys import neighbours, period
from quotes.normaliser.thresholds import COMMON_VOICES
from quotes.normaliser.voice import Voice
from quotes.normaliser.voice import heard as heard_as

_SIGN = 1 << 63


@dataclass(frozen=True)
class Named:
    """Those of ``RENDERINGS`` whose articles name a speaker.

    ``types`` are those of speakers (slugs) to whom articles give several.
    """

    types: Mapping[str, str] = field(default_factory=dict)

    def __call__(self, renderings: pa.Table) -> pa.Table:
        """Return the renderings; of one speaker all have one type."""
        named = renderings.filter(renderings["speaker"].is_valid())
        varies = compute.is_in(named["speaker"], pa.array([*self.types], pa.string()))
        rows = [
            row | {"voice": voice_of(row)}
            for row in rows_of(named.filter(varies))
            for row["type"] in [self.types[row["speaker"]]]
        ]
        return pa.concat_tables([named.filter(compute.invert(varies)), table(rows, RENDERINGS)])


@dataclass(frozen=True)
class Gathered:
    """Gathers voices: ``RENDERINGS`` → ``VOICES``, by whole groups of ``voice``.

    Contested ones are decided on at so many ``homes``, each with all that its voices meet.
    """

    homes: int

    def __call__(self, renderings: pa.Table) -> pa.Table:
        """Return the voices in renderings."""
        columns = ["article_id", "text", "published", "speaker", "type", "confidence", "judged"]
        found: dict[str, list[dict[str, Any]]] = defaultdict(list)
        for row in rows_of(renderings, [*columns, "voice"]):
            found[row["voice"]].append(row)
        rows = (
            {"voice": voice, "home": _home(voice, self.homes), **_gathered(own)}
            for voice, own in found.items()
        )
        return table(rows, VOICES)


def _gathered(rows: Sequence[Mapping[str, Any]]) -> dict[str, Any]:
    first = min(rows, key=_speaker)
    return {
        "speaker": first["speaker"],
        "type": first["type"],
        "published": first["published"],
        "text": min(row["text"] for row in rows),
        "articles": len({row["article_id"] for row in rows}),
        "standing": max(map(standing, rows)),
    }


def _home(voice: str, homes: int) -> int:
    """Return at which of so many places a contested voice is decided on."""
    return int(voice[:8], 16) % homes


def keys(voices: pa.Table) -> pa.Table:
    """Return the keys by which ``VOICES`` meet (``KEYS``), with the period in which they hold."""
    return table(
        (
            {"key": _signed(key), "period": period(row["published"])}
            | {name: row[name] for name in ("voice", "speaker")}
            for row in rows_of(voices)
            for key in echo_keys(fold(row["text"]))
        ),
        KEYS,
    )


def _signed(key: int) -> int:
    return key - 2 * _SIGN if key >= _SIGN else key


def contested(keys: pa.Table) -> pa.Table:
    """Return the voices (``CONTESTED``) that meet another speaker's, by whole groups of ``key``."""
    found: set[str] = set()
    for by_period in _by_key(keys):
        speakers = {now: {row["speaker"] for row in rows} for now, rows in by_period.items()}
        for now, rows in by_period.items():
            near = set().union(*(speakers.get(at, ()) for at in neighbours(now)))
            if len(near) > 1:
                found.update(row["voice"] for row in rows)
    return table(({"voice": one} for one in sorted(found)), CONTESTED)


def flagged(keys: pa.Table, contested: pa.Table) -> pa.Table:
    """Return ``KEYS`` in which only contested voices have a speaker; both by whole voices."""
    asked = set(contested["voice"].to_pylist())
    rows = (
        {**row, "speaker": row["speaker"] if row["voice"] in asked else None}
        for row in rows_of(keys)
    )
    return table(rows, KEYS)


@dataclass(frozen=True)
class Pairs:
    """Tells what each contested voice meets: ``KEYS`` → ``PAIRS``, by whole groups of ``key``.

    ``KEYS`` are as ``flagged`` makes them; ``homes`` as in ``Gathered``.
    """

    homes: int

    def __call__(self, keys: pa.Table) -> pa.Table:
        """Return who asks for each voice."""
        found: dict[tuple[str, int], set[str]] = defaultdict(set)
        for by_period in _by_key(keys):
            for now, rows in by_period.items():
                asked = self._asked(rows)
                for other in chain(*(by_period.get(at, ()) for at in neighbours(now))):
                    for home, own in asked.items():
                        found[other["voice"], home] |= own
        return table(
            (
                {"home": home, "asked": sorted(others), "voice": voice}
                for (voice, home), own in sorted(found.items())
                if (others := own - {voice})
            ),
            PAIRS,
        )

    def _asked(self, rows: Iterable[Mapping[str, Any]]) -> dict[int, set[str]]:
        found: dict[int, set[str]] = defaultdict(set)
        for row in rows:
            if row["speaker"] is not None:
                found[_home(row["voice"], self.homes)].add(row["voice"])
        return found


def _by_key(keys: pa.Table) -> Iterator[dict[int, list[dict[str, Any]]]]:
    """Yield the rows of each key that several voices have, by period, where it is not common."""
    found: dict[int, list[dict[str, Any]]] = defaultdict(list)
    for row in rows_of(keys):
        found[row["key"]].append(row)
    for rows in found.values():
        if len(rows) > 1:
            by_period: dict[int, list[dict[str, Any]]] = defaultdict(list)
            for row in rows:
                by_period[row["period"]].append(row)
            yield {now: met for now, met in by_period.items() if len(met) <= COMMON_VOICES}


def heard(pairs: pa.Table, voices: pa.Table) -> pa.Table:
    """Return in full (``HEARD``) what contested voices meet; both tables by whole voices."""
    full = voices.take(compute.index_in(pairs["voice"], voices["voice"].combine_chunks()))
    found = {name: full[name] for name in VOICES.names} | {
        name: pairs[name] for name in PAIRS.names
    }
    return pa.table(found | {"answer": pa.nulls(len(pairs), pa.string())}).select(HEARD.names)


def answered(heard: pa.Table, answers: pa.Table) -> pa.Table:
    """Return ``HEARD`` with what was decided about the voices; both tables by whole voices."""
    found = compute.index_in(heard["voice"], answers["voice"].combine_chunks())
    column = heard.column_names.index("answer")
    return heard.set_column(column, "answer", answers["answer"].take(found))


@dataclass(frozen=True)
class Decide:
    """Decides about contested voices: ``HEARD`` and ``VOICES`` by ``home`` → ``ANSWERS``.

    Those that are sure first, then the others, which follow them.
    """

    which: Literal["sure", "unsure"]

    def __call__(self, heard: pa.Table, voices: pa.Table) -> pa.Table:
        """Return whom the contested ones of ``voices`` count to."""
        known: dict[str, Voice] = {}
        others: dict[str, set[str]] = defaultdict(set)
        for row in rows_of(heard):
            known[row["voice"]] = known.get(row["voice"]) or _voice(row)
            for asked in row["asked"]:
                others[asked].add(row["voice"])
        rows = []
        for row in rows_of(voices):
            voice = _voice(row)
            if row["voice"] in others and voice.is_sure == (self.which == "sure"):
                found = counts_to(voice, map(known.__getitem__, sorted(others[row["voice"]])))
                answer = {"answer": found.speaker, "disputed": found.disputed}
                rows.append({"voice": row["voice"], **answer})
        return table(rows, ANSWERS)


def _voice(row: Mapping[str, Any]) -> Voice:
    return heard_as(
        row["speaker"],
        row["type"],
        row["standing"],
        row["text"],
        row["published"],
        row["articles"],
        row.get("answer"),
    )


def counted(renderings: pa.Table, answers: pa.Table) -> pa.Table:
    """Return ``RENDERINGS`` with the speaker whom they count to; both tables by whole voices."""
    found = {row["voice"]: row for row in rows_of(answers)}
    own: dict[str, list[dict[str, Any]]] = defaultdict(list)
    for row in rows_of(renderings):
        own[row["voice"]].append(row)
    rows = []
    for voice, printed in own.items():
        answer = found.get(voice)
        speaker = answer["answer"] if answer else min(map(_speaker, printed))
        disputed = bool(answer and answer["disputed"])
        rows += [row | {"speaker": speaker, "disputed": disputed} for row in printed]
    return table(rows, RENDERINGS)


def _speaker(row: Mapping[str, Any]) -> str:
    return str(row["speaker"])
