"""What a page declares of its article outside of JSON-LD: in its head, and in marked elements."""

from __future__ import annotations

import re
from datetime import date
from typing import Any
from urllib.parse import urlsplit

from quotes.articles.bylines import byline_of
from quotes.articles.dates import parse_date
from quotes.articles.metadata import Metadata, clean, host_in, language, web_address

_DATES = (
    "article:published_time",
    "og:article:published_time",
    "datepublished",
    "date_published",
    "parsely-pub-date",
    "publish-date",
    "publishdate",
    "pubdate",
    "publication_date",
    "dc.date.issued",
    "dcterms.created",
    "dc.date",
    "sailthru.date",
    "article.published",
    "cxenseparse:recs:publishtime",
    "date",
)
_AUTHORS = (
    "author",
    "article:author_name",
    "byl",
    "byline",
    "parsely-author",
    "dc.creator",
    "sailthru.author",
)
_BYLINES = (
    "//*[@itemprop='author' or @rel='author']",
    "//*[contains(concat(' ', @class), ' byline') or contains(@class, 'author-name')]",
    "//*[contains(concat(' ', @class), ' author')]",
)
_PARTS = re.compile(r"\s+[|–—·•»-]\s+")
_LONGEST_NAME = 80
_LETTERS = re.compile(r"\W+")


def declared_facts(tree: Any, stated: Metadata) -> Metadata:
    """Return what a page says of its article; ``stated`` is what its JSON-LD does, and goes first.

    The outlet is the name that a site gives itself, never its host nor a headline.
    """
    head = _meta(tree)
    url = _canonical(tree, head) or stated.url
    title = stated.title or head.get("og:title") or head.get("twitter:title") or _heading(tree)
    page_title = clean(tree.findtext(".//title") or "")
    return Metadata(
        title=title or page_title,
        outlet=_outlet(head, stated.outlet, url, title, page_title or ""),
        url=url,
        published=stated.published or _published(tree, head),
        byline=stated.byline or _byline(tree, head),
        language=language(tree.get("lang")) or language(head.get("og:locale")) or stated.language,
    )


def _meta(tree: Any) -> dict[str, str]:
    found: dict[str, str] = {}
    for meta in tree.iter("meta"):
        name = meta.get("property") or meta.get("name") or meta.get("itemprop")
        if name and (content := clean(meta.get("content"))):
            found.setdefault(name.lower(), content)
    return found


def _canonical(tree: Any, head: dict[str, str]) -> str | None:
    for link in tree.iter("link"):
        if link.get("rel") == "canonical" and (address := web_address(clean(link.get("href")))):
            return address
    return web_address(head.get("og:url"))


def _heading(tree: Any) -> str | None:
    headings = [clean(one.text_content()) for one in tree.iter("h1")]
    return headings[0] if len(headings) == 1 else None


def _published(tree: Any, head: dict[str, str]) -> date | None:
    for name in _DATES:
        if day := parse_date(head.get(name, "")):
            return day
    for element in tree.xpath("//*[@itemprop='datePublished']")[:3]:
        texts = (element.get("datetime"), element.get("content"), element.text_content())
        if day := next((day for text in texts if (day := parse_date(clean(text) or ""))), None):
            return day
    from htmldate import find_date

    # Only dates that the page declares: a wider search finds copyright lines.
    return parse_date(find_date(tree, original_date=True, extensive_search=False) or "")


def _byline(tree: Any, head: dict[str, str]) -> str | None:
    for name in _AUTHORS:
        if names := byline_of(head.get(name)):
            return names
    for path in _BYLINES:
        for element in tree.xpath(path)[:5]:
            text = element.text_content()
            if len(text) < 200 and (names := byline_of(text)):
                return names
    return None


def _outlet(
    head: dict[str, str], publisher: str | None, url: str | None, title: str | None, page: str
) -> str | None:
    for name in filter(None, (head.get("og:site_name"), publisher, head.get("application-name"))):
        if not host_in(name) and name != title and len(name) <= _LONGEST_NAME:
            return name
    # "Bridge opens | The Herald": only if the host says so, too.
    host = (urlsplit(url).hostname or "").removeprefix("www.").partition(".")[0] if url else ""
    hosts = (_fold(host), _fold(host).removeprefix("the"))
    for part in _PARTS.split(page)[1:]:
        if host and _fold(part).removeprefix("the") in hosts:
            return part
    return None


def _fold(text: str) -> str:
    return _LETTERS.sub("", text.casefold())
