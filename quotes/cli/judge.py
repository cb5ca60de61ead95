"""``quotes judge``: a person's word over the program's."""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import fields
from functools import partial
from typing import TYPE_CHECKING, Any, TypeVar, get_args

import click

from quotes.basics import Kind
from quotes.cli.asking import ask_speaker
from quotes.cli.options import common_options, database_option, format_option, state
from quotes.cli.output import note, plural, print_text, print_values, printable
from quotes.database.session import open_session

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


def done(judge: Judge, judgement: int) -> None:
    """Print what a judgement changed, and how to undo it."""
    from quotes.database.judgements.effects import grouped

    effects = grouped(judge.effects)
    for effect in effects:
        print_text((str(effect), {}), first="", whole=True)
    if not effects:
        click.echo("nothing is different now; the judgement holds in later runs, too")
    note(f"judgement {judgement} is stored; `quotes judge undo {judgement}` undoes it")


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
    """Correct the program: who said it, what kind it is, which quotes are one.

    A judgement always wins over what the program finds, now and in every later run; it is stored
    with name, time and reason, and can be undone.

    \b
      quotes judge attribution n17 "Ada Quill"
      quotes judge same q3 q8 --why "two translations of one sentence"
      quotes judge canonical v49
      quotes judge undo 1
    """


@command.command()
@click.argument("quotation", metavar="ID")
@click.argument("speaker")
@judge_options
def attribution(quotation: str, speaker: str, by: str | None, why: str | None) -> None:
    """Say whose a quotation is.

    ID is the number of a quotation (n123), as `quotes show` prints it; that of a quote (q86) will
    do where it was published once. SPEAKER is a slug, any spelling, or none.
    """
    whose = None if speaker.strip().lower() == "none" else speaker
    judge = judging(by)
    done(judge, judge.attribution(quotation, whose, why=why))


@command.command()
@click.argument("quotation", metavar="ID")
@click.argument("kind", type=click.Choice(get_args(Kind)))
@judge_options
def kind(quotation: str, kind: Kind, by: str | None, why: str | None) -> None:
    """Say what a quotation is: direct, mixed, or none (not speech: a title, a nickname ...).

    ID is the number of a quotation (n123), or of a quote that was published once (q86).
    """
    judge = judging(by)
    done(judge, judge.kind(quotation, kind, why=why))


@command.command()
@click.argument("left", metavar="ID")
@click.argument("right", metavar="ID")
@judge_options
def same(left: str, right: str, by: str | None, why: str | None) -> None:
    """Say that two quotes are one statement.

    ID is the number of a quote (q12), a variant (v34) or a rendering (r56), as in `quotes show`.
    """
    judge = judging(by)
    done(judge, judge.same(left, right, why=why))


@command.command()
@click.argument("left", metavar="ID")
@click.argument("right", metavar="ID")
@judge_options
def different(left: str, right: str, by: str | None, why: str | None) -> None:
    """Say that two quotes, variants or renderings are not one statement.

    ID is the number of a quote (q12), a variant (v34) or a rendering (r56), as in `quotes show`.
    """
    judge = judging(by)
    done(judge, judge.different(left, right, why=why))


@command.command()
@click.argument("left", metavar="ID")
@click.argument("right", metavar="ID")
@click.argument("meaning", type=click.Choice(("changed", "same")))
@judge_options
def meaning(left: str, right: str, meaning: str, by: str | None, why: str | None) -> None:
    """Say whether two variants of one quote differ in meaning.

    ID is the number of a variant (v34) or of a rendering (r56), as in `quotes show`. Beside the
    canonical variant, one that changed is divergent.
    """
    judge = judging(by)
    done(judge, judge.meaning(left, right, meaning == "changed", why=why))


@command.command()
@click.argument("variant", metavar="ID")
@judge_options
def canonical(variant: str, by: str | None, why: str | None) -> None:
    """Say which variant stands for its quote.

    ID is the number of a variant (v34) or of a rendering (r56), as in `quotes show`.
    """
    judge = judging(by)
    done(judge, judge.canonical(variant, why=why))


@command.command()
@click.argument("judgement", type=NUMBER)
@judge_options
def undo(judgement: int, by: str | None, why: str | None) -> None:
    """Undo a judgement: what the program found counts again.

    JUDGEMENT is its number in `quotes judge log`. It stays in the log, and so does the undo, which
    can be undone itself.
    """
    from quotes.database.judgements.effects import grouped

    judge = judging(by)
    number = judge.undo(judgement, why=why)
    for effect in grouped(judge.effects):
        print_text((str(effect), {}), first="", whole=True)
    note(f"judgement {judgement} is undone; `quotes judge undo {number}` restores it")


@command.command()
@click.option("--standing", is_flag=True, help="Only those that nobody undid.")
@click.option("--limit", type=NUMBER, metavar="N", help="Only the latest N.")
@format_option("cards", "csv", "json", "jsonl")
@database_option
@common_options
def log(standing: bool, limit: int | None, form: str) -> None:
    """List all judgements, latest first."""
    from quotes.database.engine.transaction import reading
    from quotes.database.judgements.log import Entry, read_log

    with open_session(state().database) as session, reading(session):
        found = read_log(session, standing=standing, limit=limit)
    if form != "cards":
        columns = [field.name for field in fields(Entry)]
        print_values(columns, ([getattr(row, name) for name in columns] for row in found), form)
    margin = max((len(str(row.id)) for row in found), default=0) + 2
    for row in found if form == "cards" else ():
        what = f"{row.kind} {_short(row.about)}" + (f" → {row.value}" if row.value else "")
        print_text((what, {}), first=str(row.id).ljust(margin), whole=True)
        facts = (
            f"by {row.by}",
            f"{row.at:%Y-%m-%d %H:%M} UTC",
            row.why,
            row.undone_by and f"undone by {row.undone_by}",
        )
        listed = " · ".join(fact for fact in facts if fact)
        print_text((listed, {"dim": True}), indent=" " * margin, whole=True)
    note(plural(len(found), "judgement"))
