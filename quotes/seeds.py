"""The facts that ship with the program: known speakers, countries and outlets.

Each ``load_*`` function reads one YAML file of the folder ``seeds`` (format: ``seeds/README.md``)
or a user's own file of the same format. In every record ``names`` begins with ``name`` itself, so
that it holds every spelling in use.
"""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Protocol, TypeVar

import msgspec

from quotes.errors import SeedError
from quotes.records import KnownSpeaker, Role
from quotes.resources import folder, read_yaml

_SLUG = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")


@dataclass(frozen=True, slots=True)
class Country:
    """A country (or a body such as the EU) and the words that newspapers use for it.

    ``iso`` is the ISO 3166-1 alpha-2 code, None for bodies and parts of a country. ``adjectives``
    go before an office ("US president"), ``demonyms`` name its people. ``metonyms`` are buildings
    and places that stand for its government, without the article ("White House", "Washington").
    """

    name: str
    iso: str | None = None
    names: tuple[str, ...] = ()
    adjectives: tuple[str, ...] = ()
    demonyms: tuple[str, ...] = ()
    capital: str | None = None
    capital_names: tuple[str, ...] = ()
    metonyms: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Outlet:
    """A news outlet; an article whose URL lies on one of ``domains`` was printed by it.

    ``country`` is a name of ``countries.yaml``.
    """

    slug: str
    name: str
    names: tuple[str, ...] = ()
    domains: tuple[str, ...] = ()
    country: str | None = None


class _Entry(Protocol):
    @property
    def name(self) -> str: ...
    @property
    def names(self) -> tuple[str, ...]: ...


_E = TypeVar("_E", bound=_Entry)


def load_speakers(path: Path | None = None) -> list[KnownSpeaker]:
    """Return the known speakers of ``path`` (default: ``seeds/speakers.yaml``), in file order.

    Raises SeedError, naming the file and the entry, where the file breaks its format.
    """
    return _load(path or folder("seeds") / "speakers.yaml", KnownSpeaker, "slug", _check_speaker)


def load_countries(path: Path | None = None) -> list[Country]:
    """Return the countries of ``path`` (default: ``seeds/countries.yaml``), in file order.

    Raises SeedError, naming the file and the entry, where the file breaks its format.
    """
    return _load(path or folder("seeds") / "countries.yaml", Country, "name")


def load_outlets(path: Path | None = None) -> list[Outlet]:
    """Return the news outlets of ``path`` (default: ``seeds/outlets.yaml``), in file order.

    Raises SeedError, naming the file and the entry, where the file breaks its format.
    """
    return _load(path or folder("seeds") / "outlets.yaml", Outlet, "slug", _check_slug)


def outlet_domains() -> dict[str, str]:
    """Return the names of the outlets of ``seeds/outlets.yaml`` by their domains."""
    return {domain: outlet.name for outlet in load_outlets() for domain in outlet.domains}


def load_columns() -> dict[str, Any]:
    """Return ``seeds/columns.yaml``: the names that columns go by, and what cells say nothing.

    Raises SeedError where the file breaks its format.
    """
    path = folder("seeds") / "columns.yaml"
    loaded = read_yaml(path)
    if not isinstance(loaded, dict):
        raise SeedError(f"{path}: must be a mapping; see seeds/README.md")
    return loaded


def _load(
    path: Path, record: type[_E], key: str, check: Callable[[_E], None] = lambda _: None
) -> list[_E]:
    """Read ``path`` as a list of ``record``, unique by ``key``; ``check`` raises ValueError."""
    loaded: dict[str, _E] = {}
    for label, raw in _raw_entries(path, key):
        try:
            entry = _convert(raw, record)
            check(entry)
            if raw[key] in loaded:
                raise ValueError(f"this {key} stands twice in the file")
        except (msgspec.ValidationError, ValueError) as error:
            raise SeedError(f"{path}: {label}: {error}; see seeds/README.md") from error
        loaded[raw[key]] = entry
    return list(loaded.values())


def _raw_entries(path: Path, key: str) -> Iterator[tuple[str, dict[str, Any]]]:
    """Yield each entry of the file with the label that names it in messages."""
    entries = read_yaml(path)
    if not isinstance(entries, list):
        raise SeedError(f"{path}: must be a list of entries; see seeds/README.md")
    for number, raw in enumerate(entries, 1):
        if not isinstance(raw, dict):
            raise SeedError(f"{path}: entry {number}: must be a mapping; see seeds/README.md")
        yield f"entry {number} ({raw.get(key, raw.get('name', 'unnamed'))})", raw


def _convert(raw: dict[str, Any], record: type[_E]) -> _E:
    """Return ``raw`` as a ``record``; unknown keys are refused, since most are typing errors."""
    _refuse_unknown(raw, record)
    roles = raw.get("roles")
    for role in roles if isinstance(roles, list) else ():
        _refuse_unknown(role, Role, "approximate")
    entry = msgspec.convert(raw, record, strict=False)
    names = tuple(dict.fromkeys((entry.name, *entry.names)))
    return dataclasses.replace(entry, names=names)  # type: ignore[type-var]


def _refuse_unknown(raw: object, record: type[Any], *more: str) -> None:
    if not isinstance(raw, dict):
        raise ValueError(f"{raw!r} must be a mapping")
    allowed = {field.name for field in dataclasses.fields(record)}.union(more)
    if unknown := sorted(raw.keys() - allowed):
        raise ValueError(f"unknown key '{unknown[0]}' (known: {', '.join(sorted(allowed))})")


def _check_slug(entry: KnownSpeaker | Outlet) -> None:
    if not _SLUG.fullmatch(entry.slug):
        raise ValueError("the slug must be lower case ASCII words joined by hyphens")


def _check_speaker(speaker: KnownSpeaker) -> None:
    _check_slug(speaker)
    for role in speaker.roles:
        if role.start and role.end and role.start > role.end:
            raise ValueError(f"the role '{role.title}' ends before it starts")
