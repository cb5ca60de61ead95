"""What the metrics share: rows from JSON lines, documents by name, shares."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path, PurePath
from typing import Any

from quotes.errors import QuotesError

Row = Mapping[str, Any]

_FIELDS = {
    "gold": ("doc", "start", "end", "kind"),
    "prediction": ("article", "start", "end"),
    "segment": ("doc", "start", "end", "text", "scope", "groups"),
    "rendering": ("article", "start", "end", "quote_id"),
    "negative": ("a", "b"),
    "skip": ("members",),
}
_EXTENSION = re.compile(r"\.(?:txt|md|html?|json)$")


@dataclass(frozen=True, slots=True)
class Share:
    """So many out of so many."""

    hits: int
    total: int

    @property
    def value(self) -> float:
        """The share (0-1); 0 of nothing."""
        return self.hits / self.total if self.total else 0.0

    def __str__(self) -> str:
        return f"{self.hits}/{self.total}"


def f1(precision: Share, recall: Share) -> float:
    """Return the harmonic mean of precision and recall (0-1)."""
    together = precision.value + recall.value
    return 2 * precision.value * recall.value / together if together else 0.0


def document(article: str) -> str:
    """Return the name of a document: the file name without extension."""
    return _EXTENSION.sub("", PurePath(article).name)


def checked(kind: str, rows: Iterable[Row]) -> list[Row]:
    """Return the rows, which are of a ``kind`` of ``_FIELDS``.

    Raises QuotesError, naming the row, if one lacks a field.
    """
    listed = list(rows)
    for number, row in enumerate(listed, start=1):
        for field in _FIELDS[kind]:
            if field not in row:
                raise QuotesError(f"{kind} row {number} has no field '{field}': add it")
    return listed


def read_rows(path: Path) -> list[Row]:
    """Return the objects of a file of JSON lines; empty lines are passed over.

    Raises QuotesError, naming the line, where the file cannot be read or breaks the format.
    """
    try:
        lines = path.read_text(encoding="utf-8").split("\n")
    except (OSError, UnicodeDecodeError) as error:
        reason = error.strerror if isinstance(error, OSError) else "it is not UTF-8"
        raise QuotesError(
            f"{path}: cannot be read ({reason}): name a file of JSON lines"
        ) from error
    rows: list[Row] = []
    for number, line in enumerate(lines, start=1):
        if not line.strip():
            continue
        try:
            row = json.loads(line)
        except ValueError:
            row = None
        if not isinstance(row, dict):
            raise QuotesError(f"{path}:{number}: is not a JSON object: mend or remove this line")
        rows.append(row)
    return rows
