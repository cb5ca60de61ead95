"""Whom a name means: asked on a terminal where several may be meant."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Any

import click

from quotes.cli.output import note, plural, printable
from quotes.errors import AmbiguousError
from quotes.search.lookup import find_speaker

if TYPE_CHECKING:
    from quotes.database.session import Connection


def ask_speaker(connection: Connection, wanted: str, *, tell: bool = False) -> str:
    """Return the slug of the speaker meant by a slug, a spelling or a surname.

    On a terminal a name that several bear is asked about; ``tell`` says whom another name than the
    slug was taken to mean. Raises UsageError, elsewhere also where several may be meant.
    """
    try:
        found = find_speaker(connection, wanted)
    except AmbiguousError as error:
        if not (sys.stdin.isatty() and sys.stderr.isatty()):
            raise
        return _choose(wanted, error)
    if tell and wanted not in (found.slug, found.name):
        note(f"'{printable(wanted)}' is {printable(found.name)} ({found.slug})")
    return found.slug


def ask_filters(connection: Connection, filters: dict[str, Any]) -> dict[str, Any]:
    """Return the conditions of a search with the speaker, if one is named, as a slug."""
    if filters["speaker"] is None:
        return filters
    return {**filters, "speaker": ask_speaker(connection, filters["speaker"])}


def _choose(wanted: str, error: AmbiguousError) -> str:
    click.echo(f"'{printable(wanted)}' may be", err=True)
    for number, one in enumerate(error.candidates, start=1):
        click.echo(
            f"  {number} {printable(one.name)} ({one.slug}), {plural(one.quotes, 'quote')}",
            err=True,
        )
    choice = click.IntRange(1, len(error.candidates))
    number = click.prompt("which one (Ctrl-C: none)", type=choice, err=True)
    return error.candidates[number - 1].slug
