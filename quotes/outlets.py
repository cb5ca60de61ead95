"""Whose name, or web address, it is: outlets by every spelling of their names."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Generic, TypeVar
from urllib.parse import urlsplit

from quotes.english.folding import fold

Key = TypeVar("Key", int, str)
"""What an outlet is known by: the id of its row, or its slug."""


class OutletNames(Generic[Key]):
    """Outlets by their names and domains; of several with one name the first one counts."""

    def __init__(self) -> None:
        self._by_name: dict[str, Key] = {}
        self._by_domain: dict[str, Key] = {}

    def add(self, key: Key, names: Iterable[str], domains: Iterable[str] = ()) -> None:
        """Add an outlet with all its names and domains."""
        domains = [*domains]
        for name in (*names, *domains):
            self._by_name.setdefault(folded_name(name), key)
        for domain in domains:
            self._by_domain.setdefault(domain.casefold(), key)

    def named(self, name: str) -> Key | None:
        """Return the outlet of this name, in whatever spelling; None if there is none."""
        return self._by_name.get(folded_name(name))

    def at(self, url: str) -> Key | None:
        """Return the outlet whose domain an address lies on; None if it is unknown."""
        try:
            host = urlsplit(url).hostname or ""
        except ValueError:
            return None
        labels = host.casefold().split(".")
        parents = (".".join(labels[at:]) for at in range(len(labels) - 1))
        return next((self._by_domain[part] for part in parents if part in self._by_domain), None)


def folded_name(name: str) -> str:
    """Return an outlet's name as it is compared: without case, accents, “The” and “www”."""
    return fold(name).removeprefix("the ").removeprefix("www ")
