"""Whose statement is it, where two articles print the same words under two names?"""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quotes.normaliser.compare import Wording
from quotes.normaliser.echo import Answer, answers, concerned, counts_to
from quotes.normaliser.echokeys import sought_echo_keys, stored_echo_keys
from quotes.normaliser.fold import fold
from quotes.normaliser.voice import JUDGED, Voice, inner_words, voice_name

DAY = date(2024, 3, 1)
LEASE = "We will not sell the long-term lease of the harbour to anyone"


def voice(speaker: str, standing: float, words: str = LEASE, articles: int = 1) -> Voice:
    return Voice(speaker, standing, Wording(fold(words)), DAY, articles)


UNSURE = voice("a-spokesman", 0.55)
SURE = voice("ada-quill", 0.95)
OTHER = voice("bo-thorn", 0.92)


def test_an_unsure_voice_counts_to_the_surer_one() -> None:
    assert counts_to(UNSURE, [SURE]) == ("ada-quill", False)
    assert counts_to(SURE, [UNSURE]) == ("ada-quill", False)


def test_long_words_of_two_sure_speakers_count_to_the_better_supported_one() -> None:
    assert counts_to(SURE, [OTHER]) == ("ada-quill", False)
    assert counts_to(OTHER, [SURE]) == ("ada-quill", True)
    often = replace(OTHER, articles=2)
    assert counts_to(SURE, [often]) == ("bo-thorn", True)
    assert counts_to(often, [SURE]) == ("bo-thorn", False)


def test_a_person_settles_a_dispute() -> None:
    judged = replace(OTHER, standing=1.0)
    assert counts_to(replace(SURE, articles=9), [judged]) == ("bo-thorn", False)
    assert counts_to(judged, [replace(SURE, articles=9)]) == ("bo-thorn", False)


@pytest.mark.parametrize(
    "words",
    [
        "We will not sell it",
        "It is what it is at the end of the day, and the rest is history",
    ],
)
def test_few_words_and_set_phrases_are_said_by_two_people(words: str) -> None:
    one, other = voice("ada-quill", 0.95, words), voice("bo-thorn", 0.92, words)
    assert counts_to(one, [other]) == ("ada-quill", False)
    assert counts_to(other, [one]) == ("bo-thorn", False)


def test_long_words_are_said_again_by_somebody_else_a_month_later() -> None:
    later = replace(OTHER, published=date(2024, 4, 20))
    assert counts_to(later, [SURE]) == ("bo-thorn", False)


def test_two_names_of_one_person_are_no_dispute() -> None:
    short = voice("bob-marsh", 0.92, "The long-term lease of the harbour")
    full = voice("robert-marsh", 0.95, "The long-term lease of the harbour")
    assert counts_to(short, [full]) == ("robert-marsh", False)


def test_an_unsure_voice_goes_where_the_words_go_that_it_echoes() -> None:
    assert counts_to(UNSURE, [replace(OTHER, answer="ada-quill")]) == ("ada-quill", False)


def test_a_little_surer_is_not_enough() -> None:
    assert counts_to(UNSURE, [replace(SURE, standing=0.5)]).speaker == "a-spokesman"


def test_a_speaker_confirmed_elsewhere_keeps_the_words() -> None:
    confirmed = replace(UNSURE, standing=0.9)
    assert counts_to(UNSURE, [SURE, confirmed]).speaker == "a-spokesman"


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
    one, other = voice("a-spokesman", 0.55, left), voice("ada-quill", 0.95, right)
    assert (counts_to(one, [other]).speaker == "ada-quill") is echo
    if echo:
        sought = sought_echo_keys(one.wording.folded, DAY)
        assert sought & stored_echo_keys(other.wording.folded, DAY)


def test_one_quoting_the_other_in_one_breath_is_no_echo() -> None:
    around = f"“Ada Quill told us, ‘{LEASE},’ and we believe her”"
    quoting = replace(voice("a-spokesman", 0.55, around), inner=inner_words(around))
    assert counts_to(quoting, [SURE]).speaker == "a-spokesman"


def test_the_likest_words_then_the_most_articles_decide() -> None:
    longer = voice("ada-quill", 0.95, f"{LEASE} while I am mayor of this stubborn town")
    same = voice("bo-thorn", 0.9)
    assert counts_to(UNSURE, [longer, same]).speaker == "bo-thorn"
    often = replace(SURE, articles=2)
    assert counts_to(UNSURE, [same, often]).speaker == "ada-quill"


def test_months_later_it_has_to_be_long() -> None:
    later = replace(SURE, published=date(2024, 9, 1))
    assert counts_to(UNSURE, [later]).speaker == "ada-quill"
    short = voice("a-spokesman", 0.5, "Next year in Lisbon")
    other = replace(voice("ada-quill", 0.9, "Next year in Lisbon"), published=later.published)
    assert counts_to(short, [other]).speaker == "a-spokesman"


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
    others = [voice(*one) for one in found]
    shuffled = list(others)
    random.shuffle(shuffled)  # type: ignore[attr-defined]
    assert counts_to(UNSURE, shuffled) == counts_to(UNSURE, others)


def test_the_anonymous_of_copies_go_by_one_name() -> None:
    one, other = "anonymous-0a1b2c3d-spokesman", "anonymous-99aa88bb-spokesman"
    assert voice_name(one, "anonymous", 0.5) == voice_name(other, "anonymous", 0.5)
    assert voice_name(one, "anonymous", JUDGED) == one
    assert voice_name("ada-quill", "person", 0.5) == "ada-quill"


def test_names_do_not_tell_whose_words_they_are() -> None:
    """Everybody who speaks of a town says its name: that alone is no echo."""
    named = frozenset(("port", "ellis"))
    for words, said_by in (
        ("Port Ellis values", "bo-reed"),
        ("Port Ellis values its lighthouse and its ferries", "ada-quill"),
    ):
        sure, unsure = voice("ada-quill", 0.95, words), voice("bo-reed", 0.5, words)
        assert counts_to(unsure, [sure]).speaker == "ada-quill"
        assert counts_to(replace(unsure, names=named), [sure]).speaker == said_by
        assert counts_to(unsure, [replace(sure, names=named)]).speaker == said_by


def decided(voices: dict[int, Voice]) -> dict[int, Answer]:
    """Return whom all count to: the sure ones first, then those that follow them."""
    sure = {key: one for key, one in voices.items() if one.is_sure}
    found = answers(sure, voices)
    heard = {
        key: replace(one, answer=found[key].speaker) if key in found else one
        for key, one in voices.items()
    }
    return found | answers({key: heard[key] for key in voices.keys() - sure.keys()}, heard)


@given(VOICES, st.sampled_from([0.6, 0.9, 1.0]), st.integers(0, 5))
def test_nobody_counts_to_another_speaker_but_those_who_are_concerned(
    found: list[tuple[str, float, str]], standing: float, place: int
) -> None:
    voices = {at: voice(*one) for at, one in enumerate(found)}
    before = decided(voices)
    known = {key: replace(one, answer=before[key].speaker) for key, one in voices.items()}
    grown = known.get(place) or voice("bo-thorn", standing)
    grown = replace(grown, articles=grown.articles + 1, standing=max(grown.standing, standing))
    after = decided(voices | {place: replace(grown, answer=None)})
    moved = {key for key in voices if after[key] != before[key]} - {place}
    first = concerned({place: grown}, known)
    assert {key for key in moved if known[key].is_sure} <= first
    changed = {key: replace(known[key], answer=after[key].speaker) for key in moved}
    assert moved <= first | concerned(changed, known)
