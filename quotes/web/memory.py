"""What is costly to count is counted once, as long as nothing is written to the database."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Hashable
from threading import Lock
from typing import Any, TypeVar

T = TypeVar("T")

MOST = 128
"""So many results are kept; the one that was not asked for the longest time goes first."""


class Memory:
    """Results by what was asked, of one state of the database."""

    def __init__(self) -> None:
        self._state: Hashable = None
        self._kept: OrderedDict[Hashable, Any] = OrderedDict()
        self._lock = Lock()

    def kept(self, now: Hashable, key: Hashable, make: Callable[[], T]) -> T:
        """Return what ``make`` returns, or returned for ``key`` in the same state (``now``)."""
        with self._lock:
            if now != self._state:
                self._state = now
                self._kept.clear()
            if key in self._kept:
                self._kept.move_to_end(key)
                found: T = self._kept[key]
                return found
        made = make()
        with self._lock:
            if now == self._state:
                self._kept[key] = made
                while len(self._kept) > MOST:
                    self._kept.popitem(last=False)
        return made
