"""What every workbook shares: cells that are text, links, heights in which all can be read."""

from __future__ import annotations

from pathlib import Path

import openpyxl
import pytest

from quotes.errors import UsageError
from quotes.export.workbook import (
    MOST_CHARACTERS,
    MOST_ROWS,
    Column,
    Link,
    Rich,
    Styles,
    head,
    height,
    refuse_too_many,
    workbook,
    write_cell,
)


def test_cells_are_text_links_and_numbers(tmp_path: Path) -> None:
    path = tmp_path / "cells.xlsx"
    values = ["=1+1", 3, Link("https://www.example.com/a"), "x" * (MOST_CHARACTERS + 1), None]
    with workbook(path) as book:
        sheet, styles = book.add_worksheet(), Styles(book)
        head(sheet, styles, [Column("Value", 20)])
        for row, value in enumerate(values, start=1):
            write_cell(sheet, row, 0, value, styles)
    read = openpyxl.load_workbook(path).active
    assert [cell.value for cell in read["A"]][:4] == ["Value", "=1+1", 3, "example.com"]
    assert read["A2"].data_type == "s"
    assert read["A4"].hyperlink.target == "https://www.example.com/a"
    assert read["A5"].value.endswith("[…cut: a cell holds no more]")
    assert read["A6"].value is None


def test_a_link_is_shown_as_what_fits() -> None:
    assert str(Link("https://news.example/a?b=c")) == "news.example"
    assert str(Link(f"https://{'very-' * 10}long.example/")) == "open"


def test_text_of_several_styles_is_one_text(tmp_path: Path) -> None:
    with workbook(tmp_path / "a.xlsx") as book:
        sheet, styles = book.add_worksheet(), Styles(book)
        mixed = Rich((styles.gone, "old", styles.same, " ", styles.added, "new"))
        write_cell(sheet, 0, 0, mixed, styles, styles.text)
        write_cell(sheet, 1, 0, Rich(()), styles, styles.text)
    read = openpyxl.load_workbook(tmp_path / "a.xlsx").active
    assert (read["A1"].value, read["A2"].value) == ("old new", None)


def test_a_row_is_as_high_as_its_longest_text() -> None:
    columns = [Column("Short", 10), Column("Long", 10)]
    assert height(["", ""], columns) < height(["", "word " * 20], columns)


def test_more_rows_than_a_sheet_holds() -> None:
    refuse_too_many(Path("a.xlsx"), MOST_ROWS)
    with pytest.raises(UsageError, match=r"a\.xlsx: a sheet holds"):
        refuse_too_many(Path("a.xlsx"), MOST_ROWS + 1)
