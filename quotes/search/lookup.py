"""Finding a speaker or an outlet by whatever somebody typed: slug, spelling or surname."""

# ruff: noqa: S608 - statements are put together from fixed pieces, values are always bound.

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from quotes.database.session import Connection
from quotes.errors import AmbiguousError, UnknownError
from quotes.search.reading import Record, ask

if TYPE_CHECKING:
    from quotes.speakers.matching import Match

_USUAL = 0.9
"""Share of the uses of a name that makes it one speaker's, where there are ..."""
_MANY_USES = 10

_SPEAKERS = "SELECT id, slug, name, type, quotes FROM speaker_list"


@dataclass(frozen=True, slots=True)
class SpeakerFound:
    """A stored speaker, with the number of quotes."""

    id: int
    slug: str
    name: str
    type: str
    quotes: int


def find_speaker(connection: Connection, wanted: str) -> SpeakerFound:
    """Return the speaker meant by a slug, a spelling in any case and accents, or a surname.

    A spelling of the registry decides. Spellings met in articles and surnames may mean several;
    then the only one with quotes is taken, or the one whom the articles nearly always mean by
    these very words. Raises UnknownError, with names nearby, where nobody is left, and
    AmbiguousError, with the candidates, where more than one speaker is.
    """
    from quotes.english.folding import fold, name_words

    wanted = storable(wanted)
    found = _speakers(connection, "slug = :wanted", wanted=wanted.strip().lower())
    names = [fold(wanted), " ".join(name_words(wanted))]
    for condition in (
        "n.folded IN :names AND n.origin <> 'article'",
        "n.folded IN :names OR n.folded LIKE :surname ESCAPE '!'",
    ):
        if not found and names[0]:
            found = _speakers(
                connection,
                "type <> 'anonymous' AND id IN"
                f" (SELECT n.speaker_id FROM speaker_names n WHERE {condition})",
                names=names,
                surname=f"% {_like(names[1])}",
            )
    found = _merged(connection, found)
    if len(found) > 1:
        found = [speaker for speaker in found if speaker.quotes] or found
    if len(found) > 1:
        found = _usual(connection, names, found)
    if len(found) > 1:
        listed = ", ".join(f"{one.slug} ({_count(one.quotes)})" for one in found)
        raise AmbiguousError(f"speaker '{wanted}' may be {listed}: give the one you mean", found)
    if not found:
        near = _suggestions(
            [f"{one.name} ({one.slug})" for one in match_speakers(connection, wanted)]
        )
        raise UnknownError(f"no speaker '{wanted}' is known{near}; see `quotes speakers list`")
    return found[0]


def match_speakers(connection: Connection, name: str, *, limit: int = 3) -> list[Match]:
    """Return the stored speakers whom ``name`` may mean, with scores, the likeliest first.

    See ``quotes.speakers.match``; spellings met in articles count, too.
    """
    from quotes.speakers.matching import match

    query = """SELECT s.slug, n.name FROM speaker_names n JOIN speakers s ON s.id = n.speaker_id
                WHERE s.type <> 'anonymous' ORDER BY s.slug, n.name"""
    rows = ((row.slug, row.name) for row in ask(connection, query))
    return match(storable(name), rows, limit=limit)


def find_outlet(connection: Connection, wanted: str) -> int:
    """Return the id of the outlet meant by a slug, name, other name or domain.

    An outlet that people merged into another one means that one. Raises UnknownError, with names
    nearby, if there is none.
    """
    found = _outlet(connection, wanted)
    return int(found.merged_into or found.id)


def outlet_slug(connection: Connection, wanted: str) -> str:
    """Return the slug of the outlet meant, as ``find_outlet``; a merged one is itself here."""
    return str(_outlet(connection, wanted).slug)


def _outlet(connection: Connection, wanted: str) -> Record:
    from quotes.english.folding import fold

    wanted = storable(wanted)
    query = "SELECT id, slug, name, names, domains, merged_into FROM outlets"
    for row in ask(connection, f"{query} WHERE slug = :slug", {"slug": wanted}):
        return row
    rows = list(ask(connection, f"{query} ORDER BY id", documents=("names", "domains")))
    folded = fold(wanted).removeprefix("the ")
    for row in rows:
        names = (row.name, *row.names, *row.domains)
        if folded in [fold(name).removeprefix("the ") for name in names]:
            return row
    from quotes.speakers.matching import match

    near = _suggestions([one.name for one in match(wanted, ((row.slug, row.name) for row in rows))])
    raise UnknownError(f"no outlet '{wanted}' is known{near}; see `quotes outlets list`")


def storable(text: str) -> str:
    """Return ``text`` without what no database takes: NUL, and bytes that were no characters."""
    return text.replace("\x00", " ").encode("utf-8", "replace").decode()


def _speakers(connection: Connection, condition: str, **values: object) -> list[SpeakerFound]:
    query = f"{_SPEAKERS} WHERE {condition} ORDER BY quotes DESC, slug"
    return [SpeakerFound(*row) for row in ask(connection, query, values)]


def _merged(connection: Connection, found: list[SpeakerFound]) -> list[SpeakerFound]:
    """Return the speakers into whom people merged those ``found``, each once."""
    into = merged_into(connection)
    slugs = [into.get(speaker.slug, speaker.slug) for speaker in found]
    if slugs == [speaker.slug for speaker in found]:
        return found
    return _speakers(connection, "slug IN :slugs", slugs=slugs)


def merged_into(connection: Connection) -> dict[str, str]:
    """Return, for every speaker (slug) whom people merged, into whom in the end."""
    rows = ask(connection, "SELECT speaker_slug, merged_into FROM merge_list")
    return {row.speaker_slug: row.merged_into for row in rows}


def _usual(
    connection: Connection, names: list[str], found: list[SpeakerFound]
) -> list[SpeakerFound]:
    """Return only the speaker whom at least nine in ten of many uses mean, or all of ``found``."""
    query = """SELECT speaker_id, sum(uses) AS uses FROM speaker_names
                WHERE folded IN :names AND speaker_id IN :ids
                GROUP BY speaker_id ORDER BY uses DESC"""
    ids = [speaker.id for speaker in found]
    uses = list(ask(connection, query, {"names": names, "ids": ids}))
    total = sum(row.uses for row in uses)
    if total < _MANY_USES or uses[0].uses < _USUAL * total:
        return found
    return [speaker for speaker in found if speaker.id == uses[0].speaker_id]


def _like(part: str) -> str:
    return part.replace("!", "!!").replace("%", "!%").replace("_", "!_")


def _suggestions(names: Sequence[str]) -> str:
    return f" (did you mean {', '.join(names)}?)" if names else ""


def _count(quotes: int) -> str:
    return f"{quotes} {'quote' if quotes == 1 else 'quotes'}"
