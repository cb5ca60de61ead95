"""CSV and TSV: tables of articles, and the reading of tables that sidecars share."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from quotes.articles.decode import MAX_BYTES, encoding_of
from quotes.articles.draft import TEXT_COLUMNS, Draft, draft_from_row
from quotes.errors import ArticleError


@dataclass(frozen=True, slots=True)
class Row:
    """One row of a table; ``where`` is ``table.csv:17``, the line on which it begins."""

    where: str
    cells: dict[str, object]


@dataclass(frozen=True, slots=True)
class Table:
    """An open table: its columns in lower case, and its rows, read as they are asked for."""

    columns: tuple[str, ...]
    rows: Iterator[Row | ArticleError]

    @property
    def holds_texts(self) -> bool:
        """Whether a column for the articles' texts is there."""
        return not set(TEXT_COLUMNS).isdisjoint(self.columns)


def read(path: Path, source: str) -> Iterator[Draft | ArticleError]:
    """Read a ``.csv`` or ``.tsv`` file row by row; a broken row is reported, the others go on."""
    with open_table(path, source) as table:
        if not table.holds_texts:
            seen = ", ".join(table.columns)[:200]
            wanted = "' or '".join(TEXT_COLUMNS)
            raise ArticleError(source, f"no column '{wanted}' (has {seen}): name one in the header")
        for row in table.rows:
            if isinstance(row, ArticleError):
                yield row
                continue
            try:
                yield draft_from_row(row.cells, row.where)
            except ArticleError as error:
                yield error


@contextmanager
def open_table(path: Path, source: str) -> Iterator[Table]:
    """Open a table in any encoding, with commas, semicolons, tabs or bars between its cells.

    Raises ArticleError where it cannot be read (further).
    """
    encoding = encoding_of(path, source)
    csv.field_size_limit(max(csv.field_size_limit(), MAX_BYTES))
    try:
        with path.open(encoding=encoding, newline="") as stream:
            delimiter = _delimiter(stream.readline(MAX_BYTES))
            stream.seek(0)
            # Strict: a stray mark must not cut or swallow text without a word.
            reader = csv.reader(stream, delimiter=delimiter, strict=True)
            columns = tuple(name.strip().lower() for name in next(reader, []))
            yield Table(columns, _rows(reader, columns, source))
    except UnicodeDecodeError as error:
        raise ArticleError(source, "mixes text encodings: save it as UTF-8") from error
    except csv.Error as error:
        raise ArticleError(f"{source}:1", f"broken header ({error}): mend it") from error
    except OSError as error:
        raise ArticleError(source, f"cannot be read further ({error.strerror})") from error


def _delimiter(header: str) -> str:
    return max(",;\t|", key=header.count)


def _rows(
    reader: Iterator[list[str]], columns: tuple[str, ...], source: str
) -> Iterator[Row | ArticleError]:
    while True:
        where = f"{source}:{reader.line_num + 1}"  # type: ignore[attr-defined]
        try:
            cells = next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            yield ArticleError(where, f"broken row ({error}): double the quotation marks in cells")
            continue
        if len(cells) > len(columns):
            problem = f"has {len(cells)} cells, the header {len(columns)}: put texts in quotes"
            yield ArticleError(where, problem)
        elif any(cells):
            yield Row(where, dict(zip(columns, cells, strict=False)))
