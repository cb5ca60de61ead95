"""Resolves pronouns by salience: gender, recency, who was the subject, who spoke last.

The reporter's text is read once from left to right (names inside quotation marks are another's
words and do not count); every pronoun that is resolved keeps its bearer in mind, as centering
theory has it (Grosz, Joshi and Weinstein 1995).
"""

from __future__ import annotations

import math
import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from quotes.records import Gender
from quotes.speakers.cast import Cast, Entity
from quotes.text import Borders, paragraphs, sentences

_PRONOUN = re.compile(r"(?<![\w’'-])(?:(?P<male>he|him|his|himself)|(?P<female>she|her|hers|herself))\b",
                      re.IGNORECASE)  # fmt: skip
PRONOUN_GENDER: dict[str, Gender] = {
    **dict.fromkeys(("he", "him", "his", "himself"), "male"),
    **dict.fromkeys(("she", "her", "hers", "herself"), "female"),
}
_BEFORE_OBJECT = frozenset(
    "of for at in from to with on under by about against through over told asked met called "
    "between than toward towards into upon including like and or beat between urged warned accused "
    "praised criticized criticised attacked thanked interviewed support supporting defeated backed "
    "elect endorse endorsed supports backing without among".split()
)
_SPEECH_BEFORE = frozenset(
    "said says told added wrote tweeted asked replied continued explained argued noted insisted "
    "warned recalled joked quipped concluded declared announced to".split()
) - {"to"}
_LAST_WORD = re.compile(r"([\w’'-]+)\W*$")
_REACH = 24  # mentions that are looked back upon


@dataclass(frozen=True, slots=True)
class Mention:
    """A mention of an entity in the reporter's own text."""

    offset: int
    end: int
    entity: Entity
    sentence: int
    paragraph: int
    subject: bool


@dataclass(frozen=True, slots=True)
class Choice:
    """The entity that a pronoun was given, how far it led, and the mention that carried it."""

    entity: Entity
    margin: float
    mention: Mention


class Salience:
    """Who is spoken of at each point of an article."""

    def __init__(self, body: str, cast: Cast, quoted: list[tuple[int, int]]) -> None:
        self._body = body
        self._cast = cast
        self._quoted = Borders(quoted)
        pieces = paragraphs(body)
        self._paragraphs = Borders(pieces)
        starts = [
            begin
            for start, end in pieces
            for index, (begin, _) in enumerate(sentences(body, start, end))
            if index == 0 or not self.is_quoted(begin - 1)
        ]
        self._sentences = starts
        self.trail: list[Mention] = []
        self._offsets: list[int] = []
        self._chosen: dict[int, Choice | None] = {}
        for start, end, what in self._events():
            self._follow(start, end, what)

    def is_quoted(self, offset: int) -> bool:
        """Whether an offset lies inside a quotation."""
        index = self._quoted.index(offset)
        return index >= 0 and offset < self._quoted.pieces[index][1]

    def _events(self) -> Iterator[tuple[int, int, Entity | Gender]]:
        names = [
            (name.start, name.end, entity)
            for name, entity in zip(self._cast.names, self._cast.entity_of, strict=True)
            if not self.is_quoted(name.start)
        ]
        pronouns = [
            (m.start(), m.end(), PRONOUN_GENDER[m.group().lower()])
            for m in _PRONOUN.finditer(self._body)
            if not self.is_quoted(m.start())
        ]
        yield from sorted([*names, *pronouns], key=lambda event: event[0])

    def _follow(self, start: int, end: int, what: Entity | Gender) -> None:
        if isinstance(what, Entity):
            if what.may_be_person:
                self._append(start, end, what)
            return
        choice = self.choose(start, what)
        self._chosen[start] = choice
        if choice:
            self._append(start, end, choice.entity)

    def _append(self, start: int, end: int, entity: Entity) -> None:
        sentence, paragraph = self._place(start)
        mention = Mention(start, end, entity, sentence, paragraph, self._is_subject(start, end))
        self.trail.append(mention)
        self._offsets.append(start)

    def _place(self, offset: int) -> tuple[int, int]:
        return bisect_right(self._sentences, offset), self._paragraphs.index(offset)

    def _is_subject(self, start: int, end: int) -> bool:
        """Guess by the words around: no preposition or verb before it, no possessive after it."""
        if self._body[end : end + 2] in ("'s", "’s"):
            return False
        if self._body[start:end].lower() in ("him", "his", "her", "hers"):
            return False
        sentence = self._sentences[bisect_right(self._sentences, start) - 1]
        before = self._body[max(sentence, start - 40) : start]
        word = _LAST_WORD.search(before)
        return word is None or word.group(1).lower() not in _BEFORE_OBJECT

    def choose(self, at: int, gender: Gender | None, last: Entity | None = None) -> Choice | None:
        """Return the person whom a pronoun of this gender at this offset means.

        ``last`` is who spoke in the quotation before, if known.
        """
        sentence, paragraph = self._place(at)
        stop = bisect_left(self._offsets, at)
        best: dict[int, tuple[float, Mention]] = {}
        for mention in self.trail[max(0, stop - _REACH) : stop]:
            score = self._score(mention, sentence, paragraph, gender)
            if score is None:
                continue
            if mention.entity is last:
                score += 0.5
            known = best.get(id(mention.entity))
            # Each further mention adds a little: who is spoken of more often is more in mind.
            total = score if known is None else max(score, known[0]) + 0.1
            carrier = mention if known is None or score >= known[0] else known[1]
            best[id(mention.entity)] = (total, carrier)
        ranked = sorted(best.values(), key=lambda pair: (pair[0], pair[1].offset), reverse=True)
        if not ranked:
            return None
        margin = ranked[0][0] - (ranked[1][0] if len(ranked) > 1 else 0.0)
        return Choice(ranked[0][1].entity, margin, ranked[0][1])

    def _score(
        self, mention: Mention, sentence: int, paragraph: int, gender: Gender | None
    ) -> float | None:
        entity = mention.entity
        if gender and entity.gender and gender != entity.gender:
            return None
        away = paragraph - mention.paragraph
        if away > 6:
            return None
        score = 2.2 * math.exp(-0.45 * (sentence - mention.sentence)) - 0.15 * away
        score += 0.8 if mention.subject else 0.0
        if gender and not entity.gender:
            score -= 0.5
        if entity.type is None:
            score -= 0.7
        return score + 0.1 * math.log1p(len(entity.mentions))

    def pronoun(self, at: int, gender: Gender, last: Entity | None) -> Choice | None:
        """Return whom the pronoun at this offset means (precomputed unless ``last`` counts)."""
        if last is None and at in self._chosen:
            return self._chosen[at]
        return self.choose(at, gender, last)

    def before(self, at: int) -> Iterable[Mention]:
        """Return the mentions before an offset, the nearest first."""
        stop = bisect_left(self._offsets, at)
        return reversed(self.trail[max(0, stop - _REACH) : stop])

    def same_paragraph(self, one: int, other: int) -> bool:
        """Whether two offsets lie in one paragraph."""
        return self._paragraphs.index(one) == self._paragraphs.index(other)

    def distance(self, entity: Entity, at: int) -> int:
        """Return how many characters before an offset the entity was last named."""
        stop = self._cast.between(0, at).stop
        index = bisect_left(entity.mentions, stop) - 1
        return at - self._cast.names[entity.mentions[index]].start if index >= 0 else 1_000_000
