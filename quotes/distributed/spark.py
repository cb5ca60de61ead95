"""The plan on Apache Spark: its steps in the Python processes of executors.

Spark cuts tables into parts, brings together what belongs together, and does again what a killed
process or machine leaves undone. The steps are those that the local engine does.
"""

from __future__ import annotations

import os
import re
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pyarrow as pa

from quotes.distributed import daemon, java
from quotes.distributed.engine import Step
from quotes.distributed.files import GOES_ON, Folder
from quotes.distributed.tasks import (
    Cut,
    End,
    Load,
    Mapped,
    Packed,
    Saved,
    Stored,
    Task,
    Together,
    Unpacked,
    Whole,
    packed,
    unpacked,
)
from quotes.errors import QuotesError, UsageError

RETRIES = 4
"""So often a task is tried whose process dies."""
_QUICK = "-XX:TieredStopAtLevel=1 -XX:+UseSerialGC"
"""Java that starts quickly: on one machine the work is Python's, and the processors are, too."""

_LOCAL = re.compile(r"local\[(\*|\d+)\]|local")
_OWN = re.compile(r"quotes\.errors\.\w+: ([^\n]+)")
_PYTHON = re.compile(r"Traceback \(most recent call last\):\n(?:[ \t][^\n]*\n)*([^\n]+)")
_SUBMITTED = "PYSPARK_GATEWAY_PORT"
"""Set by ``spark-submit``, which has started Java and chosen the master already."""


@dataclass(frozen=True)
class Piece:
    """Some parts of a table: what Spark has of them, and how a task makes tables of that."""

    source: Any
    load: Load


@dataclass(frozen=True)
class Pieces:
    """A table in parts. It is computed by the tasks that cut, keep, collect or save it."""

    pieces: tuple[Piece, ...]
    schema: pa.Schema


class Spark:
    """An engine over a cluster at ``master`` (None: that of spark-submit, else this machine).

    ``modules`` are imported once for all processes of a machine.

    Spark's own tables would be rows in Java. Here it holds pieces of Arrow's tables as bytes, and
    Python reads and writes the files: so Java has little to load, to compile and to convert.
    """

    name = "spark"

    def __init__(self, master: str | None, work: Path, modules: Sequence[str] = ()) -> None:
        with _told():
            self._context = _context(master, work, modules)
            self._spent = self._context.accumulator(0.0)
            self._most = self._context.accumulator(0, _greatest())
        self.cores = max(1, self._context.defaultParallelism)
        self.parts = self.cores

    @property
    def seconds(self) -> float:
        """See ``Engine``."""
        return float(self._spent.value)

    @property
    def peak(self) -> int:
        """See ``Engine``."""
        return int(self._most.value)

    def rows(self, table: pa.Table, parts: int) -> Pieces:
        """See ``Engine``."""
        size = max(1, -(-len(table) // max(1, parts)))
        some = (table.slice(at, size) for at in range(0, len(table), size))
        found = [one for own in some for one in packed(own)]
        return self._pieces(found, len(found), Unpacked(table.schema), table.schema)

    def load(self, folder: Folder, files: Sequence[str], schema: pa.Schema) -> Pieces:
        """See ``Engine``."""
        return self._pieces(files, min(len(files), self.parts), Stored(folder, schema), schema)

    def spread(self, data: Pieces) -> Pieces:
        """See ``Engine``."""
        return self._regrouped(data.schema, Together(data.schema), (data, None))

    def map(self, data: Pieces, step: Step, schema: pa.Schema) -> Pieces:
        """See ``Engine``."""
        pieces = (Piece(one.source, Mapped(one.load, step, schema)) for one in data.pieces)
        return Pieces(tuple(pieces), schema)

    def group(self, data: Pieces, by: str, step: Step, schema: pa.Schema) -> Pieces:
        """See ``Engine``."""
        return self._regrouped(schema, Whole((data.schema,), step, schema), (data, by))

    def join(
        self, left: Pieces, right: Pieces, by: tuple[str, str], step: Step, schema: pa.Schema
    ) -> Pieces:
        """See ``Engine``."""
        whole = Whole((left.schema, right.schema), step, schema)
        return self._regrouped(schema, whole, (left, by[0]), (right, by[1]))

    def union(self, one: Pieces, two: Pieces) -> Pieces:
        """See ``Engine``."""
        return Pieces((*one.pieces, *two.pieces), one.schema)

    def keep(self, data: Pieces) -> Pieces:
        """See ``Engine``."""
        from pyspark import StorageLevel

        with _told():
            kept = self._union(self._tasks(data, Packed())).persist(StorageLevel.DISK_ONLY)
        return Pieces((Piece(kept, Unpacked(data.schema)),), data.schema)

    def collect(self, data: Pieces) -> pa.Table:
        """See ``Engine``."""
        with _told():
            found = self._union(self._tasks(data, Packed())).collect()
        return pa.concat_tables(
            [data.schema.empty_table(), *(unpacked(one, data.schema) for one in found)]
        )

    def save(self, data: Pieces, folder: Folder, name: str, *, by_month: bool = False) -> int:
        """See ``Engine``."""
        folder.remove(name)
        if by_month:
            data = self._regrouped(data.schema, Together(data.schema), (data, "file"))
        with _told():
            end = Saved(data.schema, folder, name, by_month)
            found = self._union(self._tasks(data, end)).collect()
        folder.sweep(name)
        return sum(found)

    def close(self) -> None:
        """See ``Engine``."""
        self._context.stop()

    def _pieces(self, items: Sequence[Any], parts: int, load: Load, schema: pa.Schema) -> Pieces:
        if not items:
            return Pieces((), schema)
        with _told():
            return Pieces((Piece(self._context.parallelize(items, parts), load),), schema)

    def _regrouped(
        self, schema: pa.Schema, load: Load, *tables: tuple[Pieces, str | None]
    ) -> Pieces:
        """Return tables by the groups of a column of each, or (None) in parts of one size."""
        with _told():
            cut = [
                one.partitionBy(self.parts, _itself)
                for at, (own, by) in enumerate(tables)
                for one in self._tasks(own, Cut(at, by, self.parts))
            ]
        return Pieces((Piece(self._union(cut), load),), schema)

    def _tasks(self, data: Pieces, end: End) -> list[Any]:
        """Return what ``end`` makes of the parts of a table, by its pieces."""
        found, first = [], 0
        for one in data.pieces:
            task = Task(first, one.load, end, self._spent, self._most)
            found.append(one.source.mapPartitionsWithIndex(task))
            first += one.source.getNumPartitions() if len(data.pieces) > 1 else 0
        return found

    def _union(self, found: list[Any]) -> Any:
        """Return what was found together: of partitioned parts those with one number are one.

        A single one is left as it is, or what follows would run in processes of its own.
        """
        if len(found) == 1:
            return found[0]
        return self._context.union(found) if found else self._context.emptyRDD()


def _itself(number: int) -> int:
    return number


def _greatest() -> Any:
    from pyspark.accumulators import AccumulatorParam

    class Greatest(AccumulatorParam):  # type: ignore[misc]
        def zero(self, value: int) -> int:
            return value

        def addInPlace(self, value1: int, value2: int) -> int:  # noqa: N802
            return max(value1, value2)

    return Greatest()


def _context(master: str | None, work: Path, modules: Sequence[str]) -> Any:
    """Start Spark, or join what spark-submit has begun."""
    try:
        from pyspark import SparkConf, SparkContext
    except ModuleNotFoundError as error:
        raise UsageError("Spark is not installed: pip install 'quotes[spark]'") from error
    submitted = _SUBMITTED in os.environ
    if not submitted and (problem := java.problem()):
        raise UsageError(problem)
    given = {
        "spark.app.name": "quotes batch",
        "spark.log.level": "ERROR",
        "spark.ui.showConsoleProgress": str(sys.stderr.isatty()).lower(),
    }
    if sys.platform == "linux":  # elsewhere what is imported may not outlive a fork
        given["spark.python.daemon.module"] = daemon.__name__
        given[f"spark.executorEnv.{daemon.IMPORTS}"] = " ".join(modules)
    if not submitted:
        given["spark.master"] = _with_retries(master or "local[*]")
        os.environ.setdefault("PYSPARK_PYTHON", sys.executable)
        os.environ.setdefault("SPARK_LAUNCHER_OPTS", _QUICK)
        if (master or "local").startswith("local"):
            os.environ.setdefault("SPARK_LOCAL_IP", "127.0.0.1")
            given |= {
                "spark.ui.enabled": "false",
                "spark.local.dir": str(work),
                "spark.driver.extraJavaOptions": _QUICK,
            }
    elif master is not None:
        raise UsageError("spark-submit has a --master of its own: leave that of this program out")
    conf = SparkConf()
    for name, value in given.items():
        conf.set(name, value)
    return SparkContext.getOrCreate(conf)


def _with_retries(master: str) -> str:
    """Return a master that does the tasks of killed processes again, as clusters do."""
    found = _LOCAL.fullmatch(master)
    return f"local[{found[1] or 1},{RETRIES}]" if found else master


@contextmanager
def _told() -> Iterator[None]:
    """Turn Spark's errors into one line that says what to do."""
    try:
        yield
    except (QuotesError, KeyboardInterrupt):
        raise
    except Exception as error:
        if isinstance(error, OSError) and error.strerror:
            reason = f"its own files cannot be written: {error.strerror}"
        elif type(error).__module__.startswith(("py4j", "pyspark")):
            reason = _reason(str(error))
        else:
            raise
        raise QuotesError(
            f"Spark: {reason}; what is finished is kept, the same command goes on"
        ) from error


def _reason(told: str) -> str:
    """Return what went wrong, from pages of two languages."""
    if own := _OWN.search(told):
        return own[1].removesuffix(GOES_ON)
    if "No space left on device" in told:
        return "no space left on a disk"
    if "Python worker exited unexpectedly" in told or "EOFException" in told:
        return f"a Python process died {RETRIES} times at one task (out of memory?)"
    if python := _PYTHON.search(told):
        return f"a task failed in Python ({python[1]})"[:300]
    lines = [line.strip() for line in told.splitlines() if line.strip()]
    causes = [line for line in lines if line.startswith("Caused by:")]
    return (causes[-1].removeprefix("Caused by: ") if causes else lines[0])[:300]
