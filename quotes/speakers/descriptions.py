"""Reads what an article calls a person ("the former California congresswoman").

A description has a head noun, brought to its class (``nouns.CANONICAL``), and the words that
narrow it; countries count as one word whatever form they take ("Russian", "Russia's", "Moscow").
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from quotes.english.folding import fold
from quotes.english.lexicon import (
    ANONYMOUS,
    BODIES,
    BOUNDARY,
    BYSTANDERS,
    EMPTY,
    FORMER,
    LOCAL,
    PLAIN,
    PROPERTIES,
    TITLES,
)
from quotes.english.nouns import CANONICAL, COVERS, OFFICES, PERSON_NOUNS, gender_of
from quotes.english.wordnet import is_person, kinds_of
from quotes.records import Gender

PlaceOf = Callable[[str], str | None]
"""Returns the canonical country of a folded word or phrase, or None."""

_BODIES_ALONE = BODIES - PERSON_NOUNS
_TOKEN = re.compile(r"(?:[A-Za-z]\.){2,}|\w+(?:[-‑]\w+)*(?:['’]s?\b)?|[,;:(]")
ANYBODY = "person"
"""The head of a description that only names a property ("the Republican", "the 54-year-old")."""


@dataclass(frozen=True, slots=True)
class Description:
    """What somebody is called: ``head`` noun (its class), narrowing ``words``, gender told by it.

    ``words`` are folded; countries are written "@russia". ``proper`` are those of the words that
    had a capital. ``former`` is None where the tense of an office is not known. ``noun`` is the
    head as it stands there.
    """

    head: str
    words: frozenset[str] = frozenset()
    proper: frozenset[str] = frozenset()
    former: bool | None = False
    gender: Gender | None = None
    noun: str = ""

    @property
    def answers(self) -> frozenset[str]:
        """The heads and words by which whoever is meant may be indexed."""
        if self.head == ANYBODY:
            return self.words
        return frozenset({self.head}) | COVERS.get(self.head, frozenset()) | self.kinds

    @property
    def kinds(self) -> frozenset[str]:
        """What whoever is meant may be more exactly: the painter or sculptor of "the artist"."""
        vague = self.noun in ANONYMOUS or self.noun in BYSTANDERS or self.noun in PLAIN
        return frozenset() if vague else kinds_of(self.noun)

    @property
    def places(self) -> frozenset[str]:
        """The countries among the words."""
        return frozenset(word for word in self.words if word[0] == "@")


def describe(phrase: str, place_of: PlaceOf) -> list[Description]:
    """Return the descriptions that a noun phrase without names holds; [] if it names no person.

    "former secretary of state and Democratic nominee" gives two.
    """
    tokens = _tokens(phrase)
    parts, tail = _coordinated(tokens)
    found = []
    for part in parts:
        noun = _head_index(part)
        if noun is None:
            continue
        after = part[noun + 1 :]
        if not any(token in BOUNDARY for token in part):
            after = after + tail
        found.append(_build(part[:noun], part[noun], after, place_of))
    return found


def _tokens(phrase: str) -> list[str]:
    """Return the words of a phrase up to a relative clause or a comma after its head."""
    words: list[str] = []
    for match in _TOKEN.finditer(phrase):
        word = match.group().partition("-of-")[0]  # "the mother-of-two"
        if word in (",", ";", ":", "(") or word in ("who", "whose", "which", "that"):
            if words:
                break
            continue
        words.append(word)
    return words[:16]


def _coordinated(tokens: list[str]) -> tuple[list[list[str]], list[str]]:
    """Part "a and b of c" into [a], [b of c] and the shared tail [of c]."""
    parts: list[list[str]] = [[]]
    for index, token in enumerate(tokens):
        if token.lower() == "and" and _head_index(tokens[index + 1 :]) is not None:
            parts.append([])
        else:
            parts[-1].append(token)
    last = parts[-1]
    cut = next((i for i, token in enumerate(last) if token in BOUNDARY), len(last))
    return parts, last[cut:]


def _head_index(tokens: list[str]) -> int | None:
    """Return the index of the head noun: the last noun for a person before the first boundary."""
    end = next((i for i, token in enumerate(tokens) if token.lower() in BOUNDARY), len(tokens))
    if end and tokens[end - 1].lower() in _BODIES_ALONE:
        return None  # "a liberal group"
    for index in range(end - 1, max(-1, end - 3), -1):
        word = tokens[index].lower().rstrip(".")
        if word.removesuffix("-elect") in PERSON_NOUNS or is_person(word):
            return index
    return None


def _build(before: list[str], noun: str, after: list[str], place_of: PlaceOf) -> Description:
    head = noun.lower().rstrip(".").removesuffix("-elect").removeprefix("ex-")
    gender, stands = gender_of([head]), head
    former = noun.lower().startswith("ex-")
    words: set[str] = {"elect"} if noun.lower().endswith("-elect") else set()
    proper: set[str] = set()
    if before and f"{fold(before[-1])}-{head}" in OFFICES.compounds:
        head = f"{before[-1].lower()} {head}"
        before = before[:-1]
    elif after and f"{head}-{fold(after[0])}" in OFFICES.compounds:
        head = f"{head} {after[0].lower()}"
        after = after[1:]
    for word, is_proper in _content(before + after, place_of, local=head in LOCAL):
        if word in FORMER:
            former = True
        elif word not in EMPTY and word not in BOUNDARY:
            words.add(word)
            if is_proper:
                proper.add(word)
    if head in PROPERTIES:
        place = place_of(head)
        words.add(f"@{place}" if place else OFFICES.spellings.get(head, head))
        words -= {"person", "man", "woman", "guy", "figure", "politician"}
        head = ANYBODY
    if head == "chief" and "pentagon" in map(fold, before):
        head = "secretary"
        words.add("defense")
    elif head == "chief" and all(word[0] == "@" for word in words):
        head = "leader"
    head = CANONICAL.get(head, head)
    if head == "secretary" and "foreign" in words:
        head = "minister"
    return Description(head, frozenset(words), frozenset(proper), former, gender, stands)


def _content(tokens: list[str], place_of: PlaceOf, *, local: bool) -> Iterator[tuple[str, bool]]:
    """Yield each folded word with whether it had a capital; phrases that name a country as one."""
    index = 0
    while index < len(tokens):
        for length in (3, 2, 1):
            piece = tokens[index : index + length]
            place = None if local or len(piece) < length else place_of(fold(" ".join(piece)))
            if place and piece[0][0].isupper():
                yield f"@{place}", True
                index += length
                break
        else:
            word = fold(tokens[index])
            prefix, _, bare = word.partition("-")
            if prefix in ("ex", "then") and bare:
                yield "former", False
                word = bare
            if word:
                yield OFFICES.spellings.get(word, word), tokens[index][0].isupper()
            index += 1


def fit(query: Description, known: Description, bag: frozenset[str]) -> float:
    """Return how well somebody known as ``known`` fits the ``query``; 0 or less: not at all.

    ``bag`` holds every word that the article or the registry uses of that person.
    """
    if query.head == known.head or query.head == ANYBODY:
        score = 1.0
    elif known.head in COVERS.get(query.head, ()):
        score = 0.8
    elif known.head not in TITLES and not query.kinds.isdisjoint((known.head, known.noun)):
        score = 0.6
    else:
        return 0.0
    if query.places and known.places and query.places.isdisjoint(known.places):
        return 0.0
    if known.former and not query.former:
        score -= 0.7
    missing = query.words - known.words
    absent = missing - bag
    score += 0.4 * (len(query.words) - len(missing)) + 0.2 * (len(missing) - len(absent))
    score -= 0.9 * len(absent & query.proper) + 0.25 * len(absent - query.proper)
    if query.head == ANYBODY and query.words and len(absent) == len(query.words):
        return 0.0
    return score


def bag_of(descriptions: Iterable[Description]) -> frozenset[str]:
    """Return every word of the descriptions, heads included."""
    words: set[str] = set()
    for description in descriptions:
        words |= description.words
        words.add(description.head)
    return frozenset(words)
