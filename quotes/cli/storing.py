"""What ``ingest`` and ``watch`` share: articles into the database, and what came of it."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager

import click

from quotes.api.database import Ingested
from quotes.articles import Account
from quotes.cli.extracting import Report, make_extractor
from quotes.cli.interrupt import deferred_interrupt
from quotes.cli.judge import report_lost
from quotes.cli.options import state
from quotes.cli.output import note, plural, print_table
from quotes.cli.reading import print_account
from quotes.columns import Columns
from quotes.database.repository import Repository, Stats
from quotes.database.session import open_session
from quotes.errors import INTERRUPTED, ArticleError
from quotes.pipeline import Outcome, ingest
from quotes.records import Article, Provenance

Read = Callable[[Repository, Account, Callable[[ArticleError], None]], Iterator[Article]]
"""Yields the articles to store; hands what fails to its last argument."""


_NAMED = 5
"""So many articles are named in one line before the rest is counted."""


class Tally:
    """Counts the outcomes of a run, and calls ``steps`` after each."""

    def __init__(self, *steps: Callable[[], None]) -> None:
        self.report = Report()
        self.done = Ingested(failed=self.report.errors)
        self._steps = steps

    def add(self, article: Article, outcome: Outcome) -> None:
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


def store(read: Read, *, total: int | None = None, columns: Columns | None = None) -> None:
    """Extract and store what ``read`` yields; print what came of it and set the exit status.

    ``total`` is how many articles there are at most, for the progress bar; ``columns`` are those
    that the user named.
    """
    account = Account()
    with open_session(state().database, patient=True) as session:
        repository = Repository(session)
        before = repository.stats()
        extractor = make_extractor(repository.known_speakers())
        with _progress(total) as advance, deferred_interrupt() as stop_if_asked:
            tally = Tally(advance, stop_if_asked)
            articles = read(repository, account, tally.fail)
            try:
                ingest(tally.report.watch(articles), repository, extractor, tally.add)
            except KeyboardInterrupt:
                stored = plural(tally.done.stored, "article")
                click.echo(
                    f"interrupted: {stored} stored; run the same command again to go on", err=True
                )
                click.get_current_context().exit(INTERRUPTED)
        tally.done.unchanged += account.stored
        if not state().quiet:
            _summarise(tally.done, before, repository.stats(), account)
        print_account(account, columns or Columns())
        for provenance, numbers in tally.done.seeming.items():
            note(_offer(provenance, numbers))
        report_lost(session, tally.done.lost)
    tally.report.finish()


def _summarise(done: Ingested, before: Stats, after: Stats, account: Account) -> None:
    if not done.stored and not done.completed and not done.failed:
        unchanged = plural(done.unchanged, "article")
        click.echo(f"nothing new: {unchanged} unchanged")
        return
    quotes = after.quotes - before.quotes
    print_table(
        ("ingested", "count"),
        [
            ("articles stored", done.stored),
            *((("articles completed", done.completed),) if done.completed else ()),
            ("articles unchanged", done.unchanged),
            ("articles failed", len(done.failed)),
            ("quotations", done.quotations),
            ("  attributed", done.attributed),
            ("new speakers", after.speakers - before.speakers),
            ("new quotes", quotes),
            ("new variants merged into quotes", after.variants - before.variants - quotes),
            *((f"articles without {noun}", count) for noun, count in account.lacking()),
        ],
    )


def _offer(provenance: Provenance, numbers: Sequence[int]) -> str:
    """Say which articles seem to be translated, and how to mark them: nothing is marked unasked."""
    look = "looks" if len(numbers) == 1 else "look"
    more = len(numbers) - _NAMED
    named = ", ".join(f"a{number}" for number in numbers[:_NAMED])
    named += f" and {more:,} more" if more > 0 else ""
    return (
        f"{plural(len(numbers), 'article')} {look} {provenance} ({named}): `quotes articles edit "
        f"a{numbers[0]} --provenance {provenance}` marks one, `quotes outlets edit` a whole outlet"
    )


@contextmanager
def _progress(total: int | None) -> Iterator[Callable[[], None]]:
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
        TimeElapsedColumn,
        TimeRemainingColumn,
    )

    columns = [
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        TextColumn("{task.fields[rate]}"),
        TimeElapsedColumn(),
    ]
    if total is not None:
        columns += [TextColumn("so far,"), TimeRemainingColumn(), TextColumn("left")]
    # The bar moves the cursor, which nothing else may; it prints no words of any file.
    terminal = Console(file=sys.__stderr__)
    with Progress(*columns, console=terminal, transient=True) as progress:
        task = progress.add_task("reading articles", total=total, rate="")

        def advance() -> None:
            rate = progress.tasks[0].speed
            progress.update(task, advance=1, rate=f"{rate:,.1f} a second" if rate else "")

        yield advance
