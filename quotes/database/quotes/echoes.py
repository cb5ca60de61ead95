"""Whom each rendering counts to: the speaker of its quote, next to what its own article says.

``attributions`` keep what every article says. ``voices.counts_to`` is whom the statement counts to,
``renderings.speaker_id`` the same for each rendering. It differs from what an article says where
that is unsure and echoes a surer one, and where articles dispute whose words these are.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Any

from sqlalchemy import select, update
from sqlalchemy.orm import InstrumentedAttribute, Session

from quotes.database.engine.bulk import batches
from quotes.database.engine.models import Rendering, Voice
from quotes.database.quotes.meeting import near
from quotes.database.quotes.voices import (
    join_voices,
    leave_voices,
    read_voices,
    speaker_numbers,
)
from quotes.normaliser import echo


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


def decide(session: Session, asked: Mapping[int, echo.Voice]) -> set[int]:
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
    for part in batches(wanted):
        query = select(Voice.id, Voice.counts_to, Voice.disputed).where(Voice.id.in_(part))
        for key, speaker, disputed in session.execute(query):
            answer = wanted[key]
            row = {"id": key, "counts_to": ids[answer.speaker], "disputed": answer.disputed}
            if (speaker, disputed) != (row["counts_to"], answer.disputed):
                changed.append(row)
            if speaker != row["counts_to"]:
                moved.add(key)
    if changed:
        session.execute(update(Voice), changed)
    return moved


def follow(
    session: Session, column: InstrumentedAttribute[Any], wanted: Collection[int]
) -> set[int]:
    """Let renderings count to whom their voices do, if ``column`` is one of ``wanted``.

    Returns those (ids) that changed.
    """
    moved = [
        {"id": row.id, "speaker_id": row.counts_to}
        for part in batches(wanted)
        for row in session.execute(
            select(Rendering.id, Voice.counts_to)
            .join(Voice, Voice.id == Rendering.voice_id)
            .where(column.in_(part), Rendering.speaker_id.is_distinct_from(Voice.counts_to))
        )
    ]
    if moved:
        session.execute(update(Rendering), moved)
    return {row["id"] for row in moved}
