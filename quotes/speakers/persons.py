"""Resolves descriptions of one person: "the US president", "a neighbour", "the Texan"."""

from __future__ import annotations

import re

from quotes.english.document import Document
from quotes.english.lexicon import ANONYMOUS, BYSTANDERS, PLAIN, PROPERTIES
from quotes.english.segmentation import Stretches
from quotes.english.states import state_of_people
from quotes.records import Span, Speaker
from quotes.speakers.cast import Cast
from quotes.speakers.choice import Choice
from quotes.speakers.described import Descriptions
from quotes.speakers.descriptions import ANYBODY, Description, describe
from quotes.speakers.entity import Entity
from quotes.speakers.making import CONFIDENCE, Maker
from quotes.speakers.mentions import Reading
from quotes.speakers.registry import Registry
from quotes.speakers.salience import Salience

_CONTEXT_REACH = 2  # paragraphs
_CLAUSE = 100  # characters behind a description in which its clause names others
_VERB_BETWEEN = re.compile(r"\s[a-z]+(?:\s[^,.;:(—–]*)?\s\Z")
_GENITIVE = ("’s", "'s")
_PRESENTED = re.compile(r"(?:^|[.!?]\s)\s*(?:For|Like)\s$", re.MULTILINE)
"""What stands before a description whose name follows: "For someone who said so, Roe did well"."""


class Persons:
    """Tells whom a description of one person means in one article."""

    def __init__(
        self,
        document: Document,
        quoted: Stretches,
        registry: Registry,
        cast: Cast,
        descriptions: Descriptions,
        salience: Salience,
        make: Maker,
    ) -> None:
        self._document = document
        self._quoted = quoted
        self._registry = registry
        self._cast = cast
        self._descriptions = descriptions
        self._salience = salience
        self._make = make

    def home(self, folded: str) -> frozenset[str] | None:
        """Return the words for where the people live that a folded word means ("the Texan")."""
        if self._registry.is_outlet(folded):
            return None
        if self._registry.is_demonym(folded):
            return frozenset({f"@{self._registry.place(folded)}"})
        state = state_of_people(folded)
        return frozenset(state.split()) if state else None

    def compatriot(self, mention: Span, folded: str, home: frozenset[str]) -> Speaker:
        """Resolve "the American" (somebody of the article) and "the Americans" (a group)."""
        if folded.endswith("ns"):
            return self._make.of_phrase(mention.text, "group", mention)
        query = Description(ANYBODY, home)
        entity = self._descriptions.best_fit([query], mention, None)
        if entity:
            return self._make.of_entity(entity, "role-introduced", mention)
        choice = self._epithet(mention, [query], None)
        if choice:
            return self._make.of_entity(choice.entity, "epithet", choice.basis)
        one = folded.endswith("an")  # "the Russian"; not "the French"
        return self._make.of_phrase(mention.text, "anonymous" if one else "group", mention)

    def described(self, mention: Span, reading: Reading, last: Entity | None) -> Speaker | None:
        """Resolve "the US president": who is introduced so, else who held the office that day."""
        queries = describe(mention.text, self._registry.place)
        if not reading.definite or reading.noun in ("someone", "somebody"):
            return self._somebody(mention, reading)
        others = self._named_behind(mention)
        entity = self._descriptions.best_fit(queries, mention, last, others=others)
        if entity:
            unnamed = self._descriptions.unnamed(mention, reading.noun)
            away = self._cast.distance(entity, mention.start)
            if unnamed and away > mention.start - unnamed.start:
                return self._make.of_phrase(unnamed.text, "anonymous", unnamed)
            return self._make.of_entity(entity, "role-introduced", mention)
        for query in queries:
            holder = self._descriptions.holder(query, mention)
            if holder:
                return self._make.of_known(*holder, mention)
            if self._registry.holders(query, None):
                return None
        return self._unexplained(mention, reading, queries, last)

    def _somebody(self, mention: Span, reading: Reading) -> Speaker:
        """Resolve "a neighbour": to nobody by name, unless the name follows."""
        before = self._document.text[max(0, mention.start - 8) : mention.start]
        choice = self._salience.after(mention.end, None) if _PRESENTED.search(before) else None
        if choice:
            return self._make.of_entity(choice.entity, "cataphora", choice.basis)
        return self._make.of_phrase(reading.phrase, "anonymous", mention)

    def _unexplained(
        self, mention: Span, reading: Reading, queries: list[Description], last: Entity | None
    ) -> Speaker:
        """Resolve what nothing before it explains: "the official", "the singer"."""
        unnamed = self._descriptions.unnamed(mention, reading.noun)
        if unnamed is None and reading.noun in PLAIN:
            unnamed = self._descriptions.stranger(mention, reading.noun)
        stranger = unnamed or self._is_stranger(mention, reading)
        choice = None if stranger else self._epithet(mention, queries, last)
        if choice and self._is_beside(choice, mention):
            return self._make.of_entity(choice.entity, "epithet", choice.basis)
        entity = self._descriptions.best_fit(queries, mention, last, later=True)
        if entity:
            return self._make.of_entity(entity, "role-introduced", mention, CONFIDENCE["cataphora"])
        if unnamed:
            return self._make.of_phrase(unnamed.text, "anonymous", unnamed)
        if choice:
            return self._make.of_entity(choice.entity, "epithet", choice.basis)
        return self._make.of_phrase(reading.phrase, "anonymous", mention)

    def _is_stranger(self, mention: Span, reading: Reading) -> bool:
        """Tell whether a description hardly means anybody whom the article names.

        "his wife", "the witness", "the Lincoln actor", "the Port Leader".
        """
        head = mention.start + mention.text.lower().rfind(reading.noun)
        proper = head > mention.start and self._document.text[head].isupper()
        told = reading.noun in PROPERTIES or self._registry.is_inhabitant(reading.noun)
        proper = proper and not told
        named = self._cast.between(mention.start, mention.end)
        by_name = any(self._cast.entity_of[index].type == "person" for index in named)
        nameless = reading.noun in ANONYMOUS or reading.noun in BYSTANDERS
        return reading.possessed or nameless or proper or by_name

    def _epithet(
        self, mention: Span, queries: list[Description], last: Entity | None
    ) -> Choice | None:
        """Choose whom a description means that nothing in the article explains."""
        gender = queries[0].gender if queries else None
        barred = self._named_behind(mention)
        choice = self._salience.choose(mention.start, gender, last, barred)
        if not choice or choice.entity.type != "person":
            return None
        if any(choice.entity.is_still(query) for query in queries):
            return None
        return choice if self.is_near(choice, mention) else None

    def _named_behind(self, mention: Span) -> frozenset[int]:
        """Return the identities of those who are not meant: "The mogul called Roe mad".

        Principle C of binding theory (Chomsky 1981): who is named in its own clause is another.
        """
        body, sentences = self._document.text, self._document.sentences
        _, end = sentences.pieces[sentences.index(mention.start)]
        return frozenset(
            id(self._cast.entity_of[index])
            for index in self._cast.between(mention.end, min(end, mention.end + _CLAUSE))
            if not self._quoted.holds(self._cast.names[index].start)
            and _VERB_BETWEEN.match(body, mention.end, self._cast.names[index].title_start)
            and body[self._cast.names[index].end : self._cast.names[index].end + 2] not in _GENITIVE
        )

    def _is_beside(self, choice: Choice, mention: Span) -> bool:
        """Tell whether somebody is spoken of in the very paragraph, before a mention."""
        return self._document.paragraphs_between(choice.mention.offset, mention.start) == 0

    def is_near(self, choice: Choice, mention: Span) -> bool:
        """Tell whether somebody is spoken of at most two paragraphs before a mention."""
        away = self._document.paragraphs_between(choice.mention.offset, mention.start)
        return away <= _CONTEXT_REACH
