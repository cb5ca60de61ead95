"""The texts themselves: found again by their hash and address, stored in versions."""

from __future__ import annotations

from collections.abc import Iterator

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from quotes import records
from quotes.database.engine.bulk import insert_rows
from quotes.database.engine.models import Article, Outlet, now
from quotes.database.extractions.rows import address, article_row


def find_article(session: Session, article: records.Article) -> int | None:
    """Return the stored article (id) that has this text at this address, None if there is none.

    The address is the one that was read, or what it is after the corrections of people.
    """
    query = (
        select(Article, Outlet)
        .outerjoin(Outlet, Outlet.id == Article.outlet_id)
        .where(Article.content_hash == article.content_hash)
        .order_by(Article.address != address(article), Article.id)
    )
    for row, outlet in session.execute(query):
        if row.address == address(article) or (
            row.found is not None and address(_record(row, outlet)) == address(article)
        ):
            return row.id
    return None


def corrected(session: Session, article_id: int) -> bool:
    """Return whether people corrected the facts of an article, or removed it."""
    query = select(Article.found.is_not(None) | Article.removed).where(Article.id == article_id)
    return bool(session.scalar(query))


def add_article(
    session: Session, article: records.Article, outlet_id: int | None
) -> tuple[int, int]:
    """Insert an article, as a new version if its URL is known; return its id and version."""
    first_id, latest = None, 0
    if article.url:
        first_id, latest = session.execute(
            select(func.min(Article.id), func.coalesce(func.max(Article.version), 0)).where(
                Article.url == article.url
            )
        ).one()
    row = {
        **article_row(article),
        "outlet_id": outlet_id,
        "version": latest + 1,
        "first_id": first_id,
        "added": now(),
    }
    return insert_rows(session, Article, [row])[0], latest + 1


def stored_articles(session: Session) -> Iterator[tuple[int, records.Article]]:
    """Yield the stored articles with their ids, one at a time."""
    with session.begin():
        ids = session.scalars(select(Article.id).order_by(Article.id)).all()
    for key in ids:
        with session.begin():
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
    )
