"""``quotes ingest``: articles into the database."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import click

from quotes.articles import Account, count_inputs, read_articles
from quotes.cli.extracting import given_facts
from quotes.cli.options import (
    article_options,
    common_options,
    coref_option,
    database_option,
    fast_option,
    jobs_option,
    model_option,
)
from quotes.cli.reading import delay_option, reading_options, to_options
from quotes.cli.storing import store
from quotes.database.repository import Repository
from quotes.errors import ArticleError
from quotes.records import Article
from quotes.seeds import outlet_domains


@click.command(name="ingest")
@click.argument("paths", metavar="PATH... | URL... | -", nargs=-1, required=True)
@article_options
@reading_options
@delay_option
@database_option
@model_option
@coref_option
@fast_option
@jobs_option
@common_options
def command(
    paths: tuple[str, ...],
    column: tuple[str, ...],
    only: tuple[str, ...],
    delay: float,
    transcript: bool | None,
    **known: Any,
) -> None:
    """Read articles, find and attribute their quotations, merge and store everything.

    PATH is a file or a folder: texts, web pages, tables and JSON of articles, documents (.docx,
    .odt, .rtf, .pdf, .epub), mail, saved feeds, crawls (.warc), exports of press archives, each
    also in a .zip or .gz; or - for standard input. URL is one page of the web. Columns and keys are
    known by their usual names; --column names others.

    An article that is stored already is passed over, so the same command can be given again at any
    time; Ctrl-C leaves whole articles behind. The closing lines tell how many articles have no
    date, outlet or title, what was guessed, and what was not used or not read.

    \b
      quotes ingest articles/
      quotes ingest speech.html --outlet "Sample Wire" --published 2025-08-15
      quotes ingest dump.csv --column text=story --column published="day of issue"
    """
    facts, options = given_facts(paths, known), to_options(column, only, delay, transcript)

    def read(
        repository: Repository, account: Account, on_error: Callable[[ArticleError], None]
    ) -> Iterator[Article]:
        return read_articles(
            paths,
            defaults=facts,
            on_error=on_error,
            options=options,
            domains=outlet_domains(),
            account=account,
            is_stored=repository.is_stored,
        )

    store(read, total=count_inputs(paths), columns=options.columns)
