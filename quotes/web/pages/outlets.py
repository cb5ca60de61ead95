"""Outlets: all, one, and two side by side."""

from __future__ import annotations

from dataclasses import astuple, fields
from math import ceil
from typing import Any

from starlette.responses import Response

from quotes.search.articles import (
    LATEST_ARTICLES,
    ArticleListed,
    OutletListed,
    latest_articles,
    list_outlets,
)
from quotes.search.compare import COMPARED_COLUMNS, compare_outlets, compared_row
from quotes.search.outlets import OutletPair, outlet_details, outlet_pairs
from quotes.search.timeline import weeks_of_outlet
from quotes.web.answers import Answer, Ask, Table, whole
from quotes.web.charts import timeline
from quotes.web.params import PAGE, page_number, text
from quotes.web.site import moved

SHOWN = 10


def outlets(ask: Ask) -> Answer:
    """List the outlets, those with the most articles first."""
    found = ask.kept("outlets", lambda: list_outlets(ask.connection))
    columns = [field.name for field in fields(OutletListed)]
    rows = lambda: Table(columns, map(astuple, found))  # noqa: E731
    return Answer("outlets.html", "Outlets", {"outlets": found}, rows)


def outlet(ask: Ask) -> Answer | Response:
    """Show one outlet; another spelling, or one merged into another, leads to its slug."""
    wanted = ask.path["slug"]
    found = ask.kept(("outlet", wanted), lambda: outlet_details(ask.connection, wanted))
    slug = found.listed.slug
    if slug != wanted:
        return moved(ask.request, "outlets", wanted, slug)
    weeks = ask.kept(("weeks of outlet", slug), lambda: weeks_of_outlet(ask.connection, slug))
    articles = latest_articles(ask.connection, outlet=slug, limit=SHOWN)
    data = {"outlet": found, "weeks": weeks, "articles": articles}
    columns = [field.name for field in fields(ArticleListed)]
    shown = {"chart": timeline(weeks) if len(weeks) > 1 else None}
    return Answer(
        "outlet.html",
        found.listed.name,
        data,
        lambda: Table(columns, map(astuple, articles)),
        shown,
    )


def compare(ask: Ask) -> Answer:
    """Show how outlets differ from each other, or two of them quote by quote."""
    left, right = text(ask.params, "left"), text(ask.params, "right")
    names = ask.kept("outlets", lambda: list_outlets(ask.connection))
    if left is None or right is None:
        pairs = ask.kept("pairs", lambda: outlet_pairs(ask.connection))
        columns = [field.name for field in fields(OutletPair)]
        rows = lambda: Table(columns, map(astuple, pairs.pairs))  # noqa: E731
        shown: dict[str, Any] = {
            "outlets": names,
            "by_pair": {(one.left, one.right): one for one in pairs.pairs},
        }
        return Answer("compare.html", "Compare outlets", pairs, rows, shown)
    page = page_number(ask.params)
    if ask.is_table:
        everything = compare_outlets(ask.connection, left, right)
        return whole(COMPARED_COLUMNS, map(compared_row, everything.shared))
    offset = PAGE * (page - 1)
    found = ask.kept(
        ("compared", left, right, page),
        lambda: compare_outlets(
            ask.connection, left, right, latest=LATEST_ARTICLES, limit=PAGE, offset=offset
        ),
    )
    title = f"{found.left} and {found.right}"
    shown = {"outlets": names, "page": page, "last_page": ceil(found.both / PAGE)}
    return Answer("compared.html", title, found, lambda: Table((), ()), shown)
