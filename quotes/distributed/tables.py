"""Tables as files of Parquet, and cut by groups: what every engine does with them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Any
from zlib import crc32

import numpy as np
import pyarrow as pa
from pyarrow import compute, parquet

from quotes.distributed.files import Folder

ROW_GROUP = 250
"""Rows of articles that are read, and extracted, at a time."""

_MONTH = re.compile(r"month=([^/]+)/")


def groups_in(folder: Folder, file: str) -> int:
    """Return how many groups of rows a file has."""
    with folder.opened(file) as stream:
        groups: int = parquet.ParquetFile(stream).num_row_groups
    return groups


def read_group(folder: Folder, file: str, group: int, schema: pa.Schema) -> pa.Table:
    """Return a group of rows of a file; a file of a month tells that of its rows."""
    with folder.opened(file) as stream:
        found = parquet.ParquetFile(stream).read_row_group(group)
    return _whole(found, file, schema)


def read_file(folder: Folder, file: str, schema: pa.Schema, rows: int) -> Iterator[pa.Table]:
    """Yield the rows of a file, at most so many at a time and none of two groups together."""
    with folder.opened(file) as stream:
        opened = parquet.ParquetFile(stream)
        for group in range(opened.num_row_groups):
            found = _whole(opened.read_row_group(group), file, schema)
            yield from (found.slice(at, rows) for at in range(0, len(found), rows))


def _whole(found: pa.Table, file: str, schema: pa.Schema) -> pa.Table:
    if month := _MONTH.search(file):
        found = found.append_column("month", pa.repeat(month[1], len(found)))
    return found.select(schema.names).cast(schema)


def save(tables: Iterable[pa.Table], schema: pa.Schema, folder: Folder, name: str) -> int:
    """Write tables into a file, which has a group of rows at least; return how many rows."""
    rows = 0
    with (
        folder.written(name) as stream,
        parquet.ParquetWriter(stream, schema, compression="zstd") as writer,
    ):
        for table in in_groups(tables, _row_group(schema)):
            writer.write_table(table.cast(schema), row_group_size=_row_group(schema))
            rows += len(table)
        if not rows:
            writer.write_table(schema.empty_table())
    return rows


def in_groups(tables: Iterable[pa.Table], rows: int) -> Iterator[pa.Table]:
    """Yield the rows of tables in tables of so many rows, the last one of fewer."""
    held: list[pa.Table] = []
    count = 0
    for table in tables:
        held.append(table)
        count += len(table)
        if count >= rows:
            whole = pa.concat_tables(held)
            full = count - count % rows
            yield from (whole.slice(at, rows) for at in range(0, full, rows))
            held, count = [whole.slice(full)], count - full
    if count:
        yield pa.concat_tables(held)


def save_months(tables: Iterable[pa.Table], folder: Folder, name: str) -> int:
    """Write tables into the files that their column ``file`` says; return how many rows they have.

    All rows of these files are there.
    """
    whole = pa.concat_tables(tables)
    for file in whole["file"].unique().to_pylist():
        own = whole.filter(compute.equal(whole["file"], file)).drop_columns(["file"])
        month, _, number = file.partition("/")
        target = f"{name}/month={month}/part-{int(number):05}.parquet"
        kept = own.drop_columns(["month"])
        save([kept], kept.schema, folder, target)
    return len(whole)


def _row_group(schema: pa.Schema) -> int:
    return ROW_GROUP if "body" in schema.names else 100_000


def cut(table: pa.Table, by: str, groups: int) -> Iterator[tuple[int, pa.Table]]:
    """Yield groups (of so many) with their rows: those with one value of a column have one."""
    values = table[by].unique()
    numbers = np.array([_group(value, groups) for value in values.to_pylist()], np.int64)
    if not len(numbers):
        return
    own = numbers[compute.index_in(table[by], values).to_numpy()]
    order = np.argsort(own, kind="stable")
    ordered = table.take(pa.array(order))
    found, first = np.unique(own[order], return_index=True)
    ends = [*first[1:].tolist(), len(table)]
    for group, start, end in zip(found.tolist(), first.tolist(), ends, strict=True):
        yield group, ordered.slice(start, end - start)


def _group(value: Any, groups: int) -> int:
    return (crc32(value.encode()) if isinstance(value, str) else value or 0) % groups
