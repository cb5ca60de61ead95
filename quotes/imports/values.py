"""What the readers share: texts, lists, days of which only the year may be known, and records."""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Sequence
from datetime import date
from typing import Any

from quotes.english.folding import fold
from quotes.records import Gender, KnownSpeaker, Role, SpeakerType

_DAY = re.compile(r"(\d{4})(?:-(\d{2}))?(?:-(\d{2}))?(?:T.*)?")
_GENDERS: dict[str, Gender] = {"male": "male", "female": "female", "m": "male", "f": "female"}


def text_of(value: Any) -> str | None:
    """Return a value as a text in single spaces, None if there is none."""
    return " ".join(str(value).split()) or None if value is not None else None


def list_of(value: Any) -> list[str]:
    """Return the texts of a list, or of a cell that parts them by | or ;."""
    if value is None:
        return []
    parts = value if isinstance(value, list) else re.split(r"[|;]", str(value))
    return [text for part in parts if (text := text_of(part))]


def gender_of(value: Any) -> Gender | None:
    """Return a gender as the registry knows it, None for every other."""
    return _GENDERS.get((text_of(value) or "").lower())


def day_of(value: Any, *, last: bool = False) -> date | None:
    """Return a date of which the month or day may be unknown, left out or 00.

    The first possible day is taken, or the ``last`` one. Raises ValueError for what is no date.
    """
    text = text_of(value)
    if text is None:
        return None
    match = _DAY.fullmatch(text)
    if match is None:
        raise ValueError(f"'{text}' is no date such as 2021-05-31")
    year, month, day = (int(part or 0) for part in match.groups())
    month = month or (12 if last else 1)
    try:
        return date(year, month, day or (monthrange(year, month)[1] if last else 1))
    except ValueError:
        raise ValueError(f"'{text}' is no date such as 2021-05-31") from None


def speaker(
    name: str | None,
    kind: SpeakerType,
    names: Sequence[str],
    *,
    slug: str | None = None,
    roles: Sequence[Role] = (),
    gender: Gender | None = None,
    wikidata: str | None = None,
    party: str | None = None,
) -> KnownSpeaker:
    """Return a record; raises ValueError if the name or the identifier is none."""
    if not name or not fold(name):
        raise ValueError("has no name")
    if wikidata is not None and not re.fullmatch(r"Q[1-9]\d*", wikidata):
        raise ValueError(f"'{wikidata}' is no Wikidata identifier such as Q42")
    spelled = tuple(dict.fromkeys((name, *names)))
    return KnownSpeaker(slug or "", name, kind, spelled, gender, wikidata, party, tuple(roles))
