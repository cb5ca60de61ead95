"""Saved web pages: the article and its metadata without menus, comments and advertisements."""

from __future__ import annotations

import logging
import re
from collections.abc import Iterator
from pathlib import Path

from quotes.articles.decode import decode, open_binary, read_limited
from quotes.articles.draft import Draft
from quotes.articles.metadata import Metadata
from quotes.errors import ArticleError

_CHARSET = re.compile(rb"""(?:charset|encoding)\s*=\s*["']?\s*([\w-]+)""", re.IGNORECASE)
_HEAD = 2048
_NO_ARTICLE = "no article found on the page: save the text itself as .txt"


def read(path: Path, source: str) -> Iterator[Draft | ArticleError]:
    """Read an ``.html`` file with trafilatura; the body has one line a paragraph."""
    with open_binary(path, source) as stream:
        raw = read_limited(stream, source)
    charset = _CHARSET.search(raw, 0, _HEAD)
    html = decode(raw, source, charset[1].decode("ascii") if charset else None)
    try:
        yield _extract(html, source)
    except ArticleError:
        raise
    except Exception as error:  # hostile pages break parsers in ways that no list foresees
        raise ArticleError(source, _NO_ARTICLE) from error


def _extract(html: str, source: str) -> Draft:
    for library in ("trafilatura", "htmldate", "courlan"):
        logging.getLogger(library).addHandler(logging.NullHandler())  # errors are reported here
    from trafilatura import bare_extraction, load_html

    tree = load_html(html)
    page = tree is not None and bare_extraction(
        tree,
        include_comments=False,
        with_metadata=True,
        # Only dates that the page declares: a wider search finds copyright lines.
        date_extraction_params={"original_date": True, "extensive_search": False},
    )
    if not page or not (page.text or "").strip():
        raise ArticleError(source, _NO_ARTICLE)
    facts = {
        "title": page.title,
        # Where a page does not name its site, trafilatura falls back on the bare host.
        "outlet": None if page.sitename == page.hostname else page.sitename,
        "url": page.url,
        "published": page.date,
        "byline": page.author,
        "language": tree.get("lang"),
    }
    return Draft(source, page.text, guessed=Metadata.from_fields(facts))
