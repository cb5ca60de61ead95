"""A voice: the words that articles give to one speaker on one day, as whose they are is decided."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from quotes.normaliser.compare import Wording
from quotes.normaliser.fold import capitals, fold
from quotes.normaliser.thresholds import SURE
from quotes.records import SpeakerType

WEIGHT: Mapping[SpeakerType, float] = {
    "person": 1.0,
    "organisation": 0.9,
    "group": 0.7,
    "anonymous": 0.6,
}
"""How much a name of each type tells about who spoke."""

JUDGED = 1.0
"""The standing of what a person decided."""

_INNER = re.compile(r"[“‘\"']\s?(\w[^“”‘\"]*?)[”’\"'](?!\w)")


@dataclass(frozen=True, slots=True)
class Voice:
    """The renderings of one wording, printed on one day, that articles give to one speaker.

    ``speaker`` is a stable name (a slug), of several anonymous ones the first. ``standing`` (0-1)
    says how sure the surest of ``articles`` articles is of its answer: its confidence by the
    ``WEIGHT`` of the speaker's type, or 1 where a person decided. ``inner`` are the folded words
    that it quotes itself, ``names`` those with a capital inside a sentence. ``answer`` is the
    speaker whom it was found to count to, None if that is its own.
    """

    speaker: str
    standing: float
    wording: Wording
    published: date | None
    articles: int = 1
    inner: str = ""
    names: frozenset[str] = frozenset()
    answer: str | None = None

    @property
    def words(self) -> tuple[str, date | None]:
        """Its folded wording and its day: what tells which others it meets."""
        return self.wording.folded, self.published

    @property
    def decided(self) -> str:
        """The speaker whom it was found to count to."""
        return self.answer or self.speaker

    @property
    def order(self) -> tuple[object, ...]:
        """Sorts voices in an order that has nothing to do with their arrival."""
        return -self.articles, -self.standing, self.wording.folded, self.published or date.max

    @property
    def is_sure(self) -> bool:
        """Whether its own articles are sure who spoke."""
        return self.standing >= SURE

    @property
    def is_judged(self) -> bool:
        """Whether a person decided who spoke."""
        return self.standing >= JUDGED


def voice_name(speaker: str, type_: SpeakerType, standing: float) -> str:
    """Return what the voices of one wording and day go by: the speaker (a slug) whom articles name.

    The anonymous of many copies of a story (“a spokesman”) are one voice, though each article has
    its own: but for those of whom a person decided.
    """
    if type_ != "anonymous" or standing >= JUDGED:
        return speaker
    return f"?{speaker.split('-', 2)[-1]}"


@lru_cache(maxsize=1 << 12)
def inner_words(text: str) -> str:
    """Return the folded words of a statement that stand in quotation marks of their own."""
    return " ".join(fold(match[1]) for match in _INNER.finditer(text))


def standing_of(type_: SpeakerType, confidence: float, *, judged: bool = False) -> float:
    """Return how sure an article is of a speaker whom it, or a person (``judged``), names."""
    return JUDGED if judged else confidence * WEIGHT[type_]


def heard(
    speaker: str,
    type_: SpeakerType,
    standing: float,
    text: str,
    published: date | None,
    articles: int,
    answer: str | None = None,
) -> Voice:
    """Return the voice of so many articles that print a text.

    Of anonymous ones nobody knows whether they are as many people: they count as one article's.
    """
    return Voice(
        speaker=speaker,
        standing=standing,
        wording=Wording(fold(text)),
        published=published,
        articles=1 if type_ == "anonymous" else articles,
        inner=inner_words(text),
        names=capitals(text),
        answer=answer,
    )
