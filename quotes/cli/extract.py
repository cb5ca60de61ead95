"""``quotes extract``: the quotations of articles, without a database."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

import click

from quotes.articles import Account, read_articles
from quotes.cli.batch import Report, given_facts, make_extractor
from quotes.cli.options import (
    article_options,
    common_options,
    coref_option,
    format_option,
    jobs_option,
    model_option,
)
from quotes.cli.output import note, plural, print_table, print_values
from quotes.cli.reading import delay_option, print_skipped, reading_options, to_options
from quotes.errors import ArticleError
from quotes.records import Article, AttributedQuotation, ExtractedArticle, Span
from quotes.seeds import load_speakers, outlet_domains

FIELDS = tuple(
    "article start end text kind kind_confidence speaker speaker_slug speaker_type mention cue "
    "rule confidence evidence".split()
)


@click.command(name="extract")
@click.argument("paths", metavar="PATH... | URL... | -", nargs=-1, required=True)
@article_options
@reading_options
@delay_option
@click.option("--all", "everything", is_flag=True, help="Also titles, nicknames and scare quotes.")
@format_option("table", "jsonl")
@model_option
@coref_option
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
    found = (
        (article, item)
        for article, item in _items(report.watch(articles), report)
        if everything or item.quotation.kind != "none"
    )
    if form == "jsonl":
        print_values(FIELDS, (extracted_row(*pair) for pair in found), form)
    else:
        _print(found)
    print_skipped(account)
    report.finish()


def _items(
    articles: Iterable[Article], report: Report
) -> Iterator[tuple[Article, AttributedQuotation]]:
    for article, extracted in make_extractor(load_speakers()).extract_all(articles):
        if isinstance(extracted, ArticleError):
            report.fail(extracted)
        else:
            yield from ((article, item) for item in extracted.quotations)


def _print(found: Iterator[tuple[Article, AttributedQuotation]]) -> None:
    rows = [
        (
            article.source,
            item.speaker.name if item.speaker else None,
            item.confidence,
            item.attribution.rule,
            item.quotation.text,
        )
        for article, item in found
    ]
    if rows:
        print_table(("article", "speaker", "confidence", "rule", "quotation"), rows)
    note(plural(len(rows), "quotation"))


def extracted_row(article: Article, item: AttributedQuotation) -> tuple[object, ...]:
    """Return one quotation in the order of ``FIELDS``."""
    quotation, attribution, speaker = item.quotation, item.attribution, item.speaker
    evidence = (*attribution.evidence, *(speaker.evidence if speaker else ()))
    return (
        article.source,
        quotation.start,
        quotation.end,
        quotation.text,
        quotation.kind,
        quotation.kind_confidence,
        speaker.name if speaker else None,
        speaker.slug if speaker else None,
        speaker.type if speaker else None,
        _span(attribution.mention),
        _span(attribution.cue),
        attribution.rule,
        item.confidence,
        [piece.fields() for piece in evidence],
    )


def extracted_objects(extracted: ExtractedArticle) -> Iterator[dict[str, Any]]:
    """Yield what ``--all --format jsonl`` prints of an article, before it is made JSON."""
    for item in extracted.quotations:
        yield dict(zip(FIELDS, extracted_row(extracted.article, item), strict=True))


def _span(span: Span | None) -> dict[str, object] | None:
    return {"text": span.text, "start": span.start, "end": span.end} if span else None
