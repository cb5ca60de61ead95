"""``quotes articles``: what was read, and corrections of its facts."""

from __future__ import annotations

from dataclasses import fields
from typing import Any

import click

from quotes.cli.judge import done, judge_options, judging
from quotes.cli.options import (
    article_options,
    common_options,
    database_option,
    format_option,
    state,
)
from quotes.cli.output import days, note, plural, print_text, print_values
from quotes.database.session import open_reader
from quotes.errors import UsageError
from quotes.records import EDITABLE
from quotes.search.articles import (
    ArticleListed,
    QuotationListed,
    article_details,
    judgements_on,
    list_articles,
)
from quotes.search.doubt import certainty, doubted, mark_of
from quotes.search.meant import find_meant

UNKNOWN = "unknown"


@click.group(name="articles")
def command() -> None:
    """List the articles, show one, and correct what is known of it.

    What you correct is stored as a judgement: it wins over what the files say, now and when they
    are read again, is kept in `quotes judge log`, and `quotes judge undo` undoes it.

    \b
      quotes articles list --outlet "Sample Wire"
      quotes articles edit a7 --published 2025-08-16
      quotes articles edit a8 --provenance machine-translated
      quotes articles remove a9 --why "the same text as a3"
    """


@command.command(name="list")
@click.option("--outlet", metavar="NAME", help="Published by this outlet.")
@click.option(
    "--unknown",
    "lacking",
    type=click.Choice(("outlet", "published", "title", "url")),
    help="Only articles of which this is not known.",
)
@format_option("cards", "csv", "json", "jsonl")
@database_option
@common_options
def list_command(outlet: str | None, lacking: str | None, form: str) -> None:
    """List the articles in the order in which they were read."""
    with open_reader(state().database) as connection:
        found = list_articles(connection, outlet=outlet, lacking=lacking)
    if form != "cards":
        names = [field.name for field in fields(ArticleListed)]
        rows = ([getattr(row, name) for name in names] for row in found)
        print_values(names, rows, form)
    margin = max((len(f"a{row.id}") for row in found), default=0) + 2
    for row in found if form == "cards" else ():
        print_text((row.title or row.source, {}), first=f"a{row.id}".ljust(margin), whole=True)
        print_text((_facts(row), {"dim": True}), indent=" " * margin, whole=True)
    note(plural(len(found), "article"))


def _facts(row: ArticleListed) -> str:
    facts = (
        row.outlet or "outlet unknown",
        days(row.published, row.published) or "date unknown",
        plural(row.quotations, "quotation"),
        mark_of(row.provenance),
        f"version {row.version}" if row.version > 1 else None,
    )
    return " · ".join(fact for fact in facts if fact)


@command.command()
@click.argument("article", metavar="ID")
@database_option
@common_options
def show(article: str) -> None:
    """Show one article: its facts, and its quotations with their speakers. ID is like a7."""
    with open_reader(state().database) as connection:
        number = find_meant(connection, article, "a").number
        found, quotations = article_details(connection, number)
    print_text((found.title or "without a title", {"bold": True}))
    facts = {
        "id": f"a{found.id}" + (f", version {found.version}" if found.version > 1 else ""),
        "outlet": found.outlet,
        "published": str(found.published) if found.published else None,
        "byline": found.byline,
        "language": found.language,
        "provenance": found.provenance,
        "url": found.url,
        "read from": found.source,
    }
    for name, value in facts.items():
        if value or name in ("outlet", "published"):
            print_text((value or UNKNOWN, {}), first=f"  {name + ':':<11}")
    margin = max((len(f"n{one.id}") for one in quotations), default=0) + 2
    for one in quotations:
        print_text((one.text, {}), first=f"n{one.id}".ljust(margin), whole=True)
        print_text((_said_by(one), {"dim": True}), indent=" " * margin, whole=True)
    unsure = sum(
        one.speaker is not None and certainty(one.confidence) != "sure" for one in quotations
    )
    more = f", {unsure} uncertain (marked ?)" if unsure else ""
    note(f"{plural(len(quotations), 'quotation')}{more}")


def _said_by(one: QuotationListed) -> str:
    if one.kind == "none":
        return "not speech"
    if one.speaker is None:
        return f"nobody was found: {one.reason or 'the source has no name'}"
    return doubted(one.speaker, one.confidence) + (f" · q{one.quote_id}" if one.quote_id else "")


@command.command()
@click.argument("article", metavar="ID")
@article_options
@click.option("--byline", help="Who wrote the article.")
@click.option(
    "--unknown",
    multiple=True,
    type=click.Choice(EDITABLE),
    help="This is not known; may be given again.",
)
@judge_options
def edit(
    article: str, unknown: tuple[str, ...], by: str | None, why: str | None, **facts: Any
) -> None:
    """Correct what is known of an article. ID is like a7.

    Another date or byline has the article read anew: who held which office depends on it.
    """
    given = {name: value for name, value in facts.items() if value is not None}
    if both := given.keys() & set(unknown):
        raise UsageError(f"--{min(both)} and --unknown {min(both)} exclude each other")
    judge = judging(by)
    done(judge, judge.edit(article, why=why, **given, **dict.fromkeys(unknown)))


@command.command()
@click.argument("article", metavar="ID")
@judge_options
def remove(article: str, by: str | None, why: str | None) -> None:
    """Leave an article out of everything; it is kept, so that this can be undone. ID is like a7."""
    with open_reader(state().database) as connection:
        number = find_meant(connection, article, "a").number
        judged = judgements_on(connection, number)
    judge = judging(by)
    done(judge, judge.remove(f"a{number}", why=why))
    if judged:
        counted, are = plural(len(judged), "judgement"), "is" if len(judged) == 1 else "are"
        listed = ", ".join(map(str, judged))
        note(f"{counted} on it ({listed}) {are} kept for when this is undone")
