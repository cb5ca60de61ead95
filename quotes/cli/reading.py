"""What commands that read articles share: how to read, and what there was to tell of it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Sequence
from typing import Any, TypeVar

import click

from quotes.articles import Account, Options
from quotes.cli.output import note, plural, printable
from quotes.columns import FACTS, Columns
from quotes.errors import UsageError

F = TypeVar("F", bound=Callable[..., Any])

_NAMED = 10
"""How many names of files or columns are printed in one line before the rest is counted."""


def reading_options(command: F) -> F:
    """Add the options that say how to read."""
    for option in (
        click.option(
            "--transcript/--no-transcript",
            default=None,
            help="Labels (NAME: or Q and A) say who speaks. [default: where a text is clearly so]",
        ),
        click.option(
            "--only",
            multiple=True,
            metavar="PATTERN",
            help="Of folders and archives, read the files of this name only, such as '*.txt'.",
        ),
        click.option(
            "--column",
            multiple=True,
            metavar="FACT=NAME",
            help="The column of a table that holds a fact: "
            f"{', '.join(FACTS[:-1])} or {FACTS[-1]}.",
        ),
    ):
        command = option(command)
    return command


delay_option = click.option(
    "--delay",
    type=click.FloatRange(min=0),
    default=1.0,
    show_default=True,
    metavar="SECONDS",
    help="Between two requests to one site of the web; its robots.txt may ask for more.",
)


def to_options(
    column: Sequence[str], only: Sequence[str], delay: float, transcript: bool | None
) -> Options:
    """Return what the options say; raises UsageError for a fact that is not known."""
    named = {}
    for given in column:
        fact, is_given, name = given.partition("=")
        fact, name = fact.strip().lower(), name.strip()
        if not is_given or not name:
            raise UsageError(f"--column {given}: write it as FACT=NAME, such as text=story")
        if fact not in FACTS:
            raise UsageError(f"--column {given}: '{fact}' is not one of {', '.join(FACTS)}")
        named[fact] = name
    return Options(Columns(named), tuple(only), delay, transcript)


def print_account(account: Account, columns: Columns) -> None:
    """Print to standard error what was guessed, not used, not understood and not read."""
    if account.guessed:
        guesses = (f"{plural(count, what)} {how}" for (what, how), count in account.guessed.items())
        note(f"guessed: {'; '.join(guesses)}")
    for table, unused in account.unused.items():
        if unused:
            note(f"columns not used of {printable(table)}: {_listed([*unused])}")
    for name in columns.named.values():
        if account.unused and not account.has_used(name):
            note(f"no column '{printable(name)}' was found: check --column")
    for what, (where, count) in account.remarks.items():
        times = f" ({count:,} times), such as" if count > 1 else ":"
        note(f"{what}{times} {printable(where)}")
    print_skipped(account)


def print_skipped(account: Account) -> None:
    """Print to standard error which files of folders and archives were not read, and why."""
    if not account.skipped:
        return
    note(f"{plural(len(account.skipped), 'file')} not read:")
    reasons: dict[str, list[str]] = defaultdict(list)
    for name, reason in account.skipped:
        reasons[reason].append(name)
    for reason, names in reasons.items():
        note(f"  {_listed(names)}: {reason}")


def _listed(names: Sequence[str]) -> str:
    shown = ", ".join(map(printable, names[:_NAMED]))
    more = len(names) - _NAMED
    return f"{shown} and {more:,} more" if more > 0 else shown
