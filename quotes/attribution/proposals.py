"""What a rule says: some words may name the source of a quotation, under these circumstances."""

from __future__ import annotations

from dataclasses import dataclass

from quotes.records import Span


@dataclass(frozen=True, slots=True)
class Proposal:
    """A possible source of a quotation.

    ``rule`` is the name of the construction that found it (``rules.RULES``); ``circumstances`` are
    what moves its precision, the weightiest first: the group of the cue verb, where it stands.
    """

    rule: str
    circumstances: tuple[str, ...]
    mention: Span
    cue: Span | None

    @property
    def name(self) -> str:
        """The rule and its circumstances, joined by slashes: its name in exports and tables."""
        return "/".join((self.rule, *self.circumstances))
