"""Parquet, for data frames and query engines: typed columns, written in batches."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import islice
from pathlib import Path
from typing import Any

from quotes.errors import UsageError
from quotes.export.files import whole_file

_BATCH = 10_000

_WHOLE = frozenset(
    "id quote_id variant_id quotation_id article_id start end rendering_start rendering_end "
    "variants renderings outlets divergent disputed".split()
)
_REAL = frozenset({"confidence", "kind_confidence"})


def write_parquet(path: Path, columns: Sequence[str], rows: Iterable[Sequence[Any]]) -> int:
    """Write the rows of an export and return how many there were.

    Raises UsageError where pyarrow is not installed, QuotesError if the file cannot be written.
    """
    try:
        import pyarrow as pa
        from pyarrow import parquet
    except ModuleNotFoundError as error:
        raise UsageError(
            "Parquet needs a package that is not installed: pip install 'quotes[parquet]'"
        ) from error

    def kind(name: str) -> Any:
        if name.endswith("published"):
            return pa.date32()
        return pa.int64() if name in _WHOLE else pa.float64() if name in _REAL else pa.string()

    schema = pa.schema([(name, kind(name)) for name in columns])
    count = 0
    with whole_file(path) as part, parquet.ParquetWriter(str(part), schema) as writer:
        for batch in _batches(rows):
            arrays = [
                pa.array([row[at] for row in batch], type=field.type)
                for at, field in enumerate(schema)
            ]
            writer.write_table(pa.Table.from_arrays(arrays, schema=schema))
            count += len(batch)
    return count


def _batches(rows: Iterable[Sequence[Any]]) -> Iterator[list[Sequence[Any]]]:
    found = iter(rows)
    while batch := list(islice(found, _BATCH)):
        yield batch
