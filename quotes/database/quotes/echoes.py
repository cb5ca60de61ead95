"""Whom each rendering counts to: the speaker of its quote, next to what its own article says.

``attributions`` keep what every article says. ``voices.counts_to`` is whom the statement counts to,
``renderings.speaker_id`` the same for each rendering. It differs from what an article says where
that is unsure and echoes a surer one, and where articles dispute whose words these are.
"""

from __future__ import annotations

from collections.abc import Collection
from functools import cache
from typing import Any

from sqlalchemy import select, update
from sqlalchemy.orm import InstrumentedAttribute, Session
from sqlalchemy.sql.dml import ReturningUpdate

from quotes.database.engine.bulk import among, batches, found
from quotes.database.engine.models import Rendering, Voice
from quotes.database.quotes.heard import Heard
from quotes.database.quotes.voices import join_voices, leave_voices


def settle(
    session: Session, renderings: Collection[int], unsettled: Collection[int] = ()
) -> set[int]:
    """Decide whom renderings, and those that may echo them, count to; return which changed.

    ``renderings`` are ids of stored renderings with a speaker, new or with a new attribution,
    ``unsettled`` ids of voices that were heard together with some that are gone. The answer follows
    from what all articles say, so that the order of arrival makes no difference.
    """
    changed, left = join_voices(session, renderings)
    heard = Heard(session)
    asked = heard.voices({*changed, *heard.near(changed), *left, *unsettled})
    moved = decide(heard, [key for key, voice in asked.items() if voice.is_sure])
    # Unsure ones follow the sure ones that they echo, so these are decided first.
    asked |= heard.voices(heard.near(moved))
    moved |= decide(heard, [key for key, voice in asked.items() if not voice.is_sure])
    return follow(session, Rendering.voice_id, moved) | follow(session, Rendering.id, renderings)


def forget(session: Session, renderings: Collection[int]) -> set[int]:
    """Renderings (ids) count to nobody any more; return the voices that this may change."""
    changed = leave_voices(session, renderings)
    for part in batches(renderings):
        session.execute(update(Rendering).where(Rendering.id.in_(part)).values(speaker_id=None))
    return changed | Heard(session).near(changed)


def decide(heard: Heard, asked: Collection[int]) -> set[int]:
    """Store whom voices (ids) count to; return those that count to another speaker than before.

    All that share a key with unsure ones and are sure have to be decided before.
    """
    return heard.write(heard.answers(asked))


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
