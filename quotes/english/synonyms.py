"""Nouns that mean one thing (“path”, “way”), as WordNet 3.1 has them.

The table ``seeds/english/synonyms.txt`` is written by ``benchmarks/make_synonyms.py``; the licence
of WordNet stands beside it.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from functools import cache

from quotes.errors import SeedError
from quotes.resources import folder


@cache
def _groups() -> Mapping[str, frozenset[int]]:
    """Return the numbers of the groups that each noun belongs to."""
    path = folder("seeds") / "english" / "synonyms.txt"
    try:
        lines = path.read_text(encoding="ascii").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise SeedError(f"{path}: cannot be read: {error}") from error
    found: dict[str, set[int]] = defaultdict(set)
    for number, line in enumerate(lines):
        for noun in line.split():
            found[noun].add(number)
    return {noun: frozenset(groups) for noun, groups in found.items()}


def are_synonyms(one: str, other: str) -> bool:
    """Tell whether two nouns (lower case, singular or plural) may mean one thing.

    Raises SeedError if the table cannot be read.
    """
    return not _of(one).isdisjoint(_of(other))


def _of(noun: str) -> frozenset[int]:
    groups = _groups()
    found = groups.get(noun, frozenset())
    for ending, singular in (("s", ""), ("es", ""), ("ies", "y")):
        if noun.endswith(ending):
            found |= groups.get(noun.removesuffix(ending) + singular, frozenset())
    return found
