"""Workbooks, read back by another library."""

from __future__ import annotations

import subprocess
from dataclasses import replace
from datetime import datetime
from pathlib import Path

import openpyxl
import pypdfium2
import pytest
from sqlalchemy import Connection

from quotes.errors import QuotesError, UsageError
from quotes.export import workbook
from quotes.export.collected import collect
from quotes.export.sheets import write_dossier, write_rows, write_sheet
from quotes.search.query import SearchQuery


def test_text_is_text_and_never_a_formula(tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    rows = [("=1+1", 3, None), ("http://x.example/", 0.5, "-2"), ("x" * 40_000, 1, "@SUM(1)")]
    assert write_rows(path, ["text", "confidence", "url"], rows) == 3
    sheet = openpyxl.load_workbook(path).active
    assert [cell.value for cell in sheet[2]] == ["=1+1", 3, None]
    assert {sheet["A2"].data_type, sheet["C3"].data_type, sheet["C4"].data_type} == {"s"}
    assert sheet["A3"].hyperlink is None
    assert sheet["A4"].value.endswith("[…cut: a cell holds no more]")
    assert (sheet.freeze_panes, sheet.auto_filter.ref) == ("A2", "A1:C4")


def test_the_sheet_shows_doubt_and_changed_meaning_in_words(
    stocked: Connection, tmp_path: Path
) -> None:
    path = tmp_path / "a.xlsx"
    assert write_sheet(path, collect(stocked, SearchQuery())) == 5
    sheet = openpyxl.load_workbook(path)["Quotes"]
    header, *rows = ([cell.value for cell in row] for row in sheet.iter_rows())
    found = [dict(zip(header, row, strict=True)) for row in rows]
    (divergent,) = [row for row in found if row["Variant"]]
    assert divergent["Meaning"].startswith("MEANING MAY DIFFER: negation")
    assert divergent["Remarks"] == "meaning may differ"
    assert "will" in divergent["Difference"]
    (doubtful,) = [row for row in found if row["Speaker"].startswith("Bruno")]
    assert doubtful["Speaker"] == "Bruno Quill ?"
    assert doubtful["Certainty"] == "uncertain (50 %)"
    (titled, *_) = [row for row in sheet.iter_rows() if row[8].value == "Harbour stays"]
    assert titled[9].value == "lantern.example"
    assert titled[9].hyperlink.target == "https://lantern.example/harbour"
    assert doubtful["Why this speaker"].endswith("; 50 % sure")
    assert divergent["Outlets"] == "nowhere.txt, 2025-03-05"
    assert [row["Quote id"][0] for row in found] == ["q"] * 5
    assert sheet.sheet_properties.pageSetUpPr.fitToPage  # on one page: that is the default
    assert (sheet.page_setup.fitToHeight, sheet.print_title_rows) == (None, "$1:$1")


@pytest.mark.office
def test_sixty_rows_are_one_page_on_which_nothing_is_cut(
    stocked: Connection, tmp_path: Path
) -> None:
    quotes = [*collect(stocked, SearchQuery())] * 12
    long = replace(quotes[0], text=" ".join(f"word{number}" for number in range(150)))
    path = tmp_path / "a.xlsx"
    assert write_sheet(path, [long, *quotes[1:]]) == 60
    office = ["soffice", f"-env:UserInstallation=file://{tmp_path}/office", "--headless"]
    printing = ["--convert-to", "pdf", "--outdir", str(tmp_path), str(path)]
    subprocess.run([*office, *printing], check=True, capture_output=True)
    (page,) = pypdfium2.PdfDocument(tmp_path / "a.pdf")
    printed = "".join(page.get_textpage().get_text_bounded().split())
    for row in openpyxl.load_workbook(path)["Quotes"].iter_rows(values_only=True):
        for cell in row:
            words = cell.date().isoformat() if isinstance(cell, datetime) else str(cell or "")
            assert "".join(words.split()) in printed


def test_a_dossier_begins_with_who_it_is(stocked: Connection, tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    quotes = collect(stocked, SearchQuery(speaker="ada-quill"))
    assert write_dossier(path, ["Ada Quill", "person"], quotes) == 2
    sheet = openpyxl.load_workbook(path)["Dossier"]
    assert [sheet["A1"].value, sheet["A2"].value, sheet["A4"].value] == [
        "Ada Quill",
        "person",
        "Date",
    ]
    assert sheet["I4"].value == "Why this speaker"
    assert sheet["I5"].value.endswith("% sure")
    assert "MEANING MAY DIFFER" in {
        cell.value.partition(":")[0] for cell in sheet["E"] if cell.value
    }


def test_more_rows_than_a_sheet_holds_are_refused_with_advice(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(workbook, "MOST_ROWS", 2)
    path = tmp_path / "a.xlsx"
    with pytest.raises(UsageError, match=r"write \.csv or \.parquet"):
        write_rows(path, ["text"], [("a",), ("b",), ("c",)])
    assert not path.exists()
    with pytest.raises(QuotesError, match="cannot be written"):
        write_rows(tmp_path / "no" / "a.xlsx", ["text"], [("a",)])
