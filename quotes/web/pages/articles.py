"""Articles: the latest, and one with its quotations marked."""

from __future__ import annotations

from dataclasses import astuple, fields
from math import ceil

from quotes.search.articles import (
    ArticleListed,
    QuotationListed,
    article_body,
    article_details,
    count_articles,
    latest_articles,
    list_articles,
)
from quotes.search.passages import paragraphs
from quotes.web.answers import Answer, Ask, Table, whole
from quotes.web.params import page_number, text

LISTED = 50


def articles(ask: Ask) -> Answer:
    """List the articles, the last published first; CSV and workbook have all."""
    outlet, page = text(ask.params, "outlet"), page_number(ask.params)
    columns = [field.name for field in fields(ArticleListed)]
    if ask.is_table:
        return whole(columns, map(astuple, list_articles(ask.connection, outlet=outlet)))
    key = ("articles", outlet)
    total = ask.kept(key, lambda: count_articles(ask.connection, outlet=outlet))
    offset = LISTED * (page - 1)
    found = latest_articles(ask.connection, outlet=outlet, limit=LISTED, offset=offset)
    data = {"total": total, "page": page, "pages": ceil(total / LISTED), "articles": found}
    return Answer("articles.html", "Articles", data, lambda: Table((), ()), {"outlet": outlet})


def article(ask: Ask) -> Answer:
    """Show one article: its facts, its text, and who said what in it."""
    number = ask.path["id"]
    found, quotations = article_details(ask.connection, number)
    body = article_body(ask.connection, number)
    columns = [field.name for field in fields(QuotationListed)]
    shown = {
        "paragraphs": paragraphs(body, quotations),
        "by_id": {one.id: one for one in quotations},
    }
    data = {"article": found, "quotations": quotations, "body": body}
    title = found.title or found.source
    return Answer(
        "article.html", title, data, lambda: Table(columns, map(astuple, quotations)), shown
    )
