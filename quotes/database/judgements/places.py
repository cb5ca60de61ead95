"""Where judgements hold: their words are found again wherever an article was extracted anew.

A judgement speaks of a place in one version of an article, and of the same words in the versions
after it. ``judgement_places`` keeps where they are, or that they are not found.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session, aliased

from quotes.database.engine.models import (
    Article,
    Judgement,
    JudgementPlace,
    Quotation,
    Rendering,
    stands,
)
from quotes.database.judgements.anchors import locate

SHARE = 0.5
"""Least share of the judged words that the place found again has to hold."""

OF_QUOTATIONS = ("attribution", "kind")
"""Judgements that speak of a quotation; the other anchored ones speak of renderings, ..."""

OF_ARTICLES = ("edit", "remove")
"""... but for these, which speak of an article as a whole."""


@dataclass(slots=True)
class Reanchored:
    """What became of judgements without a place: ``lost`` are those that still have none."""

    quotations: set[int] = field(default_factory=set)
    renderings: set[int] = field(default_factory=set)
    lost: list[int] = field(default_factory=list)


def inherit(session: Session, article_id: int) -> Reanchored:
    """Let what people said of the former versions of an article hold in this one, too."""
    former = aliased(Article)
    places = (
        select(JudgementPlace.judgement_id, JudgementPlace.anchor)
        .join(former, former.id == JudgementPlace.article_id)
        .join(Article, (Article.url == former.url) & (Article.version > former.version))
        .where(Article.id == article_id)
        .distinct()
    )
    held = select(JudgementPlace.judgement_id, JudgementPlace.anchor).where(
        JudgementPlace.article_id == article_id
    )
    known = {tuple(row) for row in session.execute(held)}
    fresh = [tuple(row) for row in session.execute(places) if tuple(row) not in known]
    session.add_all(
        JudgementPlace(judgement_id=judgement, anchor=at, article_id=article_id)
        for judgement, at in fresh
    )
    return reanchor(session, article_id, {judgement for judgement, _ in fresh})


def inherit_later(session: Session, judgements: Collection[int]) -> Reanchored:
    """Let new judgements hold in the versions of their articles that are stored already."""
    judged = aliased(Article)
    later = (
        select(Article.id)
        .join(judged, (judged.url == Article.url) & (judged.version < Article.version))
        .join(JudgementPlace, JudgementPlace.article_id == judged.id)
        .where(JudgementPlace.judgement_id.in_(judgements))
        .distinct()
        .order_by(Article.id)
    )
    session.flush()
    outcome = Reanchored()
    for article in session.scalars(later).all():
        found = inherit(session, article)
        outcome.quotations |= found.quotations
        outcome.renderings |= found.renderings
    return outcome


def placed(session: Session, article_id: int) -> set[int]:
    """Return the judgements that have a place in an article."""
    query = select(JudgementPlace.judgement_id).where(
        JudgementPlace.article_id == article_id,
        JudgementPlace.quotation_id.is_not(None) | JudgementPlace.rendering_id.is_not(None),
    )
    return set(session.scalars(query))


def reanchor(session: Session, article_id: int, held: Collection[int] = ()) -> Reanchored:
    """Give judgements that have lost their place in this article one again.

    ``held`` are those that had one, or should; they are reported as lost, and so are those that
    were made on this very text.
    """
    session.flush()
    outcome = Reanchored()
    body = session.scalar(select(Article.body).where(Article.id == article_id)) or ""
    query = (
        select(JudgementPlace, Judgement, stands())
        .join(Judgement, Judgement.id == JudgementPlace.judgement_id)
        .where(JudgementPlace.article_id == article_id)
        .where(JudgementPlace.quotation_id.is_(None), JudgementPlace.rendering_id.is_(None))
        .where(Judgement.kind.not_in(OF_ARTICLES))
        .order_by(Judgement.id, JudgementPlace.anchor)
    )
    for place, judgement, standing in session.execute(query).all():
        words = (judgement.anchors or ())[place.anchor]
        table = Quotation if judgement.kind in OF_QUOTATIONS else Rendering
        found = _find(session, article_id, body, words, table)
        missed = judgement.id in held or words["article"] == article_id
        if found is not None and table is Quotation:
            place.quotation_id = found
            outcome.quotations.add(found)
        elif found is not None:
            place.rendering_id = found
            outcome.renderings.add(found)
        elif standing and missed and judgement.id not in outcome.lost:
            outcome.lost.append(judgement.id)
    session.flush()
    return outcome


def _find(
    session: Session,
    article_id: int,
    body: str,
    words: Mapping[str, Any],
    table: type[Quotation] | type[Rendering],
) -> int | None:
    """Return the quotation or rendering that holds most of an anchor's words."""
    span = locate(body, words)
    if span is None:
        return None
    start, end = span
    query = select(table.id, table.start, table.end).where(table.start < end, table.end > start)
    if table is Rendering:
        query = query.join(Quotation, Quotation.id == Rendering.quotation_id)
    found = session.execute(query.where(Quotation.article_id == article_id)).all()
    best = max(found, key=lambda one: (_shared(one, start, end), -one.id), default=None)
    if best is None or _shared(best, start, end) < SHARE:
        return None
    return int(best.id)


def _shared(one: Any, start: int, end: int) -> float:
    """Return the share of the judged words that a stored place holds."""
    shared: int = min(one.end, end) - max(one.start, start)
    return shared / (end - start)
