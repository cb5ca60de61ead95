"""Dates and numbers as people write them."""

from __future__ import annotations

from datetime import date, datetime

from quotes.articles.dates import parse_date
from quotes.errors import UsageError

Id = int | str
"""A number as the database has it (12), or as people see it ("q12", "n3", "v34", "r56")."""


def day(value: date | str | None) -> date | None:
    """Return a date, also of a text or a moment; raises UsageError for what is not a date."""
    if isinstance(value, datetime):
        return value.date()
    if isinstance(value, date) or value is None:
        return value
    if (found := parse_date(value)) is None:
        raise UsageError(f"'{value}' is not a date: write it as YYYY-MM-DD")
    return found


def number(given: Id, letter: str) -> int:
    """Return the number of 12, "12" or (with its ``letter``) "q12".

    Raises UsageError for anything else.
    """
    digits = str(given).strip().lower().removeprefix(letter)
    if not (digits.isascii() and digits.isdigit()):
        raise UsageError(f"'{given}' is not a number: write it as 12 or {letter}12")
    return int(digits)
