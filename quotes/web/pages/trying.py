"""Quotations and speakers of a text at once; nothing is stored."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response

from quotes.api.extraction import Extractor
from quotes.api.values import day
from quotes.articles.batch import read_sources
from quotes.articles.web import Client, fetched
from quotes.database.engine.transaction import reading
from quotes.database.registry.speakers import known_speakers
from quotes.database.session import open_session
from quotes.errors import ArticleError, UsageError
from quotes.records import Article, ExtractedQuotation
from quotes.search.freshness import state
from quotes.search.passages import Piece, Stretch, paragraphs
from quotes.web.answers import SIBLINGS, Answer, Ask, Form, Table
from quotes.web.forms import read_form
from quotes.web.site import Site

COLUMNS = tuple(
    "text kind speaker speaker_slug speaker_type confidence mention cue rule start end".split()
)


def blank(_ask: Ask) -> Answer:
    """Show the form."""
    data: dict[str, Any] = {"article": None, "quotations": []}
    return Answer("try.html", "Try it", data, lambda: Table(COLUMNS, ()), _shown("", None, [], []))


async def trial(request: Request) -> Response:
    """Extract what a form sends, and show it."""
    form = await read_form(request)
    site: Site = request.app.state.site
    suffix = request.path_params.get("form", "html")
    shape: Form = suffix if suffix in SIBLINGS else "html"
    answer = await run_in_threadpool(_answer, site, form, shape)
    return site.show(request, answer, shape)


def _answer(site: Site, form: dict[str, str], shape: Form) -> Answer:
    problem, article = None, None
    found: list[ExtractedQuotation] = []
    try:
        article = _article(site, form)
        with site.extracting:
            found = _extractor(site).extract(article)
    except (ArticleError, UsageError) as error:
        if shape != "html":
            raise
        problem = str(error)
    numbered = [Stretch(at, one.start, one.end) for at, one in enumerate(found, start=1)]
    pieces = [*paragraphs(article.body, numbered)] if article else []
    shown = _shown(form.get("text", ""), problem, pieces, found) | {"given": form}
    data = {"article": article, "quotations": found}
    status = 400 if problem else 200
    return Answer(
        "try.html", "Try it", data, lambda: Table(COLUMNS, map(_row, found)), shown, status
    )


def _article(site: Site, form: dict[str, str]) -> Article:
    published = day(form.get("published", "").strip() or None)
    url, text = form.get("url", "").strip(), form.get("text", "")
    if url:
        if not site.fetch:
            raise UsageError("pages of the web are not fetched: start `quotes serve` with --fetch")
        problems: list[ArticleError] = []
        articles = read_sources(fetched(url, Client()), on_error=problems.append)
        for article in articles:
            return article if published is None else replace(article, published=published)
        raise problems[0] if problems else ArticleError(url, "holds no article: check it")
    if not text.strip():
        raise UsageError("give a text that has quotations in it")
    body = text.replace("\r\n", "\n")
    return Article(source="your text", body=body, published=published)


def _extractor(site: Site) -> Extractor:
    """Return what extracts; it knows the speakers of the database as it is now."""

    def make() -> Extractor:
        with open_session(site.database) as session, reading(session):
            return Extractor(known_speakers(session))

    with site.readers() as connection:
        now = state(connection)
    return site.memory.kept(now, "extractor", make)


def _shown(
    text: str, problem: str | None, pieces: list[list[Piece]], found: list[ExtractedQuotation]
) -> dict[str, Any]:
    numbered = dict(enumerate(found, start=1))
    return {"text": text, "problem": problem, "paragraphs": pieces, "by_id": numbered, "given": {}}


def _row(one: ExtractedQuotation) -> list[Any]:
    values = [getattr(one, name) for name in COLUMNS]
    return [value.text if hasattr(value, "text") else value for value in values]
