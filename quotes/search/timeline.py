"""How many quotes of a speaker, or an outlet, there are week by week."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from quotes.database.session import Connection
from quotes.search.articles import LATEST_ARTICLES, LATEST_OF_OUTLET
from quotes.search.lookup import find_outlet
from quotes.search.reading import Record, ask

_OF_SPEAKER = """
SELECT k.first_published AS day, count(*) AS quotes
  FROM quotes k JOIN speakers s ON s.id = k.speaker_id
 WHERE s.slug = :slug AND k.first_published IS NOT NULL GROUP BY k.first_published"""

_OF_OUTLET = f"""
SELECT a.published AS day, count(*) AS quotes
  FROM ({LATEST_OF_OUTLET}) a JOIN quotations q ON q.article_id = a.id
 WHERE a.published IS NOT NULL AND q.kind <> 'none' GROUP BY a.published"""  # noqa: S608


@dataclass(frozen=True, slots=True)
class Week:
    """A week by its Monday, and how many there were in it."""

    monday: date
    count: int


def weeks_of_speaker(connection: Connection, slug: str) -> list[Week]:
    """Return how many quotes of a speaker were first published in each week, empty ones between."""
    return _weeks(ask(connection, _OF_SPEAKER, {"slug": slug}, dates=["day"]))


def weeks_of_outlet(connection: Connection, outlet: str) -> list[Week]:
    """Return how many quotations an outlet published in each week, empty ones between.

    They are those of its latest ``LATEST_ARTICLES``. Raises UnknownError for an unknown outlet.
    """
    values = {"outlet": find_outlet(connection, outlet), "latest": LATEST_ARTICLES}
    return _weeks(ask(connection, _OF_OUTLET, values, dates=["day"]))


def _weeks(rows: Iterable[Record]) -> list[Week]:
    counts: Counter[date] = Counter()
    for row in rows:
        counts[row.day - timedelta(row.day.weekday())] += row.quotes
    if not counts:
        return []
    first, last = min(counts), max(counts)
    mondays = (first + timedelta(7 * at) for at in range((last - first).days // 7 + 1))
    return [Week(monday, counts[monday]) for monday in mondays]
