from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quotes.normaliser.fold import fold, printed_words

NEWSY = st.text(
    alphabet="abceinorstuwyzAFT'’“”\"[]().,…-–—*&%$0123459 \n",
    max_size=60,
)


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("“We’ve mended some nets,”", "we have mended some nets"),
        ("I can't, won't and shan’t.", "i can not will not and shall not"),
        ("She'd know; it's Ivan's, isn't it?", "she would know it is ivan is not it"),
        ("the colour of labour's defence centre", "the color of labor defence center"),
        ("organize, organise, analyzed", "organise organise analysed"),
        ("twenty-five of the ninety, twenty one, seven", "25 of the 90 21 7"),
        ("$30,000 or 2.5% or 5 percent", "30000 dollars or 2.5 % or 5 %"),
        ("f***ing b*tch and s--t", "f* b* and s*"),
        ("[expletive] taxes", "* taxes"),
        ("fucking shit", "f* s*"),
        ("[T]he minister [of war] left", "the minister left"),
        ("[of war]", "of war"),
        ("we need it … now …", "we need it … now"),
        ("we need it. . . . now [...]", "we need it … now"),
        ("the U.S. and the F.B.I.", "the us and the fbi"),
        ("long-term café", "long term cafe"),
        ("Gen. Ames and General Ames", "general ames and general ames"),
        ("We, uh, need—um—nurses", "we need nurses"),
        ("we … um … need", "we … need"),
        ("Um …", ""),
        ("", ""),
        ("— … —", ""),
    ],
)
def test_examples(text: str, folded: str) -> None:
    assert fold(text) == folded


@given(st.one_of(st.text(max_size=60), NEWSY))
def test_folding_twice_changes_nothing(text: str) -> None:
    once = fold(text)
    assert fold(once) == once


@given(NEWSY)
def test_case_and_white_space_make_no_difference(text: str) -> None:
    spaced = text.replace(" ", "\n  ")
    assert fold(spaced) == fold(text)
    assert fold(text.upper()) == fold(text)


def test_printed_words_keep_the_print_and_fold_word_by_word() -> None:
    assert printed_words("“They’re [the owners] gone—today,”") == [
        ("“They’re", "they are"),
        ("[the owners]", ""),
        ("gone—", "gone"),
        ("today,”", "today"),
    ]
