"""Filling the database with the known speakers and outlets that ship with the program.

Seeding again brings the records that nobody has touched up to the seed files and leaves alone what
a person wrote (``origin`` "person"). A speaker so far known from articles only is promoted.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Literal

from sqlalchemy import delete, insert, select, update
from sqlalchemy.orm import Session

from quotes.database.bulk import batches, insert_rows
from quotes.database.models import Outlet, Speaker, SpeakerName, SpeakerRole
from quotes.database.people import reapply
from quotes.english.folding import fold
from quotes.records import KnownSpeaker
from quotes.seeds import load_outlets, load_speakers

Origin = Literal["seed", "person"]


def seed(session: Session) -> tuple[int, int]:
    """Load the seed files; return how many speakers and outlets were written.

    The caller commits. Raises SeedError if a seed file breaks its format.
    """
    speakers = store_speakers(session, load_speakers(), "seed")
    outlets = [
        {
            "slug": outlet.slug,
            "name": outlet.name,
            "names": list(outlet.names),
            "domains": list(outlet.domains),
            "country": outlet.country,
            "origin": "seed",
        }
        for outlet in load_outlets()
    ]
    reapply(session)
    return speakers, len(_write(session, Outlet, outlets))


def store_speakers(session: Session, speakers: Sequence[KnownSpeaker], origin: Origin) -> int:
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


def _write_names(session: Session, written: Mapping[int, KnownSpeaker], origin: Origin) -> None:
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
    fresh = [
        {"speaker_id": key, "name": name, "folded": fold(name), "uses": 0, "origin": origin}
        for key, name in given
        if (key, name) not in stored
    ]
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


def _write_roles(session: Session, written: Mapping[int, KnownSpeaker], origin: Origin) -> None:
    replaced = ("seed",) if origin == "seed" else ("seed", "person")
    for part in batches(written):
        session.execute(
            delete(SpeakerRole).where(
                SpeakerRole.speaker_id.in_(part), SpeakerRole.origin.in_(replaced)
            )
        )
    rows = [
        {
            "speaker_id": key,
            "title": role.title,
            "of": role.of,
            "start": role.start,
            "end": role.end,
            "origin": origin,
        }
        for key, speaker in written.items()
        for role in speaker.roles
    ]
    if rows:
        session.execute(insert(SpeakerRole), rows)
