"""A page of the web as a source, fetched when it is first opened."""

from __future__ import annotations

import io
from collections.abc import Iterator
from contextlib import contextmanager
from typing import BinaryIO

from quotes.articles.metadata import NOTHING, Metadata
from quotes.articles.source import Source
from quotes.articles.web.client import Answer, Client

_NAMES = {
    "text/html": "page.html",
    "application/xhtml+xml": "page.html",
    "application/pdf": "page.pdf",
    "text/plain": "page.txt",
    "application/json": "page.json",
    "application/rss+xml": "feed.rss",
    "application/atom+xml": "feed.rss",
    "application/xml": "feed.xml",
    "text/xml": "feed.xml",
}


def page_source(answer: Answer, name: str, known: Metadata = NOTHING) -> Source:
    """Return what a server sent as a source; ``name`` is the address that the user knows."""

    @contextmanager
    def opened() -> Iterator[BinaryIO]:
        yield io.BytesIO(answer.body)

    return Source(
        name,
        opened,
        known=Metadata(url=answer.url).or_else(known),
        inner=_NAMES.get(answer.sort, ""),
        charset=answer.charset,
    )


def fetched(url: str, client: Client) -> Iterator[Source]:
    """Yield the page at an address; raises ArticleError where it cannot be had."""
    yield page_source(client.fetch(url), url)
