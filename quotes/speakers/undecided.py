"""Mentions that several known people could mean: nobody is guessed, the candidates are recorded."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable
from datetime import date

from quotes.records import Evidence, KnownSpeaker, Span
from quotes.speakers.descriptions import describe
from quotes.speakers.registry import Registry

CANDIDATE = "candidate"
"""The role of evidence that names somebody who may be meant."""


def office_holders(
    mention: Span, registry: Registry, on: date | None, country: str | None
) -> list[KnownSpeaker]:
    """Return the known people who held the office of a description on a date, if they are several.

    ``country`` is the one last spoken of, which narrows descriptions that name none.
    """
    for query in describe(mention.text, registry.place):
        holders = registry.holders(query, on)
        if country and not query.places:
            narrowed = dataclasses.replace(query, words=query.words | {f"@{country}"})
            holders = registry.holders(narrowed, on) or holders
        if len(holders) > 1:
            return holders
    return []


def candidates(mention: Span, people: Iterable[KnownSpeaker]) -> tuple[Evidence, ...]:
    """Return the evidence that a mention may mean any of these people, in order of slugs."""
    return tuple(
        Evidence(CANDIDATE, mention.start, mention.end, mention.text, speaker=slug)
        for slug in sorted({one.slug for one in people})
    )
