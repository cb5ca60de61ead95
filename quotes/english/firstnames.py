"""The genders that common first names tell."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from pathlib import Path

import yaml

from quotes.english.folding import fold
from quotes.english.givennames import same_given_name
from quotes.errors import SeedError
from quotes.records import Gender
from quotes.resources import folder

FILES = ("first_names.yaml", "first_names_us.yaml")
"""By hand, and from a census."""


@cache
def first_names() -> Mapping[str, Gender]:
    """Return the gender of each folded first name of the files of ``seeds``.

    Raises SeedError as ``read_first_names`` does.
    """
    genders: dict[str, Gender] = {}
    for name in reversed(FILES):
        genders.update(read_first_names(folder("seeds") / name))
    return genders


def read_first_names(path: Path) -> dict[str, Gender]:
    """Return the gender of each folded first name of a file.

    Raises SeedError if the file does not map "female" and "male" to lists of names by region.
    """
    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    content = yaml.load(path.read_text(encoding="utf-8"), loader)  # noqa: S506  # nosec B506
    genders: dict[str, Gender] = {}
    try:
        for gender in ("female", "male"):
            for names in content[gender].values():
                genders.update(dict.fromkeys(map(fold, names), gender))
    except (AttributeError, KeyError, TypeError) as error:
        raise SeedError(
            f"{path}: must map 'female' and 'male' to lists of names by region"
        ) from error
    return genders


def may_be_one(one: str, other: str) -> bool:
    """Whether two first names may be forms of one ("Rob", "Robert"; not "Paul", "Paula")."""
    genders = {first_names().get(one), first_names().get(other)} - {None}
    return len(genders) < 2 and same_given_name(one, other)
