"""How results are printed: a table on a terminal, aligned text in a pipe, CSV and JSON."""

from __future__ import annotations

import io
import re
import sys
import unicodedata
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import zip_longest
from typing import Any

import click

from quotes.cli.options import state
from quotes.search.phrases import days as days
from quotes.search.phrases import plural as plural

GAP = "  "
WIDTH = 96
"""Running text is broken after so many characters, or at the terminal's edge."""
NARROW = 24
"""A column of a table is wrapped to no fewer characters, unless most of its cells have fewer."""


def note(text: str) -> None:
    """Print ``text`` to standard error, unless ``--quiet`` is given."""
    if not state().quiet:
        click.echo(text, err=True)


def printable(text: str) -> str:
    """Return ``text`` as one line that cannot steer a terminal; offsets stay as they are."""
    if text.isprintable():
        return text
    return "".join(char if char.isprintable() else " " for char in text)


def print_table(header: Sequence[str], rows: Iterable[Sequence[object]]) -> None:
    """Print a table of any values to standard output.

    On a terminal long cells are wrapped at words; where even that leaves too little room, every row
    is printed with one column a line. Words and identifiers are never cut. In a pipe every row is
    one line, however long.
    """
    listed = list(rows)
    numbers = [_are_numbers(row[at] for row in listed) for at in range(len(header))]
    cells = [[_cell(value) for value in row] for row in listed]
    names = [printable(name) for name in header]
    widths = [max(map(wide, column)) for column in zip(names, *cells, strict=True)]
    if sys.stdout.isatty():
        fitted = _fitted(widths, [_least(column) for column in zip(names, *cells, strict=True)])
        if fitted is None:
            _print_records(names, cells)
            return
        widths = fitted
    for row in (names, *cells):
        for line in _wrapped(row, widths, numbers):
            click.echo(line)


def _fitted(widths: Sequence[int], least: Sequence[int]) -> list[int] | None:
    """Return widths of columns with which a table fits the terminal, None if there are none.

    Columns that can be wrapped share what the others leave; ``least`` is what each needs.
    """
    room = terminal_width() - len(GAP) * (len(widths) - 1)
    if sum(widths) <= room:
        return list(widths)
    wrapped = [at for at, width in enumerate(widths) if width > least[at]]
    left = room - sum(width for at, width in enumerate(widths) if at not in wrapped)
    fitted = list(widths)
    while wrapped:
        share, more = divmod(left, len(wrapped))
        if any(share < least[at] for at in wrapped):
            return None
        if small := [at for at in wrapped if widths[at] <= share]:
            left -= sum(widths[at] for at in small)
            wrapped = [at for at in wrapped if at not in small]
            continue
        for place, at in enumerate(wrapped):
            fitted[at] = share + (place < more)
        return fitted
    return None


def _least(column: Sequence[str]) -> int:
    """Return to how few characters a column may be wrapped: its longest word has to fit."""
    usual = sum(map(wide, column)) // len(column)
    return max(min(NARROW, usual), *(wide(word) for cell in column for word in cell.split(" ")))


def _wrapped(row: Sequence[str], widths: Sequence[int], numbers: Sequence[bool]) -> Iterator[str]:
    """Yield the lines of one row of a table."""
    columns = [list(_lines(cell, width)) for cell, width in zip(row, widths, strict=True)]
    for line in zip_longest(*columns, fillvalue=""):
        shown = (
            " " * (width - wide(cell)) + cell if right else cell + " " * (width - wide(cell))
            for cell, width, right in zip(line, widths, numbers, strict=True)
        )
        yield GAP.join(shown).rstrip()


def _lines(text: str, width: int) -> Iterator[str]:
    """Yield ``text`` in lines of at most ``width``, or in one where it fits."""
    if wide(text) <= width:
        yield text
        return
    line = ""
    for word in text.split():
        if line and wide(line) + 1 + wide(word) > width:
            yield line
            line = word
        else:
            line += f" {word}" if line else word
    yield line


def _print_records(names: Sequence[str], rows: Sequence[Sequence[str]]) -> None:
    """Print every row with one column a line, as psql's expanded display does."""
    margin = max(map(wide, names))
    for number, row in enumerate(rows, start=1):
        click.echo(click.style(f"-- {number} ".ljust(min(terminal_width(), WIDTH), "-"), dim=True))
        for name, cell in zip(names, row, strict=True):
            print_text((cell, {}), first=name.ljust(margin + len(GAP)))


def _are_numbers(values: Iterable[object]) -> bool:
    return all(isinstance(value, int | float | None) for value in values)


def _cell(value: object) -> str:
    if value is None:
        return ""
    return printable(f"{value:.2f}" if isinstance(value, float) else str(value))


def wide(text: str) -> int:
    """Return how many columns of a terminal ``text`` takes."""
    if text.isascii():
        return len(text)
    return sum(
        0 if unicodedata.combining(char) else 2 if unicodedata.east_asian_width(char) in "WF" else 1
        for char in text
    )


def terminal_width() -> int:
    """Return how many columns the terminal has; in a pipe there is no end, and this is 0."""
    if not sys.stdout.isatty():
        return 0
    import shutil  # brings all that packs files

    return shutil.get_terminal_size().columns


def print_text(
    *pieces: tuple[str, Mapping[str, Any]],
    indent: str = "",
    first: str | None = None,
    whole: bool = False,
) -> None:
    """Print running text, broken into lines; see ``text_lines``."""
    for line in text_lines(*pieces, indent=indent, first=first, whole=whole):
        click.echo(line)


def text_lines(
    *pieces: tuple[str, Mapping[str, Any]],
    indent: str = "",
    first: str | None = None,
    whole: bool = False,
) -> Iterator[str]:
    """Yield running text in lines.

    Every piece is a text with the style of its words, as ``click.style`` takes it. Pieces without
    white space between them are printed together. ``indent`` begins every line, but for ``first``,
    which begins the first one (the others are indented as far). ``whole``: in a pipe the text is
    one line, and has no style.
    """
    first = indent if first is None else first
    if whole and not sys.stdout.isatty():
        text = "".join(printable(text) for text, _style in pieces)
        yield f"{first}{' '.join(text.split())}".rstrip()
        return
    indent = indent if first == indent else " " * wide(first)
    width = min(WIDTH, terminal_width() or WIDTH)
    line, length, fresh = first, wide(first), True
    for shown, size in _words(pieces):
        if not fresh and length + 1 + size > width:
            yield line
            line, length, fresh = indent, wide(indent), True
        line += shown if fresh else f" {shown}"
        length += size + (not fresh)
        fresh = False
    yield line.rstrip()


def _words(pieces: Iterable[tuple[str, Mapping[str, Any]]]) -> Iterator[tuple[str, int]]:
    """Yield the words of pieces, styled, with their lengths."""
    shown, size = "", 0
    for text, style in pieces:
        for part in re.findall(r"\s+|\S+", printable(text)):
            if not part.isspace():
                shown += click.style(part, **style) if style else part
                size += wide(part)
            elif size:
                yield shown, size
                shown, size = "", 0
    if size:
        yield shown, size


def print_values(columns: Sequence[str], rows: Iterable[Sequence[object]], form: str) -> None:
    """Print rows to standard output as a table, CSV, a JSON array or JSON lines."""
    if form == "table":
        print_table(columns, rows)
        return
    from quotes.export.writers import write

    if form == "json":
        lines = io.StringIO()
        write(rows, columns, "jsonl", lines)
        objects = lines.getvalue().split("\n")[:-1]
        click.echo("[" + ",".join(f"\n  {line}" for line in objects) + ("\n]" if objects else "]"))
    else:
        write(rows, columns, "csv" if form == "csv" else "jsonl", sys.stdout)
