"""Labelled and printed rows: reading them from JSON lines."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from quotes.errors import QuotesError

Row = Mapping[str, Any]


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
