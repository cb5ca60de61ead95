"""Whom a pronoun was given, and the mention of them that carried it."""

from __future__ import annotations

from dataclasses import dataclass

from quotes.records import Span
from quotes.speakers.entity import Entity


@dataclass(frozen=True, slots=True)
class Mention:
    """A mention of an entity in the reporter's own text."""

    offset: int
    end: int
    text: str
    entity: Entity
    sentence: int
    paragraph: int
    weight: float
    introduces: bool


@dataclass(frozen=True, slots=True)
class Choice:
    """The entity that a pronoun was given, how far it led, and the mention that carried it."""

    entity: Entity
    margin: float
    mention: Mention

    @property
    def basis(self) -> Span:
        """The words of the mention that carried it."""
        return Span(self.mention.offset, self.mention.end, self.mention.text)
