"""Whose statement is it, where two articles print the same words under two names?"""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quotes.normaliser.compare import Wording
from quotes.normaliser.echo import Voice, counts_to, sought_echo_keys, stored_echo_keys
from quotes.normaliser.fold import fold

DAY = date(2024, 3, 1)
LEASE = "We will not sell the long-term lease of the harbour to anyone"


def voice(key: int, speaker: str, standing: float, words: str = LEASE) -> Voice:
    return Voice(key, speaker, standing, Wording(fold(words)), DAY, key, 0, 100)


UNSURE = voice(1, "a-spokesman", 0.55)
SURE = voice(2, "ada-quill", 0.95)


def test_an_unsure_voice_counts_to_the_surer_one() -> None:
    assert counts_to(UNSURE, [SURE]) == "ada-quill"
    assert counts_to(SURE, [UNSURE]) == "ada-quill"


def test_two_sure_voices_disagree() -> None:
    other = replace(SURE, key=3, speaker="bo-thorn", article=3)
    assert counts_to(SURE, [other]) == "ada-quill"
    assert counts_to(other, [SURE]) == "bo-thorn"


def test_a_little_surer_is_not_enough() -> None:
    assert counts_to(UNSURE, [replace(SURE, standing=0.6)]) == "a-spokesman"


def test_a_speaker_confirmed_elsewhere_keeps_the_words() -> None:
    confirmed = replace(UNSURE, key=3, standing=0.9, article=3)
    assert counts_to(UNSURE, [SURE, confirmed]) == "a-spokesman"


@pytest.mark.parametrize(
    ("left", "right", "echo"),
    [
        ("Next year in Lisbon", "next year in Lisbon,", True),
        ("in Lisbon", "In Lisbon!", False),  # two words
        ("sell the long-term lease of the harbour", LEASE, True),
        ("the harbour", LEASE, False),
        ("We would not sell the long-term lease of the harbour to anyone", LEASE, True),
        ("We will not sell the airport", LEASE, False),
        ("They will not be the ones who do it", "They will not be the ones who do it", True),
    ],
)
def test_how_much_has_to_be_the_same(left: str, right: str, echo: bool) -> None:
    one, other = voice(1, "a-spokesman", 0.55, left), voice(2, "ada-quill", 0.95, right)
    assert (counts_to(one, [other]) == "ada-quill") is echo
    if echo:
        sought = sought_echo_keys(one.wording.folded, DAY)
        assert sought & stored_echo_keys(other.wording.folded, DAY)


def test_one_quoting_the_other_in_one_breath_is_no_echo() -> None:
    inside = replace(SURE, article=UNSURE.article, start=10, end=60)
    assert counts_to(UNSURE, [inside]) == "a-spokesman"


def test_the_likest_words_then_the_most_articles_decide() -> None:
    longer = voice(2, "ada-quill", 0.95, f"{LEASE} while I am mayor of this stubborn town")
    same = voice(3, "bo-thorn", 0.9)
    assert counts_to(UNSURE, [longer, same]) == "bo-thorn"
    others = [replace(SURE, key=key, article=key) for key in (4, 5)]
    assert counts_to(UNSURE, [same, *others]) == counts_to(UNSURE, [*others, same]) == "ada-quill"


def test_months_later_it_has_to_be_long() -> None:
    later = replace(SURE, published=date(2024, 9, 1))
    assert counts_to(UNSURE, [later]) == "ada-quill"
    short = voice(1, "a-spokesman", 0.5, "Next year in Lisbon")
    other = replace(voice(2, "ada-quill", 0.9, "Next year in Lisbon"), published=later.published)
    assert counts_to(short, [other]) == "a-spokesman"


VOICES = st.lists(
    st.builds(
        lambda speaker, standing, words: (speaker, standing, words),
        st.sampled_from(["ada-quill", "bo-thorn", "a-spokesman"]),
        st.sampled_from([0.4, 0.6, 0.8, 0.9, 1.0]),
        st.sampled_from([LEASE, f"{LEASE} this year", "sell the long-term lease of the harbour"]),
    ),
    max_size=6,
)


@given(VOICES, st.randoms(use_true_random=False))
def test_the_order_in_which_others_are_heard_changes_nothing(
    found: list[tuple[str, float, str]], random: object
) -> None:
    others = [voice(key, *one) for key, one in enumerate(found, start=10)]
    shuffled = list(others)
    random.shuffle(shuffled)  # type: ignore[attr-defined]
    assert counts_to(UNSURE, shuffled) == counts_to(UNSURE, others)
