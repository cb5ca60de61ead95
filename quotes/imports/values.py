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
_SLUG = re.compile(r"[a-z0-9-]+")
LONGEST, MOST = 200, 1_000
"""Characters of a name, an office, a party; and how many names one record may have."""

_TYPES = {bool: "a truth value", list: "a list", dict: "an object"}
_GENDERS: dict[str, Gender] = {"male": "male", "female": "female", "m": "male", "f": "female"}


def text_of(value: Any) -> str | None:
    """Return a value as a text in single spaces, None if there is none.

    Raises ValueError for what no text is, and no database takes: other types, NUL, halves of
    Unicode characters, what is longer than ``LONGEST``.
    """
    if value is None:
        return None
    if not isinstance(value, str):
        raise ValueError(f"has {_TYPES.get(type(value), 'a number')} where a text belongs")
    if len(value) > LONGEST:
        raise ValueError(f"has a text of {len(value):,} characters: at most {LONGEST} make a name")
    if "\0" in value:
        raise ValueError("holds a NUL character")
    try:
        value.encode()
    except UnicodeEncodeError:
        raise ValueError(
            "holds bytes or escapes that are not characters: save it as UTF-8"
        ) from None
    return " ".join(value.split()) or None


def list_of(value: Any) -> list[str]:
    """Return the texts of a list, or of a cell that parts them by | or ;."""
    if value is None:
        return []
    if isinstance(value, str) and len(value) <= LONGEST * MOST:
        value = re.split(r"[|;]", value)
    parts = value if isinstance(value, list) else [value]
    if len(parts) > MOST:
        raise ValueError(f"has {len(parts):,} names: at most {MOST} are read")
    return [text for part in parts if (text := text_of(part))]


def gender_of(value: Any) -> Gender | None:
    """Return a gender as the registry knows it, None for every other."""
    return _GENDERS.get((text_of(value) or "").lower())


def day_of(value: Any, *, last: bool = False) -> date | None:
    """Return a date of which the month or day may be unknown, left out or 00.

    The first possible day is taken, or the ``last`` one. Raises ValueError for what is not a date.
    """
    text = text_of(str(value) if type(value) is int and 0 < value < 10_000 else value)
    if text is None:
        return None
    match = _DAY.fullmatch(text)
    if match is None:
        raise ValueError(f"'{text[:40]}' is not a date such as 2021-05-31")
    year, month, day = (int(part or 0) for part in match.groups())
    month = month or (12 if last else 1)
    try:
        return date(year, month, day or (monthrange(year, month)[1] if last else 1))
    except ValueError:
        raise ValueError(f"'{text[:40]}' is not a date such as 2021-05-31") from None


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
    """Return a record; raises ValueError if the name, slug or identifier is none."""
    if not name or not fold(name):
        raise ValueError("has no name")
    if wikidata is not None and not re.fullmatch(r"Q[1-9]\d*", wikidata):
        raise ValueError(f"'{wikidata}' is not a Wikidata identifier such as Q42")
    if slug is not None and not _SLUG.fullmatch(slug):
        raise ValueError(f"the slug '{slug}' may hold a-z, 0-9 and hyphens only")
    spelled = tuple(dict.fromkeys((name, *names)))
    return KnownSpeaker(slug or "", name, kind, spelled, gender, wikidata, party, tuple(roles))
