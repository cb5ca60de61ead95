"""The genders that common first names tell."""

from __future__ import annotations

from functools import cache

import yaml

from quotes.english.folding import fold
from quotes.errors import SeedError
from quotes.records import Gender
from quotes.resources import folder


@cache
def first_names() -> dict[str, Gender]:
    """Return the gender of each folded first name of ``seeds/first_names.yaml``.

    Raises SeedError if the file does not map "female" and "male" to lists of names by region.
    """
    path = folder("seeds") / "first_names.yaml"
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
