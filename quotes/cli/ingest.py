"""``quotes ingest``: articles into the database."""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from typing import Any

import click

from quotes.articles import Account, count_inputs, read_articles
from quotes.cli.batch import Report, given_facts, make_extractor
from quotes.cli.interrupt import INTERRUPTED, deferred_interrupt
from quotes.cli.judge import report_lost
from quotes.cli.options import (
    article_options,
    common_options,
    coref_option,
    database_option,
    jobs_option,
    model_option,
    state,
)
from quotes.cli.output import plural, print_table
from quotes.cli.reading import print_account, reading_options, to_options
from quotes.database.repository import Repository, Stats
from quotes.database.session import open_session
from quotes.errors import ArticleError
from quotes.pipeline import ingest
from quotes.records import Article, Stored, Unchanged
from quotes.seeds import outlet_domains

Outcome = Stored | Unchanged | ArticleError


class Tally:
    """Counts the outcomes of a run, and calls ``steps`` after each."""

    def __init__(self, *steps: Callable[[], None]) -> None:
        self.report = Report()
        self.counts: Counter[str] = Counter()
        self.lost: list[int] = []
        self._steps = steps

    def add(self, _article: Article, outcome: Outcome) -> None:
        """Count what became of an article."""
        if isinstance(outcome, ArticleError):
            self.fail(outcome)
            return
        if isinstance(outcome, Stored):
            self.lost += outcome.lost
            self.counts.update(
                stored=1, quotations=outcome.quotations, attributed=outcome.attributed
            )
        else:
            self.counts["unchanged"] += 1
        self._step()

    def fail(self, error: ArticleError) -> None:
        """Count an input that could not be read or stored."""
        self.report.fail(error)
        self._step()

    def _step(self) -> None:
        for step in self._steps:
            step()


@click.command(name="ingest")
@click.argument("paths", metavar="PATH... | -", nargs=-1, required=True)
@article_options
@reading_options
@database_option
@model_option
@coref_option
@jobs_option
@common_options
def command(
    paths: tuple[str, ...], column: tuple[str, ...], only: tuple[str, ...], **known: Any
) -> None:
    """Read articles, find and attribute their quotations, merge and store everything.

    PATH is an article (.txt, .md, .html), a table of articles (.csv, .tsv, .jsonl), a folder of
    these, or - for standard input. Columns and keys are known by their usual names; --column names
    others. An article that is stored already is passed over, so the same command can be given again
    at any time; Ctrl-C leaves whole articles behind. The closing lines tell how many articles have
    no date, outlet or title, which columns were not used, and what was guessed.

    \b
      quotes ingest articles/
      quotes ingest speech.html --outlet "Sample Wire" --published 2025-08-15
      quotes ingest dump.csv --column text=story --column published="day of issue"
    """
    facts, options, account = given_facts(paths, known), to_options(column, only), Account()
    with open_session(state().database) as session:
        repository = Repository(session)
        before = repository.stats()
        extractor = make_extractor(repository.known_speakers())
        with _progress(paths) as advance, deferred_interrupt() as stop_if_asked:
            tally = Tally(advance, stop_if_asked)
            articles = read_articles(
                paths,
                defaults=facts,
                on_error=tally.fail,
                options=options,
                domains=outlet_domains(),
                account=account,
            )
            try:
                ingest(tally.report.watch(articles), repository, extractor, tally.add)
            except KeyboardInterrupt:
                stored = plural(tally.counts["stored"], "article")
                click.echo(
                    f"interrupted: {stored} stored; run the same command again to go on", err=True
                )
                click.get_current_context().exit(INTERRUPTED)
        if not state().quiet:
            _summarise(tally, before, repository.stats(), account)
        print_account(account, options)
        report_lost(session, tally.lost)
    tally.report.finish()


def _summarise(tally: Tally, before: Stats, after: Stats, account: Account) -> None:
    counts = tally.counts
    if not counts["stored"] and not tally.report.errors:
        unchanged = plural(counts["unchanged"], "article")
        click.echo(f"nothing new: {unchanged} unchanged")
        return
    quotes = after.quotes - before.quotes
    print_table(
        ("ingested", "count"),
        [
            ("articles stored", counts["stored"]),
            ("articles unchanged", counts["unchanged"]),
            ("articles failed", len(tally.report.errors)),
            ("quotations", counts["quotations"]),
            ("  attributed", counts["attributed"]),
            ("new speakers", after.speakers - before.speakers),
            ("new quotes", quotes),
            ("new variants merged into quotes", after.variants - before.variants - quotes),
            *((f"articles without {noun}", count) for noun, count in account.lacking()),
        ],
    )


@contextmanager
def _progress(paths: Sequence[str]) -> Iterator[Callable[[], None]]:
    """Yield what moves the progress bar by one article; there is a bar on a terminal only."""
    if state().quiet or not sys.stderr.isatty():
        yield lambda: None
        return
    from rich.console import Console
    from rich.progress import (
        BarColumn,
        MofNCompleteColumn,
        Progress,
        TextColumn,
        TimeRemainingColumn,
    )

    columns = (
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        TimeRemainingColumn(),
    )
    with Progress(*columns, console=Console(stderr=True), transient=True) as progress:
        task = progress.add_task("reading articles", total=count_inputs(paths))
        yield lambda: progress.advance(task)
