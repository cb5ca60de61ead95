"""Feeds (RSS, Atom) and site maps that were saved: the articles that they hold in full."""

from __future__ import annotations

from collections.abc import Iterator

from quotes.articles.decode import MAX_BYTES, read_limited
from quotes.articles.draft import Draft, Found, Reading
from quotes.articles.feeds import parse_feed
from quotes.articles.source import Source
from quotes.errors import ArticleError


def read(source: Source, reading: Reading) -> Iterator[Found]:
    """Read a saved feed; entries without a text are counted."""
    with source.open() as stream:
        feed = parse_feed(read_limited(stream, source.name, 5 * MAX_BYTES), source.name)
    full = [entry for entry in feed.entries if entry.html]
    hinted = {"outlet": (feed.name, "from the feed's title")} if feed.name else {}
    for number, entry in enumerate(full, start=1):
        where = entry.facts.url or f"{source.name}:{number}"
        yield Draft(where, entry.html, stated=entry.facts, hinted=hinted)
    if not full:
        problem = "holds addresses, no texts: `quotes watch` fetches the pages"
        raise ArticleError(source.name, problem)
    for entry in feed.entries:
        if not entry.html:
            what = "entry of a feed without its text (`quotes watch` fetches the pages)"
            reading.account.remark(what, entry.facts.url or source.name)
