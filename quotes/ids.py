"""Identifiers as people see them: the letter says of what sort the number is."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

from quotes.errors import UsageError

Letter = Literal["q", "n", "v", "r", "a"]

SORTS: dict[Letter, str] = {
    "q": "quote",
    "n": "quotation",
    "v": "variant",
    "r": "rendering",
    "a": "article",
}
"""What each letter stands for."""

Id = int | str
"""A number as the database has it (12), or as people see it ("q12", "n3", "v34", "r56", "a7")."""

_MOST_DIGITS = 18  # that databases hold
_WRITTEN = re.compile(rf"([a-z]?)([1-9][0-9]{{0,{_MOST_DIGITS - 1}}})")


@dataclass(frozen=True, slots=True)
class Written:
    """An identifier as somebody wrote it; ``letter`` is None where there was only a number."""

    letter: Letter | None
    number: int

    def __str__(self) -> str:
        return f"{self.letter or ''}{self.number}"


def parse_id(given: Id, letters: str) -> Written:
    """Return what "n12", "N12", "12" or 12 say; ``letters`` are the sorts that may be meant.

    Raises UsageError for anything else, naming what fits.
    """
    match = _WRITTEN.fullmatch(str(given).strip().lower())
    found = next((letter for letter in SORTS if match and match[1] == letter), None)
    if match is None or (match[1] and not found):
        raise UsageError(f"'{given}' is not an identifier: write {_examples(letters)}")
    if found and found not in letters:
        raise UsageError(f"'{given}' is {_a(SORTS[found])}: give {_examples(letters)}")
    return Written(found, int(match[2]))


def whole_number(text: str) -> int | None:
    """Return the number that digits write, None for any other text, and for too many digits."""
    if text.isascii() and text.isdigit() and len(text) <= _MOST_DIGITS:
        return int(text)
    return None


def number(given: Id, letter: Letter) -> int:
    """Return the number of 12, "12" or (with its ``letter``) "q12".

    Raises UsageError for anything else.
    """
    return parse_id(given, letter).number


def _examples(letters: str) -> str:
    listed = [f"{_a(name)} ({letter}12)" for letter, name in SORTS.items() if letter in letters]
    return " or ".join([", ".join(listed[:-1]), listed[-1]] if len(listed) > 1 else listed)


def _a(name: str) -> str:
    return f"an {name}" if name[0] in "aeiou" else f"a {name}"
