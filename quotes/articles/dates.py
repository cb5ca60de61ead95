"""Publication dates as people, programs, addresses and file names write them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from datetime import UTC, date, datetime
from functools import cache
from typing import Literal

Order = Literal["day first", "month first"]
"""How a table writes ``03/04/2025``."""

_DAY = r"(?P<day>\d{1,2})(?:st|nd|rd|th|\.)?(?:\s+of)?"
_YEAR = r"(?P<year>\d{4}|’?'?\d{2}(?!\d))"
_WEEKDAY = r"(?:(?:mon|tues?|wed(?:nes)?|thu(?:rs)?|fri|sat(?:ur)?|sun)(?:day)?\.?,?\s+)?"
_CLOCK = r"\d{1,2}(?:[:.h]\d{2}|\d{2}(?=\D|$)|\s?[ap]\.?m)"
_ZONE = r"[:\d]*(?:\s+[A-Z]{2,5}|\s+[+-]\d{4})?"
_TIME = rf"(?:(?:T|,?\s+(?:at\s+|-\s+|–\s+|\|\s+)?){_CLOCK}.{{0,40}})?"
_END = r"(?:,?\s+(?:mon|tues?|wednes|thurs|fri|satur|sun)day)?"  # "March 1, 2024 Friday"
_REST = r"(?:\s*(?:[|•·;(/]|\b(?:last\s+)?(?:updated|modified|edited)\b).*)?"
_LABEL = re.compile(
    r"(?:(?:first|last|originally|date|article)\s+)*"
    r"(?:published|posted|updated|modified|created|issued|released|printed|publication\s+date|"
    r"pub\.?\s+date|release\s+date|dated?|on|at)\b[\s:.-]*",
    re.IGNORECASE,
)
_TIME_FIRST = re.compile(
    r"\d{1,2}[:.]\d{2}(?=[\s:ap])(?::\d{2})?\s*(?:[ap]\.?m\.?)?(?:\s*[A-Z]{2,4}T?\b)?\s*[,|·–-]?\s*(?:on\s+)?(?=\S)",
    re.IGNORECASE,
)


def _form(pattern: str) -> re.Pattern[str]:
    return re.compile(_WEEKDAY + pattern + _END + _TIME + _REST, re.IGNORECASE)


_FIGURES = (
    _form(r"(?P<year>\d{4})(?P<sep>[-/.])(?P<month>\d{1,2})(?P=sep)(?P<day>\d{1,2})"),
    re.compile(r"(?P<year>\d{4})(?P<month>\d{2})(?P<day>\d{2})(?:T?\d{4}(?:\d\d)?(?:\.\d+)?Z?)?"),
    _form(r"(?P<day>\d{1,2})\.\s?(?P<month>\d{1,2})\.\s?" + _YEAR),
)
_NUMBERS = _form(r"(?P<first>\d{1,2})(?P<sep>[/-])(?P<second>\d{1,2})(?P=sep)(?P<year>\d{4}|\d{2})")
_EPOCH = re.compile(r"(\d{9,10}|\d{12,13}|\d{16}|\d{19})(?:\.\d+)?")
_WRAPPED = re.compile(r"\\?/Date\((\d+)(?:[+-]\d{4})?\)\\?/")
"""How Microsoft's JSON wraps milliseconds since 1970."""
_EPOCHS = (
    datetime(1985, 1, 1, tzinfo=UTC).timestamp(),
    datetime(2100, 1, 1, tzinfo=UTC).timestamp(),
)
_IN_URL = re.compile(
    r"(?<!\d)(?P<year>\d{4})(?P<sep>[-/])(?P<month>\d{1,2}|[a-z]{3})(?P=sep)(?P<day>\d{1,2})(?!\d)",
    re.IGNORECASE,
)
_IN_NAME = re.compile(
    r"(?<!\d)(?P<year>\d{4})(?P<sep>[-_.]?)(?P<month>\d{2})(?P=sep)(?P<day>\d{2})(?!\d)"
)
_PLAUSIBLE_YEARS = range(1800, 2101)
_LONGEST = 200


def parse_date(text: str, order: Order | None = None) -> date | None:
    """Return the day that ``text`` names, or None.

    Reads ISO dates and datetimes (the day as written, whatever the time zone), ``20250815``,
    ``20250815101500``, ``August 15, 2025``, ``15 Aug 2025``, ``15.08.2025``, the dates of mail and
    RSS, seconds to nanoseconds since 1970 (as a day in UTC, also as ``/Date(…)/``), each also
    behind "Published" or a time. ``03/04/2025`` is March in one country and April in the next:
    it is read only with ``order``, unless one of its numbers can only be a day.
    """
    text = _bare(text)
    for form in _forms():
        if match := form.fullmatch(text):
            return _date(match["year"], match["month"], match["day"])
    if match := _NUMBERS.fullmatch(text):
        order = _order(match) or order
        if order is None and match["first"] != match["second"]:
            return None
        month, day = match["first"], match["second"]
        if order == "day first":
            month, day = day, month
        return _date(match["year"], month, day)
    return _epoch(text)


def parse_day(text: str) -> date | None:
    """Return the day that somebody types: what ``parse_date`` reads, "yesterday", "3 days ago"."""
    found = parse_date(text)
    if found or not re.search("[A-Za-z]", text) or re.search(r"\d\s*[/.-]\s*\d", text):
        return found
    import dateparser

    moment = dateparser.parse(text, languages=["en"], settings={"STRICT_PARSING": True})
    return moment.date() if moment else None


def is_ambiguous(text: str) -> bool:
    """Whether ``text`` is a date once it is known whether its day or its month comes first."""
    return parse_date(text) is None and parse_date(text, "day first") is not None


def decide_order(texts: Iterable[str]) -> Order | None:
    """Return in which order the dates of one table are written; None if they do not tell.

    Those that can be read in one way alone decide; if they contradict each other, none does.
    """
    found: set[Order] = set()
    for text in texts:
        match = _NUMBERS.fullmatch(_bare(text))
        order = _order(match) if match else None
        if order:
            found.add(order)
            if len(found) > 1:
                return None
    return found.pop() if found else None


def date_in_url(url: str) -> date | None:
    """Return the first date in an address. Bare runs of eight digits are ids more often."""
    return _first(_IN_URL, url)


def date_in_name(name: str) -> date | None:
    """Return the first date (``2016-09-12``, ``2016_09_12``, ``20160912``) in a file name."""
    return _first(_IN_NAME, name)


def _forms() -> Iterator[re.Pattern[str]]:
    """Yield the forms of a date: those with a month in letters are made when one is needed."""
    yield from _FIGURES
    yield from _worded()


@cache
def _worded() -> tuple[re.Pattern[str], ...]:
    from quotes.english.lexicon import MONTHS
    from quotes.english.patterns import alternatives

    month = rf"(?P<month>{alternatives(MONTHS)})\.?"
    return (
        _form(month + r"\s+" + _DAY + r",?\s+" + _YEAR),
        _form(_DAY + r"(?:\s+|-|/)" + month + r",?(?:\s+|-|/)" + _YEAR),
        _form(_YEAR + r",?\s+" + month + r"\s+" + _DAY),
        _form(month + r"\s+" + _DAY + r"\s+" + _CLOCK + _ZONE + r"\s+" + _YEAR),
    )


def _bare(text: str) -> str:
    """Return a date without its label, and without the time before it."""
    text = text[:_LONGEST].strip()
    while match := _LABEL.match(text):
        text = text[match.end() :]
    return text[match.end() :] if (match := _TIME_FIRST.match(text)) else text


def _order(match: re.Match[str]) -> Order | None:
    first, second = int(match["first"]), int(match["second"])
    if first > 12 >= second:
        return "day first"
    return "month first" if second > 12 >= first else None


def _first(pattern: re.Pattern[str], text: str) -> date | None:
    found = (_date(match["year"], match["month"], match["day"]) for match in pattern.finditer(text))
    return next((day for day in found if day and day.year in _PLAUSIBLE_YEARS), None)


def _date(year: str, month: str, day: str) -> date | None:
    number = int(year.lstrip("'’"))
    if number < 100 and len(year) < 4:  # as POSIX has it
        number += 2000 if number < 69 else 1900
    try:
        return date(number, _month(month), int(day))
    except ValueError:  # the 31st of June
        return None


def _month(text: str) -> int:
    if text.isdigit():
        return int(text)
    from quotes.english.lexicon import month_numbers

    return month_numbers().get(text.lower(), 0)


def _epoch(text: str) -> date | None:
    wrapped = _WRAPPED.fullmatch(text)
    if not (match := _EPOCH.fullmatch(wrapped[1] if wrapped else text)):
        return None
    digits = match[1]
    seconds = int(digits) / 10 ** (3 * ((len(digits) - 8) // 3))
    if not _EPOCHS[0] <= seconds <= _EPOCHS[1]:
        return None
    return datetime.fromtimestamp(seconds, UTC).date()
