"""Joins the names of one article into the people and bodies that they name."""

from __future__ import annotations

import math
import re
from bisect import bisect_left, insort
from collections import defaultdict
from collections.abc import Iterable
from datetime import date

from quotes.english.document import Document
from quotes.english.firstnames import first_names, may_be_one
from quotes.english.folding import (
    fold,
    generation,
    name_words,
    slips,
    strip_honours,
)
from quotes.english.lexicon import COURTESY, any_of
from quotes.english.names import Name
from quotes.english.nouns import gender_of, gender_of_pronoun
from quotes.english.states import state_of
from quotes.records import KnownSpeaker
from quotes.speakers.character import characterise, gender_of_entity, has_article
from quotes.speakers.descriptions import Description, bag_of, describe, fit
from quotes.speakers.entity import Entity, NameKey, key_of
from quotes.speakers.introductions import introductions
from quotes.speakers.naming import acronyms, names_of
from quotes.speakers.registry import Registry

_FOLLOWING_PRONOUN = re.compile(
    rf"[^.,;:!?“”\"()]{{0,50}}?\b({any_of('he', 'she')})\b", re.IGNORECASE
)
_SURNAME_FIRST = re.compile(r"[A-Z]\w+\s[A-Z]\w+-[a-z]\w+\Z")
_NEAR = 500  # characters over which the memory of a full name fades
_NAMESAKES = 12  # people of one surname that are compared


class Cast:
    """The names of an article in text order and the entity behind each of them.

    ``names``, ``entity_of`` and ``facts`` run parallel.
    """

    def __init__(self, document: Document, registry: Registry, on: date | None) -> None:
        body = document.text
        self.names = names_of(document, registry)
        self.facts = introductions(body, self.names, registry.place)
        self.entities: list[Entity] = []
        self._body = body
        self._registry = registry
        self.on = on
        self._by_name: dict[NameKey, Entity] = {}
        self._by_ends: dict[tuple[str, str], Entity] = {}
        self._by_suffix: dict[tuple[str, ...], list[Entity]] = defaultdict(list)
        self._by_first: dict[str, list[Entity]] = defaultdict(list)
        self._by_opening: dict[str, list[Entity]] = defaultdict(list)
        self._by_acronym: dict[str, Entity] = {}
        self._starts = [name.start for name in self.names]
        in_full: list[Entity | None] = [
            self._full_name(index, name) if len(name_words(name.text)) > 1 else None
            for index, name in enumerate(self.names)
        ]
        self._by_slip = {
            slip: entity
            for entity in reversed(self.entities)
            if 4 < len(entity.words[-1]) < 20
            for slip in slips(entity.words[-1])
        }
        titled = [
            entity or self._titled_surname(index, self.names[index])
            for index, entity in enumerate(in_full)
        ]
        self.entity_of = [
            entity or self._short_name(index, self.names[index])
            for index, entity in enumerate(titled)
        ]
        for index, entity in enumerate(self.entity_of):
            entity.mentions.append(index)
        for entity in self.entities:
            characterise(entity, self.names, self.facts, registry, on, body)
        self._by_head = self._index_heads()

    def between(self, start: int, end: int) -> range:
        """Return the indexes of the names that begin in ``start`` to ``end``."""
        return range(bisect_left(self._starts, start), bisect_left(self._starts, end))

    def is_full_name(self, index: int) -> bool:
        """Whether the name of this index gives its entity's full name."""
        full = self.entity_of[index].full
        place = bisect_left(full, index)
        return place < len(full) and full[place] == index

    def covering(self, offset: int) -> int | None:
        """Return the index of the name that holds the character at ``offset``."""
        index = bisect_left(self._starts, offset + 1) - 1
        return index if index >= 0 and self.names[index].end > offset else None

    def distance(self, entity: Entity, at: int) -> int:
        """Return how many characters before an offset the entity was last named."""
        index = bisect_left(entity.mentions, self.between(0, at).stop) - 1
        return at - self.names[entity.mentions[index]].start if index >= 0 else 1_000_000

    def described(self, words: Iterable[str], at: int) -> list[Entity]:
        """Return people whom one of these head nouns or attributes describes.

        Of many, those first named nearest before ``at`` (and a few after it) are returned.
        """
        index = self.between(0, at).stop
        found: dict[int, Entity] = {}
        for word in words:
            people = self._by_head.get(word)
            if people is None:
                continue
            here = bisect_left(people, index, key=lambda one: one.mentions[0])
            for entity in people[max(0, here - 40) : here + 8]:
                found[id(entity)] = entity
        return list(found.values())

    def _index_heads(self) -> dict[str, list[Entity]]:
        by_head: dict[str, list[Entity]] = defaultdict(list)
        for entity in sorted(self.entities, key=lambda one: one.mentions[0]):
            if entity.may_be_person:
                for word in sorted(entity.bag):
                    by_head[word].append(entity)
        return by_head

    # --- joining

    def _full_name(self, index: int, name: Name) -> Entity:
        words = name_words(name.text)
        entity = self._by_name.get(key_of(name.text)) or self._variant(name, words)
        if entity is None:
            known = self._registry.named(name.text)
            entity = self._add(known.name if known else name.text, words, known)
        elif len(words) > len(entity.words) and not entity.known:
            entity.name, entity.words = strip_honours(name.text), words
        self._by_name[key_of(name.text)] = entity
        entity.full.append(index)
        entity.introduced.append(index)
        if name.title:
            entity.titles.add(name.title)
        leads = self.facts[index].is_person or _SURNAME_FIRST.match(name.text)
        if leads and entity not in self._by_first[words[0]]:
            self._by_first[words[0]].append(entity)
        return entity

    def _variant(self, name: Name, words: tuple[str, ...]) -> Entity | None:
        """Find the entity under another spelling: middle names, initials, short forms."""
        known = self._registry.named(name.text)
        if known:
            entity = self._by_name.get(key_of(known.name))
            return entity if entity and entity.known is known else None
        if name.kind_hint == "organisation":
            return None
        if (words[0], words[-1]) in self._by_ends:
            return self._by_ends[words[0], words[-1]]
        if words in self._by_suffix:
            return self._by_suffix[words][0]
        for other in self._by_suffix.get(words[-1:], [])[-_NAMESAKES:]:
            if len(other.words) > 1 and may_be_one(other.words[0], words[0]):
                return other
        return None

    def _add(self, name: str, words: tuple[str, ...], known: KnownSpeaker | None) -> Entity:
        entity = Entity(strip_honours(name), words, known)
        self.entities.append(entity)
        for spelling in sorted({words, name_words(known.name)} if known else {words}):
            self._by_name.setdefault((spelling, entity.generation), entity)
            if len(spelling) > 1:
                if entity not in self._by_opening[spelling[0]][-1:]:
                    self._by_opening[spelling[0]].append(entity)
                self._by_ends.setdefault((spelling[0], spelling[-1]), entity)
                if (known or spelling[0] in first_names()) and entity not in self._by_first[
                    spelling[0]
                ][-1:]:
                    self._by_first[spelling[0]].append(entity)
            if "of" in spelling:
                continue  # "the Society of the United States" is not also "the United States"
            for start in range(max(0, len(spelling) - 3), len(spelling)):
                if entity not in self._by_suffix[spelling[start:]][-1:]:
                    self._by_suffix[spelling[start:]].append(entity)
        for acronym in acronyms(name):
            self._by_acronym.setdefault(acronym, entity)
        return entity

    def _titled_surname(self, index: int, name: Name) -> Entity | None:
        """Return whom a surname after an office means that the registry knows: "President Roe".

        Such a name introduces like a full one, also where a namesake is named in full.
        """
        queries = describe(name.title, self._registry.place) if name.title else []
        surname = name_words(name.text)[-1]
        if not any(self._holds(one, queries) for one in self._registry.surnamed(surname)):
            return None
        entity = self._short_name(index, name)
        if entity.known and self._holds(entity.known, queries):
            insort(entity.introduced, index)
        return entity

    def _short_name(self, index: int, name: Name) -> Entity:
        words = name_words(name.text)
        relative = self._sharing_surname(index, name)
        if relative:
            return relative
        namesakes = self._nearby(index, self._by_suffix.get(words, []))
        candidates = [one for one in namesakes if one.words != words]
        if own := generation(name.text):
            candidates = [one for one in candidates if one.generation == own]
        if not candidates:
            # "Park" behind "Park Ji-woo"; with a title only who has it, too: "Prince Faisal"
            candidates = self._by_first_word(name, words[0])
        candidates = self._agreeing(name, candidates)
        if candidates:
            return self._likeliest(index, candidates)
        if name.text in self._by_acronym:
            return self._by_acronym[name.text]
        known = self._registry.named(name.text) or self._known_by_surname(name, words[-1])
        if known:
            entity = self._by_name.get(key_of(known.name))
            return entity or self._add(known.name, name_words(known.name), known)
        entity = self._by_name.get(key_of(name.text))
        if entity and self._agreeing(name, [entity]):
            return entity
        return self._misspelt(words) or self._add(name.text, words, None)

    def _by_first_word(self, name: Name, word: str) -> list[Entity]:
        """Return the one person whose full name begins with a word, if a name may mean that.

        "Park" behind "Park Ji-woo"; with a title who has it, too: "Prince Faisal"; and a form of
        address goes with a family name, so "Mr. Liu" behind "Liu Wenbo".
        """
        people = self._by_first.get(word, [])
        if fold(name.title or "") in COURTESY:
            people = [] if word in first_names() else self._by_opening.get(word, [])
        elif name.title:
            people = [p for p in people if any(t.endswith(name.title) for t in p.titles)]
        return people if len(people) == 1 else []

    def _sharing_surname(self, index: int, name: Name) -> Entity | None:
        """Return whom a first name means that shares the surname behind it ("Ann and Bo Roe")."""
        following = self.names[index + 1] if index + 1 < len(self.names) else None
        if following is None or self._body[name.end : following.start] != " and ":
            return None
        surname = name_words(following.text)[-1]
        known = self._registry.named(f"{name.text} {surname}")
        words = name_words(known.name) if known else (*name_words(name.text), surname)
        found = self._by_name.get((words, None))
        if found or known:
            return found or self._add(known.name if known else name.text, words, known)
        first, other = words[0], name_words(following.text)[0]
        is_surname = self._by_suffix.get((first,)) or self._registry.surnamed(first)
        if is_surname or " " not in following.text or not {first, other} <= first_names().keys():
            return None
        return self._add(f"{name.text} {following.text.split()[-1]}", words, None)

    def _nearby(self, index: int, candidates: list[Entity]) -> list[Entity]:
        """Bound the namesakes: the first of the article and those introduced last before here."""
        if len(candidates) <= _NAMESAKES:
            return candidates
        here = bisect_left(candidates, index, key=lambda one: one.full[0] if one.full else index)
        return [candidates[0], *candidates[max(1, here - _NAMESAKES) : here + 1]]

    def _agreeing(self, name: Name, candidates: list[Entity]) -> list[Entity]:
        """Keep the candidates that the title before the name allows ("Mrs. Clinton").

        Nobody is left if the office belongs to a namesake whom only the registry knows.
        """
        if not name.title or not candidates:
            return candidates
        gender = gender_of(fold(name.title).split())
        if gender:
            candidates = [one for one in candidates if (gender_of_entity(one) or gender) == gender]
        queries = describe(name.title, self._registry.place)
        if not queries or not candidates:
            return candidates
        scores = [max(self._office_fit(one, query) for query in queries) for one in candidates]
        namesakes = self._registry.surnamed(name_words(name.text)[-1])
        if max(scores) <= 0 and any(self._holds(one, queries) for one in namesakes):
            return []
        return [one for one, score in zip(candidates, scores, strict=True) if score == max(scores)]

    def _office_fit(self, entity: Entity, query: Description) -> float:
        offices = self._registry.descriptions(entity.known, self.on) if entity.known else []
        for title in sorted(entity.titles)[:_NAMESAKES]:
            offices += describe(title, self._registry.place)
        bag = bag_of(offices)
        return max((max(0.0, fit(query, office, bag)) for office in offices), default=0.0)

    def _holds(self, known: KnownSpeaker, queries: list[Description]) -> bool:
        """Whether the registry knows an office of this person that fits a title."""
        offices = self._registry.descriptions(known, self.on)
        return any(fit(query, office, frozenset()) > 0 for query in queries for office in offices)

    def _likeliest(self, index: int, candidates: list[Entity]) -> Entity:
        """Choose among people who share a surname.

        What counts: to be named in full or by an office often, first of all, or shortly before;
        to be no "Jr."; and a pronoun that follows ("Clinton said she").
        """
        if len(candidates) == 1:
            return candidates[0]
        name = self.names[index]
        follower = _FOLLOWING_PRONOUN.match(self._body, name.end)
        gender = gender_of_pronoun(follower[1]) if follower else None
        never = len(self.names)
        first = min(candidates, key=lambda one: one.introduced[0] if one.introduced else never)
        parents = [one for one in candidates if one.generation is None]

        def weight(entity: Entity) -> float:
            before = bisect_left(entity.introduced, index)
            score = math.log1p(len(entity.introduced)) + (0.3 if entity.known else 0.0)
            score += 0.6 if entity is first else 0.0
            score -= 0.7 if entity.generation and parents else 0.0
            score += 0.8 if gender and gender == gender_of_entity(entity) else 0.0
            if not before:
                return score - 0.5
            last = self.names[entity.introduced[before - 1]]
            return score + 1.5 * math.exp((last.start - name.start) / _NEAR)

        return max(candidates, key=weight)

    def _known_by_surname(self, name: Name, surname: str) -> KnownSpeaker | None:
        """Return the known person whom a surname means that the article never gives in full."""
        people = self._registry.surnamed(surname)
        if own := generation(name.text):
            people = [one for one in people if generation(one.name) == own]
        if not name.title:
            is_place = self._registry.place(surname) or state_of(surname)
            if is_place or surname in first_names() or has_article(name, self._body):
                return None
        else:
            gender = gender_of(fold(name.title).split())
            people = [one for one in people if not gender or (one.gender or gender) == gender]
            queries = describe(name.title, self._registry.place)
            holders = [one for one in people if self._holds(one, queries)]
            if self.on is None and len(holders) > 1:
                return None  # which of the Presidents Bush is not to be told without a date
            people = holders or people
        return self._registry.leading(people, self.on)

    def _misspelt(self, words: tuple[str, ...]) -> Entity | None:
        """Find the one person of the article whose surname differs by one letter or two."""
        if len(words) > 1 or not 4 < len(words[0]) < 20 or self._registry.place(words[0]):
            return None
        found = {id(one): one for slip in slips(words[0]) if (one := self._by_slip.get(slip))}
        return next(iter(found.values())) if len(found) == 1 else None
