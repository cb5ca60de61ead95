"""Judgements whose place was extracted anew find it again by their anchors."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from quotes.database.anchors import locate
from quotes.database.models import Article, Judgement, Quotation, Rendering

SHARE = 0.5
"""Least share of the judged words that the place found again has to hold."""


@dataclass(slots=True)
class Reanchored:
    """What became of judgements without a place: ``lost`` are those that still have none."""

    quotations: set[int] = field(default_factory=set)
    renderings: set[int] = field(default_factory=set)
    lost: list[int] = field(default_factory=list)


def reanchor(session: Session, articles: Collection[int]) -> Reanchored:
    """Give judgements on ``articles`` that lost their quotation or rendering a place again."""
    outcome = Reanchored()
    query = select(Judgement).where(
        Judgement.undone_at.is_(None),
        Judgement.anchors.is_not(None),
        or_(
            Judgement.kind.in_(("attribution", "kind")) & Judgement.quotation_id.is_(None),
            Judgement.kind.in_(("same", "different"))
            & (Judgement.rendering_id.is_(None) | Judgement.other_id.is_(None)),
        ),
    )
    for row in session.scalars(query.order_by(Judgement.id)).all():
        places = [place for place in row.anchors or () if place["article"] in articles]
        if places and not _place(session, row, outcome):
            outcome.lost.append(row.id)
    session.flush()
    return outcome


def _place(session: Session, row: Judgement, outcome: Reanchored) -> bool:
    """Point one judgement at its places; return whether all were found."""
    anchors: Sequence[Mapping[str, Any]] = row.anchors or ()
    if row.kind in ("attribution", "kind"):
        row.quotation_id = _find(session, anchors[0], Quotation)
        if row.quotation_id is None:
            return False
        outcome.quotations.add(row.quotation_id)
        return True
    row.rendering_id = row.rendering_id or _find(session, anchors[0], Rendering)
    row.other_id = row.other_id or _find(session, anchors[1], Rendering)
    if row.rendering_id is None or row.other_id is None:
        return False
    outcome.renderings |= {row.rendering_id, row.other_id}
    return True


def _find(
    session: Session, place: Mapping[str, Any], table: type[Quotation] | type[Rendering]
) -> int | None:
    """Return the quotation or rendering that holds most of an anchor's words."""
    body = session.scalar(select(Article.body).where(Article.id == place["article"]))
    span = locate(body or "", place)
    if span is None:
        return None
    start, end = span
    query = select(table.id, table.start, table.end).where(table.start < end, table.end > start)
    if table is Rendering:
        query = query.join(Quotation, Quotation.id == Rendering.quotation_id)
    found = session.execute(query.where(Quotation.article_id == place["article"])).all()
    best = max(found, key=lambda one: (_shared(one, start, end), -one.id), default=None)
    if best is None or _shared(best, start, end) < SHARE:
        return None
    return int(best.id)


def _shared(one: Any, start: int, end: int) -> float:
    """Return the share that a stored place and the judged words have in common (Jaccard)."""
    shared: int = min(one.end, end) - max(one.start, start)
    return shared / (end - start)
