"""``quotes outlets``: who published the articles, and which outlets are one."""

from __future__ import annotations

from dataclasses import astuple, fields
from typing import get_args

import click

from quotes.basics import Provenance
from quotes.cli.judge import done, judge_options, judging
from quotes.cli.options import common_options, database_option, format_option, state
from quotes.cli.output import note, plural, print_text, print_values
from quotes.database.session import open_reader
from quotes.search.articles import OutletListed, list_outlets
from quotes.search.doubt import mark_of

UNKNOWN = "unknown"


@click.group(name="outlets")
def command() -> None:
    """List outlets, and correct them.

    What you correct is stored as a judgement: it holds for later articles, too, is kept in
    `quotes judge log`, and `quotes judge undo` undoes it.

    \b
      quotes outlets list
      quotes outlets rename daily-lantern "The Daily Lantern"
      quotes outlets edit lantern-world --provenance translated
      quotes outlets merge "Lantern Online" "Daily Lantern"
    """


@command.command(name="list")
@click.option("--all", "everyone", is_flag=True, help="Also known outlets without an article.")
@format_option("cards", "csv", "json", "jsonl")
@database_option
@common_options
def list_command(everyone: bool, form: str) -> None:
    """List the outlets, those with the most articles first."""
    with open_reader(state().database) as connection:
        found = list_outlets(connection, silent=everyone)
    if form != "cards":
        print_values([field.name for field in fields(OutletListed)], map(astuple, found), form)
    for row in found if form == "cards" else ():
        _print_card(row)
    others = "" if everyone else " with articles (--all lists all that are known)"
    note(f"{plural(len(found), 'outlet')}{others}")


def _print_card(row: OutletListed) -> None:
    """Print the name with the slug, and the facts below."""
    print_text((f"{row.name} ({row.slug})", {}), whole=True)
    facts = (
        plural(row.articles, "article"),
        plural(row.quotations, "quotation"),
        row.country,
        mark_of(row.provenance),
    )
    listed = " · ".join(fact for fact in facts if fact)
    print_text((listed, {"dim": True}), indent="  ", whole=True)


@command.command()
@click.argument("outlet")
@click.argument("name")
@judge_options
def rename(outlet: str, name: str, by: str | None, why: str | None) -> None:
    """Give OUTLET another name; the old one still finds it, the slug stays as it is."""
    judge = judging(by)
    done(judge, judge.rename_outlet(outlet, name, why=why))


@command.command()
@click.argument("outlet")
@click.option(
    "--provenance",
    type=click.Choice((*get_args(Provenance), UNKNOWN)),
    required=True,
    help="Where the words of its articles come from, unless an article says otherwise.",
)
@judge_options
def edit(outlet: str, provenance: str, by: str | None, why: str | None) -> None:
    """Mark OUTLET: all its articles, now and later, are translated, say, or transcripts."""
    judge = judging(by)
    given = None if provenance == UNKNOWN else provenance
    done(judge, judge.edit_outlet(outlet, given, why=why))


@command.command()
@click.argument("outlet")
@click.argument("into")
@judge_options
def merge(outlet: str, into: str, by: str | None, why: str | None) -> None:
    """Say that OUTLET is INTO: all its articles count as INTO's, now and later."""
    judge = judging(by)
    done(judge, judge.merge_outlets(outlet, into, why=why))
