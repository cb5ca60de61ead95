"""The command line: ``main`` and the group of commands, one module a command (or its group).

A command's module is imported only when that command runs, so that ``quotes --help`` is instant and
searching never waits for the language analysis. Commands hold no logic: they call the library,
print what it returns, and leave its exceptions to ``main``.
"""

from __future__ import annotations

import errno
import importlib
import io
import os
import sys
from collections.abc import Sequence
from contextlib import suppress

import click

from quotes import __version__
from quotes.cli.options import State, common_options, database_option, model_option
from quotes.errors import INTERRUPTED, TOO_LITTLE_MEMORY, InstallationError, QuotesError
from quotes.terminal import Guarded

COMMANDS = {
    "ingest": "Read articles, find and attribute their quotations, store everything.",
    "watch": "Fetch and store the new articles of feeds and site maps.",
    "extract": "Print the quotations of articles, without a database.",
    "search": "Find quotes by words, speaker, outlet and date.",
    "show": "Show one quote: its variants, who published them, and why.",
    "compare": "Compare two variants, or two outlets.",
    "speakers": "List speakers, show one, correct who is whom.",
    "stats": "Count quotes by speaker, gender, party, office, outlet or time.",
    "articles": "List and show articles; correct their facts, remove them.",
    "outlets": "List outlets, rename one, say which are one.",
    "judge": "Correct a speaker, a kind or a merge; undo it; list corrections.",
    "review": "Confirm or correct what the program is least sure of, one key each.",
    "reprocess": "Extract the stored articles again with this program and model.",
    "normalise": "Merge the stored renderings into quotes anew.",
    "batch": "Extract and merge crawls and archives, on one machine or on Spark.",
    "export": "Write quotes, quotations, variants or renderings to a file.",
    "serve": "Show the database in a browser: search, compare, review.",
    "sql": "Query the database with SQL (reading only).",
    "rules": "List the rules that attribute quotations, with their precision.",
    "evaluate": "Measure against labelled articles.",
    "db": "Create, migrate and inspect the database.",
}
"""Every command, in the order of the help, with its line there."""


_UNWRITTEN = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EIO, errno.EFBIG})
"""How the system says that standard output is full or broken."""


class LazyGroup(click.Group):
    """The commands of ``COMMANDS``; each lives in the module ``quotes.cli.<name>``."""

    def list_commands(self, _ctx: click.Context) -> list[str]:
        """Return the names in the order of the help."""
        return list(COMMANDS)

    def get_command(self, _ctx: click.Context, name: str) -> click.Command | None:
        """Import a command's module and return the command; None if there is none."""
        if name not in COMMANDS:
            return None
        command = importlib.import_module(f"quotes.cli.{name}").command
        return command if isinstance(command, click.Command) else None

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """Find the command in ``args``; where there is none, name those spelt nearly so."""
        if args[0] not in COMMANDS and not args[0].startswith("-"):
            import difflib

            near = difflib.get_close_matches(args[0], COMMANDS, n=1)
            hint = f"did you mean '{near[0]}'?" if near else "see `quotes --help`"
            ctx.fail(f"there is no command '{args[0]}': {hint}")
        return super().resolve_command(ctx, args)

    def format_commands(self, _ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the list of commands without importing any."""
        with formatter.section("Commands"):
            formatter.write_dl(list(COMMANDS.items()))


@click.group(
    cls=LazyGroup, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 96}
)
@database_option
@model_option
@common_options
@click.version_option(__version__, message="%(prog)s %(version)s", help="Print the version.")
def cli() -> None:
    """Find quotations in news articles, decide who said each, and merge their renderings.

    \b
      quotes ingest articles/            read a folder of articles
      quotes search "no deal"            find what was said
      quotes show q12                    one quote: variants, outlets, differences

    Results go to standard output, everything else to standard error. Exit status: 0 done, 1 some
    inputs failed, 2 wrong usage, 130 interrupted.
    """


def main(arguments: Sequence[str] | None = None) -> None:
    """Run the program with ``arguments`` (default: those of the process) and exit.

    Every QuotesError becomes one line on standard error; with ``--debug`` it is raised.
    """
    _prepare_streams()
    state = State()
    try:
        status = cli.main(arguments, prog_name="quotes", standalone_mode=False, obj=state)
        sys.stdout.flush()
    except click.ClickException as error:
        error.show()
        status = error.exit_code
    except (click.Abort, KeyboardInterrupt):
        click.echo("interrupted", err=True)
        status = INTERRUPTED
        _end_processes(status)
    except BrokenPipeError:
        # Whoever read the output has enough; nothing may be flushed to them at exit either.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        status = 1
    except OSError as error:
        if error.errno not in _UNWRITTEN or state.debug:
            raise
        # The stream keeps what it could not write, and would fail again at exit.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        click.echo(f"Error: the output cannot be written: {error.strerror}", err=True)
        status = 1
    except (QuotesError, ImportError) as error:
        if state.debug:
            raise
        known = InstallationError(error) if isinstance(error, ImportError) else error
        click.echo(f"Error: {known}", err=True)
        status = known.exit_code
    except MemoryError:
        if state.debug:
            raise
        click.echo(f"Error: {TOO_LITTLE_MEMORY}", err=True)
        status = 1
    except Exception as error:
        if state.debug:
            raise
        problem = f"{type(error).__name__}: {error}".splitlines()[0]
        click.echo(f"Error: a fault in quotes ({problem}): --debug shows where", err=True)
        status = 1
    sys.exit(status)


def _end_processes(status: int) -> None:
    """Exit at once if this process has others: an interrupted pool may wait for them for ever."""
    import multiprocessing

    if multiprocessing.active_children():
        with suppress(OSError, ValueError):
            sys.stdout.flush()
            sys.stderr.flush()
        os._exit(status)


def _prepare_streams() -> None:
    """Write UTF-8 to files and pipes whatever the locale, and never fail for a character.

    On a terminal, whatever comes from files cannot steer it.
    """
    for name in ("stdout", "stderr"):
        stream = getattr(sys, name)
        if not isinstance(stream, io.TextIOWrapper):
            continue
        if stream.isatty():
            setattr(sys, name, Guarded(stream))
        else:
            stream.reconfigure(encoding="utf-8", errors="replace")
