"""Which articles are stored."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from sqlalchemy import Connection

from quotes.search.reading import ask

_ARTICLES = """SELECT a.source, a.published, o.name AS outlet
  FROM articles a LEFT JOIN outlets o ON o.id = a.outlet_id ORDER BY a.id"""


@dataclass(frozen=True, slots=True)
class StoredArticle:
    """An article as it was given, when it was published, and by whom."""

    source: str
    published: date | None
    outlet: str | None


def stored_articles(connection: Connection) -> Iterator[StoredArticle]:
    """Yield every stored article, the first ones first."""
    for row in ask(connection, _ARTICLES, dates=["published"]):
        yield StoredArticle(row.source, row.published, row.outlet)
