"""Feeds and site maps: the pages that they lead to and that are not stored yet."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from urllib.parse import urljoin

from quotes.articles.decode import MAX_BYTES, open_binary, read_limited
from quotes.articles.feeds import Entry, Feed, parse_feed
from quotes.articles.inputs import is_address
from quotes.articles.source import Source
from quotes.articles.web.client import Client
from quotes.articles.web.pages import page_source
from quotes.errors import ArticleError

_LINK = re.compile(rb"<link\b[^>]*>", re.IGNORECASE)
_ALTERNATE = re.compile(rb"application/(?:rss|atom)\+xml", re.IGNORECASE)
_HREF = re.compile(rb"""href\s*=\s*["']?([^"'\s>]+)""", re.IGNORECASE)
_MOST_MAPS = 20


@dataclass(slots=True)
class Watched:
    """What a round over feeds came to: entries, those stored before, those beyond the limit."""

    entries: int = 0
    known: int = 0
    left: int = 0


def watch(
    feeds: Sequence[str],
    client: Client,
    known: Callable[[Collection[str]], Collection[str]],
    on_error: Callable[[ArticleError], None],
    *,
    most: int = 200,
    watched: Watched | None = None,
) -> Iterator[Source]:
    """Yield the new pages of feeds, fetched one by one; what fails goes to ``on_error``.

    A feed is an address of an RSS or Atom feed, a site map, or a page that names one, or the path
    of a saved feed. ``known`` is asked which of some addresses are stored. ``most`` entries of each
    feed are looked at, the first ones; the rest is counted in ``watched``.
    """
    watched = watched or Watched()
    for given in feeds:
        try:
            feed = _load(given, client)
        except ArticleError as error:
            on_error(error)
            continue
        entries = [entry for entry in _entries(feed, client, on_error) if entry.facts.url]
        watched.left += max(0, len(entries) - most)
        entries = entries[:most]
        stored = set(known([entry.facts.url or "" for entry in entries]))
        watched.entries += len(entries)
        for entry in entries:
            if entry.facts.url in stored:
                watched.known += 1
                continue
            stored.add(entry.facts.url or "")
            try:
                yield _page(entry, client)
            except ArticleError as error:
                on_error(error)


def _page(entry: Entry, client: Client) -> Source:
    url = entry.facts.url or ""
    facts = replace(entry.facts, url=None)
    return page_source(client.fetch(url), url, facts)


def _load(given: str, client: Client) -> Feed:
    """Return the feed at an address or path; of a page, the first feed that it names."""
    if not is_address(given):
        with open_binary(Path(given), given) as stream:
            return parse_feed(read_limited(stream, given, 5 * MAX_BYTES), given)
    answer = client.fetch(given)
    if answer.sort in ("text/html", "application/xhtml+xml"):
        link = next((tag for tag in _LINK.findall(answer.body) if _ALTERNATE.search(tag)), b"")
        href = _HREF.search(link)
        if href is None:
            raise ArticleError(given, "is a page that names no feed: give the feed's address")
        answer = client.fetch(urljoin(answer.url, href[1].decode("utf-8", "replace")))
    return parse_feed(answer.body, given)


def _entries(
    feed: Feed, client: Client, on_error: Callable[[ArticleError], None]
) -> Iterator[Entry]:
    """Yield the entries of a feed and, of an index of site maps, those of its first maps."""
    yield from feed.entries
    if len(feed.maps) > _MOST_MAPS:
        problem = f"{len(feed.maps) - _MOST_MAPS} more site maps are left out: give their addresses"
        on_error(ArticleError(feed.maps[_MOST_MAPS], problem))
    for address in feed.maps[:_MOST_MAPS]:
        try:
            yield from parse_feed(client.fetch(address).body, address).entries
        except ArticleError as error:
            on_error(error)
