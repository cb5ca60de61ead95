"""What ``ingest`` and ``extract`` share: facts given for the articles, and the closing report."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

import click

from quotes.articles import Metadata, count_inputs, looks_english
from quotes.cli.options import state
from quotes.cli.output import note, plural, printable
from quotes.english.encoder import missing
from quotes.errors import ArticleError, FaultError, UsageError
from quotes.pipeline import Extractor
from quotes.records import Article, KnownSpeaker

LONG_ENOUGH = 300
"""Characters from which on the language of a text can be told."""


def given_facts(paths: Sequence[str], known: Mapping[str, Any]) -> Metadata:
    """Return what the options say about the articles.

    Raises UsageError if ``paths`` hold several articles and an option can be true of one only.
    """
    if (known["url"] or known["title"]) and paths != ("-",) and count_inputs(paths) != 1:
        raise UsageError("--url and --title describe one article: give the path of one")
    return Metadata(**known)


def make_extractor(known: Sequence[KnownSpeaker]) -> Extractor:
    """Return the extractor that the options of this run ask for."""
    given = state()
    lacking = None if given.fast else missing()
    if lacking:
        note(lacking)
    return Extractor(known, model=given.model, coref=given.coref, fast=given.fast, jobs=given.jobs)


class Report:
    """Collects what a batch has to tell; ``finish`` prints it and sets the exit status."""

    def __init__(self) -> None:
        self.errors: list[ArticleError] = []
        self._foreign: list[str] = []

    def fail(self, error: ArticleError) -> None:
        """Keep the reason why an input failed."""
        self.errors.append(error)

    def watch(self, articles: Iterable[Article]) -> Iterator[Article]:
        """Pass ``articles`` on, and remember those that are not in English."""
        for article in articles:
            unnamed = article.language is None and len(article.body) >= LONG_ENOUGH
            if article.language not in (None, "en") or (
                unnamed and not looks_english(article.body)
            ):
                self._foreign.append(article.source)
            yield article

    def finish(self) -> None:
        """Print to standard error what failed and why; exit with status 1 if anything did."""
        if self._foreign:
            first = printable(self._foreign[0])
            note(
                f"{plural(len(self._foreign), 'article')} not in English, such as {first}: "
                "check who said what there, the rules know English only"
            )
        report_failed(self.errors)


def report_failed(errors: Sequence[ArticleError]) -> None:
    """Print what failed and why, with ``--debug`` also where; exit with status 1 then."""
    if not errors:
        return
    click.echo(f"{plural(len(errors), 'input')} failed:", err=True)
    for error in errors:
        click.echo(f"  {printable(str(error))}", err=True)
        if state().debug and isinstance(error, FaultError):
            click.echo(error.trace, err=True)
    click.get_current_context().exit(1)
