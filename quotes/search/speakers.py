"""Listing the stored speakers, and everything about one."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from sqlalchemy import Boolean, Connection, Date, text

from quotes.records import Role, SpeakerType
from quotes.search.lookup import find_speaker
from quotes.search.query import Where


@dataclass(frozen=True, slots=True)
class SpeakerListed:
    """A speaker with the number of quotes, and of the quotations attributed to them.

    ``provisional``: met in articles only, not one of the known speakers.
    """

    slug: str
    name: str
    type: SpeakerType
    provisional: bool
    quotes: int
    quotations: int


@dataclass(frozen=True, slots=True)
class SpeakerDetails:
    """A speaker with all spellings (most used first), offices, and when they were quoted."""

    listed: SpeakerListed
    names: tuple[str, ...]
    roles: tuple[Role, ...]
    party: str | None
    wikidata: str | None
    first_published: date | None
    last_published: date | None


_LIST = """
SELECT s.slug, s.name, s.type, s.provisional,
  (SELECT count(*) FROM quotes k WHERE k.speaker_id = s.id) AS quotes,
  (SELECT count(*) FROM attributions t WHERE t.speaker_id = s.id) AS quotations
  FROM speakers s"""

_FACTS = text(
    """SELECT s.party, s.wikidata,
              (SELECT min(k.first_published) FROM quotes k WHERE k.speaker_id = s.id) AS first,
              (SELECT max(k.last_published) FROM quotes k WHERE k.speaker_id = s.id) AS last
         FROM speakers s WHERE s.id = :id"""
).columns(first=Date, last=Date)

_ROLES = text(
    """SELECT title, "of", start, "end" FROM speaker_roles
        WHERE speaker_id = :id ORDER BY start NULLS FIRST, id"""
).columns(start=Date, end=Date)


def list_speakers(
    connection: Connection,
    *,
    type: SpeakerType | None = None,  # noqa: A002
    provisional: bool = False,
    silent: bool = False,
) -> list[SpeakerListed]:
    """Return the speakers, most quoted first.

    ``type`` and ``provisional`` restrict to those; ``silent`` adds those without a quotation.
    """
    where = Where()
    if type is not None:
        where.add("s.type = :type", type=type)
    if provisional:
        where.add("s.provisional = :provisional", provisional=True)
    where.add(
        "s.slug NOT IN (SELECT j.speaker FROM judgements j"
        " WHERE j.kind = 'merge' AND j.undone_at IS NULL)"
    )
    if not silent:
        where.add("s.id IN (SELECT t.speaker_id FROM attributions t)")
    statement = text(f"{_LIST} WHERE {where} ORDER BY quotations DESC, quotes DESC, s.slug")
    rows = connection.execute(statement.bindparams(**where.params).columns(provisional=Boolean))
    return [SpeakerListed(**row._mapping) for row in rows]


def speaker_details(connection: Connection, wanted: str) -> SpeakerDetails:
    """Return everything about the speaker meant by a slug, a spelling or a surname.

    Raises UsageError where nobody or more than one speaker is meant.
    """
    found = find_speaker(connection, wanted)
    one = text(f"{_LIST} WHERE s.id = :id").columns(provisional=Boolean)
    listed = SpeakerListed(**connection.execute(one, {"id": found.id}).one()._mapping)
    names = text(
        "SELECT name FROM speaker_names WHERE speaker_id = :id AND name <> :name"
        " ORDER BY uses DESC, id"
    )
    facts = connection.execute(_FACTS, {"id": found.id}).one()
    return SpeakerDetails(
        listed=listed,
        names=tuple(connection.scalars(names, {"id": found.id, "name": found.name})),
        roles=tuple(Role(*row) for row in connection.execute(_ROLES, {"id": found.id})),
        party=facts.party,
        wikidata=facts.wikidata,
        first_published=facts.first,
        last_published=facts.last,
    )
