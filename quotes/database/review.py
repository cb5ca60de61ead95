"""What a person should look at: quotations of low confidence, with the passage and candidates."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from quotes.database.models import (
    JUDGED,
    Article,
    Attribution,
    Judgement,
    JudgementPlace,
    Outlet,
    Quotation,
    Speaker,
    stands,
)

CONTEXT = 400
"""How many characters of the article are shown on each side of a quotation."""


@dataclass(frozen=True, slots=True)
class Candidate:
    """Somebody who may have said it: quoted in the same article."""

    slug: str
    name: str


@dataclass(frozen=True, slots=True)
class Item:
    """One quotation to be looked at.

    ``passage`` is cut out of the article; ``quotation`` and ``mention`` are (start, end) in it.
    ``candidates`` begin with the machine's answer, where it has one; ``speaker`` is that slug.
    """

    quotation_id: int
    source: str
    outlet: str | None
    passage: str
    quotation: tuple[int, int]
    mention: tuple[int, int] | None
    speaker: str | None
    rule: str
    confidence: float
    candidates: tuple[Candidate, ...]


def next_item(session: Session, passed: Collection[int], below: float) -> Item | None:
    """Return the least sure quotation that nobody has judged, None if there is none.

    ``passed`` are quotations that the person skipped; only those with a confidence under ``below``
    count, and only speech.
    """
    confidence = Attribution.confidence * func.coalesce(Attribution.speaker_confidence, 1.0)
    judged = (
        select(Judgement.id)
        .join(JudgementPlace, JudgementPlace.judgement_id == Judgement.id)
        .where(JudgementPlace.quotation_id == Quotation.id, stands())
    )
    query = (
        select(Attribution, Quotation, Article, confidence.label("confidence"))
        .join(Quotation, Quotation.id == Attribution.quotation_id)
        .join(Article, Article.id == Quotation.article_id)
        .where(Quotation.kind != "none", Attribution.rule != JUDGED, ~judged.exists())
        .where(confidence < below, Attribution.rule != "enclosing")
        .order_by(confidence, Quotation.id)
    )
    if passed:
        query = query.where(Quotation.id.not_in(passed))
    found = session.execute(query.limit(1)).first()
    if found is None:
        return None
    attribution, quotation, article, sureness = found
    start = max(0, quotation.start - CONTEXT)
    mention = None
    first, last = attribution.mention_start, attribution.mention_end
    if first is not None and last is not None and first >= start:
        mention = first - start, last - start
    outlet = session.get(Outlet, article.outlet_id) if article.outlet_id else None
    candidates = _candidates(session, attribution, article.id)
    return Item(
        quotation_id=quotation.id,
        source=article.source,
        outlet=outlet.name if outlet else None,
        passage=article.body[start : quotation.end + CONTEXT],
        quotation=(quotation.start - start, quotation.end - start),
        mention=mention,
        speaker=candidates[0].slug if attribution.speaker_id else None,
        rule=attribution.rule,
        confidence=float(sureness),
        candidates=candidates,
    )


def _candidates(session: Session, attribution: Attribution, article: int) -> tuple[Candidate, ...]:
    """Return the machine's answer first, then the others that the article quotes, most first."""
    query = (
        select(Speaker.slug, Speaker.name)
        .join(Attribution, Attribution.speaker_id == Speaker.id)
        .join(Quotation, Quotation.id == Attribution.quotation_id)
        .where(Quotation.article_id == article)
        .group_by(Speaker.id, Speaker.slug, Speaker.name)
        .order_by((Speaker.id != (attribution.speaker_id or 0)), func.count().desc(), Speaker.id)
        .limit(9)
    )
    return tuple(Candidate(row.slug, row.name) for row in session.execute(query))
