"""What WordNet 3.1 knows: nouns that mean one thing (“path”, “way”), those for people, all words.

The tables ``synonyms.txt``, ``persons.txt``, ``kinds.txt`` and ``words.txt`` of ``seeds/english``
are written by ``benchmarks/make_wordnet.py``; the licence of WordNet stands beside them.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from functools import cache

from quotes.errors import SeedError
from quotes.resources import folder

Endings = tuple[tuple[str, str], ...]

_REGULAR: Endings = (("s", ""), ("es", ""), ("ies", "y"))
"""Endings of plurals and of their singulars."""
_PLURALS: Endings = (("s", ""), ("es", ""), ("men", "man"), ("ves", "f"), ("ves", "fe"))


def _lines(name: str) -> list[str]:
    path = folder("seeds") / "english" / name
    try:
        return path.read_text(encoding="ascii").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise SeedError(f"{path}: cannot be read: {error}") from error


@cache
def _groups() -> Mapping[str, frozenset[int]]:
    """Return the numbers of the groups that each noun belongs to."""
    found: dict[str, set[int]] = defaultdict(set)
    for number, line in enumerate(_lines("synonyms.txt")):
        for noun in line.split():
            found[noun].add(number)
    return {noun: frozenset(groups) for noun, groups in found.items()}


@cache
def _persons() -> frozenset[str]:
    return frozenset(_lines("persons.txt"))


@cache
def _kinds() -> Mapping[str, frozenset[str]]:
    """Return the nouns for people that a more general one covers."""
    rows = (line.split() for line in _lines("kinds.txt"))
    return {general: frozenset(nouns) for general, *nouns in rows}


@cache
def _words() -> frozenset[str]:
    return frozenset(_lines("words.txt"))


def are_synonyms(one: str, other: str) -> bool:
    """Tell whether two nouns (lower case, singular or plural) may mean one thing.

    Raises SeedError if the table cannot be read.
    """
    return not _of(one).isdisjoint(_of(other))


def is_person(noun: str) -> bool:
    """Tell whether a noun (lower case, singular) mostly means a person: "neurosurgeon".

    Of a compound it is the last part that tells. Raises SeedError if the table cannot be read.
    """
    return noun.rpartition("-")[2] in _persons()


def kinds_of(noun: str) -> frozenset[str]:
    """Return the nouns for people that a noun (lower case, singular) may stand for.

    An "artist" may be a painter or a sculptor. Raises SeedError if the table cannot be read.
    """
    return _kinds().get(noun, frozenset())


def is_word(word: str) -> bool:
    """Tell whether a word (lower case) is an ordinary one, such as no name is, or its plural.

    Raises SeedError if the table cannot be read.
    """
    return any(form in _words() for form in (word, *singulars(word, _REGULAR)))


def _of(noun: str) -> frozenset[int]:
    groups = _groups()
    forms = (noun, *singulars(noun, _REGULAR))
    return frozenset().union(*(groups.get(form, frozenset()) for form in forms))


def singulars(noun: str, endings: Endings = _PLURALS) -> Iterator[str]:
    """Yield what a noun (lower case) may be the plural of: "coaches" of "coach", "gunmen"."""
    for ending, singular in endings:
        if noun.endswith(ending):
            yield noun.removesuffix(ending) + singular
