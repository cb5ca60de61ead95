"""The people and bodies of one article, as far as the article and the registry tell of them."""

from __future__ import annotations

from dataclasses import dataclass, field

from quotes.english.folding import generation, name_words
from quotes.records import Gender, KnownSpeaker, Span, SpeakerType
from quotes.speakers.descriptions import Description, fit

NameKey = tuple[tuple[str, ...], str | None]
"""The words of a name, and what tells a child from a parent."""

IMPERSONAL = frozenset({"organisation", "place", "thing"})
"""Types of what is no person, though it may speak."""


@dataclass(slots=True, eq=False)
class Entity:
    """A person or body of the article: its fullest name, what is known of it, its mentions.

    ``words`` are the folded words of the name. ``type`` is "place" for countries and cities,
    "thing" for what always has an article ("the Hill"), None where nothing tells. The first
    ``offices`` of the ``descriptions`` come from the registry, the others from the article, which
    tells them beside the names with the indexes ``told_at``; ``bag`` holds the words of all.
    ``mentions`` are indexes into ``Cast.names``, ``full`` those that give the full name,
    ``introduced`` these and a surname after an office that the registry knows ("President Roe").
    ``speaks`` tells that a verb of speech stands by one of them; ``principal`` is whom a
    spokesperson speaks for. ``unnamed`` are the words for somebody whom the article does not name
    ("a neighbour").
    """

    name: str
    words: tuple[str, ...]
    known: KnownSpeaker | None = None
    type: SpeakerType | str | None = None
    gender: Gender | None = None
    descriptions: list[Description] = field(default_factory=list)
    offices: int = 0
    told_at: list[int] = field(default_factory=list)
    bag: frozenset[str] = frozenset()
    mentions: list[int] = field(default_factory=list)
    full: list[int] = field(default_factory=list)
    introduced: list[int] = field(default_factory=list)
    titles: set[str] = field(default_factory=set)
    speaks: bool = False
    principal: str | None = None
    unnamed: Span | None = None

    @property
    def generation(self) -> str | None:
        """What tells a child from a parent of the same name ("jr"), if the name says so."""
        return generation(self.name)

    @property
    def known_person(self) -> bool:
        """Whether the registry knows this as a person."""
        return self.known is not None and self.known.type == "person"

    @property
    def may_be_person(self) -> bool:
        """Whether nothing speaks against a person."""
        return self.type in ("person", None)

    def is_still(self, query: Description) -> bool:
        """Tell whether the registry knows as the holder who a description calls a former one."""
        held = (one for one in self.descriptions[: self.offices] if one.former is False)
        return bool(query.former) and any(one.head == query.head for one in held)

    def fits(self, query: Description, before: int) -> float:
        """Return how well a description fits this entity (0 or less: not at all).

        What the article tells counts if it stands by a name with a smaller index than ``before``.

        An office without a country ("the president") is rather that of whom the article calls so
        without a country, and rather not of whom it gives one. Who holds an office is not "the
        former" holder.
        """
        if query.gender and self.gender and query.gender != self.gender:
            return 0.0
        if self.is_still(query):
            return 0.0
        best = 0.0
        for index, known in enumerate(self.descriptions):
            if index >= self.offices and self.told_at[index - self.offices] >= before:
                continue
            score = fit(query, known, self.bag)
            if score > 0 and index >= self.offices and not query.places:
                score += -0.15 if known.places else 0.3
            best = max(best, score)
        return best


def key_of(name: str) -> NameKey:
    """Return what tells one name from another, whatever titles and letters stand beside it."""
    return name_words(name), generation(name)
