"""Speakers as tables and JSON lines: the fields of a seed record, read and written."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator
from typing import Any, get_args

from quotes.columns import people_column
from quotes.errors import SeedError
from quotes.export.writers import TextFormat, restore
from quotes.imports.values import day_of, gender_of, list_of, speaker, text_of
from quotes.records import KnownSpeaker, Role, SpeakerType

COLUMNS = ("slug", "name", "type", "names", "gender", "wikidata", "party")
ROLE = ("title", "of", "start", "end")


def csv_rows(source: str, text: str) -> Iterator[tuple[int, Any]]:
    """Yield the rows of a CSV file with the number of their last line, or what is wrong there.

    Raises SeedError if there is no column for the names.
    """
    header = text.split("\n", 1)[0]
    delimiter = max(",;\t", key=header.count)
    csv.field_size_limit(max(csv.field_size_limit(), len(text)))  # too long is told of a record
    reader = csv.DictReader(io.StringIO(text, newline=""), delimiter=delimiter)
    reader.fieldnames = names = [people_column(name) for name in reader.fieldnames or ()]
    if "name" not in names:
        listed = ", ".join(names)
        raise SeedError(f"{source}: has no column 'name' in its first line ({listed or 'empty'})")
    try:
        for row in reader:
            extra = row.pop(None, None)
            cells = {name: restore(cell) if cell else None for name, cell in row.items()}
            yield reader.line_num, ValueError("has more cells than the header") if extra else cells
    except csv.Error as error:
        yield reader.line_num, ValueError(f"cannot be read ({error}); the rest is left out")


def read_row(row: Any) -> KnownSpeaker:
    """Return the speaker of a CSV row or JSON object; raises ValueError."""
    if not isinstance(row, dict):
        raise ValueError("is not a JSON object")
    row = {people_column(str(name)): value for name, value in row.items()}
    kind = text_of(row.get("type")) or "person"
    if kind not in get_args(SpeakerType):
        raise ValueError(f"type '{kind}' is none of {', '.join(get_args(SpeakerType))}")
    gender = text_of(row.get("gender"))
    if gender and not gender_of(gender):
        raise ValueError(f"gender '{gender}' is neither female nor male")
    roles = row.get("roles") or ()
    if not isinstance(roles, list | tuple):
        raise ValueError("roles is no list (in CSV, use title, of, start and end)")
    if title := text_of(row.get("title")):
        roles = [{**row, "title": title}]
    return speaker(
        text_of(row.get("name")),
        kind,  # type: ignore[arg-type]
        list_of(row.get("names")),
        slug=text_of(row.get("slug")),
        gender=gender_of(gender),
        wikidata=text_of(row.get("wikidata")),
        party=text_of(row.get("party")),
        roles=[_role(one) for one in roles],
    )


def _role(row: Any) -> Role:
    row = {people_column(name): v for name, v in row.items()} if isinstance(row, dict) else {}
    title = text_of(row.get("title"))
    if not title:
        raise ValueError("an office has no title")
    start, end = day_of(row.get("start")), day_of(row.get("end"), last=True)
    if start and end and end < start:
        raise ValueError(f"the office {title} ends before it begins")
    return Role(title, text_of(row.get("of")), start, end)


def speaker_rows(
    speakers: Iterable[KnownSpeaker], form: TextFormat
) -> tuple[tuple[str, ...], Iterator[tuple[Any, ...]]]:
    """Return the columns and rows of speakers for ``export.write``.

    As "csv" a row an office, and one for who has none; as "jsonl" a row a speaker.
    """
    if form == "jsonl":
        return (*COLUMNS, "roles"), ((*_facts(one), [*map(_office, one.roles)]) for one in speakers)
    return (*COLUMNS, *ROLE), (
        (*_facts(one, "|".join(one.names)), *(getattr(role, name, None) for name in ROLE))
        for one in speakers
        for role in one.roles or (None,)
    )


def _facts(one: KnownSpeaker, names: str | None = None) -> tuple[Any, ...]:
    return (one.slug, one.name, one.type, names or one.names, one.gender, one.wikidata, one.party)


def _office(role: Role) -> dict[str, Any]:
    return {name: getattr(role, name) for name in ROLE}
