"""Where a quotation that lost a mark sensibly begins or ends; never beyond its paragraph."""

from __future__ import annotations

import re

from quotes.spans.cues import REPORTER_CLAUSE

_SENTENCE_BORDER = re.compile(r"(?<![A-Z])(?<!\bMr)(?<!\bMs)(?<!\bDr)(?<!\bMrs)[.!?…]\s+(?=[A-Z])")


def sensible_end(body: str, start: int, limit: int) -> tuple[int, bool]:
    """Return (end, cut) of the speech that begins at ``start`` and has no closing mark.

    It ends before the first reporter's clause (``, she said``), which is when ``cut`` is True,
    else at ``limit``, white space left out.
    """
    clause = reporter_clause(body, start, limit)
    if clause is not None:
        return clause.end("mark"), True
    while limit > start and body[limit - 1].isspace():
        limit -= 1
    return limit, False


def sensible_start(body: str, floor: int, stop: int) -> int:
    """Return the start of the speech that ends at ``stop`` and has no opening mark.

    That is the start of its last sentence, or of the whole stretch from ``floor`` on where no
    reporter's clause stands in it.
    """
    begin = floor
    if reporter_clause(body, floor, stop) is not None:
        for border in _SENTENCE_BORDER.finditer(body, floor, stop):
            begin = border.end()
    while begin < stop and not body[begin].isalnum() and body[begin] not in "[($€£":
        begin += 1
    return begin


def reporter_clause(body: str, start: int, stop: int) -> re.Match[str] | None:
    """Return the first clause in ``body[start:stop]`` that reports the speech before it."""
    return REPORTER_CLAUSE.search(body, start, stop)
