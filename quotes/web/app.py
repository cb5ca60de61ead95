"""Every address of the server, once."""

from __future__ import annotations

import sys
import traceback
from collections.abc import Callable
from contextlib import AbstractContextManager
from pathlib import Path
from typing import Any

from starlette.applications import Starlette
from starlette.convertors import Convertor, register_url_convertor
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Mount, Route
from starlette.staticfiles import StaticFiles

from quotes.database.session import Connection
from quotes.errors import (
    AmbiguousError,
    ArticleError,
    DatabaseError,
    QuotesError,
    UnknownError,
    UsageError,
)
from quotes.web import api, reconcile
from quotes.web.answers import SIBLINGS, Answer, Page, Table, as_json
from quotes.web.pages import (
    articles,
    entering,
    home,
    judgements,
    numbers,
    outlets,
    quotes,
    review,
    speakers,
    sql,
    trying,
)
from quotes.web.security import Access, Gate
from quotes.web.site import Site

PAGES: dict[str, Page] = {
    "/": home.home,
    "/search": quotes.search,
    "/quotes/{id:number}": quotes.quote,
    "/speakers": speakers.speakers,
    "/speakers/{slug:name}/dossier": speakers.dossier,
    "/speakers/{slug:name}": speakers.speaker,
    "/outlets": outlets.outlets,
    "/outlets/{slug:name}": outlets.outlet,
    "/compare": outlets.compare,
    "/articles": articles.articles,
    "/articles/{id:number}": articles.article,
    "/stats": numbers.stats,
    "/review": review.review,
    "/log": judgements.log,
    "/sql": sql.sql,
    "/try": trying.blank,
}
"""The pages; beside each stand its siblings, .json, .csv and .xlsx (/index.json … of the first)."""


class _Number(Convertor[int]):
    regex = "[1-9][0-9]{0,17}"

    def convert(self, value: str) -> int:
        return int(value)

    def to_string(self, value: int) -> str:
        return str(value)


class _Name(Convertor[str]):
    """A slug, or a name as people write it; a dot inside is not the end of an address."""

    regex = r"[^/]+?"

    def convert(self, value: str) -> str:
        return value

    def to_string(self, value: str) -> str:
        return value


class _Suffix(_Name):
    regex = "|".join(SIBLINGS)


register_url_convertor("number", _Number())
register_url_convertor("suffix", _Suffix())
register_url_convertor("name", _Name())


def make_app(
    database: str,
    readers: Callable[[], AbstractContextManager[Connection]],
    access: Access,
    *,
    fetch: bool = False,
) -> Starlette:
    """Return the server's application. ``fetch``: pages of the web may be fetched, to try them."""
    site = Site(database, readers, access, fetch)
    app = Starlette(
        routes=[*_routes(site), Mount("/static", StaticFiles(packages=[("quotes.web", "static")]))],
        middleware=[Middleware(Gate, access=access)],
        exception_handlers={QuotesError: _told, HTTPException: _told, Exception: _told},
    )
    app.state.site = site
    return app


def _routes(site: Site) -> list[BaseRoute]:
    routes: list[BaseRoute] = []
    for path, page in PAGES.items():
        for form in SIBLINGS:
            place = f"{'/index' if path == '/' else path}.{form}"
            routes.append(Route(place, site.endpoint(page, form)))
        routes.append(Route(path, site.endpoint(page, "html")))
    routes.append(Route("/quotes/{id:number}.jsonld", site.endpoint(quotes.linked, "json")))
    return [
        *routes,
        Route("/judgements", judgements.judge, methods=["POST"]),
        Route("/review", review.answer, methods=["POST"]),
        *(Route(f"/try{end}", trying.trial, methods=["POST"]) for end in ("", ".{form:suffix}")),
        *(
            Route(f"/api/v1{path}", site.endpoint(page, "json"))
            for path, page in api.PLACES.items()
        ),
        Route("/api/v1/judgements", api.judge, methods=["POST"]),
        *(
            Route(f"/reconcile{token}{end}", answer, methods=["GET", "POST"])
            for token in ("", "/{token}")
            for end, answer in (("/suggest/entity", reconcile.suggest), ("", reconcile.reconcile))
        ),
        Route("/login", entering.login, methods=["GET", "POST"]),
    ]


_STATUSES: tuple[tuple[type[Exception], int], ...] = (
    (AmbiguousError, 400),
    (UnknownError, 404),
    (UsageError, 400),
    (ArticleError, 400),
    (DatabaseError, 503),
)


def _told(request: Request, error: Exception) -> Response:
    """Return what went wrong in one line: a page for people, JSON for programs."""
    status, problem = 500, "a fault in quotes: the terminal of the server shows where"
    if isinstance(error, HTTPException):
        status = error.status_code
        problem = "there is no such page" if status == 404 else error.detail
    elif isinstance(error, QuotesError):
        status = next((code for sort, code in _STATUSES if isinstance(error, sort)), 500)
        problem = str(error)
    else:
        traceback.print_exception(error, file=sys.stderr)
    path = request.url.path
    if path.startswith(("/api/", "/reconcile")) or Path(path).suffix in (".json", ".jsonld"):
        return as_json({"error": problem}, status=status)
    candidates = error.candidates if isinstance(error, AmbiguousError) else ()
    shown: dict[str, Any] = {"problem": problem, "candidates": candidates, "status": status}
    answer = Answer("error.html", "Not found" if status == 404 else "Not done", None,
                    lambda: Table((), ()), shown, status)  # fmt: skip
    site: Site = request.app.state.site
    return site.show(request, answer, "html")
