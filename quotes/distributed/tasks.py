"""What Spark's tasks do: they make tables of what they are given, and end in what Spark can hold.

All of it is sent to the Python processes of executors.
"""

from __future__ import annotations

import resource
import time
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np
import pyarrow as pa

from quotes.distributed.attempts import attempt
from quotes.distributed.engine import Step
from quotes.distributed.files import Folder
from quotes.distributed.tables import ROW_GROUP, cut, in_groups, read_file, save, save_months

ROWS = 5_000
"""So many rows are handed to a step at a time, where rows stand for themselves."""

Load = Callable[[Iterable[Any]], Iterator[pa.Table]]
"""What a task is given → tables."""
End = Callable[[int, Iterator[pa.Table]], Iterator[Any]]
"""Number of the part, tables → what Spark holds of them."""


@dataclass(frozen=True)
class Task:
    """A part of a table, made and brought to its end; tells what that took.

    ``spent`` is told the processor time, ``most`` the memory of the process.
    """

    first: int
    load: Load
    end: End
    spent: Any
    most: Any

    def __call__(self, at: int, given: Iterable[Any]) -> Iterator[Any]:
        """Yield what the part comes to, which is number ``first + at``."""
        from pyspark import TaskContext

        context = TaskContext.get()
        attempt.set(context.attemptNumber() if context else 0)
        began = time.process_time()
        yield from self.end(self.first + at, self.load(given))
        self.spent.add(time.process_time() - began)
        self.most.add(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024)


@dataclass(frozen=True)
class Unpacked:
    """Makes tables of their bytes."""

    schema: pa.Schema

    def __call__(self, given: Iterable[bytes]) -> Iterator[pa.Table]:
        """Yield a table for each."""
        return (unpacked(one, self.schema) for one in given)


@dataclass(frozen=True)
class Stored:
    """Makes tables of the names of files."""

    folder: Folder
    schema: pa.Schema

    def __call__(self, given: Iterable[str]) -> Iterator[pa.Table]:
        """Yield what the files hold, some rows at a time."""
        for file in given:
            yield from read_file(self.folder, file, self.schema, ROWS)


@dataclass(frozen=True)
class Mapped:
    """Does a step with each table."""

    load: Load
    step: Step
    schema: pa.Schema

    def __call__(self, given: Iterable[Any]) -> Iterator[pa.Table]:
        """Yield what the step returns."""
        for table in self.load(given):
            yield from _tables(self.step(table), self.schema)


@dataclass(frozen=True)
class Together:
    """Makes tables of what was cut from one."""

    schema: pa.Schema

    def __call__(self, given: Iterable[tuple[int, tuple[int, bytes]]]) -> Iterator[pa.Table]:
        """Yield the rows, as many at a time as are in a group of a file of texts."""
        pieces = (unpacked(own, self.schema) for _, (_, own) in given)
        return in_groups(pieces, ROW_GROUP)


@dataclass(frozen=True)
class Whole:
    """Does a step with a group of one table, or of several, as a whole."""

    schemas: tuple[pa.Schema, ...]
    step: Step
    schema: pa.Schema

    def __call__(self, given: Iterable[tuple[int, tuple[int, bytes]]]) -> Iterator[pa.Table]:
        """Yield what the step returns."""
        found = [[one.empty_table()] for one in self.schemas]
        for _, (at, own) in given:
            found[at].append(unpacked(own, self.schemas[at]))
        yield from _tables(self.step(*map(pa.concat_tables, found)), self.schema)


@dataclass(frozen=True)
class Packed:
    """Ends tables in bytes."""

    def __call__(self, _part: int, tables: Iterator[pa.Table]) -> Iterator[bytes]:
        """Yield those of each table."""
        return (one for table in tables for one in packed(table))


@dataclass(frozen=True)
class Cut:
    """Ends tables in the rows for each group; ``table`` is which of several tables they are of.

    Without ``by`` rows are dealt out in turn. As a part may be made again that has to come out
    the same, so its rows must be in the same order then: they are read from files.
    """

    table: int
    by: str | None
    groups: int

    def __call__(
        self, part: int, tables: Iterator[pa.Table]
    ) -> Iterator[tuple[int, tuple[int, bytes]]]:
        """Yield numbers of groups with the number of the table and the bytes of rows."""
        turn = part
        for table in tables:
            for group, own in self._groups(table, turn):
                yield from ((group, (self.table, one)) for one in packed(own))
            turn += len(table)

    def _groups(self, table: pa.Table, turn: int) -> Iterator[tuple[int, pa.Table]]:
        if self.by is not None:
            yield from cut(table, self.by, self.groups)
            return
        for at in range(min(self.groups, len(table))):
            own = np.arange(at, len(table), self.groups)
            yield (turn + at) % self.groups, table.take(pa.array(own))


@dataclass(frozen=True)
class Saved:
    """Ends tables in files below a folder."""

    schema: pa.Schema
    folder: Folder
    name: str
    by_month: bool

    def __call__(self, part: int, tables: Iterator[pa.Table]) -> Iterator[int]:
        """Yield how many rows were written."""
        if self.by_month:
            whole = (self.schema.empty_table(), *tables)
            yield save_months(whole, self.folder, self.name)
        else:
            yield save(tables, self.schema, self.folder, f"{self.name}/part-{part:05}.parquet")


def _tables(found: pa.Table | Iterator[pa.Table], schema: pa.Schema) -> Iterator[pa.Table]:
    for table in [found] if isinstance(found, pa.Table) else found:
        yield table.select(schema.names).cast(schema)


def packed(table: pa.Table) -> Iterator[bytes]:
    """Yield the bytes of a table; none where it has no rows."""
    for batch in table.combine_chunks().to_batches():
        if len(batch):
            yield batch.serialize().to_pybytes()


def unpacked(given: bytes, schema: pa.Schema) -> pa.Table:
    """Return the table that became bytes."""
    return pa.Table.from_batches([pa.ipc.read_record_batch(pa.py_buffer(given), schema)])
