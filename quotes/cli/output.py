"""How results are printed: a table on a terminal, aligned text in a pipe, CSV and JSON."""

from __future__ import annotations

import io
import sys
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import click

from quotes.cli.options import state

GAP = "  "


@dataclass(frozen=True, slots=True)
class Marked:
    """A cell with stretches (start, end) to be highlighted."""

    text: str
    marks: tuple[tuple[int, int], ...]


def note(text: str) -> None:
    """Print ``text`` to standard error, unless ``--quiet`` is given."""
    if not state().quiet:
        click.echo(text, err=True)


def printable(text: str) -> str:
    """Return ``text`` as one line that cannot steer a terminal; offsets stay as they are."""
    return "".join(char if char.isprintable() else " " for char in text)


def plural(count: int, noun: str, many: str = "") -> str:
    """Return a number with its noun: ``1 quote``, ``1,200 quotes``."""
    return f"{count:,} {noun if count == 1 else many or noun + 's'}"


def print_table(
    header: Sequence[str], rows: Iterable[Sequence[object]], *, err: bool = False
) -> None:
    """Print a table of any values to standard output (``err``: to standard error)."""
    listed = list(rows)
    if (sys.stderr if err else sys.stdout).isatty():
        _draw(header, listed, err)
        return
    cells = [list(header), *([_cell(value).text for value in row] for row in listed)]
    widths = [max(map(len, column)) for column in zip(*cells, strict=True)]
    for row in cells:
        padded = (cell.ljust(width) for cell, width in zip(row, widths, strict=True))
        click.echo(GAP.join(padded).rstrip(), err=err)


def _draw(header: Sequence[str], rows: Iterable[Sequence[object]], err: bool) -> None:
    from rich import box
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    table = Table(*header, box=box.SIMPLE_HEAD, pad_edge=False)
    for row in rows:
        texts = []
        for value in row:
            cell = _cell(value)
            text = Text(cell.text, justify="right" if isinstance(value, int | float) else "left")
            for start, end in cell.marks:
                text.stylize("bold yellow", start, end)
            texts.append(text)
        table.add_row(*texts)
    Console(stderr=err, highlight=False).print(table)


def _cell(value: object) -> Marked:
    if isinstance(value, Marked):
        return Marked(printable(value.text), value.marks)
    if value is None:
        return Marked("", ())
    if isinstance(value, float):
        return Marked(f"{value:.2f}", ())
    return Marked(printable(str(value)), ())


def print_values(columns: Sequence[str], rows: Iterable[Sequence[object]], form: str) -> None:
    """Print rows to standard output as a table, CSV, a JSON array or JSON lines."""
    if form == "table":
        print_table(columns, rows)
        return
    from quotes.export import write

    if form == "json":
        lines = io.StringIO()
        write(rows, columns, "jsonl", lines)
        objects = lines.getvalue().splitlines()
        click.echo("[" + ",".join(f"\n  {line}" for line in objects) + ("\n]" if objects else "]"))
    else:
        write(rows, columns, "csv" if form == "csv" else "jsonl", sys.stdout)
