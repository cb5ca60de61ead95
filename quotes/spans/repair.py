"""Where a quotation that lost a mark sensibly begins or ends; never beyond its paragraph."""

from __future__ import annotations

import re

from quotes.spans.cues import REPORTER_CLAUSE, SPEECH_VERBS

_SENTENCE_BORDER = re.compile(r"(?<![A-Z])(?<!\bMr)(?<!\bMs)(?<!\bDr)(?<!\bMrs)[.!?…]\s+(?=[A-Z])")
_LABEL = re.compile(r"[^\n:]{1,80}:\s")
_WORD = re.compile(r"[a-z]+")


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

    That is the start of its last sentence, and of those before it (not beyond ``floor``) as long
    as no verb of saying shows that the reporter speaks.
    """
    borders = [floor, *(match.end() for match in _SENTENCE_BORDER.finditer(body, floor, stop))]
    begin = borders.pop()
    while borders and not _reports(body, borders[-1], begin):
        begin = borders.pop()
    label = _LABEL.match(body, begin, stop)
    if label:
        begin = label.end()
    while begin < stop and not body[begin].isalnum() and body[begin] not in "[($€£":
        begin += 1
    return begin


def _reports(body: str, start: int, stop: int) -> bool:
    return any(word in SPEECH_VERBS for word in _WORD.findall(body, start, stop))


def reporter_clause(body: str, start: int, stop: int) -> re.Match[str] | None:
    """Return the first clause in ``body[start:stop]`` that reports the speech before it."""
    return REPORTER_CLAUSE.search(body, start, stop)
