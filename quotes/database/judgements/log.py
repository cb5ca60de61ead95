"""The log of judgements, which only grows: what was decided, by whom, and what was undone."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from quotes.database.engine.bulk import batches
from quotes.database.engine.models import JUDGEMENT_LIST, Judgement, JudgementPlace
from quotes.database.judgements.places import OF_ARTICLES
from quotes.errors import UsageError


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of the log. ``about`` names what was judged, ``value`` what was decided.

    ``undone_by`` and ``undone_at`` tell who took it back, if that still holds; that is a line of
    its own, too.
    """

    id: int
    at: datetime
    by: str
    kind: str
    about: str
    value: str | None
    why: str | None
    undone_by: str | None
    undone_at: datetime | None


def read_log(
    session: Session,
    *,
    standing: bool = False,
    limit: int | None = None,
    only: Iterable[int] | None = None,
    before: int | None = None,
) -> list[Entry]:
    """Return the judgements, latest first.

    ``standing``: only decisions that hold now; ``only``: those with these numbers; ``before``:
    those with a lower number.
    """
    view = JUDGEMENT_LIST.c
    query = (
        select(Judgement, view.undone_by, view.undone_at)
        .join(JUDGEMENT_LIST, view.id == Judgement.id)
        .order_by(Judgement.id.desc())
        .limit(limit)
    )
    if standing:
        query = query.where(view.undone_at.is_(None), Judgement.kind != "undo")
    if only is not None:
        query = query.where(Judgement.id.in_(list(only)))
    if before is not None:
        query = query.where(Judgement.id < before)
    rows = session.execute(query).all()
    places = _places(session, [row for row, *_ in rows])
    return [
        Entry(row.id, row.at, row.by, row.kind, _about(row, places[row.id]), _decided(row), row.why,
              undone_by, undone_at)
        for row, undone_by, undone_at in rows
    ]  # fmt: skip


def add_judgements(session: Session, by: str, rows: Iterable[dict[str, Any]]) -> int:
    """Store the judgements of one decision; return the number of the first.

    A row holds the columns of ``judgements``, and under "places" the quotation or rendering that
    each of its anchors stands for.
    """
    first: int | None = None
    for row in rows:
        places = row.pop("places", ())
        judgement = Judgement(by=by, batch=first, **row)
        session.add(judgement)
        session.flush()
        first = first or judgement.id
        session.add_all(
            JudgementPlace(
                judgement_id=judgement.id, anchor=at, article_id=words["article"], **place
            )
            for at, (words, place) in enumerate(zip(row.get("anchors", ()), places, strict=True))
        )
    if first is None:
        raise UsageError("there is nothing to judge")
    session.flush()
    return first


def batch_of(session: Session, first: int) -> Sequence[Judgement]:
    """Return all judgements of the decision that begins with ``first``."""
    query = select(Judgement).where(or_(Judgement.id == first, Judgement.batch == first))
    return session.scalars(query.order_by(Judgement.id)).all()


def _places(session: Session, rows: Sequence[Judgement]) -> Mapping[int, dict[int, str]]:
    """Return, by judgement and anchor, the first place that was found for it, as text."""
    found: dict[int, dict[int, str]] = defaultdict(dict)
    of_articles = {row.id for row in rows if row.kind in OF_ARTICLES}
    for part in batches([row.id for row in rows]):
        query = select(JudgementPlace).where(JudgementPlace.judgement_id.in_(part))
        for place in session.scalars(query.order_by(JudgementPlace.article_id)):
            if place.quotation_id is not None:
                text = f"n{place.quotation_id}"
            elif place.rendering_id is not None:
                text = f"r{place.rendering_id}"
            elif place.judgement_id in of_articles:
                text = f"a{place.article_id}"
            else:
                continue
            found[place.judgement_id].setdefault(place.anchor, text)
    return found


def _about(row: Judgement, places: Mapping[int, str]) -> str:
    if row.speaker is not None or row.outlet is not None:
        return str(row.speaker or row.outlet)
    if row.undoes is not None:
        return f"judgement {row.undoes}"
    return " / ".join(
        f"{places.get(at, 'lost')}: {words['exact']}" for at, words in enumerate(row.anchors or ())
    )


def _decided(row: Judgement) -> str | None:
    if row.kind == "edit":
        facts = (row.details or {}).items()
        return "; ".join(f"{name}: {value or 'unknown'}" for name, value in facts)
    return "nobody" if row.kind == "attribution" and row.value is None else row.value
