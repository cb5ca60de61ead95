"""``quotes extract``: the quotations of articles, without a database."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import fields
from typing import Any

import click

from quotes.articles import Account, read_articles
from quotes.cli.extracting import Report, given_facts, make_extractor
from quotes.cli.options import (
    article_options,
    common_options,
    coref_option,
    fast_option,
    format_option,
    jobs_option,
    model_option,
)
from quotes.cli.output import note, plural, print_table, print_values
from quotes.cli.reading import delay_option, print_skipped, reading_options, to_options
from quotes.errors import ArticleError
from quotes.records import Article, ExtractedQuotation
from quotes.seeds import load_speakers, outlet_domains

FIELDS = tuple(field.name for field in fields(ExtractedQuotation))


@click.command(name="extract")
@click.argument("paths", metavar="PATH... | URL... | -", nargs=-1, required=True)
@article_options
@reading_options
@delay_option
@click.option("--all", "everything", is_flag=True, help="Also titles, nicknames and scare quotes.")
@format_option("table", "jsonl")
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
    everything: bool,
    form: str,
    **known: Any,
) -> None:
    """Print the quotations of articles and who said them, without a database.

    PATH is a file or a folder of any sort that `quotes ingest` reads, or - for standard input; URL
    is one page of the web. Speakers are resolved with the list that ships with the program.

    \b
      quotes extract article.txt --published 2025-08-15
      quotes extract articles/ --format jsonl > quotations.jsonl
    """
    report, account = Report(), Account()
    articles = read_articles(
        paths,
        defaults=given_facts(paths, known),
        on_error=report.fail,
        options=to_options(column, only, delay, transcript),
        domains=outlet_domains(),
        account=account,
    )
    found = _quotations(report.watch(articles), report, everything)
    if form == "jsonl":
        print_values(FIELDS, (tuple(one.to_dict().values()) for one in found), form)
    else:
        _print(found)
    print_skipped(account)
    report.finish()


def _quotations(
    articles: Iterable[Article], report: Report, everything: bool
) -> Iterator[ExtractedQuotation]:
    for _, extracted in make_extractor(load_speakers()).extract_all(articles):
        if isinstance(extracted, ArticleError):
            report.fail(extracted)
        else:
            yield from extracted.listed(everything=everything)


def _print(found: Iterable[ExtractedQuotation]) -> None:
    rows = [(one.article, one.speaker, one.confidence, one.rule, one.text) for one in found]
    if rows:
        print_table(("article", "speaker", "confidence", "rule", "quotation"), rows)
    note(plural(len(rows), "quotation"))
