"""Dates as people write them."""

from __future__ import annotations

from datetime import date, datetime

from quotes.articles.dates import parse_date
from quotes.errors import UsageError


def day(value: date | str | None) -> date | None:
    """Return a date, also of a text or a moment; raises UsageError for what is not a date."""
    if isinstance(value, datetime):
        return value.date()
    if isinstance(value, date) or value is None:
        return value
    if (found := parse_date(value)) is None:
        raise UsageError(f"'{value}' is not a date: write it as YYYY-MM-DD")
    return found
