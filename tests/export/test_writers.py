from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quotes.errors import QuotesError
from quotes.export.writers import defuse, restore, write, write_file

COLUMNS = ("id", "text", "published", "confidence")
ROWS = [
    (1, "“Yes,” he said, “no”\nand more", date(2025, 3, 1), 0.9 * 0.98),
    (2, "=1+1", None, 1.0),
]

cells = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\x00"))
dangerous = st.builds(
    str.__add__, st.text("'=+-@\t\r \ufeff\u200b", max_size=4), st.text("=+-@x", max_size=3)
)


def test_csv_for_people() -> None:
    stream = io.StringIO()
    assert write(ROWS, COLUMNS, "csv", stream) == 2
    assert stream.getvalue() == (
        "id,text,published,confidence\r\n"
        '1,"“Yes,” he said, “no”\nand more",2025-03-01,0.882\r\n'
        "2,'=1+1,,1.0\r\n"
    )


def test_excel_gets_a_byte_order_mark() -> None:
    stream = io.StringIO()
    write(ROWS, COLUMNS, "csv", stream, excel=True)
    assert stream.getvalue().startswith("\ufeffid,")


def test_jsonl_is_one_object_a_line_with_the_exact_text() -> None:
    stream = io.StringIO()
    assert write(ROWS, COLUMNS, "jsonl", stream) == 2
    first, second = map(json.loads, stream.getvalue().splitlines())
    assert first == {
        "id": 1,
        "text": ROWS[0][1],
        "published": "2025-03-01",
        "confidence": 0.882,
    }
    assert (second["text"], second["published"]) == ("=1+1", None)


@pytest.mark.parametrize(
    "cell",
    ["=1+1", "+1", "-1", "@x", "\tx", "\rx", "  =1", "\n=1", "\ufeff=1", "\u200b@x", "＝1", "'=1"],
)
def test_a_formula_is_defused(cell: str) -> None:
    assert defuse(cell) == f"'{cell}"


@pytest.mark.parametrize("cell", ["", "plain", "'tis", "1=1", "a-b", "“=x”", "'"])
def test_other_cells_stay_as_they_are(cell: str) -> None:
    assert defuse(cell) == cell


@given(st.lists(st.one_of(cells, dangerous), min_size=1))
def test_csv_brings_every_text_back(texts: list[str]) -> None:
    stream = io.StringIO(newline="")
    assert write([(text,) for text in texts], ["text"], "csv", stream) == len(texts)
    stream.seek(0)
    header, *rows = csv.reader(stream)
    assert header == ["text"]
    assert [restore(row[0]) for row in rows] == texts
    assert not any(row[0].lstrip().startswith(("=", "+", "-", "@")) for row in rows)


def test_a_file_appears_when_it_is_complete(tmp_path: Path) -> None:
    target = tmp_path / "out.csv"
    assert write_file(target, ROWS, COLUMNS, "csv", excel=True) == 2
    assert target.read_bytes().startswith(b"\xef\xbb\xbfid,text")
    assert list(tmp_path.iterdir()) == [target]


def test_an_interrupt_leaves_the_old_file(tmp_path: Path) -> None:
    target = tmp_path / "out.csv"
    target.write_text("old")

    def interrupted() -> Iterator[tuple[object, ...]]:
        yield ROWS[0]
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        write_file(target, interrupted(), COLUMNS, "csv")
    assert target.read_text() == "old"
    assert list(tmp_path.iterdir()) == [target]


def test_a_folder_that_is_missing_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(QuotesError, match=r"out\.csv: cannot be written: there is no folder"):
        write_file(tmp_path / "missing" / "out.csv", ROWS, COLUMNS, "csv")


def test_a_device_is_written_directly() -> None:
    assert write_file(Path("/dev/null"), ROWS, COLUMNS, "csv") == 2
    assert Path("/dev/null").is_char_device()
