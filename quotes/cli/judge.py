"""``quotes judge``: a person's word over the machine's."""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import fields
from functools import partial
from typing import TYPE_CHECKING, Any, TypeVar, get_args

import click

from quotes.cli.asking import ask_speaker
from quotes.cli.options import common_options, database_option, format_option, state
from quotes.cli.output import note, plural, print_table, print_values, printable
from quotes.database.session import open_session
from quotes.records import Kind

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from quotes.api.judging import Judge

F = TypeVar("F", bound=Callable[..., Any])

NUMBER = click.IntRange(1, 2**63 - 1)


def by_option(command: F) -> F:
    """Add ``--by``."""
    return click.option(
        "--by", metavar="NAME", help="Who judges [default: the name of the system's user]."
    )(command)


def why_option(command: F) -> F:
    """Add ``--why``."""
    return click.option("--why", metavar="TEXT", help="The reason, for the log.")(command)


def judge_options(command: F) -> F:
    """Add what every judgement takes."""
    for option in (common_options, database_option, why_option, by_option):
        command = option(command)
    return command


def judging(by: str | None) -> Judge:
    """Return what stores the judgements of this run; a name that several have is asked about."""
    from quotes.api.judging import Judge

    return Judge(state().database, by, partial(ask_speaker, tell=True))


def done(judgement: int) -> None:
    """Say that a judgement is stored, and how to take it back."""
    note(f"judgement {judgement} is stored; `quotes judge undo {judgement}` takes it back")


def report_lost(session: Session, judgements: Collection[int]) -> None:
    """Say which judgements did not find their words again, and what they were about."""
    from quotes.database.engine.transaction import reading
    from quotes.database.judgements.log import read_log

    if not judgements:
        return
    with reading(session):
        lost = read_log(session, only=judgements)
    for entry in reversed(lost):
        click.echo(
            f"judgement {entry.id} ({entry.kind} by {entry.by}: {printable(_short(entry.about))}): "
            "its words are not found in the new text; it is kept, see `quotes judge log`",
            err=True,
        )


def _short(text: str) -> str:
    return text if len(text) <= 60 else f"{text[:59].rstrip()}…"


@click.group(name="judge")
def command() -> None:
    """Correct the machine: who said it, what kind it is, which quotes are one.

    A judgement always wins over what the program finds, now and in every later run; it is stored
    with name, time and reason, and can be taken back.

    \b
      quotes judge attribution 17 "Ada Quill"
      quotes judge same 3 8 --why "two translations of one sentence"
      quotes judge canonical v49
      quotes judge undo 1
    """


@command.command()
@click.argument("quotation", type=NUMBER)
@click.argument("speaker")
@judge_options
def attribution(quotation: int, speaker: str, by: str | None, why: str | None) -> None:
    """Say whose a quotation is.

    QUOTATION is its number (the column id of the view quotation_list, and in `quotes show`);
    SPEAKER a slug, any spelling, or none.
    """
    whose = None if speaker.strip().lower() == "none" else speaker
    done(judging(by).attribution(quotation, whose, why=why))


@command.command()
@click.argument("quotation", type=NUMBER)
@click.argument("kind", type=click.Choice(get_args(Kind)))
@judge_options
def kind(quotation: int, kind: Kind, by: str | None, why: str | None) -> None:
    """Say what a quotation is: direct, mixed, or none (no speech: a title, a nickname ...)."""
    done(judging(by).kind(quotation, kind, why=why))


@command.command()
@click.argument("left", metavar="ID")
@click.argument("right", metavar="ID")
@judge_options
def same(left: str, right: str, by: str | None, why: str | None) -> None:
    """Say that two quotes are one statement.

    ID is the number of a quote (12), of a wording (v34) or of a printing (r56), as in
    `quotes show`.
    """
    done(judging(by).same(left, right, why=why))


@command.command()
@click.argument("left", metavar="ID")
@click.argument("right", metavar="ID")
@judge_options
def different(left: str, right: str, by: str | None, why: str | None) -> None:
    """Say that two quotes, wordings or printings are not one statement.

    ID is the number of a quote (12), of a wording (v34) or of a printing (r56), as in
    `quotes show`.
    """
    done(judging(by).different(left, right, why=why))


@command.command()
@click.argument("wording", metavar="ID")
@judge_options
def canonical(wording: str, by: str | None, why: str | None) -> None:
    """Say which variant stands for its quote.

    ID is the number of a variant (v34) or of a rendering (r56), as in `quotes show`.
    """
    done(judging(by).canonical(wording, why=why))


@command.command()
@click.argument("judgement", type=NUMBER)
@judge_options
def undo(judgement: int, by: str | None, why: str | None) -> None:
    """Take a judgement back: what the program found counts again.

    JUDGEMENT is its number in `quotes judge log`. It stays in the log, and so does the undo: to
    take that back restores the judgement.
    """
    number = judging(by).undo(judgement, why=why)
    note(f"judgement {judgement} is taken back; `quotes judge undo {number}` takes that back")


@command.command()
@click.option("--standing", is_flag=True, help="Only those that nobody took back.")
@click.option("--limit", type=NUMBER, metavar="N", help="Only the latest N.")
@format_option("table", "csv", "json", "jsonl")
@database_option
@common_options
def log(standing: bool, limit: int | None, form: str) -> None:
    """List all judgements, latest first."""
    from quotes.database.engine.transaction import reading
    from quotes.database.judgements.log import Entry, read_log

    with open_session(state().database) as session, reading(session):
        found = read_log(session, standing=standing, limit=limit)
    if form != "table":
        columns = [field.name for field in fields(Entry)]
        print_values(columns, ([getattr(row, name) for name in columns] for row in found), form)
    elif found:
        print_table(
            ("id", "at (UTC)", "by", "kind", "about", "value", "why", "undone by"),
            [
                (row.id, f"{row.at:%Y-%m-%d %H:%M}", row.by, row.kind, _short(row.about),
                 row.value, row.why, row.undone_by)
                for row in found
            ],
        )  # fmt: skip
    note(plural(len(found), "judgement"))
