"""Opening a batch: the folder is held, the engine is started, and ended whatever happens."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Literal

from quotes.distributed.batches import Batch, Tell
from quotes.distributed.engine import Engine
from quotes.distributed.files import Folder
from quotes.distributed.local import Local
from quotes.distributed.stages import alone_in
from quotes.errors import UsageError
from quotes.workers import paying_jobs

EngineName = Literal["local", "spark"]
Progress = Callable[[int, int], None]


@contextmanager
def open_batch(
    out: str,
    engine: EngineName,
    *,
    tell: Tell,
    on_progress: Progress,
    jobs: int | None = None,
    master: str | None = None,
    parses: bool = True,
) -> Iterator[Batch]:
    """Yield the batch in the folder ``out``; ``tell`` and ``on_progress`` hear how it goes.

    ``jobs`` are the processes of the local engine (0: none but this one; None: as many as pay),
    ``master`` the address of Spark's. Unless it ``parses`` texts no process is made ready for that.
    Raises UsageError where these do not fit, or Spark is not there, QuotesError if another
    program is at work in the folder.
    """
    if engine == "local" and master is not None:
        raise UsageError("--master is an address of Spark: give --engine spark with it")
    if engine == "spark" and jobs is not None:
        raise UsageError("--jobs is of the local engine: Spark's is --master 'local[2]'")
    folder = Folder(out)
    work = Path(folder.address) / "_work"
    if "://" in folder.address:
        work = Path(tempfile.mkdtemp(prefix="quotes-batch-"))
    modules = ("quotes.distributed.plan", "spacy") if parses else ("quotes.distributed.merging",)
    started: list[Engine] = []

    def start() -> Engine:
        shutil.rmtree(work, ignore_errors=True)
        started.append(_engine(engine, work, on_progress, jobs, master, modules))
        return started[0]

    with alone_in(folder):
        try:
            yield Batch(folder, start, tell)
        finally:
            for one in started:
                one.close()
            shutil.rmtree(work, ignore_errors=True)


def _engine(
    name: EngineName,
    work: Path,
    on_progress: Progress,
    jobs: int | None,
    master: str | None,
    modules: Sequence[str],
) -> Engine:
    if name == "local":
        return Local(paying_jobs() if jobs is None else jobs, work, on_progress, modules)
    from quotes.distributed.spark import Spark

    return Spark(master, work, modules)
