"""Writes the reference pages from the program itself, and what Datasette has to know.

    python -m docs.generate

A test compares the pages with what this writes, so a change to a command, an option, a setting or a
view needs ``make docs``.
"""

from __future__ import annotations

import inspect
import re
from collections.abc import Iterable, Iterator
from pathlib import Path

import click

from docs.metadata import metadata_file
from quotes.attribution.rules import summary
from quotes.cli import COMMANDS, cli
from quotes.database.engine.views import views
from quotes.search.reasons import REASONS
from quotes.search.schema import tables
from quotes.settings import SETTINGS

DOCS = Path(__file__).parent
_NOTICE = "<!-- Made by docs/generate.py from the program: run `make docs` after a change. -->"
_EXAMPLE = re.compile(r"\x08\n((?:.+\n?)+)")

Command = tuple[str, click.Command, click.Context]


def commands() -> Iterator[Command]:
    """Yield every command with its full name, the program itself first."""
    root = click.Context(cli, info_name="quotes")
    yield "quotes", cli, root
    for name in COMMANDS:
        command = cli.get_command(root, name)
        if command is None:
            raise LookupError(name)
        yield from _with_subcommands(command, root)


def _with_subcommands(command: click.Command, parent: click.Context) -> Iterator[Command]:
    context = click.Context(command, info_name=command.name, parent=parent)
    yield context.command_path, command, context
    if isinstance(command, click.Group):
        for subcommand in command.commands.values():
            yield from _with_subcommands(subcommand, context)


def cli_page() -> str:
    """Return the reference of commands, options and settings."""
    lines = [_NOTICE, "", "# Command line", "", *_settings()]
    for path, command, context in commands():
        usage = " ".join([path, *command.collect_usage_pieces(context)])
        lines += ["", f"## {path}", "", "```", usage, "```", "", _markdown(command.help or "")]
        options = [_option(param) for param in command.params if isinstance(param, click.Option)]
        if options:
            lines += ["", *_table(("option", "meaning"), options, code=0)]
    return "\n".join(lines) + "\n"


def _option(option: click.Option) -> tuple[str, str]:
    """Return an option as it is typed, and what it means."""
    name = ", ".join(option.opts)
    if not option.is_flag:
        choices = option.type.choices if isinstance(option.type, click.Choice) else ()
        name += " " + (option.metavar or "|".join(choices) or option.type.name.upper())
    default = f" [default: {option.default}]" if option.show_default else ""
    return name, f"{option.help or ''}{default}"


def _settings() -> list[str]:
    rows = [(f"`{one.flag}`", f"`{one.variable}`", one.default, one.meaning) for one in SETTINGS]
    return [
        "A flag wins over the environment, which wins over the default. Flags may stand before or"
        " after the command's name.",
        "",
        *_table(("flag", "environment", "default", "meaning"), rows),
    ]


def data_page() -> str:
    """Return the description of views and tables."""
    lines = [
        _NOTICE,
        "",
        "# The data",
        "",
        "For people who write SQL, with `quotes sql` or any other program: SQLite and PostgreSQL"
        " have the same views and tables. `quotes sql --schema` prints this page as text."
        " Offsets are Unicode code points into `articles.body`, counted from 0. For Datasette and"
        " sqlite-utils see [datasette.md](datasette.md).",
        "",
        "## Views",
    ]
    for view in views():
        lines += ["", f"### {view.name}", "", f"{view.row}.", ""]
        lines += _table(("column", "meaning"), view.columns.items(), code=0)
    lines += ["", "## Tables", ""]
    rows = [(f"`{name}`", what, ", ".join(names)) for name, what, names in tables()]
    lines += _table(("table", "holds", "columns"), rows)
    return "\n".join(lines) + "\n"


def rules_page() -> str:
    """Return the table of rules of attribution."""
    rows = [
        (
            rule.name,
            rule.example,
            "" if rule.precision is None else f"{rule.precision:.2f}",
            "" if rule.cases is None else str(rule.cases),
            REASONS[rule.name],
        )
        for rule in summary()
    ]
    lines = [
        _NOTICE,
        "",
        "# Rules of attribution",
        "",
        "Each rule is a construction that may name the source of a quotation; in its example X is"
        " the source. Precision is the share of its proposals that were right on the labelled"
        " articles of the training part of PolNeAR, cases is their number. Rules only propose: a"
        " ranker weighs everything that was proposed for a quotation, and chooses. `quotes rules`"
        " prints this table; a rule in its circumstances (`source-verb-quote/say/adjacent`) is"
        " measured in `seeds/rules.yaml`.",
        "",
        *_table(("rule", "example", "precision", "cases", "in words"), rows, code=0),
    ]
    return "\n".join(lines) + "\n"


def _markdown(text: str) -> str:
    r"""Turn click's help into Markdown: blocks after \b are examples."""
    return _EXAMPLE.sub(lambda match: _example(match[1]), inspect.cleandoc(text)).rstrip()


def _example(block: str) -> str:
    lines = [line.removeprefix("  ") for line in block.rstrip().split("\n")]
    return "\n".join(["```sh", *lines, "```", ""])


def _table(
    header: tuple[str, ...], rows: Iterable[tuple[str, ...]], code: int | None = None
) -> list[str]:
    """Return a Markdown table; column number ``code`` is set as code."""
    lines = [f"| {' | '.join(header)} |", f"|{'---|' * len(header)}"]
    for row in rows:
        cells = [cell.replace("|", "\\|") for cell in row]
        if code is not None:
            cells[code] = f"`{cells[code]}`"
        lines.append(f"| {' | '.join(cells)} |")
    return lines


PAGES = {
    "cli.md": cli_page,
    "data.md": data_page,
    "datasette.yaml": metadata_file,
    "rules.md": rules_page,
}


if __name__ == "__main__":
    for name, page in PAGES.items():
        (DOCS / name).write_text(page(), encoding="utf-8")
        print(f"wrote docs/{name}")
