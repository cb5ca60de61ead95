"""What heads a mention: its noun, where its phrase ends, what sort of thing the noun is."""

from __future__ import annotations

import re
from typing import Literal

from quotes.english.cues import forms, load_lexicon
from quotes.english.lexicon import (
    ANONYMOUS,
    BODIES,
    BOUNDARY,
    BYSTANDERS,
    COLLECTIVES,
    GROUP_NOUNS,
    NUMBERS,
    PLURAL_PEOPLE,
    SEVERAL,
    TEXTS,
)
from quotes.english.names import Name
from quotes.english.nouns import PERSON_NOUNS, are_persons
from quotes.english.patterns import alternatives
from quotes.english.wordnet import is_person
from quotes.speakers.cast import Cast

Sort = Literal[
    "singular",
    "plural",
    "relative",
    "neuter",
    "first",
    "names",
    "person",
    "group",
    "body",
    "text",
    "other",
]
"""What a mention may be."""

Word = tuple[int, int, str]
"""Start, end and text of a word."""

_VERB = re.compile(rf"[a-z]+ed|{alternatives(forms('speech', 'past', 'third'))}")
_INFLECTED = re.compile(r"[a-z]{2,}(?:[^s]s|ed)")
_CLAUSE_OPENERS = ("who", "which", "whose", "that", "where")


def without_verb(words: list[Word], cast: Cast) -> list[Word]:
    """Leave out the verb, and what follows it, that a mention ran into.

    "The judge pointed", "Ann Roe heckles strikers".
    """
    for index in range(1, len(words)):
        (start, _, before), (_, _, word) = words[index - 1], words[index]
        named = cast.covering(start)
        opens = named is not None and cast.names[named].title_start <= words[0][0]
        if named is not None and opens and _is_its_verb(word, cast.names[named]):
            return words[:index]
        if index < len(words) - 2:
            continue
        held = before.islower() and sort_of(before, words[0][2].lower()) != "other"
        if _VERB.fullmatch(word) and (held or named is not None):
            return words[:index]
    return words


def _is_its_verb(word: str, name: Name) -> bool:
    """Tell whether the word behind a person's full or titled name is no plural but a verb."""
    low = word.lower()
    if not (name.title or " " in name.text) or not _INFLECTED.fullmatch(low):
        return False
    known = low in load_lexicon().verbs
    plural = low in PLURAL_PEOPLE or low[:-1] in BODIES or is_person(low[:-1])
    return known or (word.islower() and not plural and low[:-1] not in TEXTS)


def head_of(words: list[Word]) -> tuple[int | None, int]:
    """Return the index of the head noun and the end of the phrase that it heads."""
    head: int | None = None
    end = words[0][0] if words else 0
    open_phrase = True
    for index, (_, stop, word) in enumerate(words):
        if word in ",;:(—–" or (word.lower() in _CLAUSE_OPENERS and word != "WHO"):
            if head is not None:
                break
            continue
        if word.lower() in BOUNDARY and head is not None:
            open_phrase = False
        elif open_phrase and word.lower() not in ("the", "a", "an", "s"):
            head = index
        end = stop
    return head, end


def sort_of(noun: str, first: str) -> Sort:
    """Return the sort of a noun phrase by its head noun and its first word."""
    noun = noun.partition("-of-")[0]  # "the mother-of-two"
    if noun in TEXTS or noun.removesuffix("s") in TEXTS:
        return "text"
    if noun in COLLECTIVES or noun in SEVERAL:
        return "group"
    if noun in PLURAL_PEOPLE and noun not in PERSON_NOUNS:
        return "group"
    if noun in BODIES:
        return "body"
    if noun.removesuffix("-elect") in PERSON_NOUNS or noun in ANONYMOUS or noun in BYSTANDERS:
        return "person"
    if are_people(noun) or (noun.endswith("s") and first in NUMBERS):
        return "group"
    is_one = noun.endswith(("man", "year-old")) or is_person(noun)
    return "person" if is_one else "other"


def are_people(noun: str) -> bool:
    """Tell whether a plural means people or bodies: "residents", not "websites"."""
    if noun in GROUP_NOUNS or noun.removesuffix("s") in BODIES:
        return True
    return noun not in PLURAL_PEOPLE and are_persons(noun)
