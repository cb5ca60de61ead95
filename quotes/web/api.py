"""The interface for programs, version 1: every list in pages, every thing by its number or slug.

Rows of quotes, quotations, variants and renderings are those of ``quotes export``, in the order of
their numbers, with the conditions of a search.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice
from typing import Any

import msgspec
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response

from quotes.api.decisions import FIELDS
from quotes.database.engine.transaction import reading
from quotes.database.judgements.log import read_log
from quotes.database.session import open_session
from quotes.errors import UsageError
from quotes.export.rows import COLUMNS, export_rows
from quotes.search.articles import article_body, article_details, list_articles, list_outlets
from quotes.search.details import quote_details
from quotes.search.outlets import outlet_details
from quotes.search.query import Level
from quotes.search.speakers import speaker_details, speakers_after
from quotes.web.answers import Ask, Page, as_json
from quotes.web.cursors import after, after_number, page_size, paged
from quotes.web.forms import read_body
from quotes.web.pages.judgements import store
from quotes.web.params import search_query
from quotes.web.site import Site


def rows(what: Level) -> Page:
    """Return what answers with the rows of one sort."""

    def answer(ask: Ask) -> Response:
        query = search_query(ask.params, limit=page_size(ask.params) + 1)
        found = _rows(ask, what, query, after_number(ask.params))
        size = page_size(ask.params)
        return paged(ask, found, found[size - 1]["id"] if len(found) > size else None)

    return answer


def _rows(ask: Ask, what: Level, query: Any, start: int) -> list[dict[str, Any]]:
    found: Iterator[tuple[Any, ...]] = export_rows(ask.connection, what, query, after=start)
    return [dict(zip(COLUMNS[what], row, strict=True)) for row in islice(found, query.limit)]


def quote(ask: Ask) -> Response:
    """Answer with one quote."""
    return as_json(quote_details(ask.connection, ask.path["id"]), pretty=False)


def speakers(ask: Ask) -> Response:
    """Answer with the speakers who are quoted, by slug."""
    size = page_size(ask.params)
    found = speakers_after(ask.connection, after(ask.params), size + 1)
    return paged(ask, found, found[size - 1].slug if len(found) > size else None)


def speaker(ask: Ask) -> Response:
    """Answer with one speaker, by slug or any spelling."""
    return as_json(speaker_details(ask.connection, ask.path["slug"]), pretty=False)


def outlets(ask: Ask) -> Response:
    """Answer with the outlets that have articles."""
    return as_json({"items": list_outlets(ask.connection), "next": None}, pretty=False)


def outlet(ask: Ask) -> Response:
    """Answer with one outlet, by slug, name or domain."""
    return as_json(outlet_details(ask.connection, ask.path["slug"]), pretty=False)


def articles(ask: Ask) -> Response:
    """Answer with the articles in the order of their numbers."""
    size, start = page_size(ask.params), after_number(ask.params)
    wanted = ask.params.get("outlet") or None
    found = list_articles(ask.connection, outlet=wanted, after=start, limit=size + 1)
    return paged(ask, found, found[size - 1].id if len(found) > size else None)


def article(ask: Ask) -> Response:
    """Answer with one article, its text and its quotations."""
    number = ask.path["id"]
    found, quotations = article_details(ask.connection, number)
    body = article_body(ask.connection, number)
    return as_json({"article": found, "quotations": quotations, "body": body}, pretty=False)


def judgements(ask: Ask) -> Response:
    """Answer with the log of judgements, latest first."""
    site: Site = ask.request.app.state.site
    size, start = page_size(ask.params), after_number(ask.params)
    with open_session(site.database) as session, reading(session):
        found = read_log(session, limit=size + 1, before=start or None)
    return paged(ask, found, found[size - 1].id if len(found) > size else None)


async def judge(request: Request) -> Response:
    """Store a judgement that comes as JSON, such as {"do": "attribution", "quotation": "n17"}."""
    body = await read_body(request)
    try:
        given = msgspec.json.decode(body, type=dict[str, str | int | None])
    except msgspec.MsgspecError as error:
        raise UsageError(f"the body is not a JSON object of texts and numbers: {error}") from error
    texts = {name: "" if value is None else str(value) for name, value in given.items()}
    what = texts.get("do", "")
    if what not in FIELDS:
        raise UsageError(f"'do' is missing or wrong: give one of {', '.join(FIELDS)}")
    site: Site = request.app.state.site
    number = await run_in_threadpool(store, site, what, texts, texts.get("by"))
    return as_json({"judgement": number, "effects": site.effects(number)}, status=201)


def index(_ask: Ask) -> Response:
    """Answer with the addresses that there are."""
    return as_json({name: f"/api/v1{path}" for path, name in _NAMES.items()})


LISTS: dict[str, Page] = {f"/{what}": rows(what) for what in COLUMNS}
"""The rows of exports."""

PLACES: dict[str, Page] = {
    "": index,
    **LISTS,
    "/quotes/{id:number}": quote,
    "/speakers": speakers,
    "/speakers/{slug:name}": speaker,
    "/outlets": outlets,
    "/outlets/{slug:name}": outlet,
    "/articles": articles,
    "/articles/{id:number}": article,
    "/judgements": judgements,
}
"""Every address below /api/v1 that is read."""

_NAMES = {path: path.strip("/") for path in PLACES if path and "{" not in path}
