"""The polls that an article names, for whose respondents a share stands: "52 percent said"."""

from __future__ import annotations

import re
from bisect import bisect_left
from functools import cached_property

from quotes.english.segmentation import Stretches
from quotes.records import Span

_PERCENT = re.compile(r"(?:\w+\s)?\d[\d.]*\s?(?:percent|per cent|%)", re.IGNORECASE)
_POLL = re.compile(r"\b(?:[A-Z][\w.&/-]*\s){1,6}(?:poll|survey)\b")


class Polls:
    """The polls of one article; ``quoted`` are its stretches inside quotation marks."""

    def __init__(self, body: str, quoted: Stretches) -> None:
        self._body = body
        self._quoted = quoted

    def of_share(self, phrase: str, at: int) -> Span | None:
        """Return the poll named last before an offset, if a phrase is a share of its answers."""
        if not _PERCENT.match(phrase):
            return None
        before = bisect_left(self._found, at, key=lambda poll: poll.start) - 1
        return self._found[before] if before >= 0 else None

    @cached_property
    def _found(self) -> list[Span]:
        return [
            Span(*match.span(), match.group())
            for match in _POLL.finditer(self._body)
            if not self._quoted.holds(match.start())
        ]
