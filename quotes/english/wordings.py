"""What two wordings of one statement are compared by: ``seeds/english/wordings.toml``.

The head of each list in the file says what it is for. It is TOML, which Python reads by itself:
commands that show differences start without PyYAML.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, fields
from functools import cache
from typing import Any

from quotes.errors import SeedError
from quotes.resources import folder

_TABLES = ("bands", "shortened", "endings", "spellings")


@dataclass(frozen=True)
class Wordings:
    """The lists and tables of ``wordings.toml``, under the names that they have there."""

    bands: Mapping[str, str]
    negations: frozenset[str]
    movable: frozenset[str]
    denying_prefixes: frozenset[str]
    possible: frozenset[str]
    certain: frozenset[str]
    manner: frozenset[str]
    pointers: frozenset[str]
    articles: frozenset[str]
    hesitations: frozenset[str]
    asides: frozenset[str]
    bleeps: frozenset[str]
    profanities: frozenset[str]
    is_after: frozenset[str]
    shortened: Mapping[str, str]
    endings: Mapping[str, str]
    spellings: Mapping[str, str]
    our: frozenset[str]
    doubled: frozenset[str]


@cache
def load_wordings() -> Wordings:
    """Read the file. Raises SeedError if it is malformed."""
    path = folder("seeds") / "english" / "wordings.toml"
    try:
        given = tomllib.loads(path.read_text(encoding="utf-8"))
        found: dict[str, Any] = {
            one.name: dict(given[one.name])
            if one.name in _TABLES
            else frozenset(given[one.name].split())
            for one in fields(Wordings)
        }
        return Wordings(**found)
    except (OSError, AttributeError, KeyError, TypeError, ValueError) as error:
        raise SeedError(f"{path}: is not what its comments say ({error!r})") from error
