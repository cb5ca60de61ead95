"""``quotes normalise``: merge the stored renderings anew."""

from __future__ import annotations

import sys

import click

from quotes.cli.options import common_options, database_option, state
from quotes.cli.output import plural
from quotes.database.session import open_session
from quotes.errors import UsageError


@click.command(name="normalise")
@click.option("--rebuild", is_flag=True, help="Merge everything from the beginning.")
@click.option(
    "--semantic/--lexical",
    default=None,
    help="With --rebuild: compare meanings, too, where two statements stand beside the same one "
    "(by a sentence encoder, the extra 'semantic'), or words alone, as in a new database. Holds "
    "for the database until chosen again.",
)
@database_option
@common_options
def command(rebuild: bool, semantic: bool | None) -> None:
    """Merge the renderings that are stored into quotes, all anew.

    Articles are merged when they are ingested, so this is needed only when a new version of the
    program merges differently, or to choose whether meanings are compared. Judgements stand; quotes
    that hold the same renderings as before keep their numbers. An interrupt leaves everything as it
    was.
    """
    if not rebuild:
        raise UsageError("nothing to do: articles are merged as they are ingested; give --rebuild")
    from quotes.database.quotes.rebuild import rebuild as run

    with open_session(state().database, patient=True) as session:
        done = run(session, _progress, semantic=semantic)
    if not state().quiet:
        merged = (
            f"{plural(done.renderings, 'rendering')} merged into {plural(done.quotes, 'quote')}"
        )
        click.echo(merged)


def _progress(done: int, total: int) -> None:
    if sys.stderr.isatty() and not state().quiet:
        click.echo(f"\r{done:,} of {total:,} renderings", err=True, nl=done == total)
