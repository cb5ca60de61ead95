"""Joins the names of one article into the people and bodies that they name."""

from __future__ import annotations

import math
import re
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date

from quotes.lexicon import COURTESY, ORGANISATION_WORDS
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
_NEAR = 900  # characters within which the last full name decides a shared surname


@dataclass(slots=True, eq=False)
class Entity:
    """A person or body of the article: its fullest name, what is known of it, its mentions.

    ``type`` is "place" for countries and cities, None where nothing tells. ``mentions`` are
    indexes into ``Cast.names``, ``full`` those that give the full name.
    """

    name: str
    words: tuple[str, ...]
    known: KnownSpeaker | None = None
    type: SpeakerType | str | None = None
    gender: Gender | None = None
    descriptions: list[Description] = field(default_factory=list)
    bag: frozenset[str] = frozenset()
    mentions: list[int] = field(default_factory=list)
    full: list[int] = field(default_factory=list)

    @property
    def may_be_person(self) -> bool:
        """Whether nothing speaks against a person."""
        return self.type in ("person", None)

    def fits(self, query: Description) -> float:
        """Return how well a description fits this entity (0 or less: not at all)."""
        if query.gender and self.gender and query.gender != self.gender:
            return 0.0
        return max((fit(query, known, self.bag) for known in self.descriptions), default=0.0)


class Cast:
    """The names of an article in text order and the entity behind each of them."""

    def __init__(self, body: str, registry: Registry, on: date | None) -> None:
        self.names = [_without_place(name, registry) for name in find_names(body)]
        self.entities: list[Entity] = []
        self._registry = registry
        self._on = on
        self._by_words: dict[tuple[str, ...], Entity] = {}
        self._by_ends: dict[tuple[str, str], Entity] = {}
        self._by_suffix: dict[tuple[str, ...], list[Entity]] = defaultdict(list)
        self._by_first: dict[str, list[Entity]] = defaultdict(list)
        self._by_acronym: dict[str, Entity] = {}
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
        return self._add(name.text, words, None)

    def _agreeing(self, name: Name, candidates: list[Entity]) -> list[Entity]:
        """Keep the candidates that the title before the name allows ("Mrs. Clinton")."""
        if not name.title or not candidates:
            return candidates
        gender = gender_of(fold(name.title).split())
        if gender:
            candidates = [one for one in candidates if (self._gender(one) or gender) == gender]
        if len(candidates) > 1:
            queries = describe(name.title, self._registry.place)
            scored = [
                (max((self._office_fit(one, query) for query in queries), default=0.0), one)
                for one in candidates
            ]
            best = max(score for score, _ in scored)
            candidates = [one for score, one in scored if score == best]
        return candidates

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
        """Choose among people who share a surname: the last one named in full near by, else the
        one who is named most."""
        if len(candidates) == 1:
            return candidates[0]
        here = self.names[index].start

        def weight(entity: Entity) -> float:
            before = bisect_left(entity.full, index)
            distance = here - self.names[entity.full[before - 1]].start if before else math.inf
            score = math.log1p(len(entity.full)) + (0.5 if entity.known else 0.0)
            return score + 1.5 * math.exp(-distance / _NEAR) - (0.5 if not before else 0.0)

        return max(candidates, key=weight)

    def _known_by_surname(self, name: Name, surname: str) -> KnownSpeaker | None:
        people = self._registry.surnamed(surname)
        if self._registry.place(fold(name.text)) and not name.title:
            return None
        if name.title:
            gender = gender_of(fold(name.title).split())
            people = [one for one in people if not gender or (one.gender or gender) == gender]
            for query in describe(name.title, self._registry.place):
                fitting = [
                    one
                    for one in people
                    if any(
                        fit(query, d, frozenset()) > 0
                        for d in self._registry.descriptions(one, self._on)
                    )
                ]
                people = fitting or people
        return self._registry.leading(people, self._on)

    def _describe(self, body: str) -> None:
        """Give every entity its type, gender and descriptions from its mentions."""
        facts = introductions(body, self.names, self._registry.place)
        for entity in self.entities:
            hints = [self.names[index].kind_hint for index in entity.mentions]
            if entity.known:
                entity.descriptions += self._registry.descriptions(entity.known, self._on)
            titled = False
            for index in entity.mentions:
                fact = facts[index]
                entity.descriptions += fact.descriptions
                entity.gender = entity.gender or fact.gender
                titled = titled or fact.is_person
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
        if self._registry.place(folded) or state_of(folded):
            return "place"
        if titled and "organisation" not in hints:
            return "person"
        if len(entity.words) > 1 and entity.words[0] in first_names():
            return "organisation" if entity.words[-1] in ORGANISATION_WORDS else "person"
        for hint in ("organisation", "place", "person"):
            if hint in hints:
                return hint
        return None


def _without_place(name: Name, registry: Registry) -> Name:
    """Part a place from the person's name that it ran into ("the mayor of Kyiv Vitali …")."""
    words = name.text.split()
    if len(words) < 3 or name.title or not registry.place(fold(words[0])):
        return name
    if fold(words[1]) not in first_names() or words[-1].lower() in ORGANISATION_WORDS:
        return name
    start = name.start + name.text.index(words[1], len(words[0]))
    return Name(start, name.end, name.text[start - name.start :], None, "person", start)


def _same_first_name(one: str, other: str) -> bool:
    if one[0] != other[0]:
        return False
    return len(one.replace(".", "")) == 1 or len(other) == 1 or one[:3] == other[:3]


def _append_once(entities: list[Entity], entity: Entity) -> None:
    if not entities or entities[-1] is not entity:
        entities.append(entity)


def is_courtesy(title: str | None) -> bool:
    """Whether a title is a form of address alone ("Mr.")."""
    return bool(title) and fold(title or "") in COURTESY
