"""Spellings of one name fold to the same words."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quotes.english.folding import ends, fold, name_words, person_slug, slips, slugify


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Müller", "Muller"),
        ("Łukasz Şahin", "lukasz sahin"),
        ("O’Brien", "O'Brien"),
        ("Obama’s", "Obama"),
        ("J. D. Vance", "J.D. Vance"),
        ("U.S.", "US"),
        ("al‑Assad", "al-Assad"),
        ("Anna\nBerg", "Anna Berg"),
    ],
)
def test_spellings_fold_alike(one: str, other: str) -> None:
    assert fold(one) == fold(other)


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("President Ana Costa", ("ana", "costa")),
        ("Robert “Bobby” Miller Jr.", ("robert", "miller")),
        ("Martin Luther King", ("martin", "luther", "king")),
        ("Judge", ("judge",)),
    ],
)
def test_titles_nicknames_and_suffixes_go(name: str, words: tuple[str, ...]) -> None:
    assert name_words(name) == words


def test_ends_need_two_words() -> None:
    assert ends("Ursula von der Leyen") == ("ursula", "leyen")
    assert ends("Lula") is None


@pytest.mark.parametrize(
    ("name", "slug"),
    [
        ("Robert J. Stane Jr.", "robert-stane"),
        ("Robert “Bob” Stane", "robert-stane"),
        ("Bob Stane", "robert-stane"),
        ("Mike Thibold III", "michael-thibold"),
        ("Harry Vane", "harry-vane"),
        ("Bob", "bob"),
        ("Ed Jr.", "ed-jr"),
        ("Володимир Зеленський", "volodimir-zelenskii"),
        ("习近平", "xijinping"),
        ("?", "unnamed"),
    ],
)
def test_a_person_has_one_slug(name: str, slug: str) -> None:
    assert person_slug(name) == slug


@pytest.mark.parametrize(
    ("name", "slug"),
    [
        ("Vladimir Putin", "vladimir-putin"),
        ("François Hollande", "francois-hollande"),
        ("Robert “Bobby” Miller", "robert-miller"),
        ("Владимир", "vladimir"),
        ("!", "unnamed"),
    ],
)
def test_slugs(name: str, slug: str) -> None:
    assert slugify(name) == slug


@given(st.text())
def test_folding_is_stable_and_slugs_are_plain(text: str) -> None:
    assert fold(fold(text)) == fold(text)
    assert slugify(text).isascii()
    assert slugify(text)


def test_one_wrong_letter_shares_a_slip() -> None:
    assert slips("wimes") & slips("wines")
    assert slips("mckenny") & slips("mckenney")
    assert not slips("berg") & slips("roth")
