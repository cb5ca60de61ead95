"""Whose statement is it, where two articles print the same words under two names?

An article that names its source vaguely (“a spokesman”, “the White House”), or whose sentence is
hard to read, may print what another article gives to a person by name. Such a rendering counts to
the better supported speaker, so that the statement is one quote; what its own article says stays
with its attribution. Two voices that are both sure are left alone: then the outlets disagree, and
that is for a person to judge.

The decision rests on what the articles say, never on what was decided for other renderings, so
that it does not depend on the order of arrival.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from quotes.normaliser.compare import Comparison, Wording, match
from quotes.normaliser.keys import mix, neighbours, period, telling_numbers, whole_key
from quotes.normaliser.nodes import days_between
from quotes.normaliser.thresholds import (
    ECHO_CONTAINED,
    ECHO_COVERAGE,
    ECHO_REWORDED,
    ECHO_WHOLE,
    OUTSPOKEN,
    SURE,
)
from quotes.records import SpeakerType

WEIGHT: Mapping[SpeakerType, float] = {
    "person": 1.0,
    "organisation": 0.9,
    "group": 0.7,
    "anonymous": 0.6,
}
"""How much a name of each type tells about who spoke."""

RUN = 3
"""So many telling words in a row bring the words of two speakers together."""


@dataclass(frozen=True, slots=True)
class Voice:
    """One rendering and whom its article gives it to.

    ``speaker`` is a stable name (a slug); ``standing`` (0-1) says how sure the article's answer is:
    its confidence by the ``WEIGHT`` of the speaker's type, or 1 where a person decided. ``start``
    and ``end`` bound the quotation in its ``article``.
    """

    key: int
    speaker: str
    standing: float
    wording: Wording
    published: date | None
    article: int
    start: int
    end: int

    @property
    def is_sure(self) -> bool:
        """Whether the rendering counts to its own speaker whatever others print."""
        return self.standing >= SURE


def stored_echo_keys(folded: str, published: date | None) -> set[int]:
    """Return the keys under which a rendering is found by the words of other speakers."""
    now = period(published)
    return {mix(now, key) for key in _echo_keys(folded)}


def sought_echo_keys(folded: str, published: date | None) -> set[int]:
    """Return the keys to look up for a rendering: the counterpart of ``stored_echo_keys``."""
    reached = neighbours(period(published))
    return {mix(at, key) for at in reached for key in _echo_keys(folded)}


def _echo_keys(folded: str) -> set[int]:
    numbers = telling_numbers(folded)
    keys = {sum(numbers[at : at + RUN]) for at in range(len(numbers) - RUN + 1)}
    if folded.count(" ") >= ECHO_WHOLE[0] - 1:
        keys.add(whole_key(folded))
    return keys


def counts_to(voice: Voice, others: Iterable[Voice]) -> str:
    """Return the speaker whom a rendering counts to, given all that may echo it.

    An unsure one goes to a speaker whom another article names more surely: before all to one who is
    named surely enough, then to the one whose printed words are most like it; ties: more articles,
    the surer name, the alphabet. It stays where it is if another rendering surely confirms its own
    speaker.
    """
    import os

    found = [(other, alike) for other in others if (alike := _echo(voice, other))]
    heard: dict[str, list[tuple[Voice, Comparison]]] = {}
    own = [voice]
    P = float(os.environ.get("DP", "40"))
    W = int(os.environ.get("DW", "8"))
    C = float(os.environ.get("DC", ".8"))
    for other, alike in found:
        if other.speaker == voice.speaker:
            own.append(other)
            continue
        heard.setdefault(other.speaker, []).append((other, alike))
    sure = any(o.is_sure for o in own)
    if sure:
        for who in list(heard):
            keep = []
            for other, alike in heard[who]:
                days = days_between(voice.published, other.published) or 0
                few = min(len(voice.wording.words), len(other.wording.words))
                close = alike.verbatim or alike.coverage >= C
                if (
                    other.is_sure
                    and few >= W
                    and close
                    and alike.phrase >= P + 1.5 * max(0, days - 3)
                ):
                    keep.append((other, alike))
            if keep:
                heard[who] = keep
            else:
                del heard[who]
    if not heard:
        return voice.speaker
    best = min(heard, key=lambda who: (_support(heard[who]), who))

    def rank(who, voices):
        return (-round(max(o.standing for o in voices), 2), -len({o.article for o in voices}), who)

    D = float(os.environ.get("OD", "0"))
    a, b = rank(best, [o for o, _ in heard[best]]), rank(voice.speaker, own)
    if sure:
        a, b = (a[1], a[0], a[2]), (b[1], b[0], b[2])
    return best if a < b else voice.speaker


def _support(echoes: Collection[tuple[Voice, Comparison]]) -> tuple[float, ...]:
    """Return a sort key, the best supported speaker first."""
    return (
        not any(other.is_sure for other, _ in echoes),
        -max(round(alike.likeness, 2) for _, alike in echoes),
        -len({other.article for other, _ in echoes}),
        -max(other.standing for other, _ in echoes),
    )


def _echo(voice: Voice, other: Voice) -> Comparison | None:
    """Return how two renderings relate if they print the same words, and enough of them."""
    if voice.article == other.article and voice.start < other.end and other.start < voice.end:
        return None  # one quotes the other, in one breath
    days = days_between(voice.published, other.published)
    alike = match(voice.wording, other.wording, days)
    if alike is None:
        return None
    if not alike.verbatim:
        enough = alike.coverage >= ECHO_COVERAGE and alike.phrase >= ECHO_REWORDED
        return alike if enough else None
    words, bits = ECHO_WHOLE if alike.left == alike.right else ECHO_CONTAINED
    fewest = min(len(voice.wording.words), len(other.wording.words))
    return alike if fewest >= words and alike.phrase >= bits else None
