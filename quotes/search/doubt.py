"""Doubt in words: what the program is unsure of never looks like a fact."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Literal

from quotes.basics import Provenance

if TYPE_CHECKING:
    from quotes.search.reading import Record

SURE = 0.8
"""From this confidence (0-1) on an attribution is shown as it is."""

VERY_UNSURE = 0.5
"""Below this confidence it is doubted twice."""

_SLACK = 1e-6
"""0.29 * 100 is a little less than 29."""

Certainty = Literal["sure", "uncertain", "very uncertain"]


def certainty(confidence: float) -> Certainty:
    """Return how sure a confidence (0-1) is, in words."""
    if confidence >= SURE:
        return "sure"
    return "uncertain" if confidence >= VERY_UNSURE else "very uncertain"


def how_sure(confidence: float) -> str:
    """Return how sure a confidence (0-1) is, in words and in figures: "uncertain (79 %)"."""
    return f"{certainty(confidence)} ({percent(confidence)})"


def percent(confidence: float) -> str:
    """Return a confidence (0-1) in percent: no program is sure of anything to the hundredth.

    It is rounded down: 0.797 is not 0.8, which would be sure.
    """
    return f"{min(99, max(1, math.floor(100 * confidence + _SLACK)))} %"


def doubted(name: str, confidence: float) -> str:
    """Return a speaker's name, followed by "?" or "??" where the attribution is uncertain."""
    return name + {"sure": "", "uncertain": " ?", "very uncertain": " ??"}[certainty(confidence)]


def remarks(
    *, divergent: int = 0, disputed: int = 0, provenance: Provenance | None = None
) -> tuple[str, ...]:
    """Return what a reader has to know of a quote besides who said it, in plain words.

    ``divergent`` counts the variants that may change the meaning, ``disputed`` the articles
    that are sure that somebody else said it; ``provenance`` is where the words come from.
    """
    found = []
    if mark := mark_of(provenance):
        found.append(mark)
    if divergent:
        found.append("meaning may differ")
    if disputed:
        found.append("speaker disputed")
    return tuple(found)


def remarks_of(quote: Record) -> tuple[str, ...]:
    """Return the remarks on a row of ``quote_list``."""
    return remarks(divergent=quote.divergent, disputed=quote.disputed, provenance=quote.provenance)


def mark_of(provenance: Provenance | None) -> str | None:
    """Return what a reader has to know of where words come from; None if that is nothing."""
    return None if provenance in (None, "original") else provenance
