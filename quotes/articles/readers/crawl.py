"""Crawls (WARC, as of Common Crawl, wget or Heritrix): the article pages in them, one by one."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from quotes.articles.bounded import damaged
from quotes.articles.decode import read_limited
from quotes.articles.draft import Draft, Found, Reading
from quotes.articles.extras import need
from quotes.articles.metadata import Metadata, clean, web_address
from quotes.articles.readers.webpage import charset_in, draft_of, html_of
from quotes.articles.source import Source
from quotes.errors import ArticleError

_PAGES = ("text/html", "application/xhtml+xml")


def read(source: Source, reading: Reading) -> Iterator[Found]:
    """Read a ``.warc``; what is no page with an article is counted, not reported one by one."""
    archive = need("warcio.archiveiterator", "warc", source.name)
    failed = need("warcio.exceptions", "warc", source.name).ArchiveLoadFailed
    with source.open() as stream:
        try:
            for record in archive.ArchiveIterator(stream):
                if record.rec_type in ("response", "resource") and _is_page(record):
                    draft = _draft(record, source, reading)
                    if draft is not None:
                        yield draft
        except failed as error:
            raise damaged(source.name) from error


def _is_page(record: Any) -> bool:
    headers = record.http_headers
    if headers is None:
        sort = record.rec_headers.get_header("Content-Type") or ""
    elif headers.get_statuscode() != "200":
        return False
    else:
        sort = headers.get_header("Content-Type") or ""
    return sort.partition(";")[0].strip().lower() in _PAGES


def _draft(record: Any, source: Source, reading: Reading) -> Draft | None:
    """Return the article on a page; None where there is none, or it is stored already."""
    address = clean(record.rec_headers.get_header("WARC-Target-URI"))
    where = address or f"{source.name}:{record.rec_headers.get_header('WARC-Record-ID')}"
    url = web_address((address or "").strip("<>"))
    try:
        raw = read_limited(record.content_stream(), where)
        digest = hashlib.sha256(raw).hexdigest()
        if url and reading.is_stored(url, digest):
            reading.account.stored += 1
            return None
        sort = record.http_headers.get_header("Content-Type") if record.http_headers else None
        draft = draft_of(html_of(raw, where, charset_in(sort or "")), where, reading)
    except ArticleError as error:
        what = "page of a crawl without an article"
        reading.account.remark(what, f"{where} {error.problem.partition(':')[0]}")
        return None
    return replace(draft, stated=Metadata(url=url), raw_hash=digest)
