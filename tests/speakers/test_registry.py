"""The registry finds people by name, by surname, and by office and date."""

from __future__ import annotations

from datetime import date

import pytest

from quotes.records import KnownSpeaker
from quotes.speakers import Registry
from quotes.speakers.descriptions import describe

SUMMER_2025 = date(2025, 8, 15)


def names(people: list[KnownSpeaker]) -> set[str]:
    return {one.name for one in people}


@pytest.mark.parametrize(
    ("spelling", "name"),
    [
        ("Volodymyr Zelenskyy", "Volodymyr Zelensky"),
        ("President Vladimir V. Putin", "Vladimir Putin"),
        ("the White House", "White House"),
        ("HILLARY CLINTON", "Hillary Clinton"),
        ("Chelsea Clinton", None),
        ("Clinton", None),
    ],
)
def test_names(registry: Registry, spelling: str, name: str | None) -> None:
    found = registry.named(spelling)
    assert (found and found.name) == name


@pytest.mark.parametrize(
    ("phrase", "on", "holders"),
    [
        ("the US president", SUMMER_2025, {"Donald Trump"}),
        ("the US president", date(2023, 8, 15), {"Joe Biden"}),
        ("the US president", date(2025, 1, 20), {"Donald Trump", "Joe Biden"}),
        ("the US president", date(1950, 1, 1), set()),
        ("the American leader", SUMMER_2025, {"Donald Trump"}),
        ("Ukraine's president", SUMMER_2025, {"Volodymyr Zelensky"}),
        ("the Kremlin chief", SUMMER_2025, {"Vladimir Putin"}),
        ("the German leader", date(2015, 1, 1), {"Angela Merkel"}),
        ("the Kyiv mayor", SUMMER_2025, {"Vitali Klitschko"}),
        ("the mayor", SUMMER_2025, set()),
        ("the president", SUMMER_2025, set()),
        ("the Ukrainian mayor", SUMMER_2025, set()),
        ("the US chancellor", SUMMER_2025, set()),
        ("former German chancellor", SUMMER_2025, {"Angela Merkel", "Olaf Scholz"}),
    ],
)
def test_offices_in_time(registry: Registry, phrase: str, on: date, holders: set[str]) -> None:
    (query,) = describe(phrase, registry.place)
    assert names(registry.holders(query, on)) == holders


@pytest.mark.parametrize(
    ("surname", "on", "name"),
    [
        ("trump", SUMMER_2025, "Donald Trump"),
        ("clinton", None, None),
        ("biden", SUMMER_2025, "Joe Biden"),
        ("zelensky", date(2010, 1, 1), None),
        ("nobody", SUMMER_2025, None),
    ],
)
def test_whom_a_bare_surname_means(
    registry: Registry, surname: str, on: date | None, name: str | None
) -> None:
    found = registry.leading(registry.surnamed(surname), on)
    assert (found and found.name) == name


@pytest.mark.parametrize(
    ("name", "on", "alone"),
    [
        ("Donald Trump", SUMMER_2025, True),
        ("Hillary Clinton", date(2010, 6, 1), True),
        ("Vitali Klitschko", SUMMER_2025, False),
    ],
)
def test_who_is_named_by_the_surname_alone(
    registry: Registry, name: str, on: date, alone: bool
) -> None:
    known = registry.named(name)
    assert known
    assert registry.goes_by_surname(known, on) is alone


def test_countries_by_any_word(registry: Registry) -> None:
    words = ("russia", "russian", "russians", "moscow", "kremlin")
    assert {registry.place(word) for word in words} == {"russia"}
    assert registry.place("atlantis") is None
    assert registry.is_demonym("russian")
    assert not registry.is_demonym("russia")
