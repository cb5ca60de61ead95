from __future__ import annotations

from pathlib import Path

import pytest

from quotes.errors import QuotesError, UsageError
from quotes.export.files import Format, format_of, whole_file

FORMATS: tuple[Format, ...] = ("csv", "jsonl", "xlsx")


@pytest.mark.parametrize(
    ("name", "given", "form"),
    [
        ("a.csv", None, "csv"),
        ("a.XLSX", None, "xlsx"),
        ("a.jsonl", "jsonl", "jsonl"),
        ("data.txt", "csv", "csv"),
        (None, None, "csv"),
        (None, "jsonl", "jsonl"),
    ],
)
def test_the_name_says_the_format(name: str | None, given: Format | None, form: str) -> None:
    assert format_of(Path(name) if name else None, FORMATS, given) == form


@pytest.mark.parametrize(
    ("name", "given", "words"),
    [
        ("a.doc", None, "a.doc: its format is not known: give it a name that ends in .csv"),
        ("a", None, "its format is not known"),
        ("a.parquet", None, "its format is not known"),
        ("a.xlsx", "csv", "a.xlsx: is named as xlsx, but --format says csv"),
        (None, "xlsx", "xlsx is written to a file"),
    ],
)
def test_a_name_that_cannot_be_written_is_refused(
    name: str | None, given: Format | None, words: str
) -> None:
    with pytest.raises(UsageError) as refused:
        format_of(Path(name) if name else None, FORMATS, given)
    assert words in str(refused.value)


def fill(path: Path, text: str, error: Exception | None = None) -> None:
    with whole_file(path) as part:
        part.write_text(text)
        if error:
            raise error


def test_a_file_appears_whole_or_not_at_all(tmp_path: Path) -> None:
    target = tmp_path / "a.csv"
    target.write_text("before")
    with pytest.raises(KeyError):
        fill(target, "half", KeyError())
    assert (target.read_text(), [*tmp_path.iterdir()]) == ("before", [target])
    fill(target, "whole")
    assert (target.read_text(), [*tmp_path.iterdir()]) == ("whole", [target])
    with pytest.raises(QuotesError, match="cannot be written"):
        fill(tmp_path / "no" / "a", "x")
