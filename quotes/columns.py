"""The names that columns go by: which cell of a row, or key of an object, holds which fact.

The names are data (``seeds/columns.yaml``); tables of articles, JSON, front matter, sidecars and
lists of people all ask here.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache, lru_cache
from typing import Any

from quotes.seeds import load_columns

FACTS = (
    "text",
    "outlet",
    "published",
    "url",
    "title",
    "byline",
    "language",
    "archived",
    "provenance",
)
"""What a column can say about an article."""

_JOINTS = re.compile(r"[\s_.:/-]+")
_DEEPEST = 4
_MOST_PATHS = 500  # of one row; hostile objects have millions


@dataclass(frozen=True, slots=True)
class Cell:
    """A value of a row; ``column`` is its name or path as it stands there.

    ``sure`` is False for columns that only hint at the fact.
    """

    column: str
    value: Any
    sure: bool = True


@dataclass(frozen=True, slots=True)
class Columns:
    """Which columns hold which facts. ``named`` (fact → column) is what the user says of them."""

    named: Mapping[str, str] = field(default_factory=dict)

    def cells(self, row: Mapping[str, Any], fact: str) -> Iterator[Cell]:
        """Yield the cells of a flattened row that may hold a fact, the likeliest first."""
        known, guesses = _names(fact)
        if fact in self.named:
            known, guesses = (fold_name(self.named[fact]),), ()
        for name in known:
            if name in row:
                yield row[name]
        for name in guesses:
            if name in row:
                yield Cell(row[name].column, row[name].value, sure=False)

    def knows(self, name: str) -> bool:
        """Whether a column of this name may say something about an article."""
        folded = fold_name(name)
        return folded in _all_names() or folded in map(fold_name, self.named.values())

    def holds(self, names: Iterable[str], fact: str) -> bool:
        """Whether one of ``names`` is a column of a fact."""
        known = (self.named[fact],) if fact in self.named else _names(fact)[0]
        return not {fold_name(name) for name in known}.isdisjoint(map(fold_name, names))


@lru_cache(maxsize=4096)
def fold_name(name: str) -> str:
    """Return a column's name for comparison: case, spaces and joints do not matter."""
    return _JOINTS.sub("", name.casefold())


def flatten(row: Mapping[str, Any]) -> dict[str, Cell]:
    """Return the cells of a row or nested object by their folded paths.

    Objects that are only a wrapping (``{"article": {…}}``) are taken away.
    """
    flat: dict[str, Cell] = {}
    _flatten(row, "", flat, 0)
    return flat


def _flatten(value: Mapping[str, Any], prefix: str, flat: dict[str, Cell], depth: int) -> None:
    wrapped = []
    for key, one in value.items():
        path = f"{prefix}{str(key).strip()}"
        if isinstance(one, Mapping) and _is_wrapping(str(key), one):
            wrapped.append((path, one))
            continue
        if len(flat) < _MOST_PATHS:
            flat.setdefault(fold_name(path), Cell(path, one))
        if isinstance(one, Mapping) and depth < _DEEPEST:
            _flatten(one, f"{path}.", flat, depth + 1)
    for path, one in wrapped:
        inner: dict[str, Cell] = {}
        if depth < _DEEPEST:
            _flatten(one, "", inner, depth + 1)
        for name, cell in inner.items():
            flat.setdefault(name, Cell(f"{path}.{cell.column}", cell.value))


def _is_wrapping(key: str, inner: Mapping[str, Any]) -> bool:
    """Whether an object is only a wrapping: by its name, or the text's name with other facts in it.

    The Guardian's ``content`` holds an article; ``content`` of WordPress holds the text alone.
    """
    if key.strip().casefold() in _wrappers():
        return True
    if fold_name(key) not in _names("text")[0]:
        return False
    names = {fold_name(str(name)) for name in inner}
    return any(not names.isdisjoint(_names(fact)[0]) for fact in ("published", "url", "title"))


def is_nothing(text: str) -> bool:
    """Whether a cell only says that nothing is known: ``n/a``, ``None``, ``-``."""
    return text.strip().casefold() in _nothing()


def language_code(text: str) -> str | None:
    """Return the ISO 639-1 code of a language by its English name or three letters."""
    return _languages().get(text.strip().casefold())


def provenance_of(text: str) -> str | None:
    """Return where words come from, by what a cell or the name of a column calls it."""
    return _provenances().get(fold_name(text))


@cache
def id_names() -> tuple[str, ...]:
    """Return the columns that tell one row of a table from another, folded, the best first."""
    return tuple(map(fold_name, _data()["ids"]))


def people_column(name: str) -> str:
    """Return the name that the program gives a column of a list of people."""
    return _people().get(fold_name(name), name.strip())


@cache
def byline_words(kind: str) -> frozenset[str]:
    """Return words of bylines that name nobody: roles, bodies, particles or places."""
    return frozenset(_data()["bylines"][kind])


@cache
def talk_labels(part: str) -> frozenset[str]:
    """Return labels of transcripts that name a part: ``question``, ``answer`` or ``nobody``."""
    return frozenset(_data()["labels"][part])


@cache
def export_labels(archive: str) -> frozenset[str]:
    """Return the labels of lines in the exports of a press archive, in lower case."""
    return frozenset(_data()["exports"][archive])


@cache
def _data() -> dict[str, Any]:
    return load_columns()


@cache
def _names(fact: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    known, guesses = _data()["facts"][fact], _data()["guesses"].get(fact, ())
    return tuple(map(fold_name, known)), tuple(map(fold_name, guesses))


@cache
def _all_names() -> frozenset[str]:
    facts = {*_data()["facts"], *_data()["guesses"]}
    return frozenset(id_names()).union(*(name for fact in facts for name in _names(fact)))


@cache
def _nothing() -> frozenset[str]:
    return frozenset(_data()["nothing"])


@cache
def _wrappers() -> frozenset[str]:
    return frozenset(_data()["wrappers"])


@cache
def _languages() -> dict[str, str]:
    return {name: code for code, names in _data()["languages"].items() for name in (code, *names)}


@cache
def _provenances() -> dict[str, str]:
    kinds = _data()["provenances"].items()
    return {fold_name(name): kind for kind, names in kinds for name in (kind, *names)}


@cache
def _people() -> dict[str, str]:
    return {
        fold_name(name): column for column, names in _data()["people"].items() for name in names
    }
