"""Steps and tasks that kill their process, for tests; they are sent to others by their names."""

from __future__ import annotations

import gc
import os
import signal
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pyarrow as pa

from quotes.distributed.attempts import CAREFUL, attempt, carefully
from quotes.distributed.engine import Data, Engine, Step
from quotes.distributed.extracting import Extraction

POISON = 7
NUMBERS = pa.schema({"number": pa.int64()})
BEGUN = pa.schema({"modules": pa.list_(pa.string()), "frozen": pa.int64()})


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


def begun_with(table: pa.Table) -> pa.Table:
    """Return which slow modules this process has, and how much of it is held for good."""
    found = [name for name in ("spacy", "quotes.distributed.merging") if name in sys.modules]
    rows = [{"modules": found, "frozen": gc.get_freeze_count()} for _ in range(len(table))]
    return pa.Table.from_pylist(rows, schema=BEGUN)


def refused(table: pa.Table) -> pa.Table:
    """Fail, as a step with a mistake in it does."""
    raise ValueError(f"{len(table)} rows are too many")


def guarded(table: pa.Table) -> pa.Table:
    """Double numbers; when it dies of one, find out which."""
    return carefully(doubled, table, lost) if attempt.get() >= CAREFUL else doubled(table)


@dataclass(frozen=True)
class Poisoned(Extraction):
    """An extraction whose process dies of every text that has a certain word."""

    word: str = ""

    def extract(self, texts: pa.Table) -> pa.Table:
        """Return the articles with their quotations, or die."""
        if any(self.word in (body or "") for body in texts["body"].to_pylist()):
            die()
        return super().extract(texts)


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


@dataclass(frozen=True)
class Dying:
    """A step whose process dies the first time that it is done anywhere."""

    step: Step
    mark: Path

    def __call__(self, *tables: pa.Table) -> pa.Table | Iterator[pa.Table]:
        """Do the step, or die."""
        try:
            self.mark.touch(exist_ok=False)
        except FileExistsError:
            return self.step(*tables)
        die()
        raise AssertionError


class Killing:
    """An engine in which processes die once at certain steps (by the names of these)."""

    def __init__(self, engine: Engine, marks: Path, *names: str) -> None:
        self._engine = engine
        self._marks = marks
        self._names = names

    def __getattr__(self, name: str) -> Any:
        return getattr(self._engine, name)

    def __setattr__(self, name: str, value: Any) -> None:
        if name.startswith("_"):
            super().__setattr__(name, value)
        else:
            setattr(self._engine, name, value)

    def map(self, data: Data, step: Step, schema: pa.Schema) -> Data:
        """See ``Engine``."""
        return self._engine.map(data, self._dying(step), schema)

    def group(self, data: Data, by: str, step: Step, schema: pa.Schema) -> Data:
        """See ``Engine``."""
        return self._engine.group(data, by, self._dying(step), schema)

    def join(
        self, left: Data, right: Data, by: tuple[str, str], step: Step, schema: pa.Schema
    ) -> Data:
        """See ``Engine``."""
        return self._engine.join(left, right, by, self._dying(step), schema)

    def _dying(self, step: Step) -> Step:
        name = getattr(step, "__name__", type(step).__name__)
        return Dying(step, self._marks / name) if name in self._names else step
