from __future__ import annotations

from datetime import date

from sqlalchemy import Connection

from quotes.search.articles import StoredArticle, stored_articles


def test_articles_in_the_order_of_arrival(stocked: Connection) -> None:
    assert list(stored_articles(stocked)) == [
        StoredArticle("lantern.txt", date(2025, 3, 1), "Daily Lantern"),
        StoredArticle("post.txt", date(2025, 3, 2), "Evening Post"),
        StoredArticle("nowhere.txt", date(2025, 3, 5), None),
        StoredArticle("undated.txt", None, "Evening Post"),
    ]


def test_there_may_be_none(connection: Connection) -> None:
    assert list(stored_articles(connection)) == []
