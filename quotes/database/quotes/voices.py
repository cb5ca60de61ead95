"""Which renderings speak with one voice: those of one wording and day that name one speaker.

A story that a thousand papers reprint is a few voices, so that deciding whose words they are costs
the thousandth copy what it cost the tenth.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import date
from functools import cache
from typing import Any, NamedTuple

from sqlalchemy import Select, bindparam, case, delete, func, select, update
from sqlalchemy.orm import Session, aliased

from quotes.database.engine import bulk
from quotes.database.engine.bulk import (
    batches,
    delete_tuples,
    insert_rows,
    insert_tuples,
    update_tuples,
)
from quotes.database.engine.models import (
    JUDGED,
    Article,
    Attribution,
    Rendering,
    Speaker,
    Voice,
    VoiceKey,
)
from quotes.database.quotes.meeting import Words, common_keys, met_by, near, rare_keys
from quotes.normaliser import voice as spoken
from quotes.normaliser.echokeys import stored_echo_keys
from quotes.normaliser.fold import fold
from quotes.normaliser.model import fingerprint
from quotes.records import SpeakerType

STANDING = case(
    (Attribution.rule == JUDGED, spoken.JUDGED),
    else_=Attribution.joint_confidence * case(dict(spoken.WEIGHT), value=Speaker.type),
)
"""How sure an article is of whom it names, see ``normaliser.voice.Voice``."""


Names = tuple[str, str, date | None]
"""Name of the voice (see ``normaliser.voice.voice_name``), fingerprint of the wording, day."""


class Said(NamedTuple):
    """A rendering with whom its article names, and the voice that it was part of before."""

    key: int
    text: str
    article: int
    published: date | None
    speaker: int
    slug: str
    type: SpeakerType
    standing: float
    voice: int | None

    @property
    def names(self) -> Names:
        """What the renderings of one voice have in common."""
        return self.name, fingerprint(fold(self.text)), self.published

    @property
    def named(self) -> tuple[str, int]:
        """The slug and the id of the speaker."""
        return self.slug, self.speaker

    @property
    def name(self) -> str:
        """What their voice goes by."""
        return spoken.voice_name(self.slug, self.type, self.standing)


def _slug(one: Said) -> str:
    return one.slug


def said() -> Select[*tuple[Any, ...]]:
    """Return a query for the fields of ``Said`` of all renderings whose articles name a speaker."""
    return (
        select(
            Rendering.id,
            Rendering.text,
            Rendering.article_id,
            Article.published,
            Attribution.speaker_id,
            Speaker.slug,
            Speaker.type,
            STANDING,
            Rendering.voice_id,
        )
        .join(Article, Article.id == Rendering.article_id)
        .join(Attribution, Attribution.quotation_id == Rendering.quotation_id)
        .join(Speaker, Speaker.id == Attribution.speaker_id)
    )


def join_voices(session: Session, renderings: Collection[int]) -> tuple[set[int], set[int]]:
    """Let renderings (ids) be part of the voices that their articles make them.

    Returns those that are new or grew, and the others that may count to other speakers now: what
    they left, and what is near to those that they left.
    """
    found = [Said._make(row) for row in bulk.found(session, _said(), renderings)]
    left = {one.voice for one in found if one.voice is not None}
    leave(session, [one.key for one in found if one.voice is not None])
    by_names: dict[Names, list[Said]] = defaultdict(list)
    for one in found:
        by_names[one.names].append(one)
    homes, parted = _homes(session, by_names)
    joined = {key: by_names[names] for names, key in homes.items()}
    _count(session, {key: own for key, own in joined.items() if key not in left})
    members = [(key, one.key) for key, own in joined.items() for one in own]
    update_tuples(session, Rendering, ("voice_id",), members)
    return joined.keys() - left, parted | _shrink(session, left)


def leave_voices(session: Session, renderings: Collection[int]) -> set[int]:
    """Take renderings (ids) out of their voices; return the voices that this may change."""
    left: set[int] = set()
    for part in batches(renderings):
        query = select(Rendering.voice_id).where(Rendering.id.in_(part))
        left.update(session.scalars(query.where(Rendering.voice_id.is_not(None)).distinct()))
    leave(session, renderings)
    return _shrink(session, left)


def _shrink(session: Session, left: Collection[int]) -> set[int]:
    """Bring voices up to date that renderings left; return all that this may change."""
    if not left:
        return set()
    words = {key: voice.words for key, voice in read_voices(session, left).items()}
    around, _ = near(session, words.values())
    gone = _recount(session, left)
    met = _delete(session, {key: words[key] for key in gone})
    return ({*left} | around | met) - gone


def leave(session: Session, renderings: Iterable[int]) -> None:
    """Renderings (ids) are part of no voice any more, which is to be counted anew."""
    for part in batches(renderings):
        session.execute(update(Rendering).where(Rendering.id.in_(part)).values(voice_id=None))


def read_voices(session: Session, voices: Iterable[int]) -> dict[int, spoken.Voice]:
    """Return voices by their ids as the normaliser knows them."""
    return {
        row.id: spoken.heard(
            row.slug, row.type, row.standing, row.text, row.published, row.articles, row.answer
        )
        for row in bulk.found(session, _stored(), voices)
    }


def _homes(
    session: Session, wanted: Mapping[Names, Sequence[Said]]
) -> tuple[dict[Names, int], set[int]]:
    """Return the voice of each speaker, wording and day; those that are new are stored.

    Returns, too, the voices that new ones part, since their words are common now.
    """
    homes: dict[Names, int] = {}
    by_day: dict[date | None, set[str]] = defaultdict(set)
    for _, printed, day in wanted:
        by_day[day].add(printed)
    for day, prints in by_day.items():  # “No” has been said on every other day, too
        for row in bulk.found(session, _printed(day is None), prints, {"day": day}):
            name = spoken.voice_name(row.slug, row.type, row.standing)
            homes[name, row.fingerprint, day] = row.id
    homes = {names: homes[names] for names in wanted if names in homes}
    fresh = [names for names in wanted if names not in homes]
    rows = [
        {
            "speaker_id": (first := min(wanted[names], key=_slug)).speaker,
            "counts_to": first.speaker,
            "fingerprint": names[1],
            "published": names[2],
            "text": first.text,
            "articles": 0,
            "standing": 0.0,
            "disputed": False,
        }
        for names in fresh
    ]
    added = dict(zip(fresh, insert_rows(session, Voice, rows), strict=True))
    words = {voice: (fold(wanted[names][0].text), names[2]) for names, voice in added.items()}
    return homes | added, _store_keys(session, words)


def _store_keys(session: Session, fresh: Mapping[int, Words]) -> set[int]:
    """Store the keys of new voices; return those that meet no more: their words are common now."""
    rows = sorted((key, own) for own, said in fresh.items() for key in stored_echo_keys(*said))
    rare = rare_keys(session, fresh.values())
    insert_tuples(session, VoiceKey, ("key", "voice_id"), rows)
    return met_by(session, fresh.values(), common_keys(session, rare))


def _count(session: Session, joined: Mapping[int, Sequence[Said]]) -> None:
    """Bring voices up to date that renderings join which were part of none."""
    articles = [one.article for own in joined.values() for one in own]
    known = {
        (row.voice_id, row.article_id)
        for row in bulk.found(session, _heard_in(), joined, {"articles": articles})
    }
    rows = []
    for voice in bulk.found(session, _counted(), joined):
        own = joined[voice.id]
        first = min(own, key=_slug)
        rows.append(
            (
                min((voice.slug, voice.speaker_id), first.named)[1],
                voice.articles + len({(voice.id, one.article) for one in own} - known),
                max(voice.standing, *(one.standing for one in own)),
                min(voice.text, *(one.text for one in own)),
                voice.id,
            )
        )
    update_tuples(session, Voice, ("speaker_id", "articles", "standing", "text"), rows)


def _recount(session: Session, voices: Collection[int]) -> set[int]:
    """Bring voices up to date that renderings left; return those that have none any more."""
    counted: dict[int, dict[str, Any]] = {}
    # The order of Python and SQLite on PostgreSQL, too.
    is_server = session.connection().dialect.name == "postgresql"
    text = Rendering.text.collate("C") if is_server else Rendering.text
    slug = Speaker.slug.collate("C") if is_server else Speaker.slug
    for part in batches(voices):
        query = (
            select(
                Rendering.voice_id,
                func.count(Rendering.article_id.distinct()),
                func.max(STANDING),
                func.min(text),
                func.min(slug),
            )
            .join(Attribution, Attribution.quotation_id == Rendering.quotation_id)
            .join(Speaker, Speaker.id == Attribution.speaker_id)
            .where(Rendering.voice_id.in_(part))
            .group_by(Rendering.voice_id)
        )
        for voice, articles, standing, words, first in session.execute(query):
            counted[voice] = {
                "id": voice,
                "articles": articles,
                "standing": standing,
                "text": words,
                "speaker_id": first,
            }
    numbers = speaker_numbers(session, {row["speaker_id"] for row in counted.values()})
    if counted:
        rows = [{**row, "speaker_id": numbers[row["speaker_id"]]} for row in counted.values()]
        session.execute(update(Voice), rows)
    return {*voices} - counted.keys()


def _delete(session: Session, gone: Mapping[int, Words]) -> set[int]:
    """Delete voices; return those that meet again, since their words are not common any more."""
    rare = rare_keys(session, gone.values())
    keys = [(key, own) for own, said in gone.items() for key in stored_echo_keys(*said)]
    delete_tuples(session, VoiceKey, ("key", "voice_id"), keys)
    for part in batches(gone):
        session.execute(delete(Voice).where(Voice.id.in_(part)))
    return met_by(session, gone.values(), rare_keys(session, gone.values()) - rare)


def speaker_numbers(session: Session, slugs: Collection[str]) -> dict[str, int]:
    """Return the ids of speakers by their slugs."""
    return {row.slug: row.id for row in bulk.found(session, _numbers(), slugs)}


@cache
def _numbers() -> Select[*tuple[Any, ...]]:
    return select(Speaker.slug, Speaker.id).where(bulk.among(Speaker.slug))


@cache
def _said() -> Select[*tuple[Any, ...]]:
    return said().where(bulk.among(Rendering.id)).order_by(Rendering.id)


@cache
def _stored() -> Select[*tuple[Any, ...]]:
    decided = aliased(Speaker)
    return (
        select(
            Voice.id,
            Speaker.slug,
            Voice.standing,
            Voice.text,
            Voice.published,
            Voice.articles,
            Speaker.type,
            decided.slug.label("answer"),
        )
        .join(Speaker, Speaker.id == Voice.speaker_id)
        .join(decided, decided.id == Voice.counts_to)
        .where(bulk.among(Voice.id))
        .order_by(Voice.id)
    )


@cache
def _printed(undated: bool) -> Select[*tuple[Any, ...]]:
    day = Voice.published.is_(None) if undated else Voice.published == bindparam("day")
    return (
        select(Voice.id, Voice.fingerprint, Voice.standing, Speaker.slug, Speaker.type)
        .join(Speaker, Speaker.id == Voice.speaker_id)
        .where(bulk.among(Voice.fingerprint), day)
    )


@cache
def _heard_in() -> Select[*tuple[Any, ...]]:
    # By a sum, or the database would go through all the renderings of a voice.
    voice = (Rendering.voice_id + 0).label("voice_id")
    query = select(voice, Rendering.article_id).where(bulk.among(voice))
    return query.where(bulk.among(Rendering.article_id, "articles"))


@cache
def _counted() -> Select[*tuple[Any, ...]]:
    query = select(
        Voice.id, Voice.articles, Voice.standing, Voice.text, Voice.speaker_id, Speaker.slug
    )
    return query.join(Speaker, Speaker.id == Voice.speaker_id).where(bulk.among(Voice.id))
