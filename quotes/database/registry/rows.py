"""What the registry has in common, whoever writes it: slugs that are free, spellings, offices."""

from __future__ import annotations

from collections.abc import Container
from typing import Any

from quotes.database.engine.models import Origin
from quotes.english.firstnames import first_names
from quotes.english.folding import fold
from quotes.records import Role, SpeakerType


def free_slug(wanted: str, taken: Container[str]) -> str:
    """Return a slug that is not taken: ``wanted``, else with the first number that is free."""
    slug, number = wanted, 2
    while slug in taken:
        slug, number = f"{wanted}-{number}", number + 1
    return slug


def name_row(speaker_id: int, name: str, origin: Origin, uses: int = 0) -> dict[str, Any]:
    """Return a row of ``speaker_names``."""
    return {
        "speaker_id": speaker_id,
        "name": name,
        "folded": fold(name),
        "uses": uses,
        "origin": origin,
    }


def guessed_gender(name: str, kind: SpeakerType) -> dict[str, Any]:
    """Return the columns of ``speakers`` with the gender that a person's first name tells."""
    first, *others = fold(name).split() or [""]
    gender = first_names().get(first) if kind == "person" and others else None
    return {"gender": gender, "gender_origin": "first name" if gender else None}


def role_row(speaker_id: int, role: Role, origin: Origin) -> dict[str, Any]:
    """Return a row of ``speaker_roles``."""
    return {
        "speaker_id": speaker_id,
        "title": role.title,
        "of": role.of,
        "start": role.start,
        "end": role.end,
        "origin": origin,
    }
