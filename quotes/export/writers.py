"""Writing rows as CSV for people and as JSON lines for programs.

A cell that a spreadsheet would run as a formula gets an apostrophe in front. So do cells that look
as if they had been treated already, which is why ``restore`` brings back every cell exactly.
"""

from __future__ import annotations

import csv
import json
import math
import re
from collections.abc import Iterable, Sequence
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any, Literal, TextIO

from quotes.export.files import whole_file
from quotes.terminal import STEERING

TextFormat = Literal["csv", "jsonl"]

BYTE_ORDER_MARK = "\ufeff"

_UNBOUNDED = {"nan": "NaN", "inf": "Infinity", "-inf": "-Infinity"}
_INVISIBLE = r"[\s\x00-\x1f\u200b-\u200f\u2060\ufeff]*"
_FORMULA = re.compile(rf"'*{_INVISIBLE}[=+\-@＝＋－＠\t\r]")


def write(
    rows: Iterable[Sequence[Any]],
    columns: Sequence[str],
    form: TextFormat,
    stream: TextIO,
    *,
    excel: bool = False,
) -> int:
    """Write ``rows`` to ``stream`` and return how many there were.

    CSV (RFC 4180) has a header row, ISO dates and empty cells for NULL; ``excel`` puts a byte-order
    mark first, by which Excel knows UTF-8. Numbers are rounded to four decimals.
    """
    if form == "jsonl":
        return _write_jsonl(rows, columns, stream)
    if excel:
        stream.write(BYTE_ORDER_MARK)
    writer = csv.writer(stream)
    writer.writerow(columns)
    count = 0
    for row in rows:
        writer.writerow([_cell(value) for value in row])
        count += 1
    return count


def write_file(
    path: Path,
    rows: Iterable[Sequence[Any]],
    columns: Sequence[str],
    form: TextFormat,
    *,
    excel: bool = False,
) -> int:
    """Write ``rows`` to ``path``, whole or not at all, and return how many there were.

    The file appears under its name only when it is complete. Raises QuotesError if it cannot be
    written.
    """
    with whole_file(path) as part, part.open("w", encoding="utf-8", newline="") as stream:
        return write(rows, columns, form, stream, excel=excel)


def defuse(cell: str) -> str:
    """Return ``cell`` so that no spreadsheet takes it for a formula."""
    return f"'{cell}" if _FORMULA.match(cell) else cell


def restore(cell: str) -> str:
    """Return what ``defuse`` was given."""
    return cell[1:] if cell.startswith("'") and _FORMULA.match(cell) else cell


def as_json(value: Any) -> str:
    """Return ``value`` as JSON (RFC 8259) in one line, which steers no terminal when printed.

    Control and direction characters are written as escapes, which say the same to programs. What
    JSON has no number for is the text "NaN", "Infinity" or "-Infinity", as PostgreSQL has it.
    """
    text = json.dumps(value, ensure_ascii=False, default=str)
    return STEERING.sub(lambda match: f"\\u{ord(match[0]):04x}", text)


def _write_jsonl(rows: Iterable[Sequence[Any]], columns: Sequence[str], stream: TextIO) -> int:
    count = 0
    for row in rows:
        record = dict(zip(columns, (plain(value) for value in row), strict=True))
        stream.write(as_json(record) + "\n")
        count += 1
    return count


def _cell(value: Any) -> Any:
    return defuse(value) if isinstance(value, str) else plain(value)


def plain(value: Any) -> Any:
    """Return a value as text formats have it: ISO dates, numbers rounded to four decimals."""
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Decimal):  # PostgreSQL's sums and averages
        value = int(value) if value.is_finite() and value == int(value) else float(value)
    if isinstance(value, bytes):
        return value.hex()
    if isinstance(value, float):
        return round(value, 4) if math.isfinite(value) else _UNBOUNDED[str(value)]
    return value
