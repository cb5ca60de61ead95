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
    """Return the stored article (id) that has this text at this address, None if there is none."""
    return session.scalar(
        select(Article.id).where(
            Article.content_hash == article.content_hash, Article.address == address(article)
        )
    )


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
        yield (
            key,
            records.Article(
                source=row.source,
                body=row.body,
                title=row.title,
                outlet=outlet.name if outlet else None,
                url=row.url,
                published=row.published,
                byline=row.byline,
                language=row.language,
            ),
        )
        session.expunge_all()
