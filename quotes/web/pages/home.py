"""The front page: what is new, unsure, changed and disputed."""

from __future__ import annotations

from typing import Any

from quotes.database.session import Connection
from quotes.search.articles import count_articles
from quotes.search.finding import count_quotes
from quotes.search.query import SearchQuery
from quotes.search.quotes import HIT_COLUMNS, hit_row, search_quotes
from quotes.search.unsure import least_sure
from quotes.web.answers import Answer, Ask, Table

SHOWN = 5


def home(ask: Ask) -> Answer:
    """Show the newest quotes, those in doubt, and how much there is."""
    data = ask.kept("home", lambda: _data(ask.connection))
    parts = ("newest", "changed", "disputed")
    rows = ((name, *hit_row(hit)) for name in parts for hit in data[name])
    return Answer("home.html", "Quotes", data, lambda: Table(("part", *HIT_COLUMNS), rows))


def _data(connection: Connection) -> dict[str, Any]:
    return {
        "quotes": count_quotes(connection, SearchQuery()),
        "articles": count_articles(connection),
        "newest": search_quotes(connection, SearchQuery(limit=SHOWN)),
        "changed": search_quotes(connection, SearchQuery(divergent=True, limit=SHOWN)),
        "disputed": search_quotes(connection, SearchQuery(disputed=True, limit=SHOWN)),
        "unsure": least_sure(connection, SHOWN),
    }
