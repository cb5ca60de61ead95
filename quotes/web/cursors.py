"""Pages of an interface for programs: a cursor says after what the next page begins."""

from __future__ import annotations

import base64
from collections.abc import Sequence
from typing import Any

from starlette.responses import Response

from quotes.errors import UsageError
from quotes.ids import whole_number
from quotes.web.answers import Ask, as_json
from quotes.web.params import Params, number, text
from quotes.web.site import here

USUAL, MOST = 100, 1_000
"""How many items a page has, if nothing is said, and at most."""


def page_size(params: Params) -> int:
    """Return how many items are asked for."""
    return number(params, "limit", USUAL, MOST)


def after(params: Params) -> str:
    """Return after what the page begins, "" for the first; raises UsageError for no cursor."""
    given = text(params, "cursor")
    if given is None:
        return ""
    try:
        return base64.urlsafe_b64decode(given.encode("ascii")).decode()
    except ValueError as error:
        raise UsageError("cursor: take it from the field 'next' of an answer") from error


def after_number(params: Params) -> int:
    """Return after which number the page begins, 0 for the first; raises UsageError likewise."""
    found = whole_number(after(params) or "0")
    if found is None:
        raise UsageError("cursor: take it from the field 'next' of an answer")
    return found


def paged(ask: Ask, items: Sequence[Any], last: object) -> Response:
    """Return items with the address of the next page.

    ``items`` are one more than the page has, where there are more; ``last`` is what the next page
    comes after.
    """
    size = page_size(ask.params)
    more = len(items) > size
    cursor = base64.urlsafe_b64encode(str(last).encode()).decode() if more else None
    following = here(ask.request, cursor=cursor) if more else None
    answer = as_json({"items": items[:size], "next": following}, pretty=False)
    if following:
        answer.headers["Link"] = f'<{following}>; rel="next"'
    return answer
