"""Tasks in processes of which any may be killed: what it did is done again."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, ProcessPoolExecutor, wait
from concurrent.futures.process import BrokenProcessPool
from typing import Any

from quotes.errors import QuotesError
from quotes.workers import begin_quietly, context_with

MOST_TRIES = 4
"""So often a task is tried whose process dies; the causes are seldom its own."""

Task = Callable[[], Any]


class Processes:
    """Some processes that do tasks by ``do(task, how often it was tried before)``."""

    def __init__(self, many: int, do: Callable[[Task, int], Any], *modules: str) -> None:
        self._many = many
        self._do = do
        self._modules = modules
        self._pool: ProcessPoolExecutor | None = None

    def run(self, tasks: Sequence[Task]) -> Iterator[tuple[int, Any]]:
        """Yield the number of each task with its result, as they are done.

        Where a process dies all that were being done are done again, one at a time, so that those
        that are not the cause are not blamed. Raises QuotesError for one that dies every time.
        """
        waiting = deque((at, 0) for at in range(len(tasks)))
        flying: dict[Future[Any], tuple[int, int]] = {}
        while waiting or flying:
            alone = any(tries for _, tries in (*waiting, *flying.values()))
            while waiting and len(flying) < (1 if alone else self._many):
                at, tries = waiting.popleft()
                flying[self._submit(tasks[at], tries)] = at, tries
            done, _ = wait(flying, return_when=FIRST_COMPLETED)
            for future in done:
                at, tries = flying.pop(future)
                try:
                    yield at, future.result()
                except BrokenProcessPool:
                    self.end()
                    if tries + 1 == MOST_TRIES:
                        raise QuotesError(
                            f"a process died {MOST_TRIES} times at one task (out of memory?): give "
                            "fewer --jobs; what is finished is kept, the same command goes on"
                        ) from None
                    waiting.appendleft((at, tries + 1))

    def end(self) -> None:
        """End all processes; new ones are started when there is work."""
        if self._pool:
            self._pool.shutdown(wait=False, cancel_futures=True)
            self._pool = None

    def _submit(self, task: Task, tries: int) -> Future[Any]:
        try:
            return self._processes().submit(self._do, task, tries)
        except BrokenProcessPool:  # one died that had nothing to do
            self.end()
            return self._processes().submit(self._do, task, tries)

    def _processes(self) -> ProcessPoolExecutor:
        if self._pool is None:
            context = context_with(self._modules)
            self._pool = ProcessPoolExecutor(self._many, context, begin_quietly)
        return self._pool
