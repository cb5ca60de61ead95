"""Whom each rendering counts to: the speaker of its quote, next to what its own article says.

``attributions`` keep what every article says; ``renderings.speaker_id`` is whom the statement
counts to, which differs where an unsure attribution echoes a surer one of another article.
"""

from __future__ import annotations

from array import array
from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from contextlib import closing
from datetime import date

from sqlalchemy import Select, case, delete, select, update
from sqlalchemy.orm import Session

from quotes.database.engine.bulk import as_rows, batches, insert_tuples
from quotes.database.engine.models import (
    JUDGED,
    Article,
    Attribution,
    Quotation,
    Rendering,
    RenderingEcho,
    Speaker,
)
from quotes.normaliser.compare import Wording
from quotes.normaliser.echo import (
    WEIGHT,
    Voice,
    counts_to,
    sought_echo_keys,
    stored_echo_keys,
)
from quotes.normaliser.fold import fold
from quotes.normaliser.thresholds import SURE
from quotes.workers import spread

PIECE = 2000
"""How many renderings are decided about at a time."""
READ = 20_000
"""How many renderings are read at a time, when all are."""

STANDING = case(
    (Attribution.rule == JUDGED, 1.0),
    else_=Attribution.joint_confidence * case(dict(WEIGHT), value=Speaker.type),
)
"""How sure an article is of whom it names, see ``Voice``."""


def settle(session: Session, renderings: Collection[int]) -> set[int]:
    """Store whom renderings count to, and those that may echo them; return which changed.

    ``renderings`` are ids of stored renderings with a speaker, new or with a new attribution. The
    answer follows from what all articles say, so that the order of arrival makes no difference.
    """
    voices = _voices(session, renderings)
    _remember(session, voices.values())
    near = _near(session, voices.values())
    unsure = {key: voice for key, voice in {**near, **voices}.items() if not voice.is_sure}
    return _decide(session, voices, unsure)


def forget(session: Session, renderings: Collection[int]) -> set[int]:
    """Renderings (ids) count to nobody any more; return those that may have echoed them."""
    near: set[int] = set()
    words = (
        select(Rendering.text, Article.published)
        .join(Quotation, Quotation.id == Rendering.quotation_id)
        .join(Article, Article.id == Quotation.article_id)
        .where(Rendering.speaker_id.is_not(None))
    )
    for part in batches(renderings):
        keys = {
            key
            for row in session.execute(words.where(Rendering.id.in_(part)))
            for key in sought_echo_keys(fold(row.text), row.published)
        }
        near |= _holders(session, keys)
        session.execute(delete(RenderingEcho).where(RenderingEcho.rendering_id.in_(part)))
        session.execute(update(Rendering).where(Rendering.id.in_(part)).values(speaker_id=None))
    return near - {*renderings}


def settle_all(session: Session, jobs: int) -> None:
    """Decide from the beginning whom all renderings count to; no keys may be stored yet.

    ``jobs`` processes make the keys. They are stored all at once, in the order of the index: a
    key's place has nothing to do with when its rendering was printed.
    """
    own = select(Attribution.speaker_id).where(Attribution.quotation_id == Rendering.quotation_id)
    session.execute(
        update(Rendering)
        .values(speaker_id=own.scalar_subquery())
        .execution_options(synchronize_session=False)
    )
    made = array("q")
    with closing(
        spread(_key_maker, _all_wordings(session), jobs, "quotes.database.quotes.rebuild")
    ) as results:
        for _, rows in results:
            made.extend(rows)
    _insert_sorted(session, made)
    query = _query().with_only_columns(Rendering.id).where(STANDING < SURE).order_by(Rendering.id)
    unsure = session.scalars(query).all()
    for start in range(0, len(unsure), PIECE):
        _decide(session, {}, _voices(session, unsure[start : start + PIECE]))


_Said = tuple[int, str, date | None]
"""Rendering, text, day."""


def _all_wordings(session: Session) -> Iterator[list[_Said]]:
    words = (
        select(Rendering.id, Rendering.text, Article.published)
        .join(Quotation, Quotation.id == Rendering.quotation_id)
        .join(Article, Article.id == Quotation.article_id)
        .where(Rendering.speaker_id.is_not(None))
        .order_by(Rendering.id)
        .execution_options(yield_per=READ)
    )
    for rows in session.execute(words).partitions():
        yield [(row.id, row.text, row.published) for row in rows]


def _key_maker() -> Callable[[list[_Said]], array[int]]:
    return _pairs


def _pairs(wordings: list[_Said]) -> array[int]:
    """Return the rows of ``rendering_echoes``, one after the other."""
    numbers = array("q")
    for rendering, text, published in wordings:
        for key in stored_echo_keys(fold(text), published):
            numbers.extend((key, rendering))
    return numbers


def _insert_sorted(session: Session, numbers: array[int]) -> None:
    import numpy as np  # for a rebuild alone: it takes long to load

    rows = np.frombuffer(numbers, np.int64).reshape(-1, 2)
    order = np.lexsort((rows[:, 1], rows[:, 0]))
    for part in as_rows(rows[order]):
        insert_tuples(session, RenderingEcho, ("key", "rendering_id"), part)


def _decide(session: Session, new: Mapping[int, Voice], unsure: Mapping[int, Voice]) -> set[int]:
    """Store whom ``new`` and ``unsure`` renderings count to; return those that changed."""
    others = {**unsure, **_near(session, unsure.values())}
    heard: dict[int, list[Voice]] = defaultdict(list)
    for voice in others.values():
        for key in _stored(voice):
            heard[key].append(voice)
    wanted = {key: voice.speaker for key, voice in new.items()}
    for key, voice in unsure.items():
        around = {
            other.key: other
            for at in sought_echo_keys(voice.wording.folded, voice.published)
            for other in heard.get(at, ())
            if other.key != key
        }
        wanted[key] = counts_to(voice, around.values())
    return _write(session, wanted)


def _write(session: Session, wanted: Mapping[int, str]) -> set[int]:
    slugs = set(wanted.values())
    ids = {
        row.slug: row.id
        for part in batches(slugs)
        for row in session.execute(select(Speaker.slug, Speaker.id).where(Speaker.slug.in_(part)))
    }
    stored = {
        row.id: row.speaker_id
        for part in batches(wanted)
        for row in session.execute(
            select(Rendering.id, Rendering.speaker_id).where(Rendering.id.in_(part))
        )
    }
    changed = [
        {"id": key, "speaker_id": ids[slug]}
        for key, slug in wanted.items()
        if stored[key] != ids[slug]
    ]
    if changed:
        session.execute(update(Rendering), changed)
    return {row["id"] for row in changed}


def _stored(voice: Voice) -> set[int]:
    return stored_echo_keys(voice.wording.folded, voice.published)


def _remember(session: Session, voices: Iterable[Voice]) -> None:
    """Store the keys of those that were not heard before."""
    by_key = {voice.key: voice for voice in voices}
    known: set[int] = set()
    for part in batches(by_key):
        query = select(Rendering.id).where(
            Rendering.id.in_(part), Rendering.speaker_id.is_not(None)
        )
        known.update(session.scalars(query))
    new = (voice for key, voice in by_key.items() if key not in known)
    _insert(session, ((voice.key, _stored(voice)) for voice in new))


def _insert(session: Session, found: Iterable[tuple[int, set[int]]]) -> None:
    """Store renderings (ids) under their keys."""
    rows = sorted((key, rendering) for rendering, keys in found for key in keys)
    insert_tuples(session, RenderingEcho, ("key", "rendering_id"), rows)


def _near(session: Session, voices: Iterable[Voice]) -> dict[int, Voice]:
    """Return the stored voices that share a key with one of ``voices``."""
    keys = (sought_echo_keys(voice.wording.folded, voice.published) for voice in voices)
    return _voices(session, _holders(session, set().union(*keys)))


def _holders(session: Session, keys: Collection[int]) -> set[int]:
    """Return the renderings that are stored under one of ``keys``."""
    found: set[int] = set()
    for part in batches(keys):
        query = select(RenderingEcho.rendering_id).where(RenderingEcho.key.in_(part))
        found.update(session.scalars(query.distinct()))
    return found


def _voices(session: Session, renderings: Iterable[int]) -> dict[int, Voice]:
    return {
        voice.key: voice
        for part in batches(renderings)
        for voice in _read(session, _query().where(Rendering.id.in_(part)))
    }


_Row = tuple[object, ...]


def _query() -> Select[*_Row]:
    return (
        select(
            Rendering.id,
            Rendering.text,
            Quotation.start,
            Quotation.end,
            Quotation.article_id,
            Article.published,
            Speaker.slug,
            STANDING.label("standing"),
        )
        .join(Quotation, Quotation.id == Rendering.quotation_id)
        .join(Article, Article.id == Quotation.article_id)
        .join(Attribution, Attribution.quotation_id == Quotation.id)
        .join(Speaker, Speaker.id == Attribution.speaker_id)
    )


def _read(session: Session, query: Select[*_Row]) -> Iterator[Voice]:
    for row in session.execute(query):
        yield Voice(
            key=row.id,
            speaker=row.slug,
            standing=row.standing,
            wording=Wording(fold(row.text)),
            published=row.published,
            article=row.article_id,
            start=row.start,
            end=row.end,
        )
