"""What the metrics share: labels and predictions as rows of JSON lines, and shares."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path, PurePath
from typing import Any, Literal

from quotes.errors import UsageError

Row = Mapping[str, Any]
Kind = Literal["gold", "prediction", "segment", "rendering", "negative", "skip"]

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


def overlap(left: Row, right: Row) -> int:
    """Return how many characters two rows with start and end share; 0 or less: none."""
    return int(min(left["end"], right["end"]) - max(left["start"], right["start"]))


def covers(prediction: Row, segment: Row) -> bool:
    """Whether a prediction finds a segment: it covers at least half of it."""
    return 2 * overlap(segment, prediction) >= int(segment["end"] - segment["start"])


def best_match(segment: Row, predictions: Iterable[Row]) -> Row | None:
    """Return, of the predictions that find a segment, the first that covers most of it."""
    best = max(predictions, key=lambda row: overlap(segment, row), default=None)
    found = best is not None and covers(best, segment) and overlap(segment, best) > 0
    return best if found else None


def by_document(predictions: Iterable[Row]) -> dict[str, list[Row]]:
    """Return rows that have an ``article`` by the name of their document."""
    printed: dict[str, list[Row]] = {}
    for row in predictions:
        printed.setdefault(document(row["article"]), []).append(row)
    return printed


def is_speech(row: Row) -> bool:
    """Whether a predicted quotation is taken for speech; kind ``none`` is there with ``--all``."""
    return row.get("kind") != "none"


def read_rows(path: Path, kind: Kind) -> list[Row]:
    """Return the objects of a file of JSON lines of one kind; empty lines are passed over.

    Raises UsageError, naming file and line, where the file cannot be read or breaks the format.
    """
    rows: list[Row] = []
    for number, line in enumerate(read_lines(path), start=1):
        if not line.strip():
            continue
        try:
            row = json.loads(line)
        except (ValueError, RecursionError):
            row = None
        if not isinstance(row, dict):
            raise UsageError(f"{path}:{number}: is not a JSON object: mend or remove this line")
        if problem := _problem(kind, row):
            raise UsageError(f"{path}:{number}: {problem}")
        rows.append(row)
    return rows


def read_lines(path: Path) -> list[str]:
    """Return the lines of a file of labels.

    Raises UsageError, naming the file, if it cannot be read or is not UTF-8.
    """
    try:
        return path.read_text(encoding="utf-8").split("\n")
    except (OSError, UnicodeDecodeError) as error:
        reason = error.strerror if isinstance(error, OSError) else "it is not UTF-8"
        raise UsageError(f"{path}: cannot be read ({reason}): name a file of labels") from error


def _problem(kind: Kind, row: Row) -> str | None:
    """Return what is wrong with a row and what to do; None if nothing is."""
    for field, (holds, wanted) in _FIELDS[kind].items():
        if field not in row and not holds(None):
            return f"has no field '{field}': add it"
        if not holds(row.get(field)):
            return f"field '{field}' is not {wanted}: mend it"
    if "end" in _FIELDS[kind] and row["end"] < row["start"]:
        return "field 'end' is less than 'start': mend it"
    if kind == "gold" and row.get("speaker") and not row.get("stype"):
        return "has a speaker, but no field 'stype': add it"
    return None


def _is_offset(value: object) -> bool:
    return isinstance(value, int) and not isinstance(value, bool) and value >= 0


def _is_text(value: object) -> bool:
    return isinstance(value, str)


def _is_known(value: object) -> bool:
    return isinstance(value, str | int)


def _is_place(value: object) -> bool:
    return isinstance(value, list) and [*map(type, value)] == [str, int]


def _is_list(value: object) -> bool:
    return isinstance(value, list) and all(map(_is_known, value))


def _is_source(value: object) -> bool:
    return value is None or isinstance(value, str | Mapping)


Check = tuple[Callable[[object], bool], str]

_TEXT: Check = _is_text, "a text"
_MAYBE: Check = (lambda value: value is None or _is_text(value)), "a text or null"
_OFFSET: Check = _is_offset, "a number of characters"
_ID: Check = _is_known, "a name or number"
_PLACE: Check = _is_place, "a list of a document and an offset"
_SPAN = {"start": _OFFSET, "end": _OFFSET}
_FIELDS: Mapping[Kind, Mapping[str, Check]] = {
    "gold": {
        "doc": _TEXT,
        **_SPAN,
        "kind": ((lambda value: value in ("quote", "nonquote")), "'quote' or 'nonquote'"),
        "speaker": _MAYBE,
        "stype": _MAYBE,
        "text": _MAYBE,
    },
    "prediction": {
        "article": _TEXT,
        **_SPAN,
        "speaker": _MAYBE,
        "mention": (_is_source, "a text, an object or null"),
        "confidence": (
            (lambda value: value is None or isinstance(value, int | float)),
            "a number or null",
        ),
        "rule": _MAYBE,
    },
    "segment": {
        "doc": _TEXT,
        **_SPAN,
        "text": _TEXT,
        "speaker": _MAYBE,
        "scope": _ID,
        "groups": (_is_list, "a list of names or numbers"),
    },
    "rendering": {"article": _TEXT, **_SPAN, "quote_id": _ID},
    "negative": {"a": _PLACE, "b": _PLACE},
    "skip": {
        "members": (
            (lambda value: isinstance(value, list) and all(map(_is_place, value))),
            "a list of pairs of document and offset",
        )
    },
}
"""The fields that the metrics read of each kind of row: whether a value will do, and what would."""
