from __future__ import annotations

import io
from datetime import date

import pyarrow as pa
import pytest
from pyarrow import parquet

TEXT = "“We sail at noon,” Ada Quill told reporters on Monday."


def packed(rows: list[dict[str, object]]) -> bytes:
    stream = io.BytesIO()
    parquet.write_table(pa.Table.from_pylist(rows), stream, row_group_size=1)
    return stream.getvalue()


@pytest.mark.parametrize("name", ["a.parquet", "nameless"])
def test_a_row_is_an_article(put, read, name: str) -> None:
    day = date(2025, 3, 1)
    url = "https://lantern.example/1"
    rows = [
        {"text": TEXT, "date": day, "url": url, "tags": ["a", "b"]},
        {"text": None, "date": None, "url": None, "tags": None},
        {"text": f"{TEXT} ", "date": None, "url": None, "tags": None},
    ]
    articles, (error,) = read(put(name, packed(rows)))
    assert [(one.body, one.published, one.url) for one in articles] == [
        (TEXT, day, url),
        (f"{TEXT} ", None, None),
    ]
    assert error.source.endswith(f"{name}:2")


def test_what_is_wrong_is_told(put, read) -> None:
    whole = packed([{"text": TEXT}] * 3)
    for raw in (whole[:-30], whole[:8] + b"\0" * 40 + whole[48:]):
        articles, (error,) = read(put("a.parquet", raw))
        assert not articles
        assert "is damaged" in error.problem
    _, (error,) = read(put("b.parquet", packed([{"weight": 1}])))
    assert "no column for the text (has weight)" in error.problem
