"""Which voices are worth comparing."""

from __future__ import annotations

from datetime import date, timedelta

from quotes.normaliser.echokeys import beside_echo_keys, sought_echo_keys, stored_echo_keys
from quotes.normaliser.fold import fold

WORDS = fold("We will build the bridge number seven before the winter")
OTHER = fold("We will build the bridge number nine before the winter")
DAY = date(2025, 3, 1)
LATER = DAY + timedelta(days=25)


def test_words_meet_in_neighbouring_weeks_unless_they_are_common() -> None:
    own, later = stored_echo_keys(WORDS, DAY), stored_echo_keys(OTHER, LATER)
    shared = sought_echo_keys(WORDS, DAY) & later
    assert len(shared) == 1
    assert not sought_echo_keys(WORDS, DAY) & stored_echo_keys(WORDS, DAY + timedelta(days=60))
    assert not sought_echo_keys(WORDS, DAY, shared) & later
    back = own & sought_echo_keys(OTHER, LATER)
    assert not sought_echo_keys(WORDS, DAY, back) & later  # whichever of the two is common
    assert sought_echo_keys(WORDS, DAY, back) & own


def test_those_beside_a_key_are_found_in_neighbouring_weeks() -> None:
    back = stored_echo_keys(WORDS, DAY) & sought_echo_keys(OTHER, LATER)
    beside = beside_echo_keys(WORDS, DAY, back)
    assert len(beside) == 3
    assert beside & stored_echo_keys(OTHER, LATER)
    assert not beside_echo_keys(WORDS, DAY, ())
