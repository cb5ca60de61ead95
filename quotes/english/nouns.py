"""Which nouns mean the same office, which cover several, and what gender a noun or pronoun tells.

The heads of descriptions ("the former California congresswoman") are compared by class: every
noun of a class means the same office or function (``like:`` in ``seeds/english/people.yaml``); a
covering noun ("leader") fits the several classes that ``seeds/english/offices.yaml`` lists.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from quotes.english.lexicon import FEMALE_NOUNS, FUNCTIONS, MALE_NOUNS, PLURAL_PEOPLE, classes
from quotes.english.wordnet import is_person, singulars
from quotes.errors import SeedError
from quotes.records import Gender
from quotes.resources import folder, read_yaml


@dataclass(frozen=True, slots=True)
class _Offices:
    """The tables of ``seeds/english/offices.yaml``, which explains them."""

    covers: Mapping[str, frozenset[str]]
    compounds: frozenset[str]
    capitalised: frozenset[str]
    spellings: Mapping[str, str]


def _offices() -> _Offices:
    path = folder("seeds") / "english" / "offices.yaml"
    try:
        table = read_yaml(path)
        covers = {head: frozenset(members) for head, members in table["covers"].items()}
        compounds, capitalised = frozenset(table["compounds"]), frozenset(table["capitalised"])
        return _Offices(covers, compounds, capitalised, table["spellings"])
    except (AttributeError, KeyError, TypeError) as error:
        raise SeedError(f"{path}: must hold {error}; reinstall quotes") from error


OFFICES = _offices()
COVERS = OFFICES.covers
"""Which classes a covering noun fits besides its own."""

CANONICAL = dict(classes()) | {head: head for head in classes().values()}
"""The class of every noun that has one."""

PERSON_NOUNS = FUNCTIONS | CANONICAL.keys() | COVERS.keys()
"""Singular nouns for a person."""


def are_persons(noun: str) -> bool:
    """Tell whether a noun (lower case) means several people: "residents", "gunmen", "coaches"."""
    return noun in PLURAL_PEOPLE or any(
        one in PERSON_NOUNS or is_person(one) for one in singulars(noun)
    )


def gender_of(words: frozenset[str] | list[str] | tuple[str, ...]) -> Gender | None:
    """Return the gender that the (lower-case) words of a title or description tell, if one."""
    if not FEMALE_NOUNS.isdisjoint(words):
        return "female"
    if not MALE_NOUNS.isdisjoint(words):
        return "male"
    return None


def gender_of_pronoun(word: str) -> Gender:
    """Return the gender of "he", "him", "his", "himself", "she", "her", "hers", "herself"."""
    return "male" if word.lower() in ("he", "him", "his", "himself") else "female"
