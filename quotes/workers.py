"""Work spread over processes: the same results in the same order, whatever their number."""

from __future__ import annotations

import os
import signal
import sys
import threading
from collections import deque
from collections.abc import Callable, Generator, Iterable, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import suppress
from itertools import chain, islice
from multiprocessing import get_context, parent_process
from multiprocessing.context import BaseContext
from typing import Any, Generic, TypeVar

from quotes import notes

Item = TypeVar("Item")
Result = TypeVar("Result")

_AHEAD = 4
"""Items handed to each process in advance, so that none waits and memory stays bounded."""

_MOST = 8
"""Processes that are started unasked."""

_make: Callable[[], Callable[[Any], Any]] | None = None
_work: Callable[[Any], Any] | None = None


def in_order(
    make: Callable[[], Callable[[Item], Result]],
    items: Iterable[Item],
    jobs: int,
    *modules: str,
    late: int = 0,
) -> Generator[tuple[Item, Result], None, None]:
    """Yield each item with its result, computed in ``jobs`` processes, in the order of ``items``.

    ``make`` is called once in every process and returns the function; items, results and ``make``
    have to be picklable. ``modules`` are slow to import and needed by all. The first ``late`` items
    are the longest: they are begun first and come last, so that nothing waits for them. Processes
    are not forked from this one, so that no lock or connection is shared. Leaving the iterator,
    also by an exception, ends them; so does the death of this one. Where one of them is killed, the
    others end, too, and what is left is done in this process.
    """
    pending: deque[tuple[Item, Future[Result]]] = deque()
    held: list[tuple[Item, Future[Result]]] = []
    pool = _Pool(make, jobs, modules)
    try:
        for item in items:
            (pending if len(held) == late else held).append((item, pool.submit(item)))
            if len(pending) >= jobs * _AHEAD:
                done, future = pending.popleft()
                yield done, pool.result(done, future)
        for done, future in (*pending, *held):
            yield done, pool.result(done, future)
    finally:
        pool.end()


class _Pool(Generic[Item, Result]):
    """Processes that work, and this one in their place once one of them was killed."""

    def __init__(
        self, make: Callable[[], Callable[[Item], Result]], jobs: int, modules: Sequence[str]
    ) -> None:
        self._make = make
        self._work: Callable[[Item], Result] | None = None
        self._processes = ProcessPoolExecutor(jobs, context_with(modules), _begin, (make,))

    def submit(self, item: Item) -> Future[Result]:
        if self._work is None:
            with suppress(BrokenProcessPool):
                return self._processes.submit(_run, item)
        lost: Future[Result] = Future()
        lost.set_exception(BrokenProcessPool())
        return lost

    def result(self, item: Item, future: Future[Result]) -> Result:
        try:
            return future.result()
        except BrokenProcessPool:
            if self._work is None:
                notes.tell(
                    "a process of --jobs was killed (out of memory?); the rest is done in one "
                    "process"
                )
                self.end()
                self._work = self._make()
            return self._work(item)

    def end(self) -> None:
        self._processes.shutdown(wait=True, cancel_futures=True)


def spread(
    make: Callable[[], Callable[[Item], Result]],
    items: Iterable[Item],
    jobs: int,
    *modules: str,
    late: int = 0,
) -> Generator[tuple[Item, Result], None, None]:
    """Do what ``in_order`` does, for one job in this process."""
    if jobs > 1:
        return in_order(make, items, jobs, *modules, late=late)
    work = make()
    rest = iter(items)
    held = [*islice(rest, late)]
    return ((item, work(item)) for item in chain(rest, held))


def paying_jobs() -> int:
    """Return how many processes pay on this machine: one where it has two processors or fewer.

    One is left to whoever stores the results, and each takes some 400 MB of memory.
    """
    usable = len(os.sched_getaffinity(0)) if sys.platform == "linux" else os.cpu_count() or 1
    return min(usable - 1, _MOST) if usable > 2 else 1


def context_with(modules: Sequence[str]) -> BaseContext:
    """Return how processes are started: from one that has imported ``modules`` for all of them.

    Where that is not safe (macOS, by Python's own manual) or not there, each imports for itself.
    """
    if sys.platform != "linux":
        return get_context("spawn")
    context = get_context("forkserver")
    context.set_forkserver_preload([*modules])
    return context


def begin_quietly() -> None:
    """Prepare a process: Ctrl-C is the parent's to handle, and its death is ours."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    threading.Thread(target=_leave_with_parent, daemon=True).start()


def _begin(make: Callable[[], Callable[[Any], Any]]) -> None:
    global _make
    begin_quietly()
    _make = make


def _leave_with_parent() -> None:
    parent = parent_process()
    if parent is not None:
        parent.join()
        os._exit(1)


def _run(item: Any) -> Any:
    """Do the work in a process; made at the first item, so that its errors reach the caller."""
    global _work
    if _work is None:
        if _make is None:
            raise RuntimeError("the process was not prepared")
        _work = _make()
    return _work(item)
