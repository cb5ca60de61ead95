"""What to do with a table that kills whoever works on it: find the row, and go on without it."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextvars import ContextVar
from multiprocessing import get_context

import pyarrow as pa

CAREFUL = 2
"""From this attempt on (the first is 0) a step that can is done in processes of its own."""

attempt: ContextVar[int] = ContextVar("attempt", default=0)
"""How often what is being done was tried before."""

Whole = Callable[[pa.Table], pa.Table]


def carefully(step: Whole, table: pa.Table, lost: Whole) -> pa.Table:
    """Do a step in a process of its own; where that dies, do it for each half of the table.

    A single row that its process dies of becomes what ``lost`` makes of it.
    """
    done: list[pa.Table] = []
    waiting = [table]
    while waiting:
        part = waiting.pop()
        found = _in_process(step, part)
        if found is not None:
            done.append(found)
        elif len(part) == 1:
            done.append(lost(part))
        else:
            half = len(part) // 2
            waiting += [part.slice(half), part.slice(0, half)]
    return pa.concat_tables(done)


def _in_process(step: Whole, table: pa.Table) -> pa.Table | None:
    """Return what a step makes of a table, None if its process died of it."""
    with ProcessPoolExecutor(1, get_context("spawn")) as processes:
        try:
            return processes.submit(step, table).result()
        except BrokenProcessPool:
            return None
