"""What every workbook of ours shares: its looks, its limits, its cells, its pages in print."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from math import ceil
from pathlib import Path
from textwrap import wrap
from typing import Any
from urllib.parse import urlsplit

import xlsxwriter
from xlsxwriter.exceptions import FileCreateError, XlsxWriterException
from xlsxwriter.format import Format
from xlsxwriter.workbook import Workbook
from xlsxwriter.worksheet import Worksheet

from quotes.errors import QuotesError, UsageError
from quotes.export.collected import Source
from quotes.export.files import whole_file

MOST_ROWS = 1_048_575
"""Rows that a sheet can hold below its header."""
MOST_LINKS = 65_000
"""A sheet can hold few more links; the addresses of others are text."""
MOST_CHARACTERS = 32_000
"""A cell can hold few more; a longer text is cut, and says so."""
ON_A_PAGE = 60
"""Rows that are printed on one page."""

_FONT = {"font_name": "Arial", "font_size": 10}
"""A font that every office suite has, or one as wide: what fits here fits there."""
_LINE = 13.0
"""Height of a line in points."""


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a sheet: what stands above it, and its width in characters."""

    name: str
    width: int


@dataclass(frozen=True, slots=True)
class Link:
    """An address, shown as that of its site: a link never wraps, and must not be cut."""

    url: str

    @classmethod
    def to(cls, source: Source | None) -> Link | None:
        """Return the link to an article, None where its address is not known."""
        return cls(source.url) if source and source.url else None

    def __str__(self) -> str:
        site = urlsplit(self.url).netloc.removeprefix("www.")
        return site if 0 < len(site) <= LINK.width else "open"


LINK = Column("Link", 22)


@dataclass(frozen=True, slots=True)
class Rich:
    """Text of several styles, as pieces; the style of a piece stands before it."""

    pieces: tuple[Any, ...]

    def __str__(self) -> str:
        return "".join(piece for piece in self.pieces if isinstance(piece, str)).strip()


class Styles:
    """The formats of cells in one workbook."""

    def __init__(self, book: Workbook) -> None:
        wrapped = {"text_wrap": True, "valign": "top"}
        self.head = book.add_format({**wrapped, "bold": True, "bottom": 1, "bg_color": "#E8EDF3"})
        self.title = book.add_format({"bold": True, "font_size": 14})
        self.plain = book.add_format({"valign": "top"})
        self.text = book.add_format(wrapped)
        self.date = book.add_format({**wrapped, "num_format": "yyyy-mm-dd", "align": "left"})
        self.link = book.add_format({**wrapped, "font_color": "#0B57A4", "underline": 1})
        self.doubt = book.add_format({**wrapped, "font_color": "#8A4B00", "italic": True})
        self.divergent = book.add_format(
            {**wrapped, "bold": True, "font_color": "#9C0006", "bg_color": "#FFD9DD"}
        )
        self.same = book.add_format()
        self.gone = book.add_format({"font_strikeout": True, "font_color": "#9C0006"})
        self.added = book.add_format({"underline": 1, "bold": True, "font_color": "#006100"})


@contextmanager
def workbook(path: Path) -> Iterator[Workbook]:
    """Open a new workbook, whole or not there at the end; raises QuotesError if it cannot be."""
    options = {
        "strings_to_formulas": False,
        "strings_to_urls": False,
        "strings_to_numbers": False,
        "default_format_properties": _FONT,
    }
    with whole_file(path) as part:
        book = xlsxwriter.Workbook(str(part), options)
        try:
            yield book
        finally:
            try:
                book.close()
            except FileCreateError as error:  # it holds the system's, which whole_file knows
                raise error.args[0] from error
            except XlsxWriterException as error:
                raise QuotesError(f"{path}: cannot be written: {error}") from error


def refuse_too_many(path: Path, count: int) -> None:
    """Raise UsageError for more rows than a sheet can hold."""
    if count > MOST_ROWS:
        raise UsageError(
            f"{path}: a sheet holds {MOST_ROWS:,} rows and there are more: choose with --since, "
            "--outlet or --speaker, or write .csv or .parquet"
        )


def head(sheet: Worksheet, styles: Styles, columns: Sequence[Column], row: int = 0) -> None:
    """Write the names of the columns, which stay in sight and are repeated on every page."""
    for at, column in enumerate(columns):
        sheet.set_column(at, at, column.width)
        sheet.write_string(row, at, column.name, styles.head)
    sheet.set_row(row, 2 * _LINE)
    sheet.freeze_panes(row + 1, 0)
    sheet.repeat_rows(row)


def laid_out_for_print(
    sheet: Worksheet, count: int, top: int = 0, *, upright: bool = False
) -> None:
    """Have the sheet printed on as many pages as its rows need, no column parted from the rest."""
    if not upright:
        sheet.set_landscape()
    sheet.set_paper(8)  # A3
    sheet.set_margins(left=0.3, right=0.3, top=0.4, bottom=0.5)
    sheet.fit_to_pages(1, max(1, ceil((count + top) / (ON_A_PAGE + top))))
    sheet.set_footer("&L&F&RPage &P of &N")


def height(texts: Sequence[str], columns: Sequence[Column]) -> float:
    """Return the height in points in which all texts of a row can be read."""
    lines = max(
        sum(
            1 if len(line) <= column.width else len(wrap(line, column.width))
            for line in text.split("\n")
        )
        for text, column in zip(texts, columns, strict=True)
    )
    return min(409.0, _LINE * lines)


def write_cell(
    sheet: Worksheet, row: int, at: int, value: Any, styles: Styles, form: Format | None = None
) -> None:
    """Write one cell: a link where the format says so, else a date, a number or text."""
    if value is None or str(value) == "":
        sheet.write_blank(row, at, None, form)
    elif isinstance(value, date):
        sheet.write_datetime(row, at, value, form or styles.date)
    elif isinstance(value, bool):
        sheet.write_boolean(row, at, value, form)
    elif isinstance(value, int | float):
        sheet.write_number(row, at, value, form)
    elif isinstance(value, Link) and _is_link(value.url) and row <= MOST_LINKS:
        sheet.write_url(row, at, value.url, form, str(value), value.url)
    elif isinstance(value, Rich) and len(value.pieces) > 2 and len(str(value)) <= MOST_CHARACTERS:
        sheet.write_rich_string(row, at, *value.pieces, form)
    else:
        text = value.url if isinstance(value, Link) else str(value)
        if len(text) > MOST_CHARACTERS:
            text = f"{text[:MOST_CHARACTERS]} […cut: a cell holds no more]"
        sheet.write_string(row, at, text, form)


def _is_link(text: str) -> bool:
    return text.startswith(("http://", "https://")) and len(text) < 2000
