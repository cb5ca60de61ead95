"""The plan on Apache Spark: its steps in the Python processes of executors.

Spark cuts tables into parts, brings together what belongs together, and does again what a killed
process or machine leaves undone. The steps are those that the local engine does.
"""

from __future__ import annotations

import os
import re
import resource
import sys
import time
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pyarrow as pa

from quotes.distributed import java
from quotes.distributed.attempts import attempt
from quotes.distributed.engine import Data, Step
from quotes.distributed.files import Folder
from quotes.errors import QuotesError, UsageError

RETRIES = 4
"""So often a task is tried whose process dies."""
ROWS = 500
"""So many rows are handed to a step at a time, where rows stand for themselves."""

_QUICK = "-XX:TieredStopAtLevel=1 -XX:+UseSerialGC"
"""Java that starts quickly: on one machine the work is Python's, and the processors are, too."""
_DAEMON = "quotes.distributed.daemon"

_LOCAL = re.compile(r"local\[(\*|\d+)\]|local")
_OWN = re.compile(r"quotes\.errors\.\w+: ([^\n]+)")
_SUBMITTED = "PYSPARK_GATEWAY_PORT"
"""Set by ``spark-submit``, which has started Java and chosen the master already."""


class Spark:
    """An engine over a session at ``master`` (None: that of spark-submit, else this machine)."""

    name = "spark"

    def __init__(self, master: str | None, work: Path) -> None:
        with _told():
            self._session = _session(master, work)
            context = self._session.sparkContext
            self._spent = context.accumulator(0.0)
            self._most = context.accumulator(0, _greatest())
        self.cores = max(1, context.defaultParallelism)
        self.parts = self.cores
        self._kept: list[Data] = []

    @property
    def seconds(self) -> float:
        """See ``Engine``."""
        return float(self._spent.value)

    @property
    def peak(self) -> int:
        """See ``Engine``."""
        return int(self._most.value)

    def rows(self, table: pa.Table, parts: int) -> Data:
        """See ``Engine``."""
        return self._session.createDataFrame(table).repartition(max(1, parts))

    def load(self, folder: Folder, files: Sequence[str], schema: pa.Schema) -> Data:
        """See ``Engine``."""
        if not files:
            return self._session.createDataFrame([], _types(schema))
        reader = self._session.read.schema(_types(schema))
        if "/month=" in files[0]:
            top = files[0].partition("/month=")[0]
            reader = reader.option("basePath", f"{folder.uri}/{top}")
        with _told():
            found = reader.parquet(*(f"{folder.uri}/{file}" for file in files))
            return found.select(*schema.names)

    def spread(self, data: Data) -> Data:
        """See ``Engine``."""
        return data.repartition(self.parts)

    def map(self, data: Data, step: Step, schema: pa.Schema) -> Data:
        """See ``Engine``."""
        timed = _Timed(step, schema, self._spent, self._most)
        return data.mapInArrow(lambda batches: timed.piecewise(batches), _types(schema))

    def group(self, data: Data, by: str, step: Step, schema: pa.Schema) -> Data:
        """See ``Engine``."""
        timed = _Timed(step, schema, self._spent, self._most)
        buckets = self._in_buckets(data, by)
        return buckets.applyInArrow(lambda table: timed.whole(table), _types(schema))

    def join(
        self, left: Data, right: Data, by: tuple[str, str], step: Step, schema: pa.Schema
    ) -> Data:
        """See ``Engine``."""
        timed = _Timed(step, schema, self._spent, self._most)
        one, two = (self._in_buckets(*own) for own in zip((left, right), by, strict=True))
        both = one.cogroup(two)
        return both.applyInArrow(lambda left, right: timed.whole(left, right), _types(schema))

    def union(self, one: Data, two: Data) -> Data:
        """See ``Engine``."""
        return one.unionByName(two)

    def keep(self, data: Data) -> Data:
        """See ``Engine``."""
        from pyspark import StorageLevel

        self._kept.append(data.persist(StorageLevel.DISK_ONLY))
        return self._kept[-1]

    def collect(self, data: Data) -> pa.Table:
        """See ``Engine``."""
        with _told():
            return data.toArrow()

    def save(self, data: Data, folder: Folder, name: str, *, by_month: bool = False) -> int:
        """See ``Engine``."""
        from pyspark.sql import Observation, functions

        seen = Observation("rows")
        found = data.observe(seen, functions.count(functions.lit(1)).alias("rows"))
        if by_month:
            found = found.repartition(self.parts, "file").drop("file")
        writer = found.write.mode("overwrite")
        if by_month:
            writer = writer.partitionBy("month")
        with _told():
            writer.parquet(f"{folder.uri}/{name}")
        folder.sweep(name)
        return int(seen.get["rows"])

    def close(self) -> None:
        """See ``Engine``."""
        self._session.stop()

    def _in_buckets(self, data: Data, by: str) -> Data:
        """Return a table grouped so that all rows with one value are together."""
        from pyspark.sql import functions

        number = data[by] if dict(data.dtypes)[by] == "bigint" else functions.xxhash64(by)
        bucket = functions.pmod(number, functions.lit(self.parts))
        found = data.withColumn(_BUCKET, bucket).repartition(self.parts, _BUCKET)
        return found.groupBy(_BUCKET)


_BUCKET = "bucket of rows"


@dataclass(frozen=True)
class _Timed:
    """A step that tells how long it took, and how much memory its process has."""

    step: Step
    schema: pa.Schema
    spent: Any
    most: Any

    def __call__(self, *tables: pa.Table) -> Iterator[pa.Table]:
        from pyspark import TaskContext

        context = TaskContext.get()
        attempt.set(context.attemptNumber() if context else 0)
        began = time.process_time()
        found = self.step(*tables)
        for table in [found] if isinstance(found, pa.Table) else found:
            yield table.select(self.schema.names).cast(self.schema)
        self.spent.add(time.process_time() - began)
        self.most.add(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024)

    def piecewise(self, batches: Iterable[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
        """Do the step with some rows at a time."""
        for batch in batches:
            for table in self(pa.Table.from_batches([batch])):
                yield from table.to_batches()

    def whole(self, *tables: pa.Table) -> pa.Table:
        """Do the step with one table, or two."""
        return pa.concat_tables(self(*(one.drop_columns([_BUCKET]) for one in tables)))


def _greatest() -> Any:
    from pyspark.accumulators import AccumulatorParam

    class Greatest(AccumulatorParam):  # type: ignore[misc]
        def zero(self, value: int) -> int:
            return value

        def addInPlace(self, value1: int, value2: int) -> int:  # noqa: N802
            return max(value1, value2)

    return Greatest()


def _types(schema: pa.Schema) -> Any:
    from pyspark.sql.pandas.types import from_arrow_schema

    return from_arrow_schema(schema)


def _session(master: str | None, work: Path) -> Any:
    """Start Spark, or join the session that spark-submit has begun."""
    try:
        from pyspark.sql import SparkSession
    except ModuleNotFoundError as error:
        raise UsageError("Spark is not installed: pip install 'quotes[spark]'") from error
    submitted = _SUBMITTED in os.environ
    if not submitted and (problem := java.problem()):
        raise UsageError(problem)
    builder = SparkSession.builder.appName("quotes batch")
    given = {
        "spark.log.level": "ERROR",
        "spark.ui.showConsoleProgress": str(sys.stderr.isatty()).lower(),
        "spark.sql.adaptive.enabled": "false",  # it goes by bytes, and a step's work does not
        "spark.sql.execution.arrow.maxRecordsPerBatch": str(ROWS),
        "spark.sql.parquet.compression.codec": "zstd",
        "spark.hadoop.mapreduce.fileoutputcommitter.marksuccessfuljobs": "false",
    }
    if sys.platform == "linux":  # elsewhere what is imported may not outlive a fork
        given["spark.python.daemon.module"] = _DAEMON
    if not submitted:
        builder = builder.master(_with_retries(master or "local[*]"))
        os.environ.setdefault("PYSPARK_PYTHON", sys.executable)
        if (master or "local").startswith("local"):
            os.environ.setdefault("SPARK_LOCAL_IP", "127.0.0.1")
            given |= {
                "spark.ui.enabled": "false",
                "spark.local.dir": str(work),
                "spark.driver.extraJavaOptions": _QUICK,
            }
    elif master is not None:
        raise UsageError("spark-submit has a --master of its own: leave that of this program out")
    for name, value in given.items():
        builder = builder.config(name, value)
    return builder.getOrCreate()


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
        if not type(error).__module__.startswith(("py4j", "pyspark")):
            raise
        raise QuotesError(
            f"Spark: {_reason(str(error))}; what is finished is kept, the same command goes on"
        ) from error


def _reason(told: str) -> str:
    """Return what went wrong, from pages of two languages."""
    if own := _OWN.search(told):
        return own[1]
    if "No space left on device" in told:
        return "no space left on a disk"
    if "Python worker exited unexpectedly" in told or "EOFException" in told:
        return f"a Python process died {RETRIES} times at one task (out of memory?)"
    lines = [line.strip() for line in told.splitlines() if line.strip()]
    causes = [line for line in lines if line.startswith("Caused by:")]
    return (causes[-1].removeprefix("Caused by: ") if causes else lines[0])[:300]
