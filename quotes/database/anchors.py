"""Places in an article that can be found again: W3C text-quote selectors with a position.

Web Annotation Data Model, section 4.2.4: the exact text with what stands before and after it. The
position (section 4.2.5) only decides between equal places.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

CONTEXT = 48
"""How many characters before and after are remembered."""

_MARKS = "\"“”„«»‹›'‘’‚`"


def anchor(article_id: int, body: str, start: int, end: int) -> dict[str, Any]:
    """Return the selector of ``body[start:end]``, to be stored as JSON."""
    return {
        "article": article_id,
        "start": start,
        "end": end,
        "exact": body[start:end],
        "prefix": body[max(0, start - CONTEXT) : start],
        "suffix": body[end : end + CONTEXT],
    }


def locate(body: str, place: Mapping[str, Any]) -> tuple[int, int] | None:
    """Return (start, end) of an anchor's text in ``body``; None if it is not there.

    White space and the shape of quotation marks do not count. Of several places the one with the
    most agreeing context is taken, then the one nearest to the old position.
    """
    exact = str(place["exact"])
    if body[place["start"] : place["end"]] == exact:
        return int(place["start"]), int(place["end"])
    found = [match.span() for match in re.finditer(_pattern(exact), body)] if exact.strip() else []
    return min(found, key=lambda span: _rank(body, span, place), default=None)


def _pattern(exact: str) -> str:
    words = (
        "".join(f"[{_MARKS}]" if char in _MARKS else re.escape(char) for char in word)
        for word in exact.split()
    )
    return r"\s+".join(words)


def _rank(body: str, span: tuple[int, int], place: Mapping[str, Any]) -> tuple[int, int]:
    start, end = span
    before = body[max(0, start - CONTEXT) : start][::-1]
    after = body[end : end + CONTEXT]
    agreeing = _shared(before, str(place["prefix"])[::-1]) + _shared(after, str(place["suffix"]))
    return -agreeing, abs(start - int(place["start"]))


def _shared(left: str, right: str) -> int:
    """Return how many first characters are the same."""
    for at, (one, other) in enumerate(zip(left, right, strict=False)):
        if one != other:
            return at
    return min(len(left), len(right))
