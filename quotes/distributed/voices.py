"""Whom words count to, where articles name several: the decisions that cross speakers.

The words that articles give to one speaker on one day are a voice. Voices meet through keys of
their words; those that meet another speaker's are contested, and decided on with all that they
meet.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
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


def gathered(renderings: pa.Table) -> pa.Table:
    """Return the voices (``VOICES``) in ``RENDERINGS``, by whole groups of ``voice``."""
    columns = ["article_id", "text", "published", "speaker", "type", "confidence", "judged"]
    found: dict[str, list[dict[str, Any]]] = defaultdict(list)
    for row in rows_of(renderings, [*columns, "voice"]):
        found[row["voice"]].append(row)
    return table((_gathered(voice, rows) for voice, rows in found.items()), VOICES)


def _gathered(voice: str, rows: Sequence[Mapping[str, Any]]) -> dict[str, Any]:
    first = min(rows, key=_speaker)
    return {
        "voice": voice,
        "speaker": first["speaker"],
        "type": first["type"],
        "published": first["published"],
        "text": min(row["text"] for row in rows),
        "articles": len({row["article_id"] for row in rows}),
        "standing": max(map(standing, rows)),
    }


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


def pairs(keys: pa.Table) -> pa.Table:
    """Return what each contested voice meets (``PAIRS``), by whole groups of ``key``.

    ``keys`` are as ``flagged`` makes them.
    """
    found = {
        (row["voice"], other["voice"])
        for by_period in _by_key(keys)
        for now, rows in by_period.items()
        for row in rows
        if row["speaker"] is not None
        for at in neighbours(now)
        for other in by_period.get(at, ())
        if other["voice"] != row["voice"]
    }
    asked, met = zip(*sorted(found), strict=True) if found else ((), ())
    return pa.table([asked, met], schema=PAIRS)


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
    """Return what each contested voice meets in full (``HEARD``); both tables by whole voices."""
    found = voices.take(compute.index_in(pairs["voice"], voices["voice"].combine_chunks()))
    unanswered = pa.nulls(len(pairs), pa.string())
    found = found.append_column("asked", pairs["asked"]).append_column("answer", unanswered)
    return found.select(HEARD.names)


def answered(heard: pa.Table, answers: pa.Table) -> pa.Table:
    """Return ``HEARD`` with what was decided about the voices; both tables by whole voices."""
    found = compute.index_in(heard["voice"], answers["voice"].combine_chunks())
    column = heard.column_names.index("answer")
    return heard.set_column(column, "answer", answers["answer"].take(found))


@dataclass(frozen=True)
class Decide:
    """Decides about contested voices: ``HEARD`` and ``VOICES`` by ``asked`` → ``ANSWERS``.

    Those that are sure first, then the others, which follow them.
    """

    which: Literal["sure", "unsure"]

    def __call__(self, heard: pa.Table, voices: pa.Table) -> pa.Table:
        """Return whom the contested ones of ``voices`` count to."""
        first = compute.index_in(heard["voice"].unique(), heard["voice"].combine_chunks())
        known = {row["voice"]: _voice(row) for row in rows_of(heard.take(first))}
        others: dict[str, set[str]] = defaultdict(set)
        for row in rows_of(heard, ["asked", "voice"]):
            others[row["asked"]].add(row["voice"])
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
