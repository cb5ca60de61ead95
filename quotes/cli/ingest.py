"""``quotes ingest``: articles into the database."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from typing import Any

import click

from quotes.api.database import Ingested
from quotes.articles import count_inputs, read_articles
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
from quotes.database.repository import Repository, Stats
from quotes.database.session import open_session
from quotes.errors import ArticleError
from quotes.pipeline import ingest
from quotes.records import Article, Stored, Unchanged


class Tally:
    """Counts the outcomes of a run, and calls ``steps`` after each."""

    def __init__(self, *steps: Callable[[], None]) -> None:
        self.report = Report()
        self.done = Ingested(failed=self.report.errors)
        self._steps = steps

    def add(self, article: Article, outcome: Stored | Unchanged | ArticleError) -> None:
        """Count what became of an article."""
        self.done.add(article, outcome)
        self._step()

    def fail(self, error: ArticleError) -> None:
        """Count an input that could not be read."""
        self.report.fail(error)
        self._step()

    def _step(self) -> None:
        for step in self._steps:
            step()


@click.command(name="ingest")
@click.argument("paths", metavar="PATH... | -", nargs=-1, required=True)
@article_options
@database_option
@model_option
@coref_option
@jobs_option
@common_options
def command(paths: tuple[str, ...], **known: Any) -> None:
    """Read articles, find and attribute their quotations, merge and store everything.

    PATH is an article (.txt, .md, .html), a table of articles (.csv, .tsv, .jsonl), a folder of
    these, or - for standard input. An article that is stored already is passed over, so the same
    command can be given again at any time; Ctrl-C leaves whole articles behind.

    \b
      quotes ingest articles/
      quotes ingest speech.html --outlet "Sample Wire" --published 2025-08-15
    """
    facts = given_facts(paths, known)
    with open_session(state().database) as session:
        repository = Repository(session)
        before = repository.stats()
        extractor = make_extractor(repository.known_speakers())
        with _progress(paths) as advance, deferred_interrupt() as stop_if_asked:
            tally = Tally(advance, stop_if_asked)
            articles = read_articles(paths, defaults=facts, on_error=tally.fail)
            try:
                ingest(tally.report.watch(articles), repository, extractor, tally.add)
            except KeyboardInterrupt:
                stored = plural(tally.done.stored, "article")
                click.echo(
                    f"interrupted: {stored} stored; run the same command again to go on", err=True
                )
                click.get_current_context().exit(INTERRUPTED)
        if not state().quiet:
            _summarise(tally.done, before, repository.stats())
        report_lost(session, tally.done.lost)
    tally.report.finish()


def _summarise(done: Ingested, before: Stats, after: Stats) -> None:
    if not done.stored and not done.failed:
        click.echo(f"nothing new: {plural(done.unchanged, 'article')} unchanged")
        return
    quotes = after.quotes - before.quotes
    print_table(
        ("ingested", "count"),
        [
            ("articles stored", done.stored),
            ("articles unchanged", done.unchanged),
            ("articles failed", len(done.failed)),
            ("quotations", done.quotations),
            ("  attributed", done.attributed),
            ("new speakers", after.speakers - before.speakers),
            ("new quotes", quotes),
            ("new variants merged into quotes", after.variants - before.variants - quotes),
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
