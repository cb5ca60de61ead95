"""Resolves pronouns by salience: gender, recency, who was the subject, who spoke last.

The reporter's text is read once from left to right (names inside quotation marks are another's
words and do not count); every pronoun that is resolved keeps its bearer in mind, as centering
theory has it (Grosz, Joshi and Weinstein 1995).
"""

from __future__ import annotations

import math
import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator

from quotes.english.cues import forms
from quotes.english.document import Document
from quotes.english.lexicon import (
    AUXILIARIES,
    COPULAS,
    IRREGULAR_PAST,
    PREPOSITIONS,
    SUBORDINATORS,
    any_of,
    capitalised,
    tagged,
)
from quotes.english.patterns import alternatives
from quotes.english.segmentation import Stretches
from quotes.records import Gender
from quotes.speakers.cast import Cast
from quotes.speakers.choice import Choice, Mention
from quotes.speakers.described import Descriptions
from quotes.speakers.entity import Entity
from quotes.speakers.introductions import SPEAKS_AFTER
from quotes.speakers.spoken import Spoken

_SUBJECT = re.compile(r"(?:he|she)\s", re.IGNORECASE)
_TAKES_OBJECT = forms("of-somebody", "past")
_BEFORE_OBJECT = forms("of-somebody") | tagged("governing", "as-object")
_ASKED = forms("asking", "past", "third")
_QUESTION = re.compile(rf"\s(?:about|how|what|why|{any_of('subordinator')})\b")
_OWNS = re.compile(r"(?:His|Her)\s(?:[a-z-]+,?\s){0,3}")
_REACTS = re.compile(rf"\s(?:{alternatives(forms('speech', 'past') | {'disagreed', 'nodded'})})\b")
_WORDS = re.compile(r"[a-z]+")
_ADJUNCT = re.compile(rf"(?:{capitalised(PREPOSITIONS)}|Speaking|Asked|Later)\s[^,.\n]{{2,100}},\s")
_TOPIC = re.compile(
    r"(?:With|For|As\sfor|Like|To)\s[^,.\n]{2,100},(?:\swho\s[^,.\n]{2,100},)?"
    rf"\s(?:there|it|nothing|no|{any_of('determiner')})\b"
)
_TOPIC_QUESTION = re.compile(r"[A-Z][\w.’'-]*(?:\s[A-Z][\w.’'-]*){0,4}\s?\?")
_SUBORDINATOR = re.compile(rf"\W?(?:{capitalised(SUBORDINATORS)})\s")
_LAST_WORD = re.compile(r"([\w’'-]+)\W*$")
# The weights were fitted by hand and then by a random search on pronouns with known bearers.
_RECENCY, _DECAY, _FADE, _AWAY = 2.0, 0.5, 0.1, 0.3  # per sentence, per sentence, per paragraph
# parts in the sentence, see ``_prominence``
_SPEAKS, _FIRST, _SUBORDINATE, _OTHER = 1.4, 1.3, 0.8, 0.15
_INTRODUCED, _COUNT, _PREVIOUS = 0.8, 0.12, 0.15
_NO_NAME = 0.6
_NAMES_SELF = 1.5  # somebody named in the quotation that is attributed
_NO_GENDER, _NO_TYPE, _SILENT = 0.4, 0.9, 1.6  # nothing tells the gender, whether it is a person
_GOVERNS = 1.5  # the subject of the clause that a pronoun's clause depends on
_DEPENDENT = re.compile(rf"\b(?:{alternatives(SUBORDINATORS - {'that'})})\s$", re.IGNORECASE)
_VERB = "|".join(
    ("[a-z]+ed", alternatives(AUXILIARIES | COPULAS | IRREGULAR_PAST | forms("speech", "past")))
)
_FINITE = re.compile(rf"\s(?:{_VERB})\b")
_IMPERSONAL = re.compile(rf"(?:That|This|It)\s(?:{_VERB})\b")
_SURE = 1.0  # margin with which a pronoun tells the gender of who is meant
_CLAUSE = 200  # characters of a sentence whose names are no pronoun at its beginning
_REACH = 24  # mentions that are looked back upon


class Salience:
    """Who is spoken of at each point of an article."""

    def __init__(
        self, document: Document, quoted: Stretches, cast: Cast, descriptions: Descriptions
    ) -> None:
        self._body = document.text
        self._cast = cast
        self._quoted = quoted
        self._paragraphs = document.paragraphs
        opening = {start for start, _ in document.paragraphs.pieces}
        self._sentences = [
            begin
            for begin, _ in document.sentences.pieces
            if begin in opening or not self._quoted.holds(begin - 1)
        ]
        self.trail: list[Mention] = []
        self._offsets: list[int] = []
        self._chosen: dict[int, Choice | None] = {}
        self._genders: dict[int, Gender] = {}
        for start, end, what in Spoken(document, quoted, cast, descriptions):
            self._follow(start, end, what)

    def _follow(self, start: int, end: int, what: Entity | Gender) -> None:
        if isinstance(what, Entity):
            if what.may_be_person:
                self._append(start, end, what)
            return
        choice = self.choose(start, what)
        self._chosen[start] = choice
        if choice:
            if choice.entity.gender is None and choice.margin > _SURE:
                self._genders.setdefault(id(choice.entity), what)
            self._append(start, end, choice.entity)

    def _append(self, start: int, end: int, entity: Entity) -> None:
        sentence, paragraph = self._place(start)
        index = self._cast.covering(start)
        if index is None:  # "Her daughter disagreed.", "The driver was hurt."
            subject = _REACTS.match(self._body, end) or self._body.startswith("The ", start)
            introduces = entity.unnamed is not None and bool(subject)
        else:
            introduces = self._introduces(index, entity) and not self._is_object(start, sentence)
        weight = self._prominence(start, end, sentence, index)
        mention = Mention(
            start, end, self._body[start:end], entity, sentence, paragraph, weight, introduces
        )
        self.trail.append(mention)
        self._offsets.append(start)

    def _introduces(self, index: int, entity: Entity) -> bool:
        """Tell whether a name says who somebody is: in full, or "her husband, Tom"."""
        if entity.full:
            return entity.full[0] == index and bool(entity.descriptions)
        alone = entity.mentions[0] == index and not entity.known
        return alone and entity.told_at[:1] == [index] and not self._cast.names[index].title

    def _place(self, offset: int) -> tuple[int, int]:
        return bisect_right(self._sentences, offset), self._paragraphs.index(offset)

    def _prominence(self, start: int, end: int, sentence: int, index: int | None) -> float:
        """Weigh a mention by its part in the sentence, guessed by the words around it.

        Who speaks stands highest, then the first name of a sentence that no preposition or verb
        governs, then other such names; objects and possessors count for nothing. “With Roe, there
        is no hope” is about Roe, since its clause has no subject that could be meant; so is “That
        did not convince Roe”.
        """
        if index is not None and self._cast.facts[index].speaks:
            return _SPEAKS
        if self._is_topic(start, sentence):
            return _OTHER
        if index is None and SPEAKS_AFTER.match(self._body, end):
            return _SPEAKS
        if self._body[end : end + 2] in ("'s", "’s"):
            return 0.0
        if self._body[start:end].lower() in ("him", "his", "her", "hers"):
            return 0.0
        begin = self._sentences[sentence - 1]
        if index is not None:
            start = self._cast.names[index].title_start
        topic = _TOPIC.match(self._body, begin)
        if topic and start < topic.end():
            return _FIRST
        if _IMPERSONAL.match(self._body, begin) and self._is_first(start, sentence):
            return _FIRST
        word = _LAST_WORD.search(self._body, max(begin, start - 40), start)
        governor = word.group(1).lower() if word else ""
        if governor in _ASKED and _QUESTION.match(self._body, end):
            return _SPEAKS  # who is asked answers
        if governor in _BEFORE_OBJECT or governor.endswith("ing"):
            return 0.0
        if not self._is_first(start, sentence):
            return _OTHER
        return _SUBORDINATE if _SUBORDINATOR.match(self._body, begin) else _FIRST

    def _is_topic(self, start: int, sentence: int) -> bool:
        """Tell whether a sentence only asks about somebody: "Governor Roe? “Strong,” he said."."""
        begin = self._sentences[sentence - 1]
        found = _TOPIC_QUESTION.match(self._body, begin)
        return found is not None and start < found.end()

    def _is_object(self, start: int, sentence: int) -> bool:
        """Whether a verb that takes an object stands before a name that is not the first.

        "Roe blamed the Port, Ohio, officer Bo Lind" introduces Lind, but goes on about Roe.
        """
        if self._is_first(start, sentence):
            return False
        between = _WORDS.findall(self._body[self._opening(sentence) : start].lower())
        return not _TAKES_OBJECT.isdisjoint(between)

    def _is_first(self, start: int, sentence: int) -> bool:
        """Whether nobody has been named in the main clause of the sentence before an offset."""
        before = bisect_left(self._offsets, start) - 1
        if before >= 0 and _OWNS.fullmatch(self._body, self._offsets[before], start):
            before -= 1  # "Her colleague Petar nods"
        opening = self._opening(sentence)
        return start >= opening and (before < 0 or self._offsets[before] < opening)

    def opens(self, at: int) -> bool:
        """Tell whether a sentence begins at an offset, perhaps behind an adjunct."""
        return self._opening(self._place(at)[0]) == at

    def _opening(self, sentence: int) -> int:
        """Return where a sentence begins, without an adjunct before it ("On Friday, …")."""
        begin = self._sentences[sentence - 1]
        adjunct = _ADJUNCT.match(self._body, begin)
        return adjunct.end() if adjunct else begin

    def choose(
        self,
        at: int,
        gender: Gender | None,
        last: Entity | None = None,
        barred: frozenset[int] = frozenset(),
    ) -> Choice | None:
        """Return the person whom a pronoun of this gender at this offset means.

        ``last`` is who spoke in the quotation before, if known; ``barred`` are the identities of
        those who hardly are meant.
        """
        sentence, paragraph = self._place(at)
        stop = bisect_left(self._offsets, at)
        others = self._named_behind(at, sentence)
        governor = self._governor(at, sentence, stop)
        best: dict[int, tuple[float, Mention]] = {}
        for mention in self.trail[max(0, stop - _REACH) : stop]:
            score = self._score(mention, sentence, paragraph, gender)
            if score is None or id(mention.entity) in others:
                continue
            if mention.entity is last:
                score += _PREVIOUS
            if mention is governor:
                score += _GOVERNS
            if id(mention.entity) in barred:
                score -= _NAMES_SELF
            known = best.get(id(mention.entity))
            if known is None or score >= known[0]:
                best[id(mention.entity)] = (score, mention)
        ranked = sorted(best.values(), key=lambda pair: (pair[0], pair[1].offset), reverse=True)
        if not ranked:
            return None
        margin = ranked[0][0] - (ranked[1][0] if len(ranked) > 1 else 0.0)
        return Choice(ranked[0][1].entity, margin, ranked[0][1])

    def _governor(self, at: int, sentence: int, stop: int) -> Mention | None:
        """Return the subject on which a pronoun's clause depends: "Roe said Lind erred when he …".

        That is the last mention of its sentence that a finite verb follows.
        """
        if not _DEPENDENT.search(self._body, max(0, at - 12), at):
            return None
        named = self._back_in(sentence, stop)
        return next((one for one in named if _FINITE.match(self._body, one.end)), None)

    def _back_in(self, sentence: int, stop: int) -> Iterator[Mention]:
        """Yield the mentions of a sentence before place ``stop`` of the trail, the last first."""
        while stop and (mention := self.trail[stop - 1]).sentence == sentence:
            yield mention
            stop -= 1

    def _named_behind(self, at: int, sentence: int) -> set[int]:
        """Return whom a pronoun that opens a sentence cannot mean: "He called Roe's idea mad".

        Principle C of binding theory (Chomsky 1981): those whom its own clause names.
        """
        if not _SUBJECT.match(self._body, at):
            return set()
        if self._body[self._sentences[sentence - 1] : at].strip():
            return set()
        end = self._sentences[sentence] if sentence < len(self._sentences) else len(self._body)
        found = self._cast.between(at, min(end, at + _CLAUSE))
        return {
            id(self._cast.entity_of[index])
            for index in found
            if not self._quoted.holds(self._cast.names[index].start)
        }

    def _score(
        self, mention: Mention, sentence: int, paragraph: int, gender: Gender | None
    ) -> float | None:
        entity = mention.entity
        its = entity.gender or self._genders.get(id(entity))
        if gender and its and gender != its:
            return None
        away = paragraph - mention.paragraph
        if away > 6:
            return None
        back = sentence - mention.sentence
        score = _RECENCY * math.exp(-_DECAY * back) - _AWAY * away
        part = mention.weight + (_INTRODUCED if mention.introduces else 0.0)
        score += part * math.exp(-_FADE * back) + _COUNT * math.log1p(len(entity.mentions))
        if entity.unnamed and not mention.introduces:
            score -= _NO_NAME
        if gender and not its:
            score -= _NO_GENDER
        if entity.type is None:
            if not entity.speaks and len(entity.words) == 1:
                return None
            score -= _NO_TYPE if entity.speaks else _SILENT
        return score

    def standing(self, start: int, end: int, at: int) -> float:
        """Return how much in mind the group or body named at ``start`` to ``end`` is at ``at``."""
        sentence, paragraph = self._place(start)
        here, its_paragraph = self._place(at)
        index = self._cast.covering(start)
        part = self._prominence(start, end, sentence, index)
        if index is None and len(_WORDS.findall(self._body[self._opening(sentence) : start])) > 3:
            part = min(part, _OTHER)
        back = here - sentence
        recency = _RECENCY * math.exp(-_DECAY * back) - _AWAY * (its_paragraph - paragraph)
        return recency + part * math.exp(-_FADE * back)

    def reflexive(self, at: int, gender: Gender) -> Choice | None:
        """Return whom "himself" at this offset means: who was named last in its sentence."""
        sentence, _ = self._place(at)
        for mention in self._back_in(sentence, bisect_left(self._offsets, at)):
            if mention.entity.gender in (gender, None):
                return Choice(mention.entity, 1.0, mention)
        return None

    def pronoun(
        self, at: int, gender: Gender, last: Entity | None, barred: frozenset[int]
    ) -> Choice | None:
        """Return whom the pronoun at this offset means, as it was read unless more is known."""
        if last is None and not barred and at in self._chosen:
            return self._chosen[at]
        return self.choose(at, gender, last, barred)

    def after(self, at: int, gender: Gender | None) -> Choice | None:
        """Return the first person named after an offset, in its paragraph or one of the next two.

        This is how features open: “I was afraid,” she said. Then: Jane Doe, 34, lives in …
        """
        paragraph = self._paragraphs.index(at)
        for mention in self.trail[(start := bisect_left(self._offsets, at)) : start + _REACH]:
            if mention.paragraph > paragraph + 2:
                return None
            fits = gender is None or mention.entity.gender in (gender, None)
            if mention.entity.type == "person" and fits:
                return Choice(mention.entity, 0.0, mention)
        return None
