"""Saved web pages: the article and its metadata without menus, comments and advertisements."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator
from dataclasses import replace

from quotes.articles.decode import decode, read_limited
from quotes.articles.draft import Draft, Reading
from quotes.articles.exports import articles_in
from quotes.articles.markup import to_text
from quotes.articles.page import find_article
from quotes.articles.source import Source
from quotes.errors import ArticleError

_CHARSET = re.compile(r"""(?:charset|encoding)\s*=\s*["']?\s*([\w-]+)""", re.IGNORECASE)
_HEAD = 2048
_EXPORT = re.compile(r"End of Document|Factiva|ProQuest")


def read(source: Source, reading: Reading) -> Iterator[Draft | ArticleError]:
    """Read an ``.html`` file with trafilatura; the body has one line a paragraph."""
    with source.open() as stream:
        raw = read_limited(stream, source.name)
    html = html_of(raw, source.name, source.charset)
    if _EXPORT.search(html) and (found := articles_in(to_text(html))):
        for number, (body, facts) in enumerate(found, start=1):
            yield Draft(f"{source.name}:{number}", body, stated=facts)
    else:
        draft = draft_of(html, source.name, reading)
        yield replace(draft, raw_hash=hashlib.sha256(raw).hexdigest())


def html_of(raw: bytes, where: str, charset: str | None = None) -> str:
    """Return the characters of a page; ``charset`` is what a server said of it."""
    return decode(raw, where, charset or charset_in(raw[:_HEAD].decode("latin-1")))


def charset_in(text: str) -> str | None:
    """Return the encoding that a header, or the head of a page, declares."""
    found = _CHARSET.search(text)
    return found[1] if found else None


def draft_of(html: str, where: str, reading: Reading) -> Draft:
    """Return the article on a page; raises ArticleError where it holds none that can be read."""
    try:
        page = find_article(html)
    except ImportError:
        raise  # no page is to blame for a package that is missing
    except Exception as error:  # hostile pages break parsers in ways that no list foresees
        raise ArticleError(where, "its HTML is broken: save the text itself as .txt") from error
    if page is None:
        raise ArticleError(where, "no article found on the page: save the text itself as .txt")
    if page.outside:
        reading.account.remark("page with quotations outside the article that was found", where)
    return Draft(where, page.body, declared=page.facts)
