"""The speakers of articles: registry records by slug, provisional ones made on the way."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from itertools import chain
from typing import Any

from rapidfuzz import fuzz
from sqlalchemy import select
from sqlalchemy.orm import Session

from quotes.database.engine.bulk import among, found, insert_rows, update_tuples
from quotes.database.engine.models import Speaker, SpeakerName, SpeakerRole
from quotes.database.registry.rows import guessed_gender, name_row
from quotes.english.folding import fold
from quotes.english.names import find_names
from quotes.records import AttributedQuotation, KnownSpeaker, Role
from quotes.records import Speaker as FoundSpeaker

SPELLING_RULES = frozenset({"full-name", "surname", "surname-known", "organisation"})
"""Resolution rules whose mentions are spellings of the name (a pronoun or a role is none)."""

_BY_SLUG = select(Speaker.slug, Speaker.id).where(among(Speaker.slug))
_SPELLINGS = select(SpeakerName.__table__).where(among(SpeakerName.__table__.c.speaker_id))

_ALIKE = 75
"""Least likeness (0-100) of a person's spelling to the name, so that no mishap becomes an alias."""


def known_speakers(session: Session) -> list[KnownSpeaker]:
    """Return the registry for the speakers stage: seeded speakers and those a person added.

    Provisional speakers and spellings met in articles are left out, so that what is found in an
    article does not depend on the articles before it.
    """
    names: dict[int, list[str]] = defaultdict(list)
    roles: dict[int, list[Role]] = defaultdict(list)
    for name in session.execute(
        select(SpeakerName.speaker_id, SpeakerName.name)
        .where(SpeakerName.origin != "article")
        .order_by(SpeakerName.id)
    ):
        names[name.speaker_id].append(name.name)
    for role in session.scalars(select(SpeakerRole).order_by(SpeakerRole.id)):
        roles[role.speaker_id].append(Role(role.title, role.of, role.start, role.end))
    return [
        KnownSpeaker(
            slug=row.slug,
            name=row.name,
            type=row.type,
            names=tuple(dict.fromkeys([row.name, *names[row.id]])),
            gender=row.gender,
            wikidata=row.wikidata,
            party=row.party,
            roles=tuple(roles[row.id]),
        )
        for row in session.scalars(
            select(Speaker).where(Speaker.provisional.is_(False)).order_by(Speaker.id)
        )
    ]


def speaker_ids(session: Session, *articles: Sequence[AttributedQuotation]) -> list[int | None]:
    """Return the speaker of each quotation, storing those that are new, and count spellings.

    A new one is stored as the first article names it, however many are stored at a time; of several
    names in that article the last one counts.
    """
    named: dict[str, FoundSpeaker] = {}
    for own in articles:
        here = {item.speaker.slug: item.speaker for item in own if item.speaker}
        named.update((slug, one) for slug, one in here.items() if slug not in named)
    ids = _stored_ids(session, named)
    fresh = [slug for slug in named if slug not in ids]
    rows = [_row(slug, named[slug]) for slug in fresh]
    ids.update(zip(fresh, insert_rows(session, Speaker, rows), strict=True))
    items = [*chain(*articles)]
    keys = [ids[item.speaker.slug] if item.speaker else None for item in items]
    _count_spellings(session, zip(keys, items, strict=True))
    return keys


def _stored_ids(session: Session, slugs: Iterable[str]) -> dict[str, int]:
    return {row.slug: row.id for row in found(session, _BY_SLUG, slugs)}


def _row(slug: str, speaker: FoundSpeaker) -> dict[str, Any]:
    return {
        "slug": slug,
        "name": speaker.name,
        "type": speaker.type,
        **guessed_gender(speaker.name, speaker.type),
        "provisional": True,
        "origin": "article",
    }


def _count_spellings(
    session: Session, items: Iterable[tuple[int | None, AttributedQuotation]]
) -> None:
    """Add the spellings by which the article names its speakers, or count them once more."""
    uses: Counter[tuple[int, str]] = Counter()
    for key, item in items:
        if key is not None and item.speaker:
            uses[key, item.speaker.name] += 0
            if spelling := _spelling(item):
                uses[key, spelling] += 1
    speakers = {key for key, _ in uses}
    stored = {(row.speaker_id, row.name): row for row in found(session, _SPELLINGS, speakers)}
    known = [
        (stored[name].uses + count, stored[name].id)
        for name, count in uses.items()
        if name in stored and count
    ]
    fresh = [
        name_row(key, name, "article", count)
        for (key, name), count in uses.items()
        if (key, name) not in stored
    ]
    update_tuples(session, SpeakerName, ("uses",), known)
    insert_rows(session, SpeakerName, fresh)


def _spelling(item: AttributedQuotation) -> str | None:
    """Return the name in a mention, without title ("President Zelenskiy" → "Zelenskiy")."""
    mention = item.attribution.mention
    if mention is None or item.speaker is None or item.speaker.rule not in SPELLING_RULES:
        return None
    names = find_names(mention.text)
    if len(names) != 1:
        return None
    name = names[0].text
    alike = fuzz.partial_ratio(fold(name), fold(item.speaker.name))
    return name if item.speaker.type != "person" or alike >= _ALIKE else None
