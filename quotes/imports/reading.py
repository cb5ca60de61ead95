"""Tells the format of files with speakers, and reads them; a bad line never stops the rest."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any

from quotes.errors import SeedError
from quotes.imports.flat import csv_rows, read_row
from quotes.imports.popolo import is_popolo, reader
from quotes.imports.wikidata import is_entity, missing_offices, offices, read_entity
from quotes.records import KnownSpeaker

Found = Iterator[tuple[str, KnownSpeaker | str]]
"""Places (file, line or record) with a speaker, or with what is wrong there."""

Rows = list[tuple[int, Any]]
"""Numbers of lines or records with a JSON value, or with the error that stands for it."""


def read_speakers(paths: Sequence[Path]) -> Found:
    """Yield the speakers of files with their places; what cannot be read is told as a text.

    The format follows from the name and the content: ``.csv``, JSON lines, Wikidata's entities
    (dump lines or Special:EntityData) or Popolo. Raises SeedError if a file as a whole cannot be
    read.
    """
    objects: list[tuple[str, Any]] = []
    for path in paths:
        try:
            # Bytes that are no characters come through as halves of some: told of their record.
            text = path.read_text(encoding="utf-8-sig", errors="surrogateescape")
        except OSError as error:
            raise SeedError(f"{path}: cannot be read ({error.strerror or error})") from error
        if path.suffix.lower() in (".csv", ".tsv"):
            yield from _made(_placed(path, csv_rows(str(path), text)), read_row)
            continue
        data = _whole(text)
        if is_popolo(data):
            yield from _made(_placed(path, enumerate(data["persons"], 1)), reader(data))
        else:
            objects += _placed(path, _rows(path, text, data))
    yield from _objects(objects)


def _whole(text: str) -> Any:
    """Return a file that is one JSON value; an exception stands for what is none."""
    try:
        return json.loads(text)
    except (ValueError, RecursionError) as error:
        return error


def _rows(path: Path, text: str, data: Any) -> Rows:
    """Return the objects of a file: of its lines, or of one value that spans several."""
    if isinstance(data, dict) and isinstance(data.get("entities"), dict):
        return list(enumerate(data["entities"].values(), start=1))
    lines = list(_json_lines(text))
    if not all(isinstance(row, Exception) for _, row in lines):
        return lines
    if isinstance(data, Exception):
        raise SeedError(f"{path}: is neither CSV (name it .csv) nor JSON: {_reason(data)}")
    return list(enumerate(data if isinstance(data, list) else [data], start=1))


def _json_lines(text: str) -> Iterator[tuple[int, Any]]:
    for number, line in enumerate(text.split("\n"), start=1):
        line = line.strip().rstrip(",")  # as in Wikidata's dumps, one big array
        if line and line not in ("[", "]", "[]"):
            row = _whole(line)
            is_bad = isinstance(row, Exception)
            yield number, ValueError(f"is not JSON ({_reason(row)})") if is_bad else row


def _reason(error: Exception) -> str:
    return "nested too deeply" if isinstance(error, RecursionError) else str(error)


def _placed(path: Path, rows: Iterable[tuple[int, Any]]) -> Iterator[tuple[str, Any]]:
    return ((f"{path}:{number}", row) for number, row in rows)


def _made(rows: Iterable[tuple[str, Any]], make: Callable[[Any], KnownSpeaker]) -> Found:
    for place, row in rows:
        try:
            if isinstance(row, Exception):
                raise row
            yield place, make(row)
        except ValueError as error:
            yield place, str(error)
        except (LookupError, TypeError, AttributeError, RecursionError):
            yield place, "has another form than expected"


def _objects(rows: list[tuple[str, Any]]) -> Found:
    """Yield the speakers of JSON objects; entities that are offices of others only name these."""
    entities = {row["id"]: row for _, row in rows if is_entity(row)}
    held = offices(entities.values())
    for place, row in rows:
        if not is_entity(row):
            yield from _made([(place, row)], read_row)
        elif row["id"] not in held:
            yield from _made([(place, row)], lambda row: read_entity(row, entities))
            for office in missing_offices(row, entities):
                yield (
                    place,
                    f"office {office} is left out: give the file with its entity, too, as in "
                    f"Special:EntityData/{office}.json",
                )
