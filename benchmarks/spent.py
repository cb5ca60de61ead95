"""What a command costs, with every process that it starts.

A process's time is counted when its parent waits for it. Spark's daemon of Python never waits for
its workers (it ignores SIGCHLD): those are looked at every 20 ms while they live. Linux alone.
"""

from __future__ import annotations

import ctypes
import os
import subprocess
import threading
import time
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from signal import SIGCHLD
from typing import IO

_SUBREAPER = 36
"""The number of PR_SET_CHILD_SUBREAPER in Linux."""
_EVERY = 0.02
_TICK = 1 / os.sysconf("SC_CLK_TCK")
_PARENT, _TIMES = 1, slice(11, 15)
"""Places in /proc/PID/stat behind the name; the times are its own and its waited-for children's."""


@dataclass(frozen=True)
class Cost:
    """Processor and wall seconds of a command with all that it starts."""

    cpu: float
    wall: float


def cost_of(command: Sequence[str], stream: IO[str] | None = None) -> Cost:
    """Run a command, its output into ``stream``, until all that it started has ended, too.

    This process becomes the parent of whatever loses its own; it must have no other children.
    Raises CalledProcessError where the command fails.
    """
    ctypes.CDLL(None, use_errno=True).prctl(_SUBREAPER, 1, 0, 0, 0)
    began = time.perf_counter()
    with _Unwaited() as unwaited:
        process = subprocess.Popen(
            command, stdout=stream or subprocess.DEVNULL, stderr=subprocess.DEVNULL
        )
        waited: dict[int, float] = {}
        while True:
            try:
                number, status, used = os.wait4(-1, 0)
            except ChildProcessError:
                break
            waited[number] = used.ru_utime + used.ru_stime
            if number == process.pid:
                process.returncode = os.waitstatus_to_exitcode(status)
                wall = time.perf_counter() - began
    if process.returncode:
        raise subprocess.CalledProcessError(process.returncode, command)
    lost = sum(time for number, time in unwaited.seconds.items() if number not in waited)
    return Cost(sum(waited.values()) + lost, wall)


class _Unwaited:
    """Looks at the processes whose parent will not wait for them, until it is left."""

    def __init__(self) -> None:
        self.seconds: dict[int, float] = {}
        self._end = threading.Event()
        self._thread = threading.Thread(target=self._look)

    def __enter__(self) -> _Unwaited:
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._end.set()
        self._thread.join()

    def _look(self) -> None:
        while not self._end.wait(_EVERY):
            found = dict(_processes())
            deaf = {number for number in _below(found) if _ignores_children(number)}
            for number, (parent, seconds) in found.items():
                if parent in deaf:
                    self.seconds[number] = seconds


def _processes() -> dict[int, tuple[int, float]]:
    """Return the parent and the seconds of all processes."""
    found = {}
    for path in Path("/proc").iterdir():
        if path.name.isdigit():
            with suppress(OSError):
                facts = (path / "stat").read_text().rpartition(")")[2].split()
                times = map(int, facts[_TIMES])
                found[int(path.name)] = int(facts[_PARENT]), sum(times) * _TICK
    return found


def _below(processes: dict[int, tuple[int, float]]) -> set[int]:
    """Return those of the processes that descend from this one."""
    found, before = {os.getpid()}, 0
    while len(found) > before:
        before = len(found)
        found |= {number for number, (parent, _) in processes.items() if parent in found}
    return found


def _ignores_children(number: int) -> bool:
    with suppress(OSError):
        for line in Path(f"/proc/{number}/status").read_text().splitlines():
            if line.startswith("SigIgn:"):
                return bool(int(line.split()[1], 16) >> (SIGCHLD - 1) & 1)
    return False
