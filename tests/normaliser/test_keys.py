from __future__ import annotations

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from quotes.english.informativeness import FUNCTION_WORDS
from quotes.normaliser.fold import fold
from quotes.normaliser.keys import MAX_WORDS, sought_keys, stem, stored_keys
from quotes.normaliser.thresholds import NEAR_DAYS

DAY = date(2024, 3, 1)
PASSAGE = fold(
    "When I took this office the orchestra was bankrupt, the harbour was silting up and nobody at "
    "the ministry answered our letters; today the orchestra tours Japan and the harbour is open."
)
WORDS = st.lists(
    st.sampled_from("the of we orchestra harbour bankrupt ministry letters tours open".split()),
    min_size=1,
    max_size=30,
)


def meet(left: str, right: str) -> bool:
    return bool(stored_keys(left, DAY) & sought_keys(right, DAY))


def test_a_fragment_meets_the_passage_that_it_was_cut_from() -> None:
    for fragment in ("silting up", "the orchestra tours Japan", "bankrupt", "answered our letters"):
        assert meet(PASSAGE, fold(fragment))
        assert meet(fold(fragment), PASSAGE)


def test_one_common_topic_word_does_not_bring_long_wordings_together() -> None:
    other = fold("The harbour belongs to everybody who has ever mended a net on it in winter")
    assert not meet(PASSAGE, other)


def test_equal_wordings_of_function_words_meet() -> None:
    assert meet(fold("That is what it was"), fold("that is what it was"))


@given(WORDS, WORDS)
def test_meeting_is_mutual(left: list[str], right: list[str]) -> None:
    one, two = " ".join(left), " ".join(right)
    assert meet(one, two) == meet(two, one)


@given(WORDS, st.data())
def test_every_run_of_words_meets_the_whole(words: list[str], data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(words) - 1))
    end = data.draw(st.integers(start + 1, len(words)))
    run = words[start:end]
    if set(run) <= FUNCTION_WORDS and not set(words) <= FUNCTION_WORDS:
        return  # “of the” is looked for in equal wordings only
    assert meet(" ".join(run), " ".join(words))


@given(st.lists(st.text("abcdefg", min_size=1, max_size=8), max_size=400))
def test_the_number_of_keys_is_bounded(words: list[str]) -> None:
    text = " ".join(words)
    assert len(stored_keys(text, DAY, (text, text))) <= 4 * MAX_WORDS
    assert len(sought_keys(text, DAY, (text, text))) <= 8 * MAX_WORDS


def test_stems() -> None:
    assert stem("threats") == stem("threat") == "threat"
    assert stem("refused") == stem("refusing") == stem("refuses")
    assert stem("negotiation") == stem("negotiations")
    assert stem("is") == "is"


@given(st.integers(0, NEAR_DAYS))
def test_near_wordings_meet_within_weeks(days: int) -> None:
    later = DAY + timedelta(days)
    assert stored_keys("silting up", DAY) & sought_keys("silting up", later)
    assert stored_keys("silting up", later) & sought_keys("silting up", DAY)


def test_distant_and_undated_wordings_meet_through_five_telling_words() -> None:
    fragment = fold("today the orchestra tours Japan and the harbour is open")
    for day in (DAY + timedelta(days=900), None):
        assert stored_keys(PASSAGE, DAY) & sought_keys(fragment, day)
        assert not stored_keys(PASSAGE, DAY) & sought_keys(fold("silting up"), day)
    endless = fold("that is what it was and that is what it will be")
    assert stored_keys(endless, DAY) & sought_keys(endless, None)
