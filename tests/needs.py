"""Tests that need a program which pip cannot install: marked by its name, left out without it.

A test marked ``@pytest.mark.browser`` runs where a browser is. Where none is, the run says so in
its last line, with the command that brings it; with ``QUOTES_TEST_ALL=1``, as ``.ci/run`` sets it,
the run is refused instead. ``tests/conftest.py`` joins these functions to pytest.
"""

from __future__ import annotations

import os
import shutil
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from importlib.util import find_spec

import pytest

from quotes.distributed import java

ALL = "QUOTES_TEST_ALL"


@dataclass(frozen=True)
class Need:
    """A program that some tests need: what it is, whether it is here, and how to get it."""

    what: str
    is_here: Callable[[], bool]
    bring: str


NEEDS = {
    "browser": Need(
        "a browser",
        lambda: shutil.which("chromium") is not None,
        "sudo apt-get install --no-install-recommends chromium",
    ),
    "office": Need(
        "LibreOffice",
        lambda: shutil.which("soffice") is not None,
        "sudo apt-get install --no-install-recommends libreoffice-calc",
    ),
    "spark": Need(
        "Apache Spark and Java 17",
        lambda: find_spec("pyspark") is not None and java.problem() is None,
        "make spark; sudo apt-get install --no-install-recommends openjdk-17-jre-headless",
    ),
}
"""By the mark of the tests."""

_left_out: Counter[str] = Counter()


def register(config: pytest.Config) -> None:
    """Make the marks known."""
    for mark, need in NEEDS.items():
        config.addinivalue_line("markers", f"{mark}: needs {need.what}")


def leave_out(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Take the tests away that cannot run here, and count them.

    Raises UsageError if all tests have to run.
    """
    missing = {mark for mark, need in NEEDS.items() if not need.is_here()}
    left_out = {item: mark for item in items for mark in missing if item.get_closest_marker(mark)}
    if left_out and os.environ.get(ALL):
        listed = "; ".join(NEEDS[mark].bring for mark in sorted(set(left_out.values())))
        raise pytest.UsageError(f"{ALL} is set, and tests cannot run: {listed}")
    if left_out:
        config.hook.pytest_deselected(items=list(left_out))
        items[:] = [item for item in items if item not in left_out]
    counts = Counter(left_out.values())
    if hasattr(config, "workeroutput"):  # a process of pytest-xdist: it tells the first one
        config.workeroutput["left_out"] = dict(counts)
    _left_out.update(counts)


def hear(worker: object) -> None:
    """Take over what a process of pytest-xdist left out: every one of them collects all tests."""
    for mark, count in getattr(worker, "workeroutput", {}).get("left_out", {}).items():
        _left_out[mark] = max(_left_out[mark], count)


def last_line() -> str | None:
    """Return what was left out, and how to get it; None where everything ran."""
    parts = [
        f"{_left_out[mark]} tests need {need.what} (`{need.bring}`)"
        for mark, need in NEEDS.items()
        if _left_out[mark]
    ]
    return f"left out: {'; '.join(parts)}" if parts else None
