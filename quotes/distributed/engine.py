"""What the plan asks of whoever runs it: steps over tables in parts, and groups held together."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import Any, Protocol

import pyarrow as pa

from quotes.distributed.files import Folder

Step = Callable[..., "pa.Table | Iterator[pa.Table]"]
"""Table (two, where two are joined) → table; pure, and can be sent to another process."""

Data = Any
"""A table in parts, as an engine knows it; it may not have been computed yet."""


class Engine(Protocol):
    """Runs steps. ``parts`` is how many parts a grouped table has; the plan sets it by its rows.

    ``cores`` is how many steps run at a time.
    """

    name: str
    parts: int
    cores: int

    @property
    def seconds(self) -> float:
        """The processor time that steps took so far."""

    @property
    def peak(self) -> int:
        """The memory (bytes) of the process that took most."""

    def rows(self, table: pa.Table, parts: int) -> Data:
        """Return a small table in parts."""

    def load(self, folder: Folder, files: Sequence[str], schema: pa.Schema) -> Data:
        """Return the Parquet files of a folder."""

    def spread(self, data: Data) -> Data:
        """Return a table in parts of about so many rows each, for a step that takes its time."""

    def map(self, data: Data, step: Step, schema: pa.Schema) -> Data:
        """Do a step with every part, or every piece of a part, by itself."""

    def group(self, data: Data, by: str, step: Step, schema: pa.Schema) -> Data:
        """Do a step with parts in which all rows with one value of the column ``by`` are."""

    def join(
        self, left: Data, right: Data, by: tuple[str, str], step: Step, schema: pa.Schema
    ) -> Data:
        """Do a step with parts of two tables in which all rows with one value are, in both."""

    def union(self, one: Data, two: Data) -> Data:
        """Return the rows of both, which have the same columns."""

    def keep(self, data: Data) -> Data:
        """Compute a table now, or once: it is used several times."""

    def collect(self, data: Data) -> pa.Table:
        """Return a small table whole."""

    def save(self, data: Data, folder: Folder, name: str, *, by_month: bool = False) -> int:
        """Write a table as Parquet files into a folder below; return how many rows it has.

        ``by_month``: rows with one value of the column ``file`` go into one file of their
        ``month``. Raises QuotesError where that cannot be written.
        """

    def close(self) -> None:
        """Forget everything that was kept, and end all processes."""
