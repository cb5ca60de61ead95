"""Joins the names of one article into the people and bodies that they name."""

from __future__ import annotations

import math
import re
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date

from quotes.lexicon import ORGANISATION_WORDS
from quotes.names import Name, find_names
from quotes.records import Gender, KnownSpeaker, SpeakerType
from quotes.speakers.descriptions import Description, bag_of, describe, fit
from quotes.speakers.firstnames import first_names
from quotes.speakers.folding import ends, fold, name_words, strip_possessive
from quotes.speakers.introductions import introductions
from quotes.speakers.nouns import gender_of
from quotes.speakers.registry import Registry
from quotes.speakers.states import state_of

_ACRONYM = re.compile(r"[A-Z]{2,6}(?:s\b)?\Z")
_MINOR = frozenset("of the and for on in de".split())
_FOLLOWING_PRONOUN = re.compile(r"[^.,;:!?“”\"()]{0,50}?\b(he|she|his|her|himself|herself)\b")
_NEAR = 500  # characters within which the last full name decides a shared surname


@dataclass(slots=True, eq=False)
class Entity:
    """A person or body of the article: its fullest name, what is known of it, its mentions.

    ``type`` is "place" for countries and cities, None where nothing tells. ``mentions`` are
    indexes into ``Cast.names``, ``full`` those that give the full name. The first ``offices`` of
    the descriptions come from the registry, the others from the article.
    """

    name: str
    words: tuple[str, ...]
    known: KnownSpeaker | None = None
    type: SpeakerType | str | None = None
    gender: Gender | None = None
    descriptions: list[Description] = field(default_factory=list)
    bag: frozenset[str] = frozenset()
    speaks: bool = False
    principal: str | None = None
    offices: int = 0
    mentions: list[int] = field(default_factory=list)
    full: list[int] = field(default_factory=list)

    @property
    def may_be_person(self) -> bool:
        """Whether nothing speaks against a person."""
        return self.type in ("person", None)

    def fits(self, query: Description) -> float:
        """Return how well a description fits this entity (0 or less: not at all).

        An office without a country ("the president") is rather that of whom the article calls so
        without a country, and rather not of whom it gives one.
        """
        if query.gender and self.gender and query.gender != self.gender:
            return 0.0
        best = 0.0
        for index, known in enumerate(self.descriptions):
            score = fit(query, known, self.bag)
            if score > 0 and index >= self.offices and not query.places:
                score += -0.15 if known.places else 0.3
            best = max(best, score)
        return best


class Cast:
    """The names of an article in text order and the entity behind each of them."""

    def __init__(self, body: str, registry: Registry, on: date | None) -> None:
        self.names = [_person_alone(name, registry) for name in find_names(body)]
        self._body = body
        self.entities: list[Entity] = []
        self._registry = registry
        self._on = on
        self._by_words: dict[tuple[str, ...], Entity] = {}
        self._by_ends: dict[tuple[str, str], Entity] = {}
        self._by_suffix: dict[tuple[str, ...], list[Entity]] = defaultdict(list)
        self._by_first: dict[str, list[Entity]] = defaultdict(list)
        self._by_acronym: dict[str, Entity] = {}
        self._slips: dict[str, Entity] = {}
        self._starts = [name.start for name in self.names]
        found: list[Entity | None] = [None] * len(self.names)
        for index, name in enumerate(self.names):
            if len(name_words(name.text)) > 1:
                found[index] = self._full_name(index, name)
        for index, name in enumerate(self.names):
            entity = found[index] or self._short_name(index, name)
            entity.mentions.append(index)
            found[index] = entity
        self.entity_of = [entity for entity in found if entity is not None]
        self._describe(body)

    def between(self, start: int, end: int) -> range:
        """Return the indexes of the names that begin in ``start`` to ``end``."""
        return range(bisect_left(self._starts, start), bisect_left(self._starts, end))

    def covering(self, offset: int) -> int | None:
        """Return the index of the name that holds the character at ``offset``."""
        index = bisect_left(self._starts, offset + 1) - 1
        return index if index >= 0 and self.names[index].end > offset else None

    def _full_name(self, index: int, name: Name) -> Entity:
        words = name_words(name.text)
        entity = self._by_words.get(words) or self._variant(name, words)
        if entity is None:
            known = self._registry.named(name.text)
            entity = self._add(known.name if known else name.text, words, known)
        elif len(words) > len(entity.words) and not entity.known:
            entity.name, entity.words = name.text, words
        self._by_words[words] = entity
        entity.full.append(index)
        return entity

    def _variant(self, name: Name, words: tuple[str, ...]) -> Entity | None:
        """Find the entity under another spelling: middle names, initials, nicknames, suffixes."""
        known = self._registry.named(name.text)
        if known:
            entity = self._by_words.get(name_words(known.name))
            return entity if entity and entity.known is known else None
        if name.kind_hint == "organisation":
            return None
        pair = ends(name.text)
        if pair in self._by_ends:
            return self._by_ends[pair]
        for other in self._by_suffix.get(words, ()):
            return other
        for other in self._by_suffix.get(words[-1:], ()):
            first = other.words[0]
            if len(other.words) > 1 and _same_first_name(first, words[0]):
                return other
        return None

    def _add(self, name: str, words: tuple[str, ...], known: KnownSpeaker | None) -> Entity:
        entity = Entity(name, words, known)
        self.entities.append(entity)
        names = {words, name_words(known.name)} if known else {words}
        for spelling in sorted(names):
            self._by_words.setdefault(spelling, entity)
            if len(spelling) > 1:
                self._by_ends.setdefault((spelling[0], spelling[-1]), entity)
                if known or spelling[0] in first_names():
                    _append_once(self._by_first[spelling[0]], entity)
            for start in range(max(0, len(spelling) - 3), len(spelling)):
                _append_once(self._by_suffix[spelling[start:]], entity)
        initials = "".join(word[0] for word in strip_possessive(name).split() if word not in _MINOR)
        if len(initials) > 1 and initials.isupper():
            self._by_acronym.setdefault(initials, entity)
        return entity

    def _short_name(self, index: int, name: Name) -> Entity:
        words = name_words(name.text)
        candidates = [one for one in self._by_suffix.get(words, ()) if one.words != words]
        if not candidates and not name.title:
            candidates = self._by_first.get(words[0], [])
            candidates = candidates if len(candidates) == 1 else []
        candidates = self._agreeing(name, candidates)
        if candidates:
            return self._nearest(index, candidates)
        if _ACRONYM.match(name.text) and name.text in self._by_acronym:
            return self._by_acronym[name.text]
        known = self._registry.named(name.text) or self._known_by_surname(name, words[-1])
        if known:
            spelled = name_words(known.name)
            entity = self._by_words.get(spelled)
            return entity or self._add(known.name, spelled, known)
        entity = self._by_words.get(words)
        if entity and self._agreeing(name, [entity]):
            return entity
        return self._misspelled(words) or self._add(name.text, words, None)

    def _misspelled(self, words: tuple[str, ...]) -> Entity | None:
        """Find the one person of the article whose surname differs by a letter or two."""
        if len(words) > 1 or len(words[0]) < 5 or self._registry.place(words[0]):
            return None
        if not self._slips:
            for (surname, *rest), entities in self._by_suffix.items():
                if not rest and len(surname) > 4 and len(entities[0].words) > 1:
                    for slip in _slips(surname):
                        self._slips.setdefault(slip, entities[0])
        found = {id(e): e for slip in _slips(words[0]) if (e := self._slips.get(slip))}
        return next(iter(found.values())) if len(found) == 1 else None

    def _agreeing(self, name: Name, candidates: list[Entity]) -> list[Entity]:
        """Keep the candidates that the title before the name allows ("Mrs. Clinton")."""
        if not name.title or not candidates:
            return candidates
        gender = gender_of(fold(name.title).split())
        if gender:
            candidates = [one for one in candidates if (self._gender(one) or gender) == gender]
        queries = describe(name.title, self._registry.place)
        if queries and candidates:
            scored = [
                (max((self._office_fit(one, query) for query in queries), default=0.0), one)
                for one in candidates
            ]
            best = max(score for score, _ in scored)
            if best <= 0 and any(self._holds(one, queries) for one in self._namesakes(name)):
                return []
            candidates = [one for score, one in scored if score == best]
        return candidates

    def _namesakes(self, name: Name) -> list[KnownSpeaker]:
        return self._registry.surnamed(name_words(name.text)[-1])

    def _holds(self, known: KnownSpeaker, queries: list[Description]) -> bool:
        """Whether the registry knows an office of this person that fits a title."""
        roles = self._registry.descriptions(known, self._on)
        return any(fit(query, role, frozenset()) > 0 for query in queries for role in roles)

    def _office_fit(self, entity: Entity, query: Description) -> float:
        known = self._registry.descriptions(entity.known, self._on) if entity.known else []
        titles = [
            description
            for index in entity.full
            if (title := self.names[index].title)
            for description in describe(title, self._registry.place)
        ]
        bag = bag_of(known + titles)
        return max((max(0.0, fit(query, one, bag)) for one in known + titles), default=0.0)

    def _gender(self, entity: Entity) -> Gender | None:
        if entity.gender is None:
            entity.gender = entity.known.gender if entity.known else None
        if entity.gender is None and len(entity.words) > 1:
            entity.gender = first_names().get(entity.words[0])
        return entity.gender

    def _nearest(self, index: int, candidates: list[Entity]) -> Entity:
        """Choose among people who share a surname.

        For: being named in full often, first of all, or shortly before; a pronoun of the same
        gender that follows ("Clinton said she").
        """
        if len(candidates) == 1:
            return candidates[0]
        name = self.names[index]
        follower = _FOLLOWING_PRONOUN.match(self._body, name.end)
        gender: Gender | None = None
        if follower:
            gender = "male" if follower[1] in ("he", "his", "himself") else "female"
        first = min(candidates, key=lambda one: one.full[0] if one.full else len(self.names))

        def weight(entity: Entity) -> float:
            before = bisect_left(entity.full, index)
            score = math.log1p(len(entity.full)) + (0.3 if entity.known else 0.0)
            score += 0.6 if entity is first else 0.0
            score += 0.8 if gender and gender == self._gender(entity) else 0.0
            if not before:
                return score - 0.5
            last = self.names[entity.full[before - 1]]
            return score + 1.5 * math.exp((last.start - name.start) / _NEAR)

        return max(candidates, key=weight)

    def _known_by_surname(self, name: Name, surname: str) -> KnownSpeaker | None:
        """Return the known person whom a surname means that the article never gives in full."""
        if not name.title:
            is_place = self._registry.place(surname) or state_of(surname)
            if is_place or self._body[max(0, name.start - 4) : name.start].lower() == "the ":
                return None
        people = self._registry.surnamed(surname)
        if name.title:
            gender = gender_of(fold(name.title).split())
            people = [one for one in people if not gender or (one.gender or gender) == gender]
            queries = describe(name.title, self._registry.place)
            people = [one for one in people if self._holds(one, queries)] or people
        return self._registry.leading(people, self._on)

    def _describe(self, body: str) -> None:
        """Give every entity its type, gender and descriptions from its mentions."""
        self.facts = introductions(body, self.names, self._registry.place)
        for entity in self.entities:
            hints = [self.names[index].kind_hint for index in entity.mentions]
            if entity.known:
                entity.descriptions += self._registry.descriptions(entity.known, self._on)
                entity.offices = len(entity.descriptions)
                entity.principal = _spokesman_of(entity.known)
            titled = False
            for index in entity.mentions:
                fact = self.facts[index]
                entity.descriptions += fact.descriptions
                entity.gender = entity.gender or fact.gender
                titled = titled or fact.is_person
                entity.speaks = entity.speaks or fact.speaks
                entity.principal = entity.principal or fact.principal
            entity.bag = bag_of(entity.descriptions)
            entity.type = self._type(entity, hints, titled=titled)
            if entity.type in ("person", None):
                entity.gender = (entity.known and entity.known.gender) or entity.gender
                self._gender(entity)
            else:
                entity.gender = None

    def _type(
        self, entity: Entity, hints: Sequence[str | None], *, titled: bool
    ) -> SpeakerType | str | None:
        if entity.known:
            return entity.known.type
        folded = fold(entity.name)
        if self._registry.is_metonym(folded):
            return "organisation"
        spellings = {fold(self.names[index].text) for index in entity.mentions}
        if any(self._registry.place(one) or state_of(one) for one in spellings):
            return "place"
        if titled and "organisation" not in hints:
            return "person"
        if len(entity.words) > 1 and entity.words[0] in first_names():
            return "organisation" if entity.words[-1] in ORGANISATION_WORDS else "person"
        for hint in ("organisation", "place", "person"):
            if hint in hints:
                return hint
        return "person" if entity.speaks and len(entity.words) > 1 else None


def _person_alone(name: Name, registry: Registry) -> Name:
    """Part what a person's name ran into ("the mayor of Kyiv Vitali …", "… Washington Post Trump").

    Returns the name unchanged if no place or body stands at its beginning.
    """
    words = name.text.split()
    if len(words) < 3 or name.title or words[-1].lower() in ORGANISATION_WORDS:
        return name
    if registry.place(fold(words[0])) and fold(words[1]) in first_names():
        rest = words[1:]
    elif words[-2].lower() in ORGANISATION_WORDS and registry.surnamed(fold(words[-1])):
        rest = words[-1:]
    elif words[-3].lower() in ORGANISATION_WORDS and fold(words[-2]) in first_names():
        rest = words[-2:]
    else:
        return name
    start = name.end - len(" ".join(rest))
    if name.text[start - name.start :] != " ".join(rest):
        return name
    return Name(start, name.end, " ".join(rest), None, "person", start)


def _spokesman_of(known: KnownSpeaker) -> str | None:
    """Return the body for which a known person is the spokesperson."""
    for role in known.roles:
        if role.title.startswith("spokes") and role.of:
            return role.of
    return None


def _slips(word: str) -> set[str]:
    """Return a word and what is left of it when one letter goes (Mor and Fraenkel 1982)."""
    return {word, *(word[:i] + word[i + 1 :] for i in range(1, len(word)))}


def _same_first_name(one: str, other: str) -> bool:
    if one[0] != other[0]:
        return False
    return len(one.replace(".", "")) == 1 or len(other) == 1 or one[:3] == other[:3]


def _append_once(entities: list[Entity], entity: Entity) -> None:
    if not entities or entities[-1] is not entity:
        entities.append(entity)
