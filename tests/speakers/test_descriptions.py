"""Descriptions are read to a head noun, narrowing words, countries and tense."""

from __future__ import annotations

import pytest

from quotes.speakers.descriptions import describe, fit

PLACES = {
    "russian": "russia",
    "us": "united states",
    "u s": "united states",
    "american": "united states",
}


@pytest.mark.parametrize(
    ("phrase", "head", "words", "former"),
    [
        ("the US president", "president", {"@united states"}, False),
        ("former Russian foreign minister", "minister", {"@russia", "foreign"}, True),
        ("the foreign secretary", "minister", {"foreign"}, False),
        ("Secretary of Defence", "secretary", {"defense"}, False),
        ("the vice president", "vice president", set(), False),
        ("the ex-mayor of Gotham", "mayor", {"gotham"}, True),
        ("the president-elect", "president", {"elect"}, False),
        ("the Republican", "person", {"republican"}, False),
        ("the American", "person", {"@united states"}, False),
        ("the congresswoman from Ohio", "representative", {"ohio"}, False),
        ("a lawyer at the firm, who left", "lawyer", {"firm"}, False),
        ("the Pentagon chief", "secretary", {"defense"}, False),
    ],
)
def test_reading(phrase: str, head: str, words: set[str], former: bool) -> None:
    (found,) = describe(phrase, PLACES.get)
    assert (found.head, found.former) == (head, former)
    assert words <= found.words


def test_two_offices_in_one_phrase() -> None:
    found = describe("the former secretary of state and Democratic nominee", PLACES.get)
    assert [one.head for one in found] == ["secretary", "candidate"]
    shared = describe("founder and president of the Harbour Fund", PLACES.get)
    assert all("harbour" in one.words for one in shared)


@pytest.mark.parametrize("phrase", ["the river", "a report", "", "of", "the talks in Geneva"])
def test_what_names_no_person(phrase: str) -> None:
    assert describe(phrase, PLACES.get) == []


@pytest.mark.parametrize(
    ("query", "known", "fits"),
    [
        ("the president", "the Russian president", True),
        ("the US president", "the Russian president", False),
        ("the Russian leader", "the Russian president", True),
        ("the president", "the Russian leader", False),
        ("the lawmaker", "Ohio senator", True),
        ("the mayor", "the governor", False),
    ],
)
def test_fit(query: str, known: str, fits: bool) -> None:
    (asked,), (told,) = describe(query, PLACES.get), describe(known, PLACES.get)
    assert (fit(asked, told, frozenset()) > 0.3) is fits
