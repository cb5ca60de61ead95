"""Who is quoted how much."""

from __future__ import annotations

from dataclasses import fields
from typing import Any, get_args

from quotes.errors import UsageError
from quotes.search.stats import By, Counted, Over, count_by, largest
from quotes.web.answers import Answer, Ask, Table
from quotes.web.params import search_query, text

SHOWN = 40
"""The largest groups are shown; CSV and workbook have all."""


def stats(ask: Ask) -> Answer:
    """Count quotes, quotations and articles by speaker, gender, party, office, outlet or time."""
    by: Any = text(ask.params, "by") or "speaker"
    over: Any = text(ask.params, "over")
    if over is not None and over not in get_args(Over):
        raise UsageError(f"over={over[:40]}: give one of {', '.join(get_args(Over))}")
    query = search_query(ask.params)
    key = ("stats", by, over, query)
    found = ask.kept(key, lambda: count_by(ask.connection, by, query, over=over))
    columns = [field.name for field in fields(Counted) if over or field.name != "period"]
    names = [by if name == "group" else name for name in columns]
    rows = ([getattr(one, name) for name in columns] for one in found)
    shown = {
        "counted_by": by,
        "over": over,
        "choices": get_args(By),
        "times": get_args(Over),
        "query": query,
        "groups": largest(found, SHOWN),
        "all": len({one.group for one in found}),
        "most": max((one.quotations for one in found), default=1),
    }
    return Answer(
        "stats.html", f"Quotations by {by}", {"by": by, "over": over, "groups": found},
        lambda: Table(names, rows), shown,
    )  # fmt: skip
