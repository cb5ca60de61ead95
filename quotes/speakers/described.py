"""Whom of an article a description means: who was introduced so, or held the office that day."""

from __future__ import annotations

import dataclasses
import itertools
import math
import re
from collections import Counter
from functools import cached_property

from quotes.english.document import Document
from quotes.english.folding import fold
from quotes.english.lexicon import BOUNDARY, TITLES, any_of
from quotes.english.nouns import PERSON_NOUNS, gender_of
from quotes.english.segmentation import Stretches
from quotes.english.states import state_of
from quotes.english.wordnet import is_person
from quotes.records import Gender, KnownSpeaker, Span
from quotes.speakers.cast import Cast
from quotes.speakers.descriptions import ANYBODY, Description, describe
from quotes.speakers.entity import Entity
from quotes.speakers.registry import Registry

_REMEMBERED = 2  # paragraphs over which somebody nameless is remembered
_REACH = 1500  # characters: so many at the most
_WORD = re.compile(r"[\w-]+")
_SO_CALLED = 0.4  # "the deputy" is rather a deputy than a sheriff
_LEADERS = frozenset({"president", "vice president", "prime minister", "chancellor"})
_SEVERAL = 2  # mentions of officials and places that tell an article's country
_NAMED_LATELY = 800  # characters over which the memory of a name fades

SOME = r"\b(?:[Aa]n?|[Oo]ne|[Aa]nother)\s"
"""How somebody is brought up whom nobody has named."""

_UNNAMED = (
    rf"{SOME}(?:(?!(?:{any_of('governing', 'relative')}|the|an?)\s)[\w.-]+\s){{0,4}}?"
    r"%s\b(?!\s?[,(—–-]?\s?(?:[A-Z]|who\b))"
)
_INDEFINITE = re.compile(rf"{SOME}([a-z][\w-]*(?:\s[a-z][\w-]*){{0,3}})")
_NAMED = re.compile(r"['’]|\s?[,(—–-]?\s?[A-Z]")
"""What names or owns, right behind a noun: "a neighbour, Ann Roe", "a neighbour's dog"."""
_DESCRIBES = re.compile(rf"(?:[A-Z][\w.’'-]*\)?,|\b(?:{any_of('copula', 'describing')}))\s$")


def nobody(phrase: Span) -> Entity:
    """Return somebody whom the article does not name, but for a phrase."""
    words = tuple(phrase.text.lower().split())
    return Entity(phrase.text, words, type="person", gender=gender_of(words), unnamed=phrase)


def _is_person(noun: str) -> bool:
    return noun in PERSON_NOUNS or noun.endswith("-year-old") or is_person(noun)


class Descriptions:
    """Finds the people of one article by what they are called ("the US president")."""

    def __init__(
        self, document: Document, quoted: Stretches, cast: Cast, registry: Registry
    ) -> None:
        self._document = document
        self._quoted = quoted
        self._cast = cast
        self._registry = registry

    def introduced(self, mention: Span) -> Entity | None:
        """Return whom of the article a description means, by what was said of people so far."""
        return self.best_fit(describe(mention.text, self._registry.place), mention, None)

    def best_fit(
        self,
        queries: list[Description],
        mention: Span,
        last: Entity | None,
        *,
        later: bool = False,
        others: frozenset[int] = frozenset(),
    ) -> Entity | None:
        """Return the person of the article who fits the descriptions best and is most in mind.

        Only what was said before the mention counts, unless ``later`` allows what follows, too.
        ``others`` are the identities of those who are not meant.

        In mind is who was named lately or often, spoke last, or was named first of those who fit.
        """
        words = {word for query in queries for word in query.answers}
        people = self._cast.described(sorted(words), mention.start)
        before = len(self._cast.names) if later else self._cast.between(0, mention.start + 1).stop
        fits = {id(one): sum(one.fits(query, before) for query in queries) for one in people}
        people = [one for one in people if fits[id(one)] > 0.3 and id(one) not in others]

        def weight(entity: Entity) -> float:
            distance = self._cast.distance(entity, mention.start)
            lately = distance < _NAMED_LATELY
            so_called = lately and any(one.noun in nouns for one in entity.descriptions)
            score = fits[id(entity)] + 0.5 * math.exp(-distance / _NAMED_LATELY)
            score += _SO_CALLED * so_called
            score += 0.2 * (entity is first) + 0.2 * (entity is last)
            return score + 0.1 * math.log1p(len(entity.mentions))

        nouns = {query.noun for query in queries if query.head != ANYBODY} - {""}
        first = min(people, key=lambda one: one.mentions[0], default=None)
        return max(people, key=weight, default=None)

    def unnamed(self, mention: Span, noun: str) -> Span | None:
        """Return the nameless person introduced last by a noun: "a senior official" (the official).

        Not whoever is given a name beside it: "a senior official, Ann Roe", "Roe, an official".
        """
        body, at = self._document.text, mention.start
        phrase = re.compile(_UNNAMED % re.escape(noun))
        found = None
        for match in phrase.finditer(body, max(0, at - _NAMED_LATELY), at):
            if self.is_new(match):
                found = Span(match.start(), match.end(), match.group())
        return found

    def stranger(self, mention: Span, noun: str) -> Span | None:
        """Return the nameless person whom "the man", "the woman", "the boy" takes up again.

        That is who was introduced last by any noun for a person of that gender: "one voter".
        """
        gender = gender_of([noun])
        body, paragraphs = self._document.text, self._document.paragraphs
        first = max(0, paragraphs.index(mention.start) - _REMEMBERED)
        begin = max(paragraphs.pieces[first][0], mention.start - _REACH)
        found = None
        for match in _INDEFINITE.finditer(body, begin, mention.start):
            end = self._end_of_person(match, gender)
            if end is not None and self.is_new(match):
                found = Span(match.start(), end, body[match.start() : end])
        return found

    def meant(self, phrase: Span, noun: str) -> Entity | None:
        """Return whom "the striker", "the Swede", "the driver" means, which nothing introduced.

        That is who was named last in its paragraph, by a noun that is no office; else who held the
        office that day; else nobody whom the article names, if who was named last was named that
        once, as something else: "Roe, a neighbor. … The driver was hurt".
        """
        proper = noun[0].isupper()
        known = self._registry.is_demonym(fold(noun)) if proper else _is_person(noun)
        if not known:
            return None
        paragraphs = self._document.paragraphs
        begin, _ = paragraphs.pieces[paragraphs.index(phrase.start)]
        last = self._last_person(begin, phrase.start)
        if last:
            fits = noun not in TITLES and gender_of([noun.lower()]) in (last.gender, None)
            return last if fits else None
        for query in describe(phrase.text, self._registry.place):
            if holder := self.holder(query, phrase):
                one = holder[0]
                words = tuple(fold(one.name).split())
                return Entity(one.name, words, known=one, type="person", gender=one.gender)
        bare = not proper and phrase.text.count(" ") == 1  # "the retired surgeon" says who it is
        last = self._last_person(max(0, phrase.start - _REACH), phrase.start) if bare else None
        if last is None or len(last.mentions) > 1:
            return None
        return nobody(phrase) if any(one.head != ANYBODY for one in last.descriptions) else None

    def _last_person(self, begin: int, end: int) -> Entity | None:
        """Return who was named last between two offsets, outside quotation marks."""
        for index in reversed(self._cast.between(begin, end)):
            entity = self._cast.entity_of[index]
            if entity.may_be_person and not self._quoted.holds(self._cast.names[index].start):
                return entity
        return None

    def _end_of_person(self, found: re.Match[str], gender: Gender | None) -> int | None:
        """Return where an indefinite phrase ends whose head is a person of a gender, if one is."""
        words = itertools.takewhile(
            lambda word: word.group() not in BOUNDARY, _WORD.finditer(found.string, *found.span(1))
        )
        for word in words:
            head = word.group()
            if (head in PERSON_NOUNS or is_person(head)) and gender_of([head]) in (gender, None):
                return None if _NAMED.match(found.string, word.end()) else word.end()
        return None

    def is_new(self, found: re.Match[str]) -> bool:
        """Tell whether a phrase brings somebody up, instead of saying what somebody named is."""
        beside = self._document.text[max(0, found.start() - 40) : found.start()]
        return not _DESCRIBES.search(beside) and not self._quoted.holds(found.start())

    def holder(self, query: Description, mention: Span) -> tuple[KnownSpeaker, str] | None:
        """Return who held an office on the day of publication, and the rule that tells so.

        If several did, it is the one of the country last spoken of, a leader of that which the
        article is about; None if that leaves several or nobody.
        """
        holders = self._registry.holders(query, self._cast.on)
        if len(holders) == 1:
            return holders[0], "role-by-date"
        country = None if query.places else self.country_before(mention.start)
        if country is None and query.head in _LEADERS and not query.words:
            country = self._home
        if country is None:
            return None
        narrowed = dataclasses.replace(query, words=query.words | {f"@{country}"})
        holders = self._registry.holders(narrowed, self._cast.on)
        return (holders[0], "role-by-country") if len(holders) == 1 else None

    @cached_property
    def _home(self) -> str | None:
        """The country that most of the officials and places of the article belong to, if one is."""
        told: Counter[str] = Counter()
        for entity in self._cast.entities:
            offices = (one for one in entity.descriptions[: entity.offices] if one.former is False)
            countries = {place[1:] for office in offices for place in office.places}
            if entity.type == "place" and (country := self._country(fold(entity.name))):
                countries.add(country)
            for country in sorted(countries):
                told[country] += len(entity.mentions)
        first, second = (*told.most_common(2), ("", 0), ("", 0))[:2]
        return first[0] if first[1] >= max(_SEVERAL, 2 * second[1]) else None

    def _country(self, place: str) -> str | None:
        return self._registry.place("united states" if state_of(place) else place)

    def country_before(self, at: int) -> str | None:
        """Return the country named last in the paragraph of an offset or the one before it."""
        for index in reversed(self._cast.between(max(0, at - _NAMED_LATELY), at)):
            name = self._cast.names[index]
            country = self._registry.place(fold(name.text))
            if country and not self._quoted.holds(name.start):
                near = self._document.paragraphs_between(name.start, at) <= 1
                return country if near else None
        return None
