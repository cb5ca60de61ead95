"""Makes speaker records of what was found: of an entity, or of a phrase that has no name."""

from __future__ import annotations

import dataclasses
import re
from collections import Counter
from functools import cached_property

from quotes.english.folding import fold, person_slug, slugify, strip_possessive
from quotes.records import Article, Evidence, KnownSpeaker, Span, Speaker, SpeakerType
from quotes.speakers.cast import Cast
from quotes.speakers.entity import IMPERSONAL, Entity
from quotes.speakers.introductions import on_behalf_of
from quotes.speakers.registry import Registry

CONFIDENCE = {
    "full-name": 0.99,
    "single-name": 0.7,
    "surname": 0.98,
    "surname-known": 0.97,
    "first-name": 0.95,
    "apposition": 0.97,
    "role-introduced": 0.96,
    "role-by-date": 0.94,
    "role-by-country": 0.75,
    "relative": 0.85,
    "organisation": 0.93,
    "group": 0.65,
    "anonymous": 0.8,
    "author": 0.9,
    "epithet": 0.8,
    "coreference": 0.6,
    "context": 0.5,
    "document": 0.5,
    "cataphora": 0.6,
}
"""The share of right answers of each rule, measured on labelled articles with given mentions."""

CHANCE_SURNAME = 0.6
"""For a surname of somebody known whom papers would name in full: it may be another's."""

_ARTICLE_WORD = re.compile(r"^(?:the|an?)\s+", re.IGNORECASE)
_LONGEST_NAME = 100


class Maker:
    """Makes the speakers of one article; every record quotes the words that it rests on."""

    def __init__(self, article: Article, registry: Registry, cast: Cast) -> None:
        self._registry = registry
        self._cast = cast
        self._hash = article.content_hash[:8]

    def of_entity(
        self, entity: Entity, rule: str, basis: Span, confidence: float | None = None
    ) -> Speaker:
        """Return the speaker behind an entity; ``basis`` is the mention that carried the choice."""
        if entity.unnamed:
            return self.of_phrase(entity.unnamed.text, "anonymous", entity.unnamed, confidence)
        kind: SpeakerType = "person"
        if entity.known:
            kind = entity.known.type
        elif entity.type in IMPERSONAL or rule == "organisation":
            kind = "organisation"
        evidence = [Evidence("mention", basis.start, basis.end, basis.text)]
        if entity.full and not basis.start <= self._cast.names[entity.full[0]].start < basis.end:
            name = self._cast.names[entity.full[0]]
            evidence.append(Evidence("name", name.start, name.end, name.text))
        return Speaker(
            slug=self.slug(entity),
            name=self.display(entity),
            type=kind,
            provisional=entity.known is None,
            rule=rule,
            confidence=CONFIDENCE[rule] if confidence is None else confidence,
            evidence=tuple(evidence),
            on_behalf_of=entity.principal,
        )

    def of_known(self, known: KnownSpeaker, rule: str, basis: Span) -> Speaker:
        """Return the speaker for somebody whom the registry knows and the article does not name."""
        evidence = (Evidence("mention", basis.start, basis.end, basis.text),)
        return Speaker(known.slug, known.name, known.type, False, rule, CONFIDENCE[rule], evidence)

    def of_author(self, byline: str, basis: Span) -> Speaker:
        """Return the speaker for the article's own author."""
        evidence = (Evidence("mention", basis.start, basis.end, basis.text),)
        confidence = CONFIDENCE["author"]
        return Speaker(slugify(byline), byline, "person", True, "author", confidence, evidence)

    def of_phrase(
        self, phrase: str, kind: SpeakerType, basis: Span, confidence: float | None = None
    ) -> Speaker:
        """Return a speaker named by a phrase ("EU leaders", "a senior official").

        Groups and organisations are the same in every article; the anonymous are this article's.
        """
        name = strip_possessive(" ".join(phrase.split()))[:_LONGEST_NAME].strip(" ,;:")
        bare = _ARTICLE_WORD.sub("", name)
        if kind != "anonymous" and (known := self._registry.named(bare)):
            return self.of_known(known, kind, basis)
        slug = slugify(bare)
        if kind == "anonymous":
            slug = f"anonymous-{self._hash}-{slug[:40].strip('-')}"
        return Speaker(
            slug=slug,
            name=bare if kind == "organisation" else name,
            type=kind,
            provisional=True,
            rule=kind,
            confidence=CONFIDENCE[kind] if confidence is None else confidence,
            evidence=(Evidence("mention", basis.start, basis.end, basis.text),),
            on_behalf_of=on_behalf_of(basis.text),
        )

    def of_document(self, phrase: str, basis: Span) -> Speaker:
        """Return the speaker for a text whose issuer the article does not tell."""
        made = self.of_phrase(phrase, "anonymous", basis, CONFIDENCE["document"])
        return dataclasses.replace(made, rule="document")

    def display(self, entity: Entity) -> str:
        """Return the name under which an entity is shown: the registry's, or the fullest one.

        A country has one name, however the article calls it.
        """
        if entity.known:
            return entity.known.name
        country = self._registry.country(fold(entity.name))
        if country:
            return country
        name = strip_possessive(entity.name)
        return name.title() if name.isupper() and len(name) > 5 else name

    def slug(self, entity: Entity) -> str:
        """Return the slug of an entity, the same in all articles that name one person in full.

        Where the article tells a parent and a child of one name apart, or the registry knows
        another person by the plain slug, it is that of the name as printed.
        """
        if entity.known:
            return entity.known.slug
        name = self.display(entity)
        if not entity.may_be_person:
            return slugify(name)
        slug = person_slug(name)
        is_taken = self._namesakes[slug] > 1 or self._registry.knows(slug)
        return slugify(name) if is_taken else slug

    @cached_property
    def _namesakes(self) -> Counter[str]:
        """How many people of the article have each plain slug."""
        people = (one for one in self._cast.entities if one.may_be_person)
        return Counter(person_slug(self.display(one)) for one in people)
