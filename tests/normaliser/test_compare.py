from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from quotes.normaliser.compare import Comparison, Wording, compare, linked, overlap
from quotes.normaliser.fold import fold

WORDINGS = st.lists(
    st.sampled_from(
        "we will not sign signed signs the budget budgets harbour never harbours … 30 it".split()
    ),
    max_size=12,
).map(lambda words: Wording(fold(" ".join(words))))


def wording(text: str) -> Wording:
    return Wording(fold(text))


def compared(left: str, right: str) -> Comparison:
    return compare(wording(left), wording(right))


@given(WORDINGS, WORDINGS)
def test_the_two_sides_mirror_each_other(left: Wording, right: Wording) -> None:
    one, two = compare(left, right), compare(right, left)
    assert (one.shared, one.left, one.right) == (two.shared, two.right, two.left)
    assert (one.phrase, one.verbatim, one.overhang) == (two.phrase, two.verbatim, two.overhang)


@given(WORDINGS, WORDINGS, st.integers(0, 60))
def test_more_time_never_helps(left: Wording, right: Wording, days: int) -> None:
    found = compare(left, right)
    assert 0.0 <= found.likeness <= 1.0
    assert linked(found, days) >= linked(found, days + 1)
    assert linked(found, None) == linked(found, 0)


def test_a_trimmed_wording_is_verbatim() -> None:
    found = compared("Our growers lost a third of the harvest", "a third of the harvest")
    assert found.verbatim
    assert found.right == 1.0
    assert found.one_sided


def test_words_in_another_order_count_for_less() -> None:
    same = compared("our fishermen and our growers", "our fishermen and our growers")
    moved = compared("our fishermen and our growers", "our growers and our fishermen")
    assert same.likeness == 1.0
    assert 0.7 < moved.likeness < 1.0


def test_wordings_cut_at_different_places_overhang() -> None:
    found = compared(
        "empties our shipyards before Christmas", "our shipyards before Christmas fall"
    )
    assert found.overhang
    assert not found.verbatim


def test_rare_words_weigh_more_than_common_ones() -> None:
    rare = compared("the lighthouse people", "the lighthouse answer")
    common = compared("the lighthouse people", "the orchard people")
    assert rare.shared > common.shared


def test_the_longer_the_wait_the_more_has_to_match() -> None:
    short = compared("a complete disaster", "a complete disaster")
    assert linked(short, 2)
    assert not linked(short, 25)
    sentence = "The lighthouse keeper deserves a pension and our thanks for every winter out there"
    assert linked(compared(sentence, sentence), 500)


def test_nothing_is_like_nothing() -> None:
    assert compared("", "") == Comparison(0.0, 0.0, 0.0, 0.0, verbatim=False)


def test_parts_of_a_sentence_do_not_overlap_but_versions_of_it_do() -> None:
    whole = wording("If somebody trusts the weather, you should not trust the ferry")
    first, second = wording("If somebody trusts the weather"), wording("not trust the ferry")
    assert overlap(first, second, whole) == 0.0
    assert overlap(second, wording("you should not trust the ferry"), whole) == 1.0


def test_very_long_wordings_are_compared_by_their_beginning() -> None:
    endless = " ".join(f"word{number}" for number in range(5000))
    assert compared(endless, endless + " more").verbatim
