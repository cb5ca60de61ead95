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
    state,
)
from quotes.cli.output import note, plural, print_table, print_values
from quotes.cli.reading import delay_option, print_skipped, reading_options, to_options
from quotes.errors import ArticleError
from quotes.records import Article, ExtractedQuotation
from quotes.search.doubt import doubted
from quotes.search.reasons import why
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
    A name with a question mark (Putin ?) is uncertain, with two (Putin ??) very uncertain.

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
    columns = ["article", "speaker", "why", "quotation"]
    if state().debug:
        columns.append("rule")
    rows = [[row[name] for name in columns] for row in map(_row, found)]
    if rows:
        print_table(columns, rows)
    note(plural(len(rows), "quotation"))


def _row(one: ExtractedQuotation) -> dict[str, str | None]:
    cue, mention = (span.text if span else None for span in (one.cue, one.mention))
    against = "not speech" if one.kind == "none" else None
    return {
        "article": one.article,
        "speaker": doubted(one.speaker, one.confidence) if one.speaker else None,
        "why": why(
            one.rule,
            one.confidence,
            speaker=one.speaker,
            found=against,
            cue=cue,
            mention=mention,
        ),
        "quotation": one.text,
        "rule": one.rule,
    }
