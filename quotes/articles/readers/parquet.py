"""Parquet: one article a row, as data sets and query engines write them."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from quotes.articles.draft import Draft, Reading
from quotes.articles.extras import need
from quotes.articles.readers.table import check_columns
from quotes.articles.rows import Row, Table
from quotes.articles.source import Source
from quotes.errors import ArticleError

_BATCH = 500


def read(source: Source, reading: Reading) -> Iterator[Draft | ArticleError]:
    """Read a ``.parquet`` row by row; columns are known as those of other tables are."""
    with source.open() as stream:
        names = _opened(stream, source).schema_arrow.names
    check_columns(tuple(names), source.name, reading.columns)
    yield from Table(source.name, lambda: _rows(source), reading).drafts()


def _rows(source: Source) -> Iterator[Row | ArticleError]:
    number = 0
    with source.open() as stream:
        try:
            for batch in _opened(stream, source).iter_batches(_BATCH):
                for cells in batch.to_pylist():
                    number += 1
                    yield Row(f"{source.name}:{number}", cells)
        except (OSError, ValueError) as error:
            yield _damaged(source, error)


def _opened(stream: Any, source: Source) -> Any:
    parquet = need("pyarrow.parquet", "parquet", source.name)
    try:
        return parquet.ParquetFile(stream)
    except (OSError, ValueError) as error:
        raise _damaged(source, error) from error


def _damaged(source: Source, error: Exception) -> ArticleError:
    reason = str(error).partition("\n")[0][:100]
    return ArticleError(source.name, f"is damaged ({reason}): get it again")
