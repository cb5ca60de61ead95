"""``quotes speakers``: who is in the database, and who is whom."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from dataclasses import fields
from itertools import chain
from pathlib import Path
from typing import Literal, get_args

import click

from quotes.basics import SpeakerType
from quotes.cli.asking import ask_speaker
from quotes.cli.judge import done, judge_options, judging
from quotes.cli.options import common_options, database_option, format_option, state
from quotes.cli.output import days, note, plural, print_text, print_values, printable, text_lines
from quotes.database.session import open_reader
from quotes.search.speakers import (
    QuoteCounted,
    SpeakerDetails,
    SpeakerListed,
    gender_of,
    list_speakers,
    office,
    speaker_details,
)


@click.group(name="speakers")
def command() -> None:
    """List speakers, show one, and correct them.

    What you correct is stored as a judgement: it wins over everything that the program finds or
    loads later, is kept in `quotes judge log`, and `quotes judge undo` undoes it.
    """


@command.command(name="list")
@click.option(
    "--type", "kind", type=click.Choice(get_args(SpeakerType)), help="Only speakers of this type."
)
@click.option("--provisional", is_flag=True, help="Only speakers met in articles, not known ones.")
@click.option("--all", "everyone", is_flag=True, help="Also known speakers without a quotation.")
@format_option("cards", "csv", "json", "jsonl")
@database_option
@common_options
def list_command(kind: SpeakerType | None, provisional: bool, everyone: bool, form: str) -> None:
    """List the speakers that articles quote, most quoted first."""
    with open_reader(state().database) as connection:
        found = list_speakers(connection, type=kind, provisional=provisional, silent=everyone)
    if form != "cards":
        columns = [field.name for field in fields(SpeakerListed)]
        print_values(columns, ([getattr(row, name) for name in columns] for row in found), form)
    elif found:
        click.echo("\n".join(chain.from_iterable(map(_card, found))))
    others = "" if everyone else " with quotations (--all lists the silent ones too)"
    note(f"{plural(len(found), 'speaker')}{others}")


def _card(row: SpeakerListed) -> Iterator[str]:
    """Yield the line of the name with the slug, and that of the facts."""
    provisional = ", provisional" if row.provisional else ""
    yield from text_lines((f"{row.name} ({row.slug}){provisional}", {}), whole=True)
    facts = (
        row.type,
        gender_of(row),
        row.party,
        plural(row.quotes, "quote"),
        plural(row.quotations, "quotation"),
    )
    listed = " · ".join(fact for fact in facts if fact)
    yield from text_lines((listed, {"dim": True}), indent="  ", whole=True)


@command.command()
@click.argument("name")
@database_option
@common_options
def show(name: str) -> None:
    """Show one speaker: facts, spellings in print, offices, outlets, dates and leading quotes.

    NAME is a slug, a spelling in any case, or a surname.
    """
    with open_reader(state().database) as connection:
        found = speaker_details(connection, ask_speaker(connection, name))
    listed = found.listed
    print_text((listed.name, {"bold": True}), (f" ({listed.slug})", {}))
    for label, value in _facts(found):
        if value:
            print_text((value, {}), first=f"  {label + ':':<16}")
    note(f"`quotes search --speaker {listed.slug}` lists the quotes")


def _facts(found: SpeakerDetails) -> list[tuple[str, str | None]]:
    listed = found.listed
    known = days(found.first_published, found.last_published)
    counts = [
        plural(listed.quotations, "quotation"),
        plural(listed.quotes, "quote"),
        known,
    ]
    return [
        ("type", listed.type + (", provisional" if listed.provisional else "")),
        ("gender", (gender_of(listed) or "").removeprefix("gender ")),
        ("party", listed.party),
        *(("office", office(role)) for role in found.roles),
        ("spelled", ", ".join(f"{name} ({uses})" if uses else name for name, uses in found.names)),
        ("merged", ", ".join(found.merged)),
        ("Wikidata", found.wikidata),
        ("quoted", ", ".join(count for count in counts if count)),
        ("outlets", ", ".join(f"{outlet} ({count})" for outlet, count in found.outlets)),
        *(("most published", _counted(one, "rendering")) for one in found.printed),
        *(("most varied", _counted(one, "variant")) for one in found.varied),
    ]


def _counted(quote: QuoteCounted, noun: str) -> str:
    return f"q{quote.id} {quote.text} ({plural(quote.count, noun)})"


@command.command()
@click.argument("name")
@click.option(
    "--type",
    "kind",
    type=click.Choice(get_args(SpeakerType)),
    default="person",
    show_default=True,
    help="What the speaker is.",
)
@judge_options
def add(name: str, kind: SpeakerType, by: str | None, why: str | None) -> None:
    """Add a speaker that no article has named yet."""
    judge = judging(by)
    done(judge, judge.add(name, kind, why=why))


@command.command()
@click.argument("speaker")
@click.argument("spelling")
@judge_options
def alias(speaker: str, spelling: str, by: str | None, why: str | None) -> None:
    """Say that SPEAKER is also spelled SPELLING."""
    judge = judging(by)
    done(judge, judge.alias(speaker, spelling, why=why))


@command.command()
@click.argument("speaker")
@click.argument("name")
@judge_options
def rename(speaker: str, name: str, by: str | None, why: str | None) -> None:
    """Give SPEAKER another name; the old one stays a spelling, the slug stays as it is."""
    judge = judging(by)
    done(judge, judge.rename(speaker, name, why=why))


@command.command()
@click.argument("speaker")
@judge_options
def confirm(speaker: str, by: str | None, why: str | None) -> None:
    """Make a provisional SPEAKER, met in articles, a known one."""
    judge = judging(by)
    done(judge, judge.confirm(speaker, why=why))


@command.command()
@click.argument("speaker")
@click.argument("into")
@judge_options
def merge(speaker: str, into: str, by: str | None, why: str | None) -> None:
    """Say that SPEAKER is INTO: all quotes become INTO's, now and in later articles."""
    judge = judging(by)
    done(judge, judge.merge(speaker, into, why=why))


@command.command()
@click.argument("speaker")
@click.argument("other")
@judge_options
def apart(speaker: str, other: str, by: str | None, why: str | None) -> None:
    """Say that SPEAKER and OTHER are two people: `quotes review names` asks no more."""
    judge = judging(by)
    done(judge, judge.apart(speaker, other, why=why))


@command.command()
@click.argument("speaker")
@click.argument("name")
@click.option("--spelling", metavar="TEXT", help="What is named by this spelling is NAME's.")
@click.option(
    "--quotation",
    "quotations",
    multiple=True,
    metavar="ID",
    help="This quotation (n123) is NAME's; may be given again.",
)
@judge_options
def split(
    speaker: str,
    name: str,
    spelling: str | None,
    quotations: tuple[str, ...],
    by: str | None,
    why: str | None,
) -> None:
    """Say that part of SPEAKER's quotations are somebody else's.

    NAME is the slug or name of another speaker, or the name of a new one.
    """
    judge = judging(by)
    done(judge, judge.split(speaker, name, spelling=spelling, quotations=quotations, why=why))


@command.command(name="import")
@click.argument(
    "paths",
    metavar="FILE...",
    nargs=-1,
    required=True,
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
)
@database_option
@common_options
def import_command(paths: tuple[Path, ...]) -> None:
    """Load speakers from CSV, JSON lines, Wikidata's entity JSON or Popolo.

    CSV and JSON lines have the fields name, type, names (parted by | in CSV), gender, wikidata,
    party and slug; a CSV row may hold one office in title, of, start and end, a JSON line many in
    roles. Entities of Wikidata name offices by number: give the files of these, too. What is stored
    already is completed, never overwritten: contradictions are reported, and so is every bad line.
    """
    from quotes.database.registry.imports import import_speakers
    from quotes.database.session import open_session
    from quotes.imports import read_speakers

    with open_session(state().database, patient=True) as session:
        outcome = import_speakers(session, read_speakers(paths))
    click.echo(
        f"{plural(outcome.added, 'speaker')} added, {outcome.completed} completed, "
        f"{outcome.unchanged} unchanged"
    )
    for line in (*outcome.conflicts, *outcome.bad):
        click.echo(printable(line), err=True)
    if outcome.bad or outcome.conflicts:
        click.get_current_context().exit(1)


@command.command()
@format_option("csv", "jsonl")
@click.option(
    "-o",
    "--output",
    type=click.Path(dir_okay=False, path_type=Path),
    help="Write to this file; it appears when it is complete. [default: standard output]",
)
@database_option
@common_options
def export(form: Literal["csv", "jsonl"], output: Path | None) -> None:
    """Write all known speakers in a form that `quotes speakers import` reads.

    Cells that a spreadsheet would run as formulas get an apostrophe in front, which the import
    takes away again.
    """
    from quotes.database.engine.transaction import reading
    from quotes.database.registry.speakers import known_speakers
    from quotes.database.session import open_session
    from quotes.export.writers import write, write_file
    from quotes.imports import speaker_rows

    with open_session(state().database) as session, reading(session):
        found = known_speakers(session)
    columns, rows = speaker_rows(found, form)
    if output:
        write_file(output, rows, columns, form)
    else:
        write(rows, columns, form, sys.stdout)
    note(plural(len(found), "speaker"))
