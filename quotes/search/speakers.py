"""Listing the stored speakers, and everything about one."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from sqlalchemy import Boolean, Connection, Date, bindparam, text

from quotes.records import Role, SpeakerType
from quotes.search.lookup import find_speaker, merged_into
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
class QuoteCounted:
    """A quote with the number of its printings or wordings."""

    id: int
    text: str
    count: int


@dataclass(frozen=True, slots=True)
class SpeakerDetails:
    """A speaker with all spellings (how often each was printed, most first), offices and dates.

    ``merged`` are the slugs of those who, people say, are this speaker; their spellings count.
    ``outlets`` are those that quote the speaker, with the number of quotations, most first;
    ``printed`` and ``varied`` the quotes with the most printings and with the most wordings.
    """

    listed: SpeakerListed
    names: tuple[tuple[str, int], ...]
    merged: tuple[str, ...]
    roles: tuple[Role, ...]
    party: str | None
    wikidata: str | None
    first_published: date | None
    last_published: date | None
    outlets: tuple[tuple[str, int], ...]
    printed: tuple[QuoteCounted, ...]
    varied: tuple[QuoteCounted, ...]


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

_NAMES = text(
    """SELECT n.name, sum(n.uses) AS uses FROM speaker_names n
         JOIN speakers s ON s.id = n.speaker_id WHERE s.slug IN :slugs
        GROUP BY n.name ORDER BY uses DESC, min(n.id)"""
).bindparams(bindparam("slugs", expanding=True))

_ROLES = text(
    """SELECT title, "of", start, "end" FROM speaker_roles
        WHERE speaker_id = :id ORDER BY start NULLS FIRST, id"""
).columns(start=Date, end=Date)

_OUTLETS = text(
    """SELECT coalesce(o.name, 'unknown') AS outlet, count(*) AS quotations
         FROM attributions t JOIN quotations q ON q.id = t.quotation_id
         JOIN articles a ON a.id = q.article_id LEFT JOIN outlets o ON o.id = a.outlet_id
        WHERE t.speaker_id = :id GROUP BY o.id, o.name ORDER BY quotations DESC, outlet"""
)
_QUOTES = """SELECT k.id, k.text, count({counted}) AS count
  FROM quotes k JOIN variants v ON v.quote_id = k.id JOIN renderings r ON r.variant_id = v.id
 WHERE k.speaker_id = :id GROUP BY k.id, k.text HAVING count({counted}) > 1
 ORDER BY count DESC, k.id LIMIT 3"""


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
    where.add("s.slug NOT IN (SELECT speaker_slug FROM merge_list)")
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
    key = {"id": found.id}
    one = text(f"{_LIST} WHERE s.id = :id").columns(provisional=Boolean)
    listed = SpeakerListed(**connection.execute(one, key).one()._mapping)
    merged = [slug for slug, into in merged_into(connection).items() if into == found.slug]
    names = connection.execute(_NAMES, {"slugs": [found.slug, *merged]})
    facts = connection.execute(_FACTS, key).one()
    return SpeakerDetails(
        listed=listed,
        names=tuple((row.name, row.uses) for row in names),
        merged=tuple(merged),
        roles=tuple(Role(*row) for row in connection.execute(_ROLES, key)),
        party=facts.party,
        wikidata=facts.wikidata,
        first_published=facts.first,
        last_published=facts.last,
        outlets=tuple((row.outlet, row.quotations) for row in connection.execute(_OUTLETS, key)),
        printed=_counted(connection, "r.id", found.id),
        varied=_counted(connection, "DISTINCT v.id", found.id),
    )


def _counted(connection: Connection, what: str, speaker: int) -> tuple[QuoteCounted, ...]:
    query = text(_QUOTES.format(counted=what))
    return tuple(QuoteCounted(*row) for row in connection.execute(query, {"id": speaker}))
