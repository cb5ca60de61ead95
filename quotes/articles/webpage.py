"""Saved web pages: the article and its metadata without menus, comments and advertisements."""

from __future__ import annotations

import logging
import re
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType

from quotes.articles.decode import decode, open_binary, read_limited
from quotes.articles.draft import Draft
from quotes.articles.metadata import Metadata
from quotes.errors import ArticleError

_CHARSET = re.compile(rb"""(?:charset|encoding)\s*=\s*["']?\s*([\w-]+)""", re.IGNORECASE)
_HEAD = 2048
_MAX_ELEMENTS = 50_000  # trafilatura's time grows faster than the page
_LEAST_WORDS = 5  # on the longest line of an article; menus and buttons have fewer


def read(path: Path, source: str) -> Iterator[Draft | ArticleError]:
    """Read an ``.html`` file with trafilatura; the body has one line a paragraph."""
    with open_binary(path, source) as stream:
        raw = read_limited(stream, source)
    charset = _CHARSET.search(raw, 0, _HEAD)
    html = decode(raw, source, charset[1].decode("ascii") if charset else None)
    import trafilatura  # not within the try: no page is to blame for a package that is missing

    try:
        extracted = _extract(html, trafilatura)
    except Exception as error:  # hostile pages break parsers in ways that no list foresees
        raise ArticleError(source, "its HTML is broken: save the text itself as .txt") from error
    if extracted is None:
        raise ArticleError(source, "no article found on the page: save the text itself as .txt")
    body, facts = extracted
    yield Draft(source, body, guessed=facts)


def _extract(html: str, trafilatura: ModuleType) -> tuple[str, Metadata] | None:
    """Return the text and metadata of the article on a page, None where it holds none."""
    for library in ("trafilatura", "htmldate", "courlan"):
        logging.getLogger(library).addHandler(logging.NullHandler())  # errors are reported here
    tree = trafilatura.load_html(html)
    if tree is None or sum(1 for _ in tree.iter()) > _MAX_ELEMENTS:
        return None
    language = tree.get("lang")
    page = trafilatura.bare_extraction(
        tree,
        include_comments=False,
        with_metadata=True,
        # Only dates that the page declares: a wider search finds copyright lines.
        date_extraction_params={"original_date": True, "extensive_search": False},
    )
    if page is None or not page.text:
        return None
    if all(len(line.split()) < _LEAST_WORDS for line in page.text.splitlines()):
        return None
    facts = {
        "title": page.title,
        "outlet": None if _is_host(page.sitename, page.url) else page.sitename,
        "url": page.url,
        "published": page.date,
        "byline": page.author,
        "language": language,
    }
    return page.text, Metadata.from_fields(facts)


def _is_host(name: str | None, url: str | None) -> bool:
    """Whether a site's name is only its host, which trafilatura gives where a page has no name."""
    return bool(name and url and "." in name and name in url)
