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

_SHORT = 4
"""Fewer words than this stand in many places: ..."""

_LEAST_CONTEXT = 8
"""... so many characters around them have to agree, too."""

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
    most agreeing context is taken, then the one nearest to the old position. A few words alone are
    not found where nothing around them is as it was.
    """
    exact = str(place["exact"])
    found = [match.span() for match in re.finditer(_pattern(exact), body)] if exact.strip() else []
    best = min(found, key=lambda span: _rank(body, span, place), default=None)
    if best and len(exact.split()) < _SHORT and -_rank(body, best, place)[0] < _least(place):
        return None
    return best


def _least(place: Mapping[str, Any]) -> int:
    """Return how much context has to agree: that of a whole short article is all there is."""
    return min(_LEAST_CONTEXT, len(place["prefix"]) + len(place["suffix"]))


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
