"""Whom the reporter's own text speaks of, from left to right, and by which words.

Names, pronouns, introduced roles ("the mayor") and people whom nothing names ("a neighbour");
what stands inside quotation marks is another's words and does not count.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Set

from quotes.english.document import Document
from quotes.english.lexicon import FEMALE_NOUNS, IRREGULAR_PAST, MALE_NOUNS, any_of
from quotes.english.nouns import PERSON_NOUNS, gender_of_pronoun
from quotes.english.patterns import alternatives
from quotes.english.segmentation import Stretches
from quotes.records import Gender, Span
from quotes.speakers.cast import Cast
from quotes.speakers.described import SOME, Descriptions, nobody
from quotes.speakers.entity import Entity
from quotes.speakers.introductions import OWN_NAME

_PRONOUN = re.compile(rf"(?<![\w’'-])(?:{any_of('he', 'she')})\b",
                      re.IGNORECASE)  # fmt: skip
_NOUN = "|".join(sorted(PERSON_NOUNS))
_ROLE = re.compile(
    rf"\b[Tt]he\s(?:[\w.-]+\s){{0,3}}?(?:{_NOUN})(?:\s(?:{_NOUN}))?\b(?![-'’]|\s[A-Z])"
    r"(?:\sof\s(?:the\s)?[A-Z][\w.-]*(?:\s[A-Z][\w.-]*){0,2})?"
)
_EPITHET = re.compile(
    r"The\s(?:[a-z-]+\s)?(?P<noun>\d+-year-old|[A-Z]?[a-z]+)"
    rf"(?:\s(?:{any_of('copula', 'auxiliary')})|\s[a-z]+ed|\s(?:{alternatives(IRREGULAR_PAST)})"
    r"|\s(?:him|her)self)\b"
)
"""What opens a sentence: "The striker laughed", "The Swede was late", "The driver himself …"."""
_GENDERED = alternatives(FEMALE_NOUNS | MALE_NOUNS)
_UNNAMED = re.compile(
    rf"(?:{SOME}|\b(?:His|Her|Their)\s)(?:(?!(?:{any_of('governing', 'relative')}|the)\s)"
    rf"[\w-]+\s){{0,3}}?(?:{_GENDERED})\b"
    rf"(?![-'’]|\s?[,(—–]?\s?(?:[A-Z]|who\s(?:(?:is|was)\b|{OWN_NAME}))|\s(?:{_NOUN})\b)"
)


class Spoken:
    """The words of an article that speak of somebody.

    ``quoted`` are its stretches inside quotation marks.
    """

    def __init__(
        self, document: Document, quoted: Stretches, cast: Cast, descriptions: Descriptions
    ) -> None:
        self._body = document.text
        self._sentences = document.sentences.pieces
        self._quoted = quoted
        self._cast = cast
        self._descriptions = descriptions

    def __iter__(self) -> Iterator[tuple[int, int, Entity | Gender]]:
        """Yield (start, end, whom the words name, or the gender of a pronoun) in order."""
        names = [
            (name.start, name.end, entity)
            for name, entity in zip(self._cast.names, self._cast.entity_of, strict=True)
            if not self._quoted.holds(name.start)
        ]
        pronouns = [
            (m.start(), m.end(), gender_of_pronoun(m.group()))
            for m in _PRONOUN.finditer(self._body)
            if not self._quoted.holds(m.start())
        ]
        roles = [
            (m.start(), m.end(), entity)
            for m in _ROLE.finditer(self._body)
            if not self._quoted.holds(m.start())
            and not self._is_apposed(m.end())
            and (entity := self._descriptions.introduced(Span(m.start(), m.end(), m.group())))
        ]
        roles += self._epithets({start for start, _, _ in roles})
        taken = {(start, end) for start, end, _ in roles}
        unnamed = (
            (m.start(), m.end(), nobody(Span(m.start(), m.end(), m.group())))
            for m in _UNNAMED.finditer(self._body)
            if m.span() not in taken and self._descriptions.is_new(m) and not self._names(m)
        )
        yield from sorted([*names, *roles, *pronouns, *unnamed], key=lambda event: event[0])

    def _epithets(self, roles: Set[int]) -> Iterator[tuple[int, int, Entity]]:
        """Yield the nouns for somebody that sentences begin with, where no ``roles`` begin."""
        for begin, _ in self._sentences:
            found = _EPITHET.match(self._body, begin)
            if found is None or begin in roles or self._quoted.holds(begin):
                continue
            end = found.end("noun")
            phrase = Span(begin, end, self._body[begin:end])
            if entity := self._descriptions.meant(phrase, found["noun"]):
                yield begin, end, entity

    def _names(self, found: re.Match[str]) -> bool:
        """Whether a phrase begins within a name."""
        return self._cast.covering(found.start()) is not None

    def _is_apposed(self, end: int) -> bool:
        """Whether a name explains what ends here: "the port's president, Ann Roe"."""
        start = end + 2
        index = self._cast.covering(start)
        return (
            self._body[end:start] == ", "
            and index is not None
            and self._cast.names[index].start == start
            and self._cast.entity_of[index].may_be_person
        )
