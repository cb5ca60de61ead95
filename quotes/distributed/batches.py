"""A batch in a folder: its tables, its stages, and the engine that does them."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import cached_property
from typing import Any

import pyarrow as pa

from quotes.distributed.engine import Data, Engine
from quotes.distributed.files import Folder
from quotes.distributed.stages import Stages

Tell = Callable[[str], None]


class Batch:
    """A batch in a folder; ``start`` starts the engine that does it when there is work.

    ``tell`` hears which stage begins.
    """

    def __init__(self, folder: Folder, start: Callable[[], Engine], tell: Tell) -> None:
        self.folder = folder
        self.tell = tell
        self.stages = Stages(folder)
        self._start = start

    @cached_property
    def engine(self) -> Engine:
        """The engine, started when it is first asked for."""
        return self._start()

    def load(self, schema: pa.Schema, *names: str) -> Data:
        """Return a table of the batch, or several."""
        files = [file for name in names for file, _ in self.folder.files(name)]
        return self.engine.load(self.folder, files, schema)

    def stage(
        self, name: str, key: str, make: Callable[[], Mapping[str, Any]], what: str
    ) -> dict[str, Any]:
        """Return the manifest of a stage, which ``make`` does unless it is finished."""
        done = self.stages.finished(name, key)
        if done is not None:
            return done
        self.tell(what)
        before = self.engine.seconds
        facts = dict(make())
        facts |= {"seconds": round(self.engine.seconds - before, 2), "peak": self.engine.peak}
        return self.stages.finish(name, key, engine=self.engine.name, **facts)
