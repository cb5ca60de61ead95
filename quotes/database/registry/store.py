"""Writing speakers and outlets of the registry: what is new is added, what is known brought up.

What a person wrote (``origin`` "person") is left alone by seed files. A speaker so far known from
articles only is promoted.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Literal

from sqlalchemy import delete, insert, select, update
from sqlalchemy.orm import Session

from quotes.database.engine.bulk import batches, insert_rows
from quotes.database.engine.models import Outlet, Speaker, SpeakerName, SpeakerRole
from quotes.database.registry.rows import name_row, role_row
from quotes.records import KnownSpeaker
from quotes.seeds import Outlet as KnownOutlet

Source = Literal["seed", "person"]


def store_speakers(session: Session, speakers: Sequence[KnownSpeaker], origin: Source) -> int:
    """Insert or update registry speakers by slug, with names and roles; return how many.

    As "seed" the records that a person wrote are left alone; as "person" (an import) the given
    ones win. Spellings met in articles or added by a person stay. The caller commits.
    """
    rows = [
        {
            "slug": speaker.slug,
            "name": speaker.name,
            "type": speaker.type,
            "gender": speaker.gender,
            "gender_origin": None,
            "wikidata": speaker.wikidata,
            "party": speaker.party,
            "provisional": False,
            "origin": origin,
        }
        for speaker in speakers
    ]
    ids = _write(session, Speaker, rows)
    written = {ids[speaker.slug]: speaker for speaker in speakers if speaker.slug in ids}
    _write_names(session, written, origin)
    _write_roles(session, written, origin)
    return len(written)


def store_outlets(session: Session, outlets: Sequence[KnownOutlet]) -> int:
    """Insert or update seeded outlets by slug; return how many. The caller commits."""
    rows = [
        {
            "slug": outlet.slug,
            "name": outlet.name,
            "names": list(outlet.names),
            "domains": list(outlet.domains),
            "country": outlet.country,
            "origin": "seed",
            "found": None,
        }
        for outlet in outlets
    ]
    return len(_write(session, Outlet, rows))


def _write(
    session: Session, table: type[Speaker] | type[Outlet], rows: Sequence[dict[str, Any]]
) -> dict[str, int]:
    """Insert or update ``rows`` by slug; return the ids of those that were not a person's."""
    stored = {row.slug: row for row in session.execute(select(table.id, table.slug, table.origin))}
    fresh = [row for row in rows if row["slug"] not in stored]
    known = [
        {"id": stored[row["slug"]].id, **row}
        for row in rows
        if row["slug"] in stored
        and (row["origin"] == "person" or stored[row["slug"]].origin != "person")
    ]
    if known:
        session.execute(update(table), known)
    ids = {row["slug"]: row["id"] for row in known}
    added = insert_rows(session, table, fresh)
    return ids | {row["slug"]: key for row, key in zip(fresh, added, strict=True)}


def _write_names(session: Session, written: Mapping[int, KnownSpeaker], origin: Source) -> None:
    stored: dict[tuple[int, str], Any] = {
        (row.speaker_id, row.name): row
        for part in batches(written)
        for row in session.execute(
            select(SpeakerName.__table__).where(SpeakerName.speaker_id.in_(part))
        )
    }
    given = {
        (key, name): None
        for key, speaker in written.items()
        for name in (speaker.name, *speaker.names)
    }
    fresh = [name_row(key, name, origin) for key, name in given if (key, name) not in stored]
    promoted = [
        {"id": stored[name].id, "origin": origin}
        for name in given
        if name in stored and stored[name].origin == "article"
    ]
    stale = [
        row.id
        for name, row in stored.items()
        if name not in given and row.origin == origin == "seed"
    ]
    if fresh:
        session.execute(insert(SpeakerName), fresh)
    if promoted:
        session.execute(update(SpeakerName), promoted)
    for part in batches(stale):
        session.execute(delete(SpeakerName).where(SpeakerName.id.in_(part)))


def _write_roles(session: Session, written: Mapping[int, KnownSpeaker], origin: Source) -> None:
    replaced = ("seed",) if origin == "seed" else ("seed", "person")
    for part in batches(written):
        session.execute(
            delete(SpeakerRole).where(
                SpeakerRole.speaker_id.in_(part), SpeakerRole.origin.in_(replaced)
            )
        )
    rows = [
        role_row(key, role, origin) for key, speaker in written.items() for role in speaker.roles
    ]
    if rows:
        session.execute(insert(SpeakerRole), rows)
