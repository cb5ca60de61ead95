"""Ctrl-C between two articles: the one in hand is stored whole first."""

from __future__ import annotations

import os
import signal
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from types import FrameType

_NOTICE = b"\nstopping after this article; Ctrl-C again stops at once\n"


@contextmanager
def deferred_interrupt() -> Iterator[Callable[[], None]]:
    """Put off the first Ctrl-C; yield what raises KeyboardInterrupt if there was one.

    An exception in the middle of a database driver's call may leave a transaction open, so the
    program stops where it knows that none is. A second Ctrl-C is raised wherever it arrives.
    """
    asked = False

    def note(_signal: int, _frame: FrameType | None) -> None:
        nonlocal asked
        if asked:
            raise KeyboardInterrupt
        asked = True
        os.write(sys.stderr.fileno(), _NOTICE)  # a print could run into another one

    def check() -> None:
        if asked:
            raise KeyboardInterrupt

    previous = signal.signal(signal.SIGINT, note)
    try:
        yield check
    finally:
        signal.signal(signal.SIGINT, previous)
