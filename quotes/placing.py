"""Leads what the stages found in the laid-out text of a document back to the article's body.

The stages work with offsets into ``Document.text``; what leaves ``pipeline`` is anchored in the
body: ``body[start:end] == text`` for every span.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable

from quotes.english.layout import Laid
from quotes.records import (
    AttributedQuotation,
    Attribution,
    Evidence,
    Quotation,
    Span,
    Statement,
)


class Places:
    """The way from one laid-out text back to its body."""

    def __init__(self, laid: Laid) -> None:
        self._laid = laid
        self.is_same = laid.text == laid.body
        """Whether there is nothing to do, as in most articles."""

    def attributed(self, found: AttributedQuotation) -> AttributedQuotation:
        """Return a quotation with its attribution and speaker as they stand in the body."""
        if self.is_same:
            return found
        speaker = found.speaker
        return AttributedQuotation(
            self._quotation(found.quotation),
            self._attribution(found.attribution),
            speaker and dataclasses.replace(speaker, evidence=self._evidence(speaker.evidence)),
        )

    def statement(self, found: Statement) -> Statement:
        """Return a statement as it stands in the body."""
        return found if self.is_same else Statement(*self._span(found.start, found.end))

    def _span(self, start: int, end: int) -> tuple[int, int, str]:
        begin, stop = self._laid.place(start, end)
        return begin, stop, self._laid.body[begin:stop]

    def _quotation(self, found: Quotation) -> Quotation:
        start, end, text = self._span(found.start, found.end)
        inner = self._laid.place(found.inner_start, found.inner_end)
        return dataclasses.replace(
            found, start=start, end=end, text=text, inner_start=inner[0], inner_end=inner[1]
        )

    def _attribution(self, found: Attribution) -> Attribution:
        return dataclasses.replace(
            found,
            mention=self._whole(found.mention),
            cue=self._whole(found.cue),
            reporter=self._whole(found.reporter),
            evidence=self._evidence(found.evidence),
        )

    def _whole(self, span: Span | None) -> Span | None:
        return span and Span(*self._span(span.start, span.end))

    def _evidence(self, evidence: Iterable[Evidence]) -> tuple[Evidence, ...]:
        placed = []
        for one in evidence:
            start, end, text = self._span(one.start, one.end)
            placed.append(dataclasses.replace(one, start=start, end=end, text=text))
        return tuple(placed)
