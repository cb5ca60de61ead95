"""Workbooks that an editor opens: plain tables, the sheet of quotes, a speaker's dossier.

Text is text: no cell is a formula, whatever it begins with. A workbook says its doubts in words.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from math import ceil
from pathlib import Path
from typing import Any

import xlsxwriter
from xlsxwriter.exceptions import FileCreateError, XlsxWriterException
from xlsxwriter.format import Format
from xlsxwriter.workbook import Workbook
from xlsxwriter.worksheet import Worksheet

from quotes.errors import QuotesError, UsageError
from quotes.export.collected import RELATIONS, Collected, CollectedQuote
from quotes.export.files import whole_file
from quotes.export.writers import plain
from quotes.search.doubt import certainty, doubted

MOST_ROWS = 1_048_575
"""Rows that a sheet can hold below its header."""
MOST_LINKS = 65_000
"""A sheet can hold few more links; the addresses of others are text."""
MOST_CHARACTERS = 32_000
"""A cell can hold few more; a longer text is cut, and says so."""
ON_A_PAGE = 60
"""Rows that are printed on one page."""

_LINE = 15.0
"""Height of a line in points."""
_WIDTHS = {"text": 70, "title": 40, "url": 40, "mention": 25, "reason": 30, "article": 30}


@dataclass(frozen=True, slots=True)
class _Column:
    name: str
    width: int


SHEET = (
    _Column("Quote", 58),
    _Column("Variant", 46),
    _Column("Difference", 46),
    _Column("Meaning", 18),
    _Column("Speaker", 20),
    _Column("Certainty", 14),
    _Column("First published", 11),
    _Column("Outlets", 34),
    _Column("Link", 34),
    _Column("Remarks", 18),
    _Column("Why this speaker", 36),
    _Column("Quote id", 8),
    _Column("Variant id", 8),
)
"""The columns of the sheet of quotes."""

DOSSIER = (
    _Column("Date", 11),
    _Column("Quote", 64),
    _Column("Certainty", 14),
    _Column("Remarks", 18),
    _Column("Variants", 52),
    _Column("Outlets", 34),
    _Column("Link", 34),
    _Column("Quote id", 8),
)
"""The columns of a speaker's dossier."""


def write_rows(path: Path, columns: Sequence[str], rows: Iterable[Sequence[Any]]) -> int:
    """Write rows as a workbook and return how many there were.

    Raises UsageError for more rows than a sheet holds, QuotesError if it cannot be written.
    """
    with _workbook(path) as book:
        sheet = book.add_worksheet()
        styles = _Styles(book)
        _head(sheet, styles, [_Column(name, _WIDTHS.get(name, 16)) for name in columns])
        count = 0
        for count, row in enumerate(rows, start=1):
            _refuse_too_many(path, count)
            for at, value in enumerate(row):
                _write(
                    sheet, count, at, plain(value) if not isinstance(value, date) else value, styles
                )
        sheet.autofilter(0, 0, count, len(columns) - 1)
        _printed(sheet, count)
    return count


def write_sheet(path: Path, quotes: Iterable[CollectedQuote]) -> int:
    """Write one row a variant, next to its quote; return how many rows there were.

    Raises as ``write_rows``.
    """
    with _workbook(path) as book:
        sheet = book.add_worksheet("Quotes")
        styles = _Styles(book)
        _head(sheet, styles, SHEET)
        count = 0
        for quote in quotes:
            for variant in quote.variants:
                count += 1
                _refuse_too_many(path, count)
                _sheet_row(sheet, count, quote, variant, styles)
        sheet.autofilter(0, 0, count, len(SHEET) - 1)
        sheet.freeze_panes(1, 1)
        _printed(sheet, count)
    return count


def write_dossier(path: Path, heading: Sequence[str], quotes: Iterable[CollectedQuote]) -> int:
    """Write one row a quote of a speaker, below ``heading``; return how many rows there were.

    Raises as ``write_rows``.
    """
    with _workbook(path) as book:
        sheet = book.add_worksheet("Dossier")
        styles = _Styles(book)
        for at, line in enumerate(heading):
            sheet.write_string(at, 0, line, styles.title if at == 0 else styles.plain)
        top = len(heading) + 1
        _head(sheet, styles, DOSSIER, top)
        count = 0
        for quote in quotes:
            count += 1
            _refuse_too_many(path, count + top)
            _dossier_row(sheet, top + count, quote, styles)
        sheet.autofilter(top, 0, top + count, len(DOSSIER) - 1)
        _printed(sheet, count, top)
    return count


class _Styles:
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
        self.gone = book.add_format({"font_strikeout": True, "font_color": "#9C0006"})
        self.added = book.add_format({"underline": 1, "bold": True, "font_color": "#006100"})


@contextmanager
def _workbook(path: Path) -> Iterator[Workbook]:
    safe = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    with whole_file(path) as part:
        book = xlsxwriter.Workbook(str(part), safe)
        try:
            yield book
        finally:
            try:
                book.close()
            except FileCreateError as error:
                raise QuotesError(f"{path}: cannot be written: {error}") from error
            except XlsxWriterException as error:
                raise QuotesError(f"{path}: cannot be written: {error}") from error


def _refuse_too_many(path: Path, count: int) -> None:
    if count > MOST_ROWS:
        raise UsageError(
            f"{path}: a sheet holds {MOST_ROWS:,} rows and there are more: choose with --since, "
            "--outlet or --speaker, or write .csv or .parquet"
        )


def _head(sheet: Worksheet, styles: _Styles, columns: Sequence[_Column], row: int = 0) -> None:
    for at, column in enumerate(columns):
        sheet.set_column(at, at, column.width)
        sheet.write_string(row, at, column.name, styles.head)
    sheet.freeze_panes(row + 1, 0)
    sheet.repeat_rows(row)


def _printed(sheet: Worksheet, count: int, top: int = 0) -> None:
    """Have the sheet printed on as many pages as its rows need, no column parted from the rest."""
    sheet.set_landscape()
    sheet.set_paper(8)  # A3
    sheet.set_margins(left=0.3, right=0.3, top=0.4, bottom=0.5)
    sheet.fit_to_pages(1, max(1, ceil((count + top) / (ON_A_PAGE + top))))
    sheet.set_footer("&L&F&RPage &P of &N")


def _sheet_row(
    sheet: Worksheet, row: int, quote: CollectedQuote, variant: Collected, styles: _Styles
) -> None:
    divergent = variant.relation == "divergent"
    style = styles.divergent if divergent else styles.text
    canonical = variant.relation == "canonical"
    meaning = RELATIONS[variant.relation]
    if variant.warnings:
        meaning += f": {'; '.join(variant.warnings)}"
    sources = variant.sources
    first = sources[0] if sources else None
    outlets = "; ".join(dict.fromkeys(source.place for source in sources))
    text = "" if canonical else variant.text
    cells: list[tuple[Any, Format]] = [
        (quote.text, styles.text),
        (text, style),
        ("", styles.text),
        (meaning, style),
        (doubted(quote.speaker, quote.confidence), _sure(quote, styles)),
        (_certainty(quote), _sure(quote, styles)),
        (first.published if first else None, styles.date),
        (outlets, styles.text),
        (first.url if first else None, styles.link),
        ("; ".join(quote.remarks), styles.divergent if quote.remarks else styles.text),
        (_why(variant), styles.text),
        (f"q{quote.id}", styles.text),
        (f"v{variant.id}", styles.text),
    ]
    for at, (value, form) in enumerate(cells):
        _write(sheet, row, at, value, styles, form)
    difference = _difference(sheet, row, 2, variant, styles)
    texts = [
        quote.text,
        text,
        difference,
        meaning,
        quote.speaker,
        "",
        "",
        outlets,
        (first.url or "") if first else "",
        "; ".join(quote.remarks),
        _why(variant),
    ]
    sheet.set_row(row, _height(texts, SHEET))


def _dossier_row(sheet: Worksheet, row: int, quote: CollectedQuote, styles: _Styles) -> None:
    variants = "\n".join(
        f"{RELATIONS[one.relation]}: {one.text}"
        for one in quote.variants
        if one.relation != "canonical"
    )
    outlets = "; ".join(dict.fromkeys(source.place for source in quote.sources))
    url = next((source.url for source in quote.sources if source.url), None)
    remarks = "; ".join(quote.remarks)
    cells: list[tuple[Any, Format]] = [
        (quote.first_published, styles.date),
        (quote.text, styles.text),
        (_certainty(quote), _sure(quote, styles)),
        (remarks, styles.divergent if remarks else styles.text),
        (variants, styles.text),
        (outlets, styles.text),
        (url, styles.link),
        (f"q{quote.id}", styles.text),
    ]
    for at, (value, form) in enumerate(cells):
        _write(sheet, row, at, value, styles, form)
    sheet.set_row(
        row, _height(["", quote.text, "", remarks, variants, outlets, url or ""], DOSSIER)
    )


def _sure(quote: CollectedQuote, styles: _Styles) -> Format:
    return styles.text if certainty(quote.confidence) == "sure" else styles.doubt


def _certainty(quote: CollectedQuote) -> str:
    return f"{certainty(quote.confidence)} ({quote.confidence:.2f})"


def _why(variant: Collected) -> str:
    surest = max(variant.sources, key=lambda one: one.confidence, default=None)
    others = dict.fromkeys(f"{one.place} names {one.names}" for one in variant.sources if one.names)
    return "; ".join([surest.why if surest else "", *others])


def _difference(sheet: Worksheet, row: int, at: int, variant: Collected, styles: _Styles) -> str:
    """Write what is left out (struck through) and put in (underlined); return it as plain text."""
    pieces: list[Any] = []
    plain_text = ""
    for step in variant.difference:
        if step.op == "equal":
            pieces.append(f"{' '.join(step.variant)} ")
            plain_text += pieces[-1]
            continue
        for words, style in ((step.canonical, styles.gone), (step.variant, styles.added)):
            if words:
                pieces += [style, " ".join(words), " "]
                plain_text += f"{' '.join(words)} "
    if len(plain_text) > MOST_CHARACTERS:
        _write(sheet, row, at, plain_text, styles, styles.text)
    elif len(pieces) > 2:
        sheet.write_rich_string(row, at, *pieces, styles.text)
    elif plain_text:
        _write(sheet, row, at, plain_text.strip(), styles, styles.text)
    return plain_text


def _height(texts: Sequence[str], columns: Sequence[_Column]) -> float:
    """Return the height in points in which all texts of a row can be read."""
    lines = max(
        sum(ceil(max(1, len(line)) / (column.width * 0.92)) for line in text.split("\n"))
        for text, column in zip(texts, columns, strict=False)
    )
    return min(409.0, _LINE * lines)


def _write(
    sheet: Worksheet, row: int, at: int, value: Any, styles: _Styles, form: Format | None = None
) -> None:
    """Write one cell: a link where the format says so, else a date, a number or text."""
    if value is None or value == "":
        sheet.write_blank(row, at, None, form)
    elif isinstance(value, date):
        sheet.write_datetime(row, at, value, form or styles.date)
    elif isinstance(value, bool):
        sheet.write_boolean(row, at, value, form)
    elif isinstance(value, int | float):
        sheet.write_number(row, at, value, form)
    else:
        text = str(value)
        if len(text) > MOST_CHARACTERS:
            text = f"{text[:MOST_CHARACTERS]} […cut: a cell holds no more]"
        if form is styles.link and _is_link(text) and row <= MOST_LINKS:
            sheet.write_url(row, at, text, form, text)
        else:
            sheet.write_string(row, at, text, form)


def _is_link(text: str) -> bool:
    return text.startswith(("http://", "https://")) and len(text) < 2000
