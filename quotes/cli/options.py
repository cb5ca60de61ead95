"""What several commands share: the settings of a run, and options that look alike everywhere."""

from __future__ import annotations

import re
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any, TypeVar, get_args

import click

from quotes import settings
from quotes.basics import Provenance

if TYPE_CHECKING:
    from quotes.speakers.coreference import CorefMode

F = TypeVar("F", bound=Callable[..., Any])


@dataclass(slots=True)
class State:
    """The settings of this run, as given by flags before or after the command's name."""

    db: str | None = None
    model: str | None = None
    coref: CorefMode = "off"
    fast: bool = False
    jobs: int | None = None
    quiet: bool = False
    debug: bool = False

    @property
    def database(self) -> str:
        """The database to use: a path or an address."""
        return settings.database_url(self.db)


def state() -> State:
    """Return the settings of the running command."""
    return click.get_current_context().ensure_object(State)


_LONGEST_DAY = 40
"""Characters that a date may have, in any language."""


class Day(click.ParamType):  # type: ignore[type-arg]  # generic since click 8.4 only
    """A date written as YYYY-MM-DD, or as people write one: 15 Aug 2025, yesterday."""

    name = "YYYY-MM-DD"

    def convert(
        self, value: str | date, param: click.Parameter | None, ctx: click.Context | None
    ) -> date:
        """Return the date; fail with a usage error if it is none."""
        if isinstance(value, date):
            return value
        with suppress(ValueError):
            return date.fromisoformat(value)
        from quotes.articles.dates import parse_day

        day = parse_day(value) if len(value) <= _LONGEST_DAY else None
        if day is None:
            shown = value if len(value) <= _LONGEST_DAY else f"{value[:_LONGEST_DAY]}…"
            self.fail(f"'{shown}' is not a date: write it as YYYY-MM-DD", param, ctx)
        return day


def _remember(ctx: click.Context, param: click.Parameter, value: str | int | None) -> None:
    if value and param.name:
        setattr(ctx.ensure_object(State), param.name, value)


def _setting(setting: settings.Setting, metavar: str, text: str) -> Callable[[F], F]:
    return click.option(
        setting.flag,
        metavar=metavar,
        expose_value=False,
        callback=_remember,
        help=f"{text} [default: ${setting.variable}, or {setting.default}]",
    )


coref_option = click.option(
    "--coref",
    type=click.Choice(("off", "auto", "always")),
    default="off",
    show_default=True,
    expose_value=False,
    callback=_remember,
    help="Ask coreference about pronouns: where the rules are unsure, or always (slow).",
)
fast_option = click.option(
    "--fast",
    is_flag=True,
    expose_value=False,
    callback=_remember,
    help="Do without the encoder's second opinion: sooner, and right a little less often.",
)
jobs_option = click.option(
    "--jobs",
    type=click.IntRange(min=1),
    metavar="N",
    expose_value=False,
    callback=_remember,
    help="Extract in this many processes [default: one, and from 50 articles on one for every "
    "processor but the last, at most 8].",
)
database_option = _setting(settings.DATABASE, "URL", "SQLite file or postgresql:// address.")
model_option = _setting(settings.MODEL, "NAME", "Installed spaCy pipeline.")


def common_options(command: F) -> F:
    """Add ``--quiet`` and ``--debug``."""
    for flag, text in (
        ("--debug", "Show the traceback of an error, and the names of rules."),
        ("--quiet", "Print results and errors only."),
    ):
        command = click.option(
            flag, is_flag=True, expose_value=False, callback=_remember, help=text
        )(command)
    return command


def format_option(*formats: str) -> Callable[[F], F]:
    """Add ``--format``; the first of ``formats`` is the default."""
    return click.option(
        "--format",
        "form",
        type=click.Choice(formats),
        default=formats[0],
        show_default=True,
        help="How to print the result.",
    )


def _all(*options: Callable[[F], F]) -> Callable[[F], F]:
    def add(command: F) -> F:
        for option in reversed(options):
            command = option(command)
        return command

    return add


article_options = _all(
    click.option("--outlet", help="The outlet that printed the articles."),
    click.option("--published", type=Day(), help="The date of the articles."),
    click.option("--url", help="The address of the article."),
    click.option("--title", help="The title of the article."),
    click.option("--language", metavar="CODE", help="Their language, as an ISO 639-1 code."),
    click.option(
        "--provenance",
        type=click.Choice(get_args(Provenance)),
        help="Where their words come from. A translation never stands for an original.",
    ),
)
"""Facts about the articles; they win over what the files say."""


class TextCommand(click.Command):
    """A command whose TEXT may begin with a word that must not be there: -peace is no option."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Read the arguments, with such words behind the options."""
        options = {name for param in self.get_params(ctx) for name in param.opts}
        words = [one for one in args if _WITHOUT.match(one) and one[:2] not in options]
        if words and "--" not in args:
            args = [*(one for one in args if one not in words), "--", *words]
        return super().parse_args(ctx, args)


_WITHOUT = re.compile(r"-[^\W\d_]")

text_argument = click.argument(
    "text",
    metavar="[TEXT]",
    nargs=-1,
    callback=lambda _ctx, _param, words: " ".join(words) or None,
)
"""What is searched for; its words need no quotation marks."""

filter_options = _all(
    click.option("--speaker", metavar="NAME", help="Said by this speaker (any spelling, or slug)."),
    click.option("--outlet", metavar="NAME", help="Printed by this outlet."),
    click.option("--since", type=Day(), help="Printed on this day or later."),
    click.option("--until", type=Day(), help="Printed on this day or earlier."),
    click.option(
        "--min-confidence",
        type=click.FloatRange(0, 1),
        metavar="0..1",
        help="Attributed with at least this confidence.",
    ),
    click.option(
        "--certain",
        "min_confidence",
        flag_value=0.8,
        type=float,
        help="The same as --min-confidence 0.8: no names with a question mark.",
    ),
    click.option(
        "--min-outlets",
        type=click.IntRange(min=1),
        metavar="N",
        help="Only quotes that at least so many outlets published.",
    ),
    click.option("--varied", is_flag=True, help="Only quotes with more than one variant."),
    click.option(
        "--divergent", is_flag=True, help="Only quotes with a variant that may change the meaning."
    ),
    click.option(
        "--disputed",
        is_flag=True,
        help="Only quotes that articles surely give to two different speakers.",
    ),
    click.option("--raw", is_flag=True, help="TEXT is in the database's own query syntax."),
)
"""The conditions of a search."""
