"""Listing the stored speakers, and everything about one."""

# ruff: noqa: S608 - statements are put together from fixed pieces, values are always bound.

from __future__ import annotations

from dataclasses import dataclass, fields
from datetime import date

from quotes.basics import Role, SpeakerType
from quotes.database.session import Connection
from quotes.search.lookup import find_speaker, merged_into
from quotes.search.query import Where
from quotes.search.reading import ask


@dataclass(frozen=True, slots=True)
class SpeakerListed:
    """A speaker with the number of quotes, and of the quotations attributed to them.

    ``provisional``: met in articles only, not one of the known speakers. ``gender_origin``:
    "registry", "person", or "first name" where that alone tells the gender.
    """

    slug: str
    name: str
    type: SpeakerType
    gender: str | None
    gender_origin: str | None
    party: str | None
    provisional: bool
    quotes: int
    quotations: int


@dataclass(frozen=True, slots=True)
class QuoteCounted:
    """A quote with the number of its renderings or variants."""

    id: int
    text: str
    count: int


@dataclass(frozen=True, slots=True)
class SpeakerDetails:
    """A speaker with all spellings (how often each is used, most first), offices and dates.

    ``merged`` are the slugs of those who, people say, are this speaker; their spellings count.
    ``outlets`` are those that quote the speaker, with the number of quotations, most first;
    ``printed`` and ``varied`` the quotes with the most renderings and with the most variants.
    """

    listed: SpeakerListed
    names: tuple[tuple[str, int], ...]
    merged: tuple[str, ...]
    roles: tuple[Role, ...]
    wikidata: str | None
    first_published: date | None
    last_published: date | None
    outlets: tuple[tuple[str, int], ...]
    printed: tuple[QuoteCounted, ...]
    varied: tuple[QuoteCounted, ...]


_NAMES = """
SELECT n.name, sum(n.uses) AS uses
  FROM speaker_names n JOIN speakers s ON s.id = n.speaker_id
 WHERE s.slug IN :slugs
 GROUP BY n.name ORDER BY uses DESC, min(n.id)"""

_ROLES = """
SELECT title, "of", start, "end" FROM speaker_roles
 WHERE speaker_id = :id ORDER BY start NULLS FIRST, id"""

_OUTLETS = """
SELECT coalesce(outlet, 'unknown') AS outlet, count(*) AS quotations
  FROM quotation_list WHERE speaker_slug = :slug
 GROUP BY outlet_id, coalesce(outlet, 'unknown') ORDER BY quotations DESC, outlet"""

_LEADING = """
SELECT id, text, {what} AS count FROM quote_list
 WHERE speaker_slug = :slug AND {what} > 1
 ORDER BY {what} DESC, id LIMIT 3"""


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
        where.add("type = :type", type=type)
    if provisional:
        where.add("provisional = :provisional", provisional=True)
    where.add("slug NOT IN (SELECT speaker_slug FROM merge_list)")
    if not silent:
        where.add("quotations > 0")
    columns = ", ".join(field.name for field in fields(SpeakerListed))
    statement = f"SELECT {columns} FROM speaker_list WHERE {where}"
    statement += " ORDER BY quotations DESC, quotes DESC, slug"
    rows = ask(connection, statement, where.params, flags=["provisional"])
    return [SpeakerListed(*row) for row in rows]


def speakers_after(connection: Connection, after: str, limit: int) -> list[SpeakerListed]:
    """Return the speakers with a quotation by slug, the first ``limit`` ones behind ``after``."""
    columns = ", ".join(field.name for field in fields(SpeakerListed))
    query = f"""SELECT {columns} FROM speaker_list
                 WHERE slug > :after AND slug NOT IN (SELECT speaker_slug FROM merge_list)
                   AND quotations > 0
                 ORDER BY slug LIMIT :limit"""
    rows = ask(connection, query, {"after": after, "limit": limit}, flags=["provisional"])
    return [SpeakerListed(*row) for row in rows]


def speaker_details(connection: Connection, wanted: str) -> SpeakerDetails:
    """Return everything about the speaker meant by a slug, a spelling or a surname.

    Raises UsageError where nobody or more than one speaker is meant.
    """
    found = find_speaker(connection, wanted)
    key = {"id": found.id}
    dates = ("first_published", "last_published")
    one = "SELECT * FROM speaker_list WHERE id = :id"
    (row,) = ask(connection, one, key, dates=dates, flags=["provisional"])
    merged = [slug for slug, into in merged_into(connection).items() if into == found.slug]
    names = ask(connection, _NAMES, {"slugs": [found.slug, *merged]})
    roles = ask(connection, _ROLES, key, dates=("start", "end"))
    outlets = ask(connection, _OUTLETS, {"slug": found.slug})
    return SpeakerDetails(
        listed=SpeakerListed(**{one.name: getattr(row, one.name) for one in fields(SpeakerListed)}),
        names=tuple((name.name, name.uses) for name in names),
        merged=tuple(merged),
        roles=tuple(Role(*role) for role in roles),
        wikidata=row.wikidata,
        first_published=row.first_published,
        last_published=row.last_published,
        outlets=tuple((outlet.outlet, outlet.quotations) for outlet in outlets),
        printed=_leading(connection, found.slug, "renderings"),
        varied=_leading(connection, found.slug, "variants"),
    )


def gender_of(row: SpeakerListed) -> str | None:
    """Return a person's gender in words, with where it is from if that is the first name alone."""
    if row.type != "person":
        return None
    if row.gender is None:
        return "gender unknown"
    return f"{row.gender} (by first name)" if row.gender_origin == "first name" else row.gender


def office(role: Role) -> str:
    """Return an office with its time, such as "president of Russia, 2012-05-07 to today"."""
    title = f"{role.title} of {role.of}" if role.of else role.title
    if not role.start and not role.end:
        return title
    return f"{title}, {role.start or '…'} to {role.end or 'today'}"


def _leading(connection: Connection, slug: str, what: str) -> tuple[QuoteCounted, ...]:
    """Return the quotes of a speaker that have most renderings, or variants."""
    rows = ask(connection, _LEADING.format(what=what), {"slug": slug})
    return tuple(QuoteCounted(*row) for row in rows)
