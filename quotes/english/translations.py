"""By what a text tells that it is a translation: ``seeds/english/translations.yaml``."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache

from quotes.english.patterns import alternatives
from quotes.errors import SeedError
from quotes.resources import folder, read_yaml


@dataclass(frozen=True)
class Signs:
    """Patterns of notices, in small letters, and hosts of services, with what these make."""

    by_machine: re.Pattern[str]
    by_people: re.Pattern[str]
    hosts: Mapping[str, str]


@cache
def load_signs() -> Signs:
    """Read the file. Raises SeedError if it is malformed."""
    path = folder("seeds") / "english" / "translations.yaml"
    given = read_yaml(path)
    try:
        return Signs(
            _pattern(given["by machine"]),
            _pattern(given["by people"]),
            dict.fromkeys(given["hosts"], "machine-translated"),
        )
    except (AttributeError, KeyError, TypeError) as error:
        raise SeedError(f"{path}: is not what its comments say ({error!r})") from error


def _pattern(notices: Iterable[str]) -> re.Pattern[str]:
    return re.compile(rf"\b(?:{alternatives(frozenset(notices))})".replace(r"\*", r"\w+"))
