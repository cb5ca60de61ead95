"""``quotes watch``: the new articles of feeds and site maps, fetched and stored."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Sequence

import click

from quotes.articles import Account, read_sources
from quotes.articles.inputs import is_address
from quotes.articles.web import Client, Watched, watch
from quotes.cli.options import (
    common_options,
    coref_option,
    database_option,
    fast_option,
    jobs_option,
    model_option,
)
from quotes.cli.output import note
from quotes.cli.reading import delay_option
from quotes.cli.storing import store
from quotes.database.repository import Repository
from quotes.errors import INTERRUPTED, ArticleError
from quotes.records import Article
from quotes.seeds import outlet_domains


@click.command(name="watch")
@click.argument("feeds", metavar="FEED...", nargs=-1, required=True)
@click.option(
    "--every",
    type=click.FloatRange(min=0, min_open=True),
    metavar="MINUTES",
    help="Look again after so many minutes, until Ctrl-C.",
)
@click.option(
    "--most",
    type=click.IntRange(min=1),
    default=200,
    show_default=True,
    metavar="N",
    help="Look at the first N entries of each feed; of a site map, at the newest.",
)
@delay_option
@database_option
@model_option
@coref_option
@fast_option
@jobs_option
@common_options
def command(feeds: tuple[str, ...], every: float | None, most: int, delay: float) -> None:
    """Fetch and store the articles of feeds that are not stored yet.

    FEED is the address of an RSS or Atom feed, a site map, or a page that names its feed, or the
    path of a saved feed. Pages are fetched politely: robots.txt is honoured, one site is asked once
    a second at most, and nothing is fetched from a private network unless FEED itself is there.

    \b
      quotes watch https://www.example.org/rss.xml
      quotes watch https://www.example.org/news-sitemap.xml --every 30
    """
    client = Client(filter(is_address, feeds), delay)
    while True:
        try:
            _look(feeds, client, most)
        except click.exceptions.Exit as ended:  # some pages failed; the next round goes on
            if every is None or ended.exit_code == INTERRUPTED:
                raise
        if every is None:
            return
        time.sleep(60 * every)


def _look(feeds: Sequence[str], client: Client, most: int) -> None:
    """Fetch and store once what is new."""
    watched = Watched()

    def read(
        repository: Repository, account: Account, on_error: Callable[[ArticleError], None]
    ) -> Iterator[Article]:
        known = repository.known_addresses
        pages = watch(feeds, client, known, on_error, most=most, watched=watched)
        yield from read_sources(pages, on_error=on_error, domains=outlet_domains(), account=account)
        note(f"feeds: {watched.entries:,} looked at, {watched.known:,} of them stored before")
        if watched.left:
            note(f"feeds: {watched.left:,} more not looked at: --most")

    store(read)
