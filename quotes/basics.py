"""What facts are one of, and where they stand: the records that commands which only read need.

They start sooner without the others, see ``quotes.records``.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any, Literal

Form = Literal["article", "transcript"]
Kind = Literal["direct", "mixed", "none"]
SpeakerType = Literal["person", "organisation", "group", "anonymous"]
Gender = Literal["female", "male"]
Relation = Literal["canonical", "identical", "trimmed", "reworded", "divergent"]
Provenance = Literal["original", "translated", "machine-translated", "transcript"]
"""Where the words of an article come from."""


@dataclass(frozen=True, slots=True)
class Span:
    """A stretch of an article's body: ``body[start:end] == text``."""

    start: int
    end: int
    text: str

    def __str__(self) -> str:
        return self.text

    def to_dict(self) -> dict[str, Any]:
        """Return the fields, ready for JSON."""
        return {"text": self.text, "start": self.start, "end": self.end}


@dataclass(frozen=True, slots=True)
class Evidence:
    """A span that bore on a decision, and the part it played (``"cue"``, ``"mention"`` ...).

    The role ``"rival"`` is a mention that was not chosen; ``probability`` (0-1) says how near it
    came. A ``"candidate"`` is one of several whom an undecided mention may mean: ``speaker`` is the
    slug.
    """

    role: str
    start: int
    end: int
    text: str
    probability: float | None = None
    speaker: str | None = None

    def fields(self) -> dict[str, Any]:
        """Return what is known, ready for JSON."""
        known = {"role": self.role, "start": self.start, "end": self.end, "text": self.text}
        more = {"probability": self.probability, "speaker": self.speaker}
        return known | {name: value for name, value in more.items() if value is not None}


@dataclass(frozen=True, slots=True)
class Role:
    """An office or function somebody held from ``start`` to ``end`` (None: unknown or still).

    ``title`` is the plain name of the office ("president", "foreign minister", "mayor");
    ``of`` the country, city, party or body ("United States", "Kyiv", "NATO").
    """

    title: str
    of: str | None = None
    start: date | None = None
    end: date | None = None
