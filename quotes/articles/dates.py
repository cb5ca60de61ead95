"""Publication dates as people, programs, addresses and file names write them."""

from __future__ import annotations

import re
from datetime import date

_MONTHS = "jan feb mar apr may jun jul aug sep oct nov dec".split()
_MONTH = (
    r"(?P<month>jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?"
    r"|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)\.?"
)
_DAY = r"(?P<day>\d{1,2})(?:st|nd|rd|th)?"
_YEAR = r"(?P<year>\d{4})"
_WEEKDAY = r"(?:(?:mon|tues?|wed(?:nes)?|thu(?:rs)?|fri|sat(?:ur)?|sun)(?:day)?\.?,?\s+)?"
_TIME = r"(?:(?:T|,?\s+(?:at\s+)?)\d{1,2}[:.]?\d{2}.{0,30})?"
_FORMS = tuple(
    re.compile(_WEEKDAY + form + _TIME, re.IGNORECASE)
    for form in (
        _YEAR + r"(?P<sep>[-/.])(?P<month>\d{1,2})(?P=sep)(?P<day>\d{1,2})",
        r"(?P<year>\d{4})(?P<month>\d{2})(?P<day>\d{2})",
        _MONTH + r"\s+" + _DAY + r",?\s+" + _YEAR,
        _DAY + r"[\s-]+" + _MONTH + r",?[\s-]+" + _YEAR,
    )
)
_IN_URL = re.compile(
    r"(?<!\d)(?P<year>\d{4})(?P<sep>[-/])(?P<month>\d{1,2})(?P=sep)(?P<day>\d{1,2})(?!\d)"
)
_IN_NAME = re.compile(
    r"(?<!\d)(?P<year>\d{4})(?P<sep>[-_.]?)(?P<month>\d{2})(?P=sep)(?P<day>\d{2})(?!\d)"
)
_PLAUSIBLE_YEARS = range(1800, 2101)


def parse_date(text: str) -> date | None:
    """Return the day that ``text`` names, or None.

    Reads ISO dates and datetimes (the day as written, whatever the time zone), ``2025/08/15``,
    ``20250815``, ``August 15, 2025``, ``15 Aug 2025`` and the dates of mail and RSS. ``03/04/2025``
    is refused: it is March in one country and April in the next.
    """
    for form in _FORMS:
        if match := form.fullmatch(text.strip()):
            return _date(match)
    return None


def date_in_url(url: str) -> date | None:
    """Return the first date in an address. Bare runs of eight digits are ids more often."""
    return _first(_IN_URL, url)


def date_in_name(name: str) -> date | None:
    """Return the first date (``2016-09-12``, ``2016_09_12``, ``20160912``) in a file name."""
    return _first(_IN_NAME, name)


def _first(pattern: re.Pattern[str], text: str) -> date | None:
    found = (_date(match) for match in pattern.finditer(text))
    return next((day for day in found if day and day.year in _PLAUSIBLE_YEARS), None)


def _date(match: re.Match[str]) -> date | None:
    month = match["month"]
    number = int(month) if month.isdigit() else _MONTHS.index(month[:3].lower()) + 1
    try:
        return date(int(match["year"]), number, int(match["day"]))
    except ValueError:  # the 31st of June
        return None
