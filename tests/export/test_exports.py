from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import openpyxl
import pytest
from pyarrow import parquet
from sqlalchemy import Connection

from quotes.errors import UsageError
from quotes.export.exports import TABLES, export_dossier, export_sheet, export_table, export_text
from quotes.export.rows import COLUMNS, PEOPLE
from quotes.search.query import SearchQuery

COUNTS = {"quotes": 4, "quotations": 7, "variants": 5, "renderings": 6}


@pytest.mark.parametrize(
    ("what", "form"), [(what, f) for what, forms in TABLES.items() for f in forms]
)
def test_every_table_in_every_format(
    stocked: Connection, tmp_path: Path, what: str, form: str
) -> None:
    path = tmp_path / f"a.{form}"
    count = COUNTS[what]
    assert export_table(stocked, what, SearchQuery(), form, path) == count
    if form == "csv":
        rows = list(csv.DictReader(io.StringIO(path.read_text(encoding="utf-8"))))
        assert tuple(rows[0]) == PEOPLE[what]
        assert {row["id"][0] for row in rows} == {{"quotations": "n"}.get(what, what[0])}
    elif form == "jsonl":
        rows = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
        assert all(isinstance(row["id"], int) for row in rows)
        assert tuple(rows[0]) == COLUMNS[what]
    elif form == "xlsx":
        rows = list(openpyxl.load_workbook(path).active.iter_rows())[1:]
    elif form == "parquet":
        rows = parquet.read_table(path).to_pylist()
    else:
        document = json.loads(path.read_text(encoding="utf-8"))
        rows = document.get("items") or document["@graph"]
    assert len(rows) == count


def test_csv_begins_with_what_people_read(stocked: Connection) -> None:
    for what, columns in COLUMNS.items():
        stream = io.StringIO()
        export_text(stocked, what, SearchQuery(), "csv", stream)
        assert columns[:4] == ("text", "speaker", "certainty", "confidence")
        assert stream.getvalue().startswith("text,speaker,certainty,confidence,")


def test_sheets_and_dossiers(stocked: Connection, tmp_path: Path) -> None:
    assert export_sheet(stocked, SearchQuery(), tmp_path / "a.xlsx") == 5
    query = SearchQuery(speaker="ada-quill")
    assert export_dossier(stocked, query, "xlsx", tmp_path / "b.xlsx") == 2
    assert export_dossier(stocked, query, "html", tmp_path / "b.html") == 2
    with pytest.raises(UsageError, match="name one"):
        export_dossier(stocked, SearchQuery(), "html", tmp_path / "c.html")
