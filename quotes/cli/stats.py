"""``quotes stats``: who is quoted how much."""

from __future__ import annotations

from dataclasses import fields
from pathlib import Path
from typing import Any, get_args

import click

from quotes.cli.asking import ask_filters
from quotes.cli.options import (
    Day,
    TextCommand,
    common_options,
    database_option,
    format_option,
    state,
    text_argument,
)
from quotes.cli.output import note, plural, print_values
from quotes.database.session import open_reader
from quotes.search.query import SearchQuery
from quotes.search.stats import By, Counted, Gender, Over, count_by, largest, side_by_side

IN_A_FIGURE = 12
"""As many groups as can be told apart in a figure."""


@click.command(name="stats", cls=TextCommand)
@text_argument
@click.option(
    "--by",
    type=click.Choice(get_args(By)),
    default="speaker",
    show_default=True,
    help="What to count by.",
)
@click.option(
    "--over",
    type=click.Choice(get_args(Over)),
    help="Count over time, or within each outlet: shares are those of each.",
)
@click.option(
    "--gender", type=click.Choice(get_args(Gender)), help="Said by people of this gender."
)
@click.option("--speaker", metavar="NAME", help="Said by this speaker (any spelling, or slug).")
@click.option("--outlet", metavar="NAME", help="Published by this outlet.")
@click.option("--since", type=Day(), help="Published on this day or later.")
@click.option("--until", type=Day(), help="Published on this day or earlier.")
@click.option(
    "--min-confidence",
    type=click.FloatRange(0, 1),
    metavar="0..1",
    help="Attributed with at least this confidence.",
)
@click.option(
    "--certain",
    "min_confidence",
    flag_value=0.8,
    type=float,
    help="The same as --min-confidence 0.8.",
)
@click.option(
    "--limit",
    type=click.IntRange(min=1),
    metavar="N",
    help="Only the N largest groups. [default: all]",
)
@click.option(
    "--plot",
    type=click.Path(dir_okay=False, path_type=Path),
    metavar="FILE",
    help="Also draw the counts of quotations: a file that ends in .svg or .png.",
)
@format_option("table", "csv", "json", "jsonl")
@database_option
@common_options
def command(
    by: By,
    over: Over | None,
    gender: Gender | None,
    limit: int | None,
    plot: Path | None,
    form: str,
    **filters: Any,
) -> None:
    """Count quotes, quotations and articles by speaker, gender, party, office, outlet or time.

    A share is that of the quotations, which are counted once each; what is not known is counted as
    "unknown". The gender of people whom only articles introduce is that of their first name, where
    it tells one. TEXT and the filters choose what is counted.

    \b
      quotes stats --by gender                     how many women and men are quoted?
      quotes stats --by gender --over month --plot women.svg
      quotes stats --by gender --over outlet       in which outlets?
      quotes stats --gender female --limit 15      which women most?
      quotes stats --by outlet --speaker putin     who quotes him most?
    """
    if plot is not None:
        from quotes.export.plot import check_name

        check_name(plot)
    with open_reader(state().database) as connection:
        query = SearchQuery(**ask_filters(connection, filters))
        everything = count_by(connection, by, query, over=over, gender=gender)
    found = largest(everything, limit) if limit else everything
    columns = [field.name for field in fields(Counted) if over or field.name != "period"]
    rows = ([getattr(one, name) for name in columns] for one in found)
    called = {"group": by, "period": "outlet" if over == "outlet" else "period"}
    names = [called.get(name, name) for name in columns]
    if plot is not None:  # first, since whoever reads the table may stop before its end
        from quotes.export.plot import write_plot

        title = f"Quotations by {by}" + (f" and {over}" if over else "")
        cut = side_by_side if over == "outlet" else largest
        write_plot(plot, title, cut(found, IN_A_FIGURE))
    print_values(names, rows, form)
    groups = len({one.group for one in everything})
    shown = len({one.group for one in found})
    note(f"{shown} of {plural(groups, 'group')}" + (f"; figure in {plot}" if plot else ""))
    if unsure := sum(one.uncertain for one in found):
        are, them = ("is", "it") if unsure == 1 else ("are", "them")
        counted = plural(unsure, "quotation")
        note(f"{counted} of these {are} uncertain: --certain leaves {them} out")
