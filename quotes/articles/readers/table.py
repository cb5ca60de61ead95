"""CSV and TSV: tables of articles, and the reading of tables that sidecars share."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from quotes.articles.decode import MAX_BYTES, encoding_of
from quotes.articles.draft import Draft, Reading
from quotes.articles.rows import Row, Table
from quotes.articles.source import Source
from quotes.columns import Columns
from quotes.errors import ArticleError

_SAMPLE = 1 << 16
_SEPARATOR = re.compile(r'"?sep=([,;\t|])"?\r?\n?', re.IGNORECASE)  # a hint that Excel writes

_ESCAPED = re.compile(r'\\"(?![,;\t|\r\n])')  # he said \"no\", as databases write it
_DOUBLED = re.compile(r'[^,;\t|\r\n"]""')  # he said ""no"", as spreadsheets do


@dataclass(frozen=True, slots=True)
class Sheet:
    """An open table: its columns, and its rows, read as they are asked for."""

    columns: tuple[str, ...]
    rows: Iterator[Row | ArticleError]


def read(source: Source, reading: Reading) -> Iterator[Draft | ArticleError]:
    """Read a ``.csv`` or ``.tsv`` file row by row; a broken row is reported, the others go on."""
    with open_sheet(source) as sheet:
        check_columns(sheet.columns, source.name, reading.columns)

    def rows() -> Iterator[Row | ArticleError]:
        with open_sheet(source) as sheet:
            yield from sheet.rows

    yield from Table(source.name, rows, reading).drafts()


def check_columns(names: tuple[str, ...], source: str, columns: Columns) -> None:
    """Raise ArticleError where no column of a table holds texts."""
    if not columns.holds(names, "text"):
        seen = ", ".join(names)[:200]
        problem = f"no column for the text (has {seen}): name it with --column text=NAME"
        raise ArticleError(source, problem)


@contextmanager
def open_sheet(source: Source) -> Iterator[Sheet]:
    """Open a table in any encoding, with commas, semicolons, tabs or bars between its cells.

    Raises ArticleError where it cannot be read (further).
    """
    encoding = encoding_of(source)
    csv.field_size_limit(max(csv.field_size_limit(), MAX_BYTES))
    try:
        with source.open() as raw:
            stream = io.TextIOWrapper(raw, encoding=encoding, newline="")
            form = _Form(stream.readline(MAX_BYTES) + stream.read(_SAMPLE))
            stream.seek(0)
            if form.hinted:
                stream.readline()
            # Strict: a stray mark must not cut or swallow text without a word.
            reader = csv.reader(
                stream,
                delimiter=form.delimiter,
                doublequote=not form.escaped,
                escapechar="\\" if form.escaped else None,
                strict=True,
            )
            columns = tuple(name.strip() for name in next(reader, []))
            yield Sheet(columns, _rows(reader, columns, source.name, first=int(form.hinted)))
    except UnicodeDecodeError as error:
        raise ArticleError(source.name, "mixes text encodings: save it as UTF-8") from error
    except csv.Error as error:
        raise ArticleError(f"{source.name}:1", f"broken header ({error}): fix it") from error
    except OSError as error:
        raise ArticleError(source.name, f"cannot be read further ({error.strerror})") from error


class _Form:
    """How a table is written, told from its beginning."""

    def __init__(self, sample: str) -> None:
        hint = _SEPARATOR.match(sample)
        header = sample.partition("\n")[0]
        self.hinted = hint is not None
        self.delimiter = hint[1] if hint else max(",;\t|", key=header.count)
        self.escaped = bool(_ESCAPED.search(sample)) and not _DOUBLED.search(sample)


def _row_problem(error: csv.Error) -> str:
    if "field limit" in str(error):
        return f"has a cell of more than {MAX_BYTES // 1_000_000} MB: split it into its articles"
    return f"broken row ({error}): double the quotation marks in cells"


def _rows(
    reader: Iterator[list[str]], columns: tuple[str, ...], source: str, first: int
) -> Iterator[Row | ArticleError]:
    while True:
        where = f"{source}:{reader.line_num + first + 1}"  # type: ignore[attr-defined]
        try:
            cells = next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            yield ArticleError(where, _row_problem(error))
            continue
        if len(cells) > len(columns):
            problem = f"has {len(cells)} cells, the header {len(columns)}: put texts in quotes"
            yield ArticleError(where, problem)
        elif any(cells):
            yield Row(where, dict(zip(columns, cells, strict=False)))
