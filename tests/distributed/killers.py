"""Steps and tasks that kill their process, for tests; they are sent to others by their names."""

from __future__ import annotations

import os
import signal
from dataclasses import dataclass
from pathlib import Path

import pyarrow as pa

from quotes.distributed.attempts import CAREFUL, attempt, carefully

POISON = 7
NUMBERS = pa.schema({"number": pa.int64()})


def die() -> None:
    """Die as if the system had killed this process."""
    os.kill(os.getpid(), signal.SIGKILL)


def doubled(table: pa.Table) -> pa.Table:
    """Return twice each number, or die of a certain one."""
    numbers = table["number"].to_pylist()
    if POISON in numbers:
        die()
    return pa.table({"number": [2 * one for one in numbers]}, schema=NUMBERS)


def lost(table: pa.Table) -> pa.Table:
    """Return what stands for a number that could not be doubled."""
    return pa.table({"number": [-one for one in table["number"].to_pylist()]}, schema=NUMBERS)


def guarded(table: pa.Table) -> pa.Table:
    """Double numbers; when it dies of one, find out which."""
    return carefully(doubled, table, lost) if attempt.get() >= CAREFUL else doubled(table)


@dataclass(frozen=True)
class DiesOnce:
    """A step that dies the first time that it is done anywhere."""

    mark: Path

    def __call__(self, *tables: pa.Table) -> pa.Table:
        """Return the first table, or die."""
        try:
            self.mark.touch(exist_ok=False)
        except FileExistsError:
            return tables[0]
        die()
        return tables[0]
