"""What batches past one machine are handed from a database: outlets, and what people decided."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, NamedTuple

from sqlalchemy import select
from sqlalchemy.orm import Session

from quotes.database.engine.bulk import batches
from quotes.database.engine.models import (
    JUDGED,
    Article,
    Attribution,
    Outlet,
    Quotation,
    Rendering,
    Speaker,
)
from quotes.database.engine.transaction import reading
from quotes.database.quotes.renderings import StoredRenderings
from quotes.normaliser.model import Verdict
from quotes.seeds import Outlet as KnownOutlet


class Place(NamedTuple):
    """Where a rendering stands: the hash of its article's text, its address, and offsets."""

    content_hash: str
    address: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class JudgedPair:
    """What people decided about two renderings, or about one that is left and right."""

    verdict: Verdict
    left: Place
    right: Place
    number: int


@dataclass(frozen=True, slots=True)
class Standing:
    """What people decided, by what is in the articles.

    ``answers`` are quotations with whom they belong to and their kind, ``articles`` those whose
    facts were corrected; both have ``content_hash`` and ``address``. ``outlets`` are slugs with
    where the words of their articles come from.
    """

    pairs: tuple[JudgedPair, ...]
    answers: tuple[dict[str, Any], ...]
    articles: tuple[dict[str, Any], ...]
    outlets: tuple[dict[str, Any], ...]


def standing_judgements(session: Session) -> Standing:
    """Return what people decided and nobody took back."""
    with reading(session):
        return Standing(
            tuple(_pairs(session)),
            tuple(_answers(session)),
            tuple(_articles(session)),
            tuple(_outlets(session)),
        )


def known_outlets(session: Session) -> list[KnownOutlet]:
    """Return the stored outlets, in order of arrival; those merged go by what they are."""
    with reading(session):
        rows = session.scalars(select(Outlet).order_by(Outlet.id)).all()
        by_id = {row.id: row for row in rows}
        return [
            KnownOutlet(
                slug=_whole(row, by_id).slug,
                name=row.name,
                names=tuple(row.names),
                domains=tuple(row.domains),
            )
            for row in rows
        ]


def _whole(row: Outlet, by_id: dict[int, Outlet]) -> Outlet:
    """Return the outlet that a row is said to be."""
    return row if row.merged_into is None else by_id[row.merged_into]


def _pairs(session: Session) -> Iterator[JudgedPair]:
    store = StoredRenderings(session)
    judged = [*store.judgements(store.judged())]
    places = _places(session, {key for one in judged for key in (one.left, one.right)})
    for one in judged:
        yield JudgedPair(one.verdict, places[one.left], places[one.right], one.number)


def _places(session: Session, renderings: set[int]) -> dict[int, Place]:
    found: dict[int, Place] = {}
    query = select(
        Rendering.id, Article.content_hash, Article.address, Rendering.start, Rendering.end
    ).join(Article, Article.id == Rendering.article_id)
    for part in batches(renderings):
        for row in session.execute(query.where(Rendering.id.in_(part))):
            found[row.id] = Place(row.content_hash, row.address, row.start, row.end)
    return found


def _answers(session: Session) -> Iterator[dict[str, Any]]:
    query = (
        select(
            Article.content_hash,
            Article.address,
            Quotation.start,
            Quotation.end,
            Quotation.kind,
            Speaker.slug.label("speaker"),
            Speaker.type,
            Attribution.joint_confidence.label("confidence"),
            (Attribution.rule == JUDGED).label("judged"),
        )
        .join(Quotation, Quotation.id == Attribution.quotation_id)
        .join(Article, Article.id == Quotation.article_id)
        .outerjoin(Speaker, Speaker.id == Attribution.speaker_id)
        .where(Attribution.found.is_not(None))
        .order_by(Attribution.id)
    )
    yield from (row._asdict() for row in session.execute(query))


def _articles(session: Session) -> Iterator[dict[str, Any]]:
    query = (
        select(
            Article.content_hash,
            Article.address,
            Article.published,
            Article.provenance,
            Outlet.slug.label("outlet"),
        )
        .outerjoin(Outlet, Outlet.id == Article.outlet_id)
        .where(Article.found.is_not(None))
        .order_by(Article.id)
    )
    yield from (row._asdict() for row in session.execute(query))


def _outlets(session: Session) -> Iterator[dict[str, Any]]:
    query = select(Outlet.slug.label("outlet"), Outlet.provenance)
    marked = query.where(Outlet.provenance.is_not(None)).order_by(Outlet.id)
    yield from (row._asdict() for row in session.execute(marked))
