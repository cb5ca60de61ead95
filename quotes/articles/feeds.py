"""What feeds (RSS, Atom) and site maps say: addresses of articles, facts, sometimes the texts."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from quotes.articles.bylines import byline_of
from quotes.articles.dates import parse_date
from quotes.articles.metadata import Metadata, clean, language, web_address
from quotes.errors import ArticleError

_FULL_WORDS = 100
"""Words from which on a description is taken for the text itself."""
_SITE_MAP = re.compile(rb"<(?:\w+:)?(?:urlset|sitemapindex)[\s>]")
_TITLE_PARTS = re.compile(r"\s+(?:[|–—·»>-]|::)\s+")
_HEAD = 4096


@dataclass(frozen=True, slots=True)
class Entry:
    """An article of a feed: the facts that it states, and its text as HTML, if it is there.

    ``changed`` is the day on which a site map says that the page changed.
    """

    facts: Metadata
    html: str = ""
    changed: date | None = None


@dataclass(frozen=True, slots=True)
class Feed:
    """The entries of a feed (of a site map: the newest first).

    ``name`` is the outlet, as the title tells; ``maps`` are addresses of further site maps.
    """

    entries: Sequence[Entry]
    name: str | None = None
    maps: Sequence[str] = ()


def parse_feed(raw: bytes, source: str) -> Feed:
    """Return what a feed or site map holds; raises ArticleError if it is neither."""
    feed = _site_map(raw, source) if _SITE_MAP.search(raw[:_HEAD]) else _feed(raw)
    if not feed.entries and not feed.maps:
        raise ArticleError(source, "is not a feed with entries: check the address")
    return feed


def _feed(raw: bytes) -> Feed:
    import feedparser

    # The texts are taken apart by our own reader of HTML.
    parsed = feedparser.parse(io.BytesIO(raw), sanitize_html=False, resolve_relative_uris=True)
    title = clean(parsed.feed.get("title"))
    name = _TITLE_PARTS.split(title)[0] if title else None
    spoken = language(clean(parsed.feed.get("language")))
    return Feed([_entry(item, spoken) for item in parsed.entries], name)


def _entry(item: Any, spoken: str | None) -> Entry:
    texts = [part.get("value") or "" for part in item.get("content") or ()]
    html = max(texts, key=len, default="")
    summary = item.get("summary") or ""
    if not html and len(summary.split()) >= _FULL_WORDS:
        html = summary
    source = item.get("source") or {}
    return Entry(
        Metadata(
            title=clean(item.get("title")),
            outlet=clean(source.get("title")),
            url=web_address(clean(item.get("link"))),
            published=_day(item),
            byline=byline_of([dict(one) for one in item.get("authors") or () if one]),
            language=spoken,
        ),
        html,
    )


def _day(item: Any) -> date | None:
    for name in ("published", "created", "updated"):
        if day := parse_date(clean(item.get(name)) or ""):
            return day
        if moment := item.get(f"{name}_parsed"):
            return date(*moment[:3])
    return None


def _site_map(raw: bytes, source: str) -> Feed:
    from lxml import etree

    parser = etree.XMLParser(resolve_entities=False, no_network=True, recover=True)
    root = etree.fromstring(raw, parser=parser)
    if root is None:
        raise ArticleError(source, "is a broken site map: get it again")
    entries = [entry for entry in map(_located, root.iter("{*}url")) if entry.facts.url]
    entries.sort(key=lambda one: one.facts.published or one.changed or date.min, reverse=True)
    found = (_text(one, "loc") for one in root.iter("{*}sitemap"))
    return Feed(entries, maps=[address for one in found if (address := web_address(one))])


def _located(item: Any) -> Entry:
    """Return what a site map (with the extension for news) says of a page."""
    facts = Metadata(
        title=_text(item, "title"),
        outlet=_text(item, "name"),
        url=web_address(_text(item, "loc")),
        published=parse_date(_text(item, "publication_date") or ""),
        language=language(_text(item, "language")),
    )
    return Entry(facts, changed=parse_date(_text(item, "lastmod") or ""))


def _text(item: Any, tag: str) -> str | None:
    return next((clean(one.text) for one in _of(item, tag)), None)


def _of(item: Any, tag: str) -> Iterator[Any]:
    return (one for one in item.iter(f"{{*}}{tag}") if one.text)
