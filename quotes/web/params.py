"""What an address asks for, read from its query: text becomes dates, numbers and conditions."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, get_args

from quotes.api.values import day
from quotes.errors import UsageError
from quotes.ids import whole_number
from quotes.search.doubt import SURE
from quotes.search.query import SearchQuery, Sort

PAGE = 20
"""How many quotes a page shows."""
_FLAGS = ("divergent", "disputed", "varied")
_DEEPEST = 1_000_000

Params = Mapping[str, str]


def text(params: Params, name: str) -> str | None:
    """Return a text, None where it is missing or empty."""
    return params.get(name, "").strip() or None


def number(params: Params, name: str, default: int, most: int) -> int:
    """Return a number from 1 to ``most``; raises UsageError for anything else."""
    given = text(params, name)
    if given is None:
        return default
    found = whole_number(given)
    if found is None or not 1 <= found <= most:
        raise UsageError(f"{name}={given[:40]}: give a number from 1 to {most:,}")
    return found


def share(params: Params, name: str) -> float | None:
    """Return a number from 0 to 1, None where it is missing; raises UsageError for others."""
    given = text(params, name)
    if given is None:
        return None
    try:
        found = float(given)
    except ValueError:
        found = -1.0
    if not 0 <= found <= 1:
        raise UsageError(f"{name}={given[:40]}: give a number from 0 to 1")
    return found


def page_number(params: Params) -> int:
    """Return which page is asked for, from 1."""
    return number(params, "page", 1, _DEEPEST)


def search_query(params: Params, **limits: Any) -> SearchQuery:
    """Return the search that an address asks for; what is empty does not restrict.

    Raises UsageError for a value that makes no sense, naming it.
    """
    sort = text(params, "sort")
    if sort is not None and sort not in get_args(Sort):
        raise UsageError(f"sort={sort[:40]}: give one of {', '.join(get_args(Sort))}")
    outlets = text(params, "min_outlets")
    flags: dict[str, Any] = {name: _flag(params, name) for name in _FLAGS}
    least = share(params, "min_confidence")
    return SearchQuery(
        text=text(params, "q"),
        speaker=text(params, "speaker"),
        outlet=text(params, "outlet"),
        since=day(text(params, "since")),
        until=day(text(params, "until")),
        min_confidence=SURE if least is None and _flag(params, "certain") else least,
        min_outlets=None if outlets is None else number(params, "min_outlets", 1, 1_000_000),
        sort=sort,  # type: ignore[arg-type]  # one of its values, see above
        **flags,
        **limits,
    )


def _flag(params: Params, name: str) -> bool:
    return (text(params, name) or "0").lower() not in ("0", "no", "false", "off")
