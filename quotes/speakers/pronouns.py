"""Resolves "he", "she" and a "they" for one person to the people of one article."""

from __future__ import annotations

import math
import re

from quotes.english.document import Document
from quotes.english.lexicon import any_of
from quotes.english.segmentation import Stretches
from quotes.records import Gender, Quotation, Span, Speaker
from quotes.speakers.cast import Cast
from quotes.speakers.entity import Entity
from quotes.speakers.making import CONFIDENCE, Maker
from quotes.speakers.salience import Salience

_OF_ANY_GENDER = re.compile(
    r"\b(?:[Aa]n?|[Tt]he|[Aa]nother|[A-Z][\w.&-]*['’]s?)\s(?:[\w-]+\s){0,3}?"
    rf"(?:{any_of('any-gender')})\b(?:\s(?:for|from|of)\s(?:the\s)?[A-Z][\w.&’'-]*(?:\s[A-Z][\w.&’'-]*)*)?"
)
_REFLEXIVE = ("himself", "herself")
_QUOTED = 0.7  # confidence in whom a quotation named last before a pronoun in it


class Pronouns:
    """Tells whom a pronoun in the singular means, by salience.

    ``quoted`` are the stretches of the article inside quotation marks.
    """

    def __init__(
        self, document: Document, quoted: Stretches, cast: Cast, salience: Salience, make: Maker
    ) -> None:
        self._body = document.text
        self._paragraphs = document.paragraphs
        self._quoted = quoted
        self._cast = cast
        self._salience = salience
        self._make = make

    def resolve(
        self,
        mention: Span,
        gender: Gender,
        quotation: Span | Quotation,
        last: Entity | None,
    ) -> Speaker | None:
        """Return whom a pronoun of this gender means.

        ``quotation`` is what is attributed; ``last`` is who spoke in the one before, if known.
        """
        stretch = self._quoted.around(mention.start)
        if stretch:
            return self._in_quotation(mention, gender, stretch[0])
        reflexive = first_word(mention).lower() in _REFLEXIVE
        choice = self._salience.reflexive(mention.start, gender) if reflexive else None
        barred = self._named_in(quotation)
        choice = choice or self._salience.pronoun(mention.start, gender, last, barred)
        if choice:
            confidence = round(1 / (1 + math.exp(-1.8 - 0.8 * choice.margin)), 2)
            return self._make.of_entity(choice.entity, "pronoun", choice.basis, confidence)
        choice = self._salience.after(max(quotation.start, mention.end), gender)
        return self._make.of_entity(choice.entity, "cataphora", choice.basis) if choice else None

    def they(self, mention: Span) -> Span | None:
        """Return the one person whom "they" means, as a mention: a spokesperson named before.

        "A spokesperson for the port said it was safe. “It is checked daily,” they added."
        """
        paragraphs = self._paragraphs
        start = paragraphs.pieces[max(0, paragraphs.index(mention.start) - 1)][0]
        found = None
        for match in _OF_ANY_GENDER.finditer(self._body, start, mention.start):
            if not self._quoted.holds(match.start()):
                found = match
        if found is None:
            return None
        index = self._cast.covering(max(0, found.start() - 3))
        if index is not None and self._body[self._cast.names[index].end : found.start()] == ", ":
            name = self._cast.names[index]
            return Span(name.start, name.end, name.text)
        return Span(found.start(), found.end(), found.group())

    def _in_quotation(self, mention: Span, gender: Gender, begin: int) -> Speaker | None:
        """Return whom a pronoun in somebody's words means: whom these named last, if anybody.

        ``begin`` is where the quotation begins that holds the pronoun.
        """
        for index in reversed(self._cast.between(begin, mention.start)):
            entity = self._cast.entity_of[index]
            if entity.may_be_person and entity.gender in (gender, None):
                name = self._cast.names[index]
                basis = Span(name.start, name.end, name.text)
                return self._make.of_entity(entity, "pronoun", basis, _QUOTED)
        choice = self._salience.choose(mention.start, gender)
        if choice is None:
            return None
        chance = CONFIDENCE["context"]
        return self._make.of_entity(choice.entity, "pronoun", choice.basis, chance)

    def _named_in(self, quotation: Span | Quotation) -> frozenset[int]:
        """Return whom a quotation names: people seldom speak of themselves by name."""
        inside = self._cast.between(quotation.start, quotation.end)
        return frozenset(id(self._cast.entity_of[index]) for index in inside)


def first_word(mention: Span) -> str:
    """Return the first word of a mention, without what an apostrophe ties to it ("he's")."""
    return re.split(r"['’]", mention.text.strip(" ,"))[0]
