"""How results are printed: a table on a terminal, aligned text in a pipe, CSV and JSON."""

from __future__ import annotations

import io
import shutil
import sys
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Literal

import click

from quotes.cli.options import state

GAP = "  "
WIDTH = 96
"""Running text is broken after so many characters, or at the terminal's edge."""


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
    columns = [
        _aligned([name, *(_cell(value).text for value in values)], _are_numbers(values))
        for name, values in zip(header, zip(*listed, strict=True), strict=True)
    ]
    for cells in zip(*columns, strict=True):
        click.echo(GAP.join(cells).rstrip(), err=err)


def _aligned(cells: Sequence[str], right: bool) -> list[str]:
    width = max(map(len, cells))
    return [cell.rjust(width) if right else cell.ljust(width) for cell in cells]


def _are_numbers(values: Iterable[object]) -> bool:
    return all(isinstance(value, int | float | None) for value in values)


def _draw(header: Sequence[str], rows: Sequence[Sequence[object]], err: bool) -> None:
    from rich import box
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    table = Table(box=box.SIMPLE_HEAD, pad_edge=False)
    for name, values in zip(header, zip(*rows, strict=True), strict=True):
        short = all(isinstance(value, int | float | date | None) for value in values)
        justify: Literal["left", "right"] = "right" if _are_numbers(values) else "left"
        table.add_column(name, justify=justify, no_wrap=short)
    for row in rows:
        texts = []
        for cell in map(_cell, row):
            text = Text(cell.text)
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


def print_text(*pieces: tuple[str, Mapping[str, Any]], indent: str = "") -> None:
    """Print running text, broken into lines.

    Every piece is a text with the style of its words, as ``click.style`` takes it.
    """
    width = min(WIDTH, shutil.get_terminal_size().columns) if sys.stdout.isatty() else WIDTH
    line, length = indent, len(indent)
    for text, style in pieces:
        for word in printable(text).split():
            if length > len(indent) and length + 1 + len(word) > width:
                click.echo(line)
                line, length = indent, len(indent)
            space = " " if length > len(indent) else ""
            line += space + (click.style(word, **style) if style else word)
            length += len(space) + len(word)
    click.echo(line)


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
