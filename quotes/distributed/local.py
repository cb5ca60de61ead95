"""The plan on one machine: its steps in processes, what is regrouped in files between them."""

from __future__ import annotations

import resource
import shutil
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any, Protocol

import pyarrow as pa

from quotes.distributed.attempts import attempt
from quotes.distributed.engine import Step
from quotes.distributed.files import Folder, unwritten
from quotes.distributed.processes import Processes
from quotes.distributed.tables import cut, groups_in, read_group, save, save_months

Places = tuple[tuple[str, tuple[int, ...]], ...]
"""Files between two steps, with the numbers of the batches in each that are one part's."""


class Part(Protocol):
    """A part of a table, which whoever needs it computes."""

    def load(self) -> Iterator[pa.Table]:
        """Yield its rows, some at a time."""


@dataclass(frozen=True)
class Here:
    """Rows at hand."""

    table: pa.Table

    def load(self) -> Iterator[pa.Table]:
        """Yield the table."""
        yield self.table


@dataclass(frozen=True)
class Stored:
    """A group of rows of a Parquet file."""

    folder: Folder
    file: str
    group: int
    schema: pa.Schema

    def load(self) -> Iterator[pa.Table]:
        """Yield the rows."""
        yield read_group(self.folder, self.file, self.group, self.schema)


@dataclass(frozen=True)
class Regrouped:
    """What the parts of a table hold of one group."""

    places: Places
    schema: pa.Schema

    def load(self) -> Iterator[pa.Table]:
        """Yield the rows of one file after the other."""
        yield self.schema.empty_table()
        for path, batches in self.places:
            with pa.memory_map(path) as stream, pa.ipc.open_file(stream) as reader:
                yield from (pa.Table.from_batches([reader.get_batch(at)]) for at in batches)


@dataclass(frozen=True)
class Mapped:
    """A step done with a part, some rows at a time."""

    part: Part
    step: Step

    def load(self) -> Iterator[pa.Table]:
        """Yield what the step returns."""
        for table in self.part.load():
            yield from _tables(self.step(table))


@dataclass(frozen=True)
class Whole:
    """A step done with one part, or several of several tables, as a whole."""

    parts: tuple[Part, ...]
    step: Step

    def load(self) -> Iterator[pa.Table]:
        """Yield what the step returns."""
        yield from _tables(self.step(*(pa.concat_tables(part.load()) for part in self.parts)))


@dataclass(frozen=True)
class Parts:
    """A table in parts."""

    parts: tuple[Part, ...]
    schema: pa.Schema


class Local:
    """An engine: ``jobs`` processes (0: this one), and a folder for what lies between steps.

    ``modules`` are imported once for all processes.
    """

    name = "local"

    def __init__(
        self,
        jobs: int,
        work: Path,
        on_progress: Callable[[int, int], None] | None = None,
        modules: Sequence[str] = (),
    ) -> None:
        self.cores = max(1, jobs)
        self.parts = self.cores
        self.seconds = 0.0
        self.peak = 0
        self._jobs = jobs
        self._work = work
        self._modules = modules
        self._number = 0
        self._tell = on_progress or (lambda _done, _all: None)
        self._processes: Processes | None = None
        shutil.rmtree(work, ignore_errors=True)

    def rows(self, table: pa.Table, parts: int) -> Parts:
        """See ``Engine``."""
        size = max(1, -(-len(table) // max(1, parts)))
        found = [table.slice(at, size) for at in range(0, len(table), size)]
        return Parts(tuple(map(Here, found)), table.schema)

    def load(self, folder: Folder, files: Sequence[str], schema: pa.Schema) -> Parts:
        """See ``Engine``."""
        parts: list[Part] = []
        for file in files:
            groups = range(groups_in(folder, file))
            parts += [Stored(folder, file, at, schema) for at in groups]
        return Parts(tuple(parts), schema)

    def spread(self, data: Parts) -> Parts:
        """See ``Engine``: articles are stored in small groups of rows."""
        return data

    def map(self, data: Parts, step: Step, schema: pa.Schema) -> Parts:
        """See ``Engine``."""
        return Parts(tuple(Mapped(part, step) for part in data.parts), schema)

    def group(self, data: Parts, by: str, step: Step, schema: pa.Schema) -> Parts:
        """See ``Engine``."""
        groups = self._regrouped(data, by)
        return Parts(tuple(Whole((one,), step) for one in groups), schema)

    def join(
        self, left: Parts, right: Parts, by: tuple[str, str], step: Step, schema: pa.Schema
    ) -> Parts:
        """See ``Engine``."""
        both = zip(self._regrouped(left, by[0]), self._regrouped(right, by[1]), strict=True)
        return Parts(tuple(Whole(one, step) for one in both), schema)

    def union(self, one: Parts, two: Parts) -> Parts:
        """See ``Engine``."""
        return Parts((*one.parts, *two.parts), one.schema)

    def keep(self, data: Parts) -> Parts:
        """See ``Engine``."""
        folder = Folder(str(self._work))
        name = f"kept-{self._next()}"
        self.save(data, folder, name)
        return self.load(folder, [file for file, _ in folder.files(name)], data.schema)

    def collect(self, data: Parts) -> pa.Table:
        """See ``Engine``."""
        found = self._run([partial(_collected, part) for part in data.parts])
        return pa.concat_tables([data.schema.empty_table(), *found])

    def save(self, data: Parts, folder: Folder, name: str, *, by_month: bool = False) -> int:
        """See ``Engine``."""
        folder.remove(name)
        if by_month:
            groups = self._regrouped(data, "file")
            tasks = [partial(_save_months, one, folder, name) for one in groups]
        else:
            tasks = [
                partial(_save, part, data.schema, folder, f"{name}/part-{at:05}.parquet")
                for at, part in enumerate(data.parts)
            ]
        rows: int = sum(self._run(tasks))
        folder.sweep(name)
        return rows

    def close(self) -> None:
        """See ``Engine``."""
        if self._processes:
            self._processes.end()
        shutil.rmtree(self._work, ignore_errors=True)

    def _next(self) -> int:
        self._number += 1
        return self._number

    def _regrouped(self, data: Parts, by: str) -> list[Part]:
        """Write a table anew by groups; return the parts that hold them."""
        folder = self._work / f"groups-{self._next()}"
        folder.mkdir(parents=True, exist_ok=True)
        tasks = [
            partial(_split, part, by, self.parts, str(folder / f"{at}.arrow"), data.schema)
            for at, part in enumerate(data.parts)
        ]
        places: list[list[tuple[str, tuple[int, ...]]]] = [[] for _ in range(self.parts)]
        for path, batches in self._run(tasks):
            for group, own in batches.items():
                places[group].append((path, tuple(own)))
        return [Regrouped(tuple(sorted(own)), data.schema) for own in places]

    def _run(self, tasks: Sequence[Callable[[], Any]]) -> list[Any]:
        """Do tasks in any order; return their results in theirs."""
        found: list[Any] = [None] * len(tasks)
        self._tell(0, len(tasks))
        for done, (at, (result, seconds, peak)) in enumerate(self._done(tasks)):
            found[at] = result
            self.seconds += seconds
            self.peak = max(self.peak, peak)
            self._tell(done + 1, len(tasks))
        return found

    def _done(self, tasks: Sequence[Callable[[], Any]]) -> Iterator[tuple[int, Any]]:
        if not self._jobs:
            yield from ((at, _timed(task, 0)) for at, task in enumerate(tasks))
            return
        self._processes = self._processes or Processes(self._jobs, _timed, __name__, *self._modules)
        yield from self._processes.run(tasks)


def _timed(task: Callable[[], Any], tries: int) -> tuple[Any, float, int]:
    """Do a task that was tried before; return also its processor time and this process's memory."""
    attempt.set(tries)
    began = time.process_time()
    result = task()
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024
    return result, time.process_time() - began, peak


def _tables(found: pa.Table | Iterator[pa.Table]) -> Iterator[pa.Table]:
    if isinstance(found, pa.Table):
        yield found
    else:
        yield from found


def _collected(part: Part) -> pa.Table:
    return pa.concat_tables(part.load())


def _save(part: Part, schema: pa.Schema, folder: Folder, name: str) -> int:
    return save(part.load(), schema, folder, name)


def _save_months(part: Part, folder: Folder, name: str) -> int:
    return save_months(part.load(), folder, name)


def _split(
    part: Part, by: str, groups: int, path: str, schema: pa.Schema
) -> tuple[str, dict[int, list[int]]]:
    """Write a part by groups; return the file, and the numbers of the batches of each group."""
    batches: dict[int, list[int]] = {}
    number = 0
    options = pa.ipc.IpcWriteOptions(compression="lz4")
    try:
        with (
            pa.OSFile(path, "wb") as stream,
            pa.ipc.new_file(stream, schema, options=options) as out,
        ):
            for table in part.load():
                for group, own in cut(table.cast(schema), by, groups):
                    for batch in own.combine_chunks().to_batches():
                        out.write_batch(batch)
                        batches.setdefault(group, []).append(number)
                        number += 1
    except OSError as error:
        raise unwritten(path, error) from error
    return path, batches
