"""A registry small enough to read: a few office holders with their dates."""

from __future__ import annotations

from datetime import date

import pytest

from quotes.records import Gender, KnownSpeaker, Role
from quotes.seeds import load_countries
from quotes.speakers import Registry


def person(
    name: str,
    gender: Gender,
    *roles: tuple[str, str, str, str | None],
    names: tuple[str, ...] = (),
    party: str | None = None,
) -> KnownSpeaker:
    """Return a known person; roles are (title, of, start, end)."""
    return KnownSpeaker(
        slug=name.lower().rstrip(".").replace(" ", "-"),
        name=name,
        type="person",
        names=(name, *names),
        gender=gender,
        party=party,
        roles=tuple(
            Role(title, of, date.fromisoformat(start), date.fromisoformat(end) if end else None)
            for title, of, start, end in roles
        ),
    )


PEOPLE = (
    person(
        "Donald Trump",
        "male",
        ("president", "United States", "2017-01-20", "2021-01-20"),
        ("president", "United States", "2025-01-20", None),
        party="Republican",
    ),
    person("Donald Trump Jr.", "male"),
    person("Melania Trump", "female", ("first lady", "United States", "2025-01-20", None)),
    person("Joe Biden", "male", ("president", "United States", "2021-01-20", "2025-01-20")),
    person("Barack Obama", "male", ("president", "United States", "2009-01-20", "2017-01-20")),
    person("Bill Clinton", "male", ("president", "United States", "1993-01-20", "2001-01-20")),
    person(
        "Hillary Clinton",
        "female",
        ("secretary of state", "United States", "2009-01-21", "2013-02-01"),
    ),
    person("Vladimir Putin", "male", ("president", "Russia", "2012-05-07", None)),
    person(
        "Sergey Lavrov",
        "male",
        ("foreign minister", "Russia", "2004-03-09", None),
        names=("Sergei Lavrov",),
    ),
    person("Dmitry Peskov", "male", ("spokesman", "Kremlin", "2012-05-22", None)),
    person("Angela Merkel", "female", ("chancellor", "Germany", "2005-11-22", "2021-12-08")),
    person("Olaf Scholz", "male", ("chancellor", "Germany", "2021-12-08", "2025-05-06")),
    person("Vitali Klitschko", "male", ("mayor", "Kyiv", "2014-06-05", None)),
    person(
        "Volodymyr Zelensky",
        "male",
        ("president", "Ukraine", "2019-05-20", None),
        names=("Volodymyr Zelenskyy", "Volodymyr Zelenskiy"),
    ),
)
WHITE_HOUSE = KnownSpeaker(
    "white-house", "White House", "organisation", names=("White House", "the White House")
)
FISHERIES = KnownSpeaker(
    "fish-and-harbour-service",
    "National Fish and Harbour Service",
    "organisation",
    names=("National Fish and Harbour Service", "Fish and Harbour Service", "NFHS"),
)


@pytest.fixture(scope="session")
def registry() -> Registry:
    outlets = ("Evening Star", "The Harbour Times", "The Sun", "Fishwire")
    return Registry([*PEOPLE, WHITE_HOUSE, FISHERIES], load_countries(), outlets)
