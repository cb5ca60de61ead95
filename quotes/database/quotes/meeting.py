"""Which voices meet: those that share a key of their words, unless it is everybody's."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from quotes.database.engine.bulk import among, batches, found
from quotes.database.engine.models import VoiceKey
from quotes.normaliser.echokeys import beside_echo_keys, sought_echo_keys, stored_echo_keys
from quotes.normaliser.thresholds import COMMON_VOICES

_HOLDERS = select(VoiceKey.voice_id).where(among(VoiceKey.key)).distinct()

Words = tuple[str, date | None]
"""What tells which others a voice meets: its folded wording and its day."""


def near(session: Session, voices: Collection[Words]) -> tuple[set[int], set[int]]:
    """Return the voices (ids) that share a key with some, these included, and the common keys."""
    sought = _union(sought_echo_keys(*one) for one in voices)
    common = common_keys(session, sought)
    if common:
        sought = _union(sought_echo_keys(*one, common) for one in voices)
    return holders(session, sought), common


def rare_keys(session: Session, voices: Iterable[Words]) -> set[int]:
    """Return those of the keys under which some voices are stored that are not common."""
    keys = _union(stored_echo_keys(*one) for one in voices)
    return keys - common_keys(session, keys)


def met_by(session: Session, voices: Iterable[Words], keys: Collection[int]) -> set[int]:
    """Return the voices (ids) that meet by those ``keys`` of some voices, common ones or not."""
    beside = _union(beside_echo_keys(*one, keys) for one in voices)
    return holders(session, (beside - common_keys(session, beside)).union(keys))


def common_keys(session: Session, keys: Collection[int]) -> set[int]:
    """Return those of ``keys`` under which more than ``COMMON_VOICES`` voices are stored.

    However many these are, so many are gone through of each and no more.
    """
    common: set[int] = set()
    connection = session.connection()
    for part in batches(keys):
        sought = ", ".join(f"({int(key)})" for key in part)
        rows = connection.exec_driver_sql(
            f"WITH sought(key) AS (VALUES {sought}) SELECT key FROM sought WHERE EXISTS ("  # noqa: S608
            " SELECT 1 FROM voice_keys WHERE voice_keys.key = sought.key"
            f" LIMIT 1 OFFSET {COMMON_VOICES})"
        )
        common.update(rows.scalars())
    return common


def holders(session: Session, keys: Collection[int]) -> set[int]:
    """Return the voices (ids) that are stored under one of ``keys``."""
    return {row.voice_id for row in found(session, _HOLDERS, keys)}


def _union(keys: Iterable[set[int]]) -> set[int]:
    return set().union(*keys)
