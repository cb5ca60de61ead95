"""Spellings of one name fold to the same words."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quotes.english.folding import ends, fold, name_words, same_first_name, slips, slugify


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
    ("one", "other", "same"),
    [
        ("robert", "bob", True),
        ("robert", "robby", True),
        ("j", "john", True),
        ("bill", "william", True),
        ("anna", "peter", False),
        ("j", "anna", False),
    ],
)
def test_short_forms_of_first_names(one: str, other: str, same: bool) -> None:
    assert same_first_name(one, other) is same
    assert same_first_name(other, one) is same


@pytest.mark.parametrize(
    ("name", "slug"),
    [
        ("Vladimir Putin", "vladimir-putin"),
        ("François Hollande", "francois-hollande"),
        ("Robert “Bobby” Miller", "robert-miller"),
        ("Владимир", "432-43b-430-434-438-43c-438-440"),
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
