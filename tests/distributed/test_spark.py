"""Apache Spark does what the local engine does, whoever is killed."""

from __future__ import annotations

import os
import re
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import outcomes
import pytest

from quotes.distributed.batches import Batch
from quotes.distributed.files import Folder
from quotes.errors import QuotesError
from tests.cli.program import QUOTES
from tests.cli.test_batch import kill_at, limit_files, start
from tests.distributed.killers import (
    BEGUN,
    NUMBERS,
    POISON,
    Killing,
    begun_with,
    doubled,
    guarded,
    refused,
)
from tests.distributed.test_killed import (
    assert_one_is_lost,
    done,
    expected,
    poisoned,
    source,
)
from tests.distributed.test_local import ROWS, beside, numbers, rows, summed

if TYPE_CHECKING:
    from quotes.distributed.spark import Spark

pytestmark = pytest.mark.spark
__all__ = ["expected", "source"]

SAMPLES = Path("seeds/articles")


@pytest.fixture(scope="module", autouse=True)
def _hasty_java() -> Iterator[None]:
    """Java compiles little of what it runs: these tests end before more of it would pay."""
    with pytest.MonkeyPatch.context() as patch:
        for name in ("SPARK_SUBMIT_OPTS", "SPARK_DAEMON_JAVA_OPTS"):
            patch.setenv(name, "-XX:TieredStopAtLevel=1 -XX:+UseSerialGC")
        yield


@pytest.fixture(scope="module")
def spark(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Spark]:
    from quotes.distributed.spark import Spark

    work = tmp_path_factory.mktemp("spark") / "work"
    engine = Spark("local[2]", work, ["quotes.distributed.merging"])
    yield engine
    engine.close()


def test_groups_and_joins(spark: Spark) -> None:
    spark.parts = 3
    left = spark.rows(rows(("a", 1), ("b", 2), (None, 9), ("a", 3)), 2)
    right = spark.keep(spark.rows(rows(("b", 10), ("c", 20)), 2))
    found = spark.collect(spark.group(left, "name", summed, ROWS))
    assert sorted(map(str, found.to_pylist())) == [
        "{'name': 'a', 'number': 4}",
        "{'name': 'b', 'number': 2}",
        "{'name': None, 'number': 9}",
    ]
    found = spark.collect(spark.join(left, right, ("name", "name"), beside, ROWS))
    assert sorted(row["number"] for row in found.to_pylist()) == [4, 9, 12, 20]
    assert spark.seconds > 0
    assert spark.peak > 1 << 20


def test_processes_are_killed_at_three_stages(
    spark: Spark, source: Path, expected: set[outcomes.Quote], tmp_path: Path
) -> None:
    steps = ("Extraction", "Gathered", "Clustering")
    killing = Killing(spark, tmp_path / "marks", *steps)
    (tmp_path / "marks").mkdir()
    batch = Batch(Folder(str(tmp_path / "out")), lambda: killing, lambda _: None)
    assert done(batch, source) == expected
    assert {one.name for one in (tmp_path / "marks").iterdir()} == {*steps}


def test_what_kills_every_time_is_found(spark: Spark) -> None:
    found = spark.collect(spark.map(spark.rows(numbers(*range(6, 9)), 1), guarded, NUMBERS))
    assert sorted(found["number"].to_pylist()) == [-POISON, 12, 16]


def test_a_text_that_kills_every_process_is_left_out(spark: Spark, tmp_path: Path) -> None:
    folder = Folder(str(tmp_path / "out"))
    assert_one_is_lost(poisoned(Batch(folder, lambda: spark, print), tmp_path))
    assert not [*(tmp_path / "out").rglob("*.crc")]


def test_what_cannot_be_done_is_told_in_one_line(spark: Spark) -> None:
    data = spark.map(spark.rows(numbers(POISON), 1), doubled, NUMBERS)
    with pytest.raises(QuotesError, match="a Python process died 4 times at one task") as caught:
        spark.collect(data)
    assert len(str(caught.value).splitlines()) == 1


def test_a_mistake_in_a_step_is_told_in_one_line(spark: Spark) -> None:
    data = spark.map(spark.rows(numbers(1, 2), 1), refused, NUMBERS)
    told = r"Spark: a task failed in Python \(ValueError: 2 rows are too many\); what is finished"
    with pytest.raises(QuotesError, match=told) as caught:
        spark.collect(data)
    assert len(str(caught.value).splitlines()) == 1


def test_a_table_without_parts(spark: Spark, tmp_path: Path) -> None:
    folder = Folder(str(tmp_path))
    nothing, one = spark.load(folder, [], ROWS), spark.rows(rows(("a", 1)), 1)
    assert not spark.collect(spark.group(nothing, "name", summed, ROWS))
    assert not spark.save(nothing, folder, "nothing")
    found = spark.join(spark.spread(nothing), one, ("name", "name"), beside, ROWS)
    assert spark.collect(spark.union(nothing, found)).to_pylist() == [{"name": "a", "number": 1}]


def test_processes_begin_with_what_is_needed(spark: Spark) -> None:
    (found,) = spark.collect(spark.map(spark.rows(numbers(0), 1), begun_with, BEGUN)).to_pylist()
    assert found["modules"] == ["quotes.distributed.merging"]
    assert found["frozen"] > 10_000


def batch(command: str, *arguments: object) -> tuple[str, ...]:
    return ("batch", command, *map(str, arguments))


def finished(*arguments: str, **variables: str) -> subprocess.CompletedProcess[str]:
    done = subprocess.run(
        [QUOTES, *arguments], capture_output=True, encoding="utf-8", env=os.environ | variables
    )
    assert done.returncode == 0, done.stderr
    return done


@pytest.fixture(scope="module")
def samples(tmp_path_factory: pytest.TempPathFactory) -> set[outcomes.Quote]:
    """The quotes of the sample articles, by the local engine."""
    out = tmp_path_factory.mktemp("samples")
    finished(*batch("extract", SAMPLES, "--out", out, "--jobs", 1, "--fast"))
    finished(*batch("merge", "--out", out, "--jobs", 1))
    return outcomes.in_batch(str(out))


def test_the_driver_is_killed(samples: set[outcomes.Quote], tmp_path: Path) -> None:
    here = ("--out", tmp_path / "out", "--engine", "spark", "--master", "local[2]")
    extract = batch("extract", SAMPLES, *here, "--fast")
    kill_at("extracting", *extract)
    finished(*extract)
    kill_at("merging", *batch("merge", *here))
    finished(*batch("merge", *here))
    assert outcomes.in_batch(str(tmp_path / "out")) == samples


def test_a_full_disk_is_told_and_nothing_is_half_written(
    samples: set[outcomes.Quote], tmp_path: Path
) -> None:
    """A limit on the size of files stands for the disk; writing fails in the same way."""
    out = tmp_path / "out"
    here = ("--out", out, "--engine", "spark", "--master", "local[2]")
    extract = batch("extract", SAMPLES, *here, "--fast")
    process = start(*extract, preexec=limit_files)
    _, err = process.communicate()
    assert process.returncode == 1
    last = err.splitlines()[-1]
    assert last.startswith("Error: Spark: ")
    assert last.endswith("what is finished is kept, the same command goes on")
    assert not [*out.rglob("*.parquet")]
    finished(*extract)
    finished(*batch("merge", *here))
    assert outcomes.in_batch(str(out)) == samples


@pytest.fixture
def cluster(tmp_path: Path) -> Iterator[str]:
    """A master with two workers, each a process of its own; yields the master's address."""
    import pyspark

    start = [str(Path(pyspark.__file__).parent / "bin" / "spark-class")]
    here = {"SPARK_LOCAL_IP": "127.0.0.1", "PYSPARK_PYTHON": sys.executable}
    here |= {"SPARK_LOCAL_DIRS": str(tmp_path / "local")}
    running: list[subprocess.Popen[str]] = []

    def launch(*arguments: str) -> subprocess.Popen[str]:
        log = (tmp_path / f"{len(running)}.log").open("w")
        running.append(
            subprocess.Popen(
                [*start, *arguments], stdout=log, stderr=log, env=os.environ | here, text=True
            )
        )
        return running[-1]

    deploy = "org.apache.spark.deploy"
    try:
        launch(f"{deploy}.master.Master", "--host", "127.0.0.1", "--port", "0", "--webui-port", "0")
        address = found_in(tmp_path / "0.log", r"Starting Spark master at (\S+)")
        for _ in range(2):
            options = ("--cores", "1", "--memory", "1g", "--webui-port", "0")
            launch(f"{deploy}.worker.Worker", *options, "-d", str(tmp_path / "worker"), address)
        for number in (1, 2):
            found_in(tmp_path / f"{number}.log", "Successfully registered with (master)")
        yield address
    finally:
        for process in running:
            process.kill()
            process.wait()


def found_in(log: Path, pattern: str) -> str:
    """Wait for a line in a log; return the group in it."""
    for _ in range(600):
        if found := re.search(pattern, log.read_text()):
            return found[1]
        time.sleep(0.1)
    raise AssertionError(log.read_text())


def test_a_machine_of_a_cluster_is_lost(
    cluster: str, samples: set[outcomes.Quote], tmp_path: Path
) -> None:
    here = ("--out", tmp_path / "out", "--engine", "spark", "--master", cluster)
    process = subprocess.Popen(
        [QUOTES, *batch("extract", SAMPLES, *here, "--fast")],
        stderr=subprocess.PIPE,
        stdout=subprocess.PIPE,
        encoding="utf-8",
        env=os.environ | {"SPARK_LOCAL_IP": "127.0.0.1"},
    )
    assert process.stderr
    for line in process.stderr:
        if line.startswith("extracting"):
            break
    lost = executors_in(tmp_path)[0]
    os.kill(lost, signal.SIGKILL)
    _, err = process.communicate()
    assert process.returncode == 0, err
    finished(*batch("merge", *here), SPARK_LOCAL_IP="127.0.0.1")
    assert outcomes.in_batch(str(tmp_path / "out")) == samples


def executors_in(folder: Path) -> list[int]:
    """Return the processes of executors whose working folder lies in ``folder``."""
    found = []
    for path in Path("/proc").glob("[0-9]*"):
        try:
            told = (path / "cmdline").read_bytes()
            place = (path / "cwd").readlink()
        except OSError:
            continue
        if b"CoarseGrainedExecutorBackend" in told and place.is_relative_to(folder):
            found.append(int(path.name))
    return sorted(found)
