from __future__ import annotations

from datetime import date
from pathlib import Path

from pyarrow import parquet

from quotes.export.parquet import write_parquet


def test_columns_have_types_and_empty_cells_are_null(tmp_path: Path) -> None:
    path = tmp_path / "a.parquet"
    columns = ["id", "text", "confidence", "published"]
    rows = [(1, "a", 0.5, date(2025, 3, 1)), (2, "=b", None, None)]
    assert write_parquet(path, columns, rows) == 2
    table = parquet.read_table(path)
    assert [str(field.type) for field in table.schema] == [
        "int64",
        "string",
        "double",
        "date32[day]",
    ]
    assert [tuple(row.values()) for row in table.to_pylist()] == rows


def test_no_rows_are_a_file_with_columns(tmp_path: Path) -> None:
    path = tmp_path / "a.parquet"
    assert write_parquet(path, ["id", "text"], []) == 0
    assert parquet.read_table(path).column_names == ["id", "text"]
