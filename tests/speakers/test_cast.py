"""The names of an article are joined into people and bodies."""

from __future__ import annotations

from datetime import date

import pytest

from quotes.english.document import Document
from quotes.speakers import Registry
from quotes.speakers.cast import Cast


def joined(body: str, registry: Registry, on: date | None = None) -> dict[str, set[str]]:
    cast = Cast(Document(body), registry, on)
    return {
        one.name: {" ".join(cast.names[index].text.split()) for index in one.mentions}
        for one in cast.entities
    }


@pytest.mark.parametrize(
    ("body", "groups"),
    [
        ("Anna Berg came. Berg spoke. Anna left.", {"Anna Berg": {"Anna Berg", "Berg", "Anna"}}),
        ("Mr. Roth spoke. Paul Roth left.", {"Paul Roth": {"Roth", "Paul Roth"}}),
        ("Robert Lind and Bob Lind", {"Robert Lind": {"Robert Lind", "Bob Lind"}}),
        ("Paul Lind met Paula Lind.", {"Paul Lind": {"Paul Lind"}, "Paula Lind": {"Paula Lind"}}),
        ("Anna Berg met Ivo Berg.", {"Anna Berg": {"Anna Berg"}, "Ivo Berg": {"Ivo Berg"}}),
        (
            "The Port Works Union is the PWU we know.",
            {"Port Works Union": {"Port Works Union", "PWU"}},
        ),
        (
            "Ivo and Anna Berg came. Ivo Berg spoke.",
            {"Ivo Berg": {"Ivo", "Ivo Berg"}, "Anna Berg": {"Anna Berg"}},
        ),
        ("Fill the gaps. Partial lists lie. We met Lind. Lind left.", {"Lind": {"Lind"}}),
        (
            "The Society of the United States met. The United States did not.",
            {
                "Society of the United States": {"Society of the United States"},
                "United States": {"United States"},
            },
        ),
        (
            "Vladimir Putin is also VLADIMIR V. PUTIN here.",
            {"Vladimir Putin": {"Vladimir Putin", "VLADIMIR V. PUTIN"}},
        ),
    ],
)
def test_joining(body: str, groups: dict[str, set[str]], registry: Registry) -> None:
    assert joined(body, registry) == groups


@pytest.mark.parametrize(
    ("body", "kind", "gender"),
    [
        ("Tyra McKenney, 34, waited.", "person", None),
        ("Rep. Xan Roe (D-Ohio) waited.", "person", None),
        ("Xan Roe, his wife, waited.", "person", "female"),
        ("Mrs. Roe waited.", "person", "female"),
        ("Paul Roth waited.", "person", "male"),
        ("The Bank of Oslo waited.", "organisation", None),
        ("Russia waited.", "place", None),
        ("South Carolina waited.", "place", None),
        ("The Kremlin waited.", "organisation", None),
        ("They saw Xylophon.", None, None),
    ],
)
def test_types_and_genders(
    body: str, kind: str | None, gender: str | None, registry: Registry
) -> None:
    entity = Cast(Document(body), registry, None).entities[0]
    assert (entity.type, entity.gender) == (kind, gender)


def test_people_who_share_a_surname(registry: Registry) -> None:
    body = "Melania Trump wore blue. President Trump waved. Ivanka Trump laughed."
    cast = Cast(Document(body), registry, date(2018, 1, 1))
    assert [one.name for one in cast.entity_of] == ["Melania Trump", "Donald Trump", "Ivanka Trump"]


def test_look_ups_stay_small_however_many_namesakes(registry: Registry) -> None:
    letters = "abcdefghijkl"
    body = " ".join(
        f"Sen. {a.upper()}{b}{c}x Smith spoke." for a in letters for b in letters for c in letters
    )
    cast = Cast(Document(body + " Smith left."), registry, None)
    assert len(cast.entities) == len(letters) ** 3
    assert len(cast.described(["senator"], len(body))) < 60
