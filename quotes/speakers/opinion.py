"""Asks coreference about the mentions that the rules of salience leave ambiguous."""

from __future__ import annotations

import dataclasses

from quotes.english.document import Document
from quotes.records import Evidence, Gender, Span, Speaker
from quotes.speakers.cast import Cast
from quotes.speakers.coreference import Coreference, Windows
from quotes.speakers.entity import Entity
from quotes.speakers.making import Maker

_AMBIGUOUS = frozenset({"pronoun", "cataphora", "epithet"})
_AGREED, _CONTRADICTED = 0.98, 0.85  # shares of right answers: see docs/coreference.md


class SecondOpinion:
    """Weighs what coreference says of a mention of one article against what the rules say."""

    def __init__(
        self, document: Document, cast: Cast, make: Maker, coreference: Coreference
    ) -> None:
        self._body = document.text
        self._cast = cast
        self._make = make
        self._coreference = coreference
        self._windows = Windows(document)

    def on(self, mention: Span, gender: Gender | None, first: Speaker | None) -> Speaker | None:
        """Return whom a mention means, given the first opinion of the rules (None: nobody).

        ``gender`` is that of the pronoun. Where the rules found nobody named before a pronoun,
        coreference decides. Elsewhere they are right far more often than it, so that its answer
        changes the confidence alone.
        """
        if first and first.rule not in _AMBIGUOUS:
            return first
        if not self._coreference.doubts(first.confidence if first else 0.0):
            return first
        entity, word = self._ask(mention, gender)
        if entity is None:
            return first
        if first is None or first.rule == "cataphora":
            return self._make.of_entity(entity, "coreference", word)
        if first.slug == self._make.slug(entity):
            return _weighed(first, max(_AGREED, first.confidence), "coreference", word)
        return _weighed(first, min(_CONTRADICTED, first.confidence), "against", word)

    def _ask(self, mention: Span, gender: Gender | None) -> tuple[Entity | None, Span]:
        """Return the person whom coreference gives a mention, and the word that names them."""
        start, end = self._windows.around(mention)
        heads = self._coreference.antecedents(
            self._body[start:end], mention.start - start, mention.end - start
        )
        for begin, stop in heads:
            entity = self._person(start + begin, gender)
            if entity:
                word = self._body[start + begin : start + stop]
                return entity, Span(start + begin, start + stop, word)
        return None, mention

    def _person(self, offset: int, gender: Gender | None) -> Entity | None:
        """Return the person whose name holds an offset, if the pronoun's gender allows it."""
        index = self._cast.covering(offset)
        entity = None if index is None else self._cast.entity_of[index]
        if not entity or entity.type != "person":
            return None
        return None if gender and entity.gender and gender != entity.gender else entity


def _weighed(first: Speaker, confidence: float, role: str, word: Span) -> Speaker:
    evidence = (*first.evidence, Evidence(role, word.start, word.end, word.text))
    return dataclasses.replace(first, confidence=confidence, evidence=evidence)
