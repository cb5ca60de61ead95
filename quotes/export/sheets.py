"""Workbooks that an editor opens: plain tables, the sheet of quotes, a speaker's dossier.

Text is text: no cell is a formula, whatever it begins with. A workbook says its doubts in words.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from pathlib import Path
from typing import Any

from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from quotes.export.collected import RELATIONS, Collected, CollectedQuote, Source, surest
from quotes.export.workbook import (
    LINK,
    Column,
    Link,
    Rich,
    Styles,
    head,
    height,
    laid_out_for_print,
    refuse_too_many,
    workbook,
    write_cell,
)
from quotes.export.writers import plain
from quotes.search.doubt import certainty, doubted, how_sure

_WIDTHS = {"text": 70, "title": 40, "url": 40, "mention": 25, "why": 44, "article": 30}


SHEET = (
    Column("Quote", 46),
    Column("Variant", 38),
    Column("Difference", 38),
    Column("Meaning", 16),
    Column("Speaker", 18),
    Column("Certainty", 14),
    Column("First published", 11),
    Column("Outlets", 32),
    Column("Article", 28),
    LINK,
    Column("Remarks", 14),
    Column("Why this speaker", 36),
    Column("Quote id", 8),
    Column("Variant id", 8),
)
"""The columns of the sheet of quotes."""

Cell = tuple[Any, Format]
"""What stands in a cell, and how it looks."""

DOSSIER = (
    Column("Date", 11),
    Column("Quote", 60),
    Column("Certainty", 14),
    Column("Remarks", 14),
    Column("Variants", 48),
    Column("Outlets", 32),
    Column("Article", 28),
    LINK,
    Column("Why this speaker", 36),
    Column("Quote id", 8),
)
"""The columns of a speaker's dossier."""


def write_rows(path: Path, columns: Sequence[str], rows: Iterable[Sequence[Any]]) -> int:
    """Write rows as a workbook and return how many there were.

    Raises UsageError for more rows than a sheet holds, QuotesError if it cannot be written.
    """
    with workbook(path) as book:
        sheet = book.add_worksheet()
        styles = Styles(book)
        widths = [Column(name, _WIDTHS.get(name, 16)) for name in columns]
        head(sheet, styles, widths)
        count = 0
        for count, row in enumerate(rows, start=1):
            refuse_too_many(path, count)
            cells: list[Cell] = [
                (value, styles.date) if type(value) is date else (plain(value), styles.text)
                for value in row
            ]
            _write_row(sheet, count, cells, widths, styles)
        sheet.autofilter(0, 0, count, len(columns) - 1)
        laid_out_for_print(sheet, count)
    return count


def write_sheet(path: Path, quotes: Iterable[CollectedQuote]) -> int:
    """Write one row a variant, next to its quote; return how many rows there were.

    Raises as ``write_rows``.
    """
    with workbook(path) as book:
        sheet = book.add_worksheet("Quotes")
        styles = Styles(book)
        head(sheet, styles, SHEET)
        count = 0
        for quote in quotes:
            for variant in quote.variants:
                count += 1
                refuse_too_many(path, count)
                _sheet_row(sheet, count, quote, variant, styles)
        sheet.autofilter(0, 0, count, len(SHEET) - 1)
        sheet.freeze_panes(1, 1)
        laid_out_for_print(sheet, count, upright=True)
    return count


def write_dossier(path: Path, heading: Sequence[str], quotes: Iterable[CollectedQuote]) -> int:
    """Write one row a quote of a speaker, below ``heading``; return how many rows there were.

    Raises as ``write_rows``.
    """
    with workbook(path) as book:
        sheet = book.add_worksheet("Dossier")
        styles = Styles(book)
        for at, line in enumerate(heading):
            sheet.write_string(at, 0, line, styles.title if at == 0 else styles.plain)
        top = len(heading) + 1
        head(sheet, styles, DOSSIER, top)
        count = 0
        for quote in quotes:
            count += 1
            refuse_too_many(path, count + top)
            _dossier_row(sheet, top + count, quote, styles)
        sheet.autofilter(top, 0, top + count, len(DOSSIER) - 1)
        laid_out_for_print(sheet, count, top)
    return count


def _sheet_row(
    sheet: Worksheet, row: int, quote: CollectedQuote, variant: Collected, styles: Styles
) -> None:
    style = styles.divergent if variant.relation == "divergent" else styles.text
    meaning = RELATIONS[variant.relation]
    if variant.warnings:
        meaning += f": {'; '.join(variant.warnings)}"
    first = variant.sources[0] if variant.sources else None
    sure = styles.text if certainty(quote.confidence) == "sure" else styles.doubt
    cells: list[Cell] = [
        (quote.text, styles.text),
        ("" if variant.relation == "canonical" else variant.text, style),
        (_difference(variant, styles), styles.text),
        (meaning, style),
        (doubted(quote.speaker, quote.confidence), sure),
        (how_sure(quote.confidence), sure),
        (first.published if first else None, styles.date),
        (_outlets(variant.sources), styles.text),
        (first.title if first else None, styles.text),
        (Link.to(first), styles.link),
        ("; ".join(quote.remarks), styles.divergent if quote.remarks else styles.text),
        (_why(variant.sources), styles.text),
        (f"q{quote.id}", styles.text),
        (f"v{variant.id}", styles.text),
    ]
    _write_row(sheet, row, cells, SHEET, styles)


def _dossier_row(sheet: Worksheet, row: int, quote: CollectedQuote, styles: Styles) -> None:
    variants = "\n".join(
        f"{RELATIONS[one.relation]}: {one.text}"
        for one in quote.variants
        if one.relation != "canonical"
    )
    linked = next((source for source in quote.sources if source.url), quote.sources[0])
    sure = styles.text if certainty(quote.confidence) == "sure" else styles.doubt
    cells: list[Cell] = [
        (quote.first_published, styles.date),
        (quote.text, styles.text),
        (how_sure(quote.confidence), sure),
        ("; ".join(quote.remarks), styles.divergent if quote.remarks else styles.text),
        (variants, styles.text),
        (_outlets(quote.sources), styles.text),
        (linked.title, styles.text),
        (Link.to(linked), styles.link),
        (_why(quote.sources), styles.text),
        (f"q{quote.id}", styles.text),
    ]
    _write_row(sheet, row, cells, DOSSIER, styles)


def _write_row(
    sheet: Worksheet, row: int, cells: Sequence[Cell], columns: Sequence[Column], styles: Styles
) -> None:
    """Write a row as high as its texts need."""
    for at, (value, form) in enumerate(cells):
        write_cell(sheet, row, at, value, styles, form)
    texts = ["" if value is None else str(value) for value, _ in cells]
    sheet.set_row(row, height(texts, columns))


def _outlets(sources: Sequence[Source]) -> str:
    return "\n".join(dict.fromkeys(source.place for source in sources))


def _why(sources: Sequence[Source]) -> str:
    first = surest(sources)
    others = dict.fromkeys(
        f"{one.place} names {doubted(one.names, one.confidence)}" for one in sources if one.names
    )
    return "; ".join([first.why if first else "", *others])


def _difference(variant: Collected, styles: Styles) -> Rich:
    """Return what is left out (struck through) and put in (underlined)."""
    pieces: list[Any] = []
    for step in variant.difference:
        if step.op == "equal":
            pieces += [styles.same, f"{' '.join(step.variant)} "]
            continue
        for words, style in ((step.canonical, styles.gone), (step.variant, styles.added)):
            if words:
                pieces += [style, " ".join(words), styles.same, " "]
    return Rich(tuple(pieces))
