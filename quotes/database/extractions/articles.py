"""The texts themselves: found again by their words and facts, stored in versions."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, bindparam, case, func, literal, or_, select, update
from sqlalchemy.orm import Session

from quotes import records
from quotes.database.engine.bulk import insert_rows
from quotes.database.engine.models import Article, Outlet, now
from quotes.database.engine.transaction import reading
from quotes.database.extractions.rows import article_row

FACTS = ("title", "url", "published", "byline", "language", "archived", "provenance")
"""What an article may lack when it is stored and get later, next to its outlet."""

_KNOWN = ("source", "form", "outlet_id", *FACTS)
_SAME_TEXT = select(Article.id).where(Article.content_hash == bindparam("text")).limit(1)
_VERSIONS = select(func.min(Article.id), func.coalesce(func.max(Article.version), 0)).where(
    Article.url == bindparam("url")
)


@dataclass(frozen=True, slots=True)
class Known:
    """A stored article that another one is the same as.

    ``whole`` is it with all that both of them tell; ``learnt`` are the facts that it lacks itself,
    ``form`` among them where it is now read in the other way.
    """

    id: int
    whole: records.Article
    learnt: frozenset[str]


def find_article(session: Session, article: records.Article, outlet_id: int | None) -> Known | None:
    """Return the stored article that has this text and nothing that speaks against it.

    Two articles with one text are the same if they have one URL, else if outlet and day are equal,
    or unknown to one of them. ``outlet_id`` is the outlet of ``article``: None if that is unknown,
    0 if it is one that is not stored. Where several stored articles fit equally well, the first
    one is returned, and nothing is learnt.
    """
    if session.connection().scalar(_SAME_TEXT, {"text": article.content_hash}) is None:
        return None  # as with most articles
    query = select(Article.id).where(Article.content_hash == article.content_hash)
    key = session.scalar(query.where(Article.address == article.address))
    if key is not None:
        return _known(session, key, article, outlet_id)
    if article.url:
        query = query.where(Article.url.is_(None))
    agreed: ColumnElement[int] = literal(0)
    for column, value in ((Article.outlet_id, outlet_id), (Article.published, article.published)):
        if value is not None:
            query = query.where(or_(column.is_(None), column == value))
            agreed = agreed + case((column == value, 1), else_=0)
    query = query.order_by(agreed.desc(), Article.id).limit(2)
    found: Sequence[Any] = session.execute(query.add_columns(agreed)).all()
    if not found:
        return None
    known = _known(session, found[0].id, article, outlet_id)
    is_sure = len(found) == 1 or found[0][1] > found[1][1]
    return known if is_sure else dataclasses.replace(known, learnt=frozenset())


def _known(session: Session, key: int, article: records.Article, outlet_id: int | None) -> Known:
    columns: list[Any] = [getattr(Article, name) for name in _KNOWN]
    query = select(*columns, Outlet.name.label("outlet"))
    query = query.outerjoin(Outlet, Outlet.id == Article.outlet_id)
    row = session.execute(query.where(Article.id == key)).one()
    stored = {name: getattr(row, name) for name in FACTS}
    facts = {
        name: getattr(article, name) if value is None else value for name, value in stored.items()
    }
    learnt = {name for name, value in stored.items() if value != facts[name]}
    if row.outlet_id is None and outlet_id is not None:
        learnt.add("outlet")
    if row.form != article.form:
        learnt.add("form")
    outlet = article.outlet if row.outlet_id is None else row.outlet
    whole = dataclasses.replace(article, source=row.source, outlet=outlet, **facts)
    others = select(Article.id).where(
        Article.content_hash == whole.content_hash,
        Article.address == whole.address,
        Article.id != key,
    )
    is_taken = bool(learnt) and session.scalar(others) is not None
    # A person's word wins over what a file says later.
    settled = is_taken or corrected(session, key)
    return Known(key, whole, frozenset() if settled else frozenset(learnt))


def complete_article(session: Session, known: Known, outlet_id: int | None) -> None:
    """Store what was learnt about an article."""
    values: dict[str, Any] = {
        name: getattr(known.whole, name) for name in (*FACTS, "form") if name in known.learnt
    }
    if "outlet" in known.learnt:
        values["outlet_id"] = outlet_id
    if "url" in known.learnt:
        values |= _version(session, known.whole)
    values["address"] = known.whole.address
    session.execute(
        update(Article)
        .where(Article.id == known.id)
        .values(values)
        .execution_options(synchronize_session=False)
    )


def corrected(session: Session, article_id: int) -> bool:
    """Return whether people corrected the facts of an article, or removed it."""
    query = select(Article.found.is_not(None) | Article.removed).where(Article.id == article_id)
    return bool(session.scalar(query))


def add_article(
    session: Session, article: records.Article, outlet_id: int | None
) -> tuple[int, int]:
    """Insert an article, as a new version if its URL is known; return its id and version."""
    version = _version(session, article)
    row = {**article_row(article), **version, "outlet_id": outlet_id, "added": now()}
    return insert_rows(session, Article, [row])[0], version["version"]


def _version(session: Session, article: records.Article) -> dict[str, Any]:
    """Return which version of its URL an article is, and which article (id) was the first one."""
    first_id, latest = None, 0
    if article.url:
        first_id, latest = session.connection().execute(_VERSIONS, {"url": article.url}).one()
    return {"version": latest + 1, "first_id": first_id}


def stored_articles(session: Session) -> Iterator[tuple[int, records.Article]]:
    """Yield the stored articles with their ids, one at a time."""
    with reading(session):
        ids = session.scalars(select(Article.id).order_by(Article.id)).all()
    for key in ids:
        with reading(session):
            row = session.get_one(Article, key)
            outlet = session.get(Outlet, row.outlet_id) if row.outlet_id else None
        yield key, _record(row, outlet)
        session.expunge_all()


def stored_article(session: Session, article_id: int) -> records.Article:
    """Return a stored article, with the facts that hold now."""
    row = session.get_one(Article, article_id)
    return _record(row, session.get(Outlet, row.outlet_id) if row.outlet_id else None)


def _record(row: Article, outlet: Outlet | None) -> records.Article:
    return records.Article(
        source=row.source,
        body=row.body,
        title=row.title,
        outlet=outlet.name if outlet else None,
        url=row.url,
        published=row.published,
        byline=row.byline,
        language=row.language,
        original=row.original,
        raw_hash=row.raw_hash,
        archived=row.archived,
        form=row.form,
        provenance=row.provenance,
    )
