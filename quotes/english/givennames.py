"""Which given names are forms of one: “Mike” and “Michael”, “J.” and “John”.

The short forms are in ``seeds/english``: ``nicknames.yaml`` by hand, ``given_names.yaml`` from a
published table.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Mapping
from functools import cache

from quotes.errors import SeedError
from quotes.resources import folder, read_yaml

NICKNAMES, NAMES = "nicknames", "given_names"
"""The files, without suffix."""

_ENDING = re.compile(r"(?:([bdfgklmnprtz])\1?)?(?:ie|ey|ei|y|i)?$")


@cache
def _nicknames() -> Mapping[str, tuple[str, ...]]:
    """Return the names behind the short forms that were listed by hand."""
    return {short: tuple(names.split()) for short, names in _read(NICKNAMES).items()}


@cache
def _full_forms() -> Mapping[str, frozenset[str]]:
    """Return all names that each short form may stand for."""
    found: dict[str, set[str]] = defaultdict(set)
    for name, forms in _read(NAMES).items():
        for short in forms.split():
            found[short].add(name)
    for short, names in _nicknames().items():
        found[short].update(names)
    return {short: frozenset(names) for short, names in found.items()}


def _read(name: str) -> Mapping[str, str]:
    path = folder("seeds") / "english" / f"{name}.yaml"
    table = read_yaml(path)
    if not isinstance(table, dict) or not all(isinstance(one, str) for one in table.values()):
        raise SeedError(f"{path}: must map each name to names, parted by spaces")
    return table


def full_name(first: str) -> str:
    """Return the name that a short form (lower case) nearly always means, else the form itself."""
    names = _nicknames().get(first, ())
    return names[0] if len(names) == 1 else first


def forms(first: str) -> frozenset[str]:
    """Return a folded given name, with the names for which it may stand as a short form.

    Raises SeedError if the lists of short forms cannot be read.
    """
    return _full_forms().get(first, frozenset()) | {first}


def same_given_name(one: str, other: str) -> bool:
    """Tell whether two folded given names may be one: equal, an initial, a short form.

    Raises SeedError if the lists of short forms cannot be read.
    """
    if len(one) < 2 or len(other) < 2:
        return one[:1] == other[:1] != ""
    if one.startswith(_stem(other)) or other.startswith(_stem(one)):
        return True
    return not forms(one).isdisjoint(forms(other))


def _stem(name: str) -> str:
    """Return a first name without the ending of a short form ("robby" → "rob")."""
    stem = _ENDING.sub(r"\1", name)
    return stem if len(stem) > 2 else name
