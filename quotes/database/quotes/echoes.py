"""Whom each rendering counts to: the speaker of its quote, next to what its own article says.

``attributions`` keep what every article says. ``voices.counts_to`` is whom the statement counts to,
``renderings.speaker_id`` the same for each rendering. It differs from what an article says where
that is unsure and echoes a surer one, and where articles dispute whose words these are.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from functools import cache
from typing import Any

from sqlalchemy import Select, select, update
from sqlalchemy.orm import InstrumentedAttribute, Session
from sqlalchemy.sql.dml import ReturningUpdate

from quotes.database.engine.bulk import among, batches, found, update_tuples
from quotes.database.engine.models import Rendering, Voice
from quotes.database.quotes.meeting import near
from quotes.database.quotes.voices import (
    join_voices,
    leave_voices,
    read_voices,
    speaker_numbers,
)
from quotes.normaliser import echo
from quotes.normaliser import voice as spoken


def settle(
    session: Session, renderings: Collection[int], unsettled: Collection[int] = ()
) -> set[int]:
    """Decide whom renderings, and those that may echo them, count to; return which changed.

    ``renderings`` are ids of stored renderings with a speaker, new or with a new attribution,
    ``unsettled`` ids of voices that were heard together with some that are gone. The answer follows
    from what all articles say, so that the order of arrival makes no difference.
    """
    grown, others = join_voices(session, renderings)
    asked = read_voices(session, {*grown, *_concerned(session, grown), *others, *unsettled})
    moved = decide(session, {key: voice for key, voice in asked.items() if voice.is_sure})
    # Unsure ones follow the sure ones that they echo, so these are decided first.
    asked |= read_voices(session, _concerned(session, moved) - asked.keys())
    moved |= decide(session, {key: voice for key, voice in asked.items() if not voice.is_sure})
    return follow(session, Rendering.voice_id, moved) | follow(session, Rendering.id, renderings)


def forget(session: Session, renderings: Collection[int]) -> set[int]:
    """Renderings (ids) count to nobody any more; return the voices that this may change."""
    changed = leave_voices(session, renderings)
    for part in batches(renderings):
        session.execute(update(Rendering).where(Rendering.id.in_(part)).values(speaker_id=None))
    return changed


def _concerned(session: Session, changed: Collection[int]) -> set[int]:
    """Return the voices (ids) that may count to other speakers since some are new, or grew."""
    known = read_voices(session, changed)
    around, common = near(session, [voice.words for voice in known.values()])
    return echo.concerned(known, read_voices(session, around), common)


def decide(session: Session, asked: Mapping[int, spoken.Voice]) -> set[int]:
    """Store whom voices count to; return those (ids) that count to another speaker than before.

    All that share a key with unsure ones and are sure have to be decided before.
    """
    around, common = near(session, [voice.words for voice in asked.values()])
    others = read_voices(session, around | asked.keys())
    return _write(session, echo.answers(asked, others, common))


def _write(session: Session, wanted: Mapping[int, echo.Answer]) -> set[int]:
    ids = speaker_numbers(session, {answer.speaker for answer in wanted.values()})
    changed = []
    moved = set()
    for row in found(session, _stored(), wanted):
        answer = wanted[row.id]
        speaker = ids[answer.speaker]
        if (row.counts_to, row.disputed) != (speaker, answer.disputed):
            changed.append((speaker, answer.disputed, row.id))
        if row.counts_to != speaker:
            moved.add(row.id)
    update_tuples(session, Voice, ("counts_to", "disputed"), changed)
    return moved


@cache
def _stored() -> Select[*tuple[Any, ...]]:
    return select(Voice.id, Voice.counts_to, Voice.disputed).where(among(Voice.id))


def follow(
    session: Session, column: InstrumentedAttribute[Any], wanted: Collection[int]
) -> set[int]:
    """Let renderings count to whom their voices do, if ``column`` is one of ``wanted``.

    Returns those (ids) that changed.
    """
    return {row.id for row in found(session, _following(column.key), wanted)}


@cache
def _following(column: str) -> ReturningUpdate[*tuple[Any, ...]]:
    answer = select(Voice.counts_to).where(Voice.id == Rendering.voice_id).scalar_subquery()
    return (
        update(Rendering)
        .where(among(getattr(Rendering, column)), Rendering.voice_id.is_not(None))
        .where(Rendering.speaker_id.is_distinct_from(answer))
        .values(speaker_id=answer)
        .returning(Rendering.id)
    )
