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

from quotes.export.collected import RELATIONS, Collected, CollectedQuote
from quotes.export.workbook import (
    MOST_CHARACTERS,
    Column,
    Link,
    Styles,
    head,
    height,
    laid_out_for_print,
    refuse_too_many,
    workbook,
    write_cell,
)
from quotes.export.writers import plain
from quotes.search.doubt import certainty, doubted

_WIDTHS = {"text": 70, "title": 40, "url": 40, "mention": 25, "why": 44, "article": 30}


SHEET = (
    Column("Quote", 58),
    Column("Variant", 46),
    Column("Difference", 46),
    Column("Meaning", 18),
    Column("Speaker", 20),
    Column("Certainty", 14),
    Column("First published", 11),
    Column("Outlets", 34),
    Column("Link", 34),
    Column("Remarks", 18),
    Column("Why this speaker", 36),
    Column("Quote id", 8),
    Column("Variant id", 8),
)
"""The columns of the sheet of quotes."""

DOSSIER = (
    Column("Date", 11),
    Column("Quote", 64),
    Column("Certainty", 14),
    Column("Remarks", 18),
    Column("Variants", 52),
    Column("Outlets", 34),
    Column("Link", 34),
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
        head(sheet, styles, [Column(name, _WIDTHS.get(name, 16)) for name in columns])
        count = 0
        for count, row in enumerate(rows, start=1):
            refuse_too_many(path, count)
            for at, value in enumerate(row):
                write_cell(
                    sheet, count, at, plain(value) if not isinstance(value, date) else value, styles
                )
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
        laid_out_for_print(sheet, count)
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
        (Link.to(first), styles.link),
        ("; ".join(quote.remarks), styles.divergent if quote.remarks else styles.text),
        (_why(variant), styles.text),
        (f"q{quote.id}", styles.text),
        (f"v{variant.id}", styles.text),
    ]
    for at, (value, form) in enumerate(cells):
        write_cell(sheet, row, at, value, styles, form)
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
        str(Link.to(first) or ""),
        "; ".join(quote.remarks),
        _why(variant),
    ]
    sheet.set_row(row, height(texts, SHEET))


def _dossier_row(sheet: Worksheet, row: int, quote: CollectedQuote, styles: Styles) -> None:
    variants = "\n".join(
        f"{RELATIONS[one.relation]}: {one.text}"
        for one in quote.variants
        if one.relation != "canonical"
    )
    outlets = "; ".join(dict.fromkeys(source.place for source in quote.sources))
    link = Link.to(next((source for source in quote.sources if source.url), None))
    remarks = "; ".join(quote.remarks)
    cells: list[tuple[Any, Format]] = [
        (quote.first_published, styles.date),
        (quote.text, styles.text),
        (_certainty(quote), _sure(quote, styles)),
        (remarks, styles.divergent if remarks else styles.text),
        (variants, styles.text),
        (outlets, styles.text),
        (link, styles.link),
        (f"q{quote.id}", styles.text),
    ]
    for at, (value, form) in enumerate(cells):
        write_cell(sheet, row, at, value, styles, form)
    sheet.set_row(
        row, height(["", quote.text, "", remarks, variants, outlets, str(link or "")], DOSSIER)
    )


def _sure(quote: CollectedQuote, styles: Styles) -> Format:
    return styles.text if certainty(quote.confidence) == "sure" else styles.doubt


def _certainty(quote: CollectedQuote) -> str:
    return f"{certainty(quote.confidence)} ({quote.confidence:.2f})"


def _why(variant: Collected) -> str:
    surest = max(variant.sources, key=lambda one: one.confidence, default=None)
    others = dict.fromkeys(f"{one.place} names {one.names}" for one in variant.sources if one.names)
    return "; ".join([surest.why if surest else "", *others])


def _difference(sheet: Worksheet, row: int, at: int, variant: Collected, styles: Styles) -> str:
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
        write_cell(sheet, row, at, plain_text, styles, styles.text)
    elif len(pieces) > 2:
        sheet.write_rich_string(row, at, *pieces, styles.text)
    elif plain_text:
        write_cell(sheet, row, at, plain_text.strip(), styles, styles.text)
    return plain_text
