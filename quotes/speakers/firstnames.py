"""The genders that common first names tell."""

from __future__ import annotations

from functools import cache

import yaml

from quotes.errors import SeedError
from quotes.records import Gender
from quotes.resources import folder
from quotes.speakers.folding import fold


@cache
def first_names() -> dict[str, Gender]:
    """Return the gender of each folded first name of ``seeds/first_names.yaml``.

    Raises SeedError if the file is not a mapping of "female" and "male" to lists.
    """
    path = folder("seeds") / "first_names.yaml"
    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    lists = yaml.load(path.read_text(encoding="utf-8"), loader)  # noqa: S506
    if not isinstance(lists, dict) or set(lists) != {"female", "male"}:
        raise SeedError(f"{path}: must map 'female' and 'male' to lists of names")
    genders: dict[str, Gender] = {}
    for gender in ("female", "male"):
        for line in lists[gender]:
            for name in str(line).split():
                genders[fold(name)] = "female" if gender == "female" else "male"
    return genders
