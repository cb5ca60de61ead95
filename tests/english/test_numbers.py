from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quotes.english.numbers import number_phrases, ranks, values


def rewritten(text: str) -> str:
    words = text.split()
    for phrase in reversed(number_phrases(words)):
        words[phrase.start : phrase.end] = phrase.folded
    return " ".join(words)


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("we lost two hundred ships", "we lost 200 ships"),
        ("a hundred and fifty of them", "150 of them"),
        ("three million five hundred thousand", "3500000"),
        ("ninety nine point nine", "99.9"),
        ("200 thousand", "200000"),
        ("5 hundred thousand", "500000"),
        ("5k or 5000", "5000 or 5000"),
        ("1.5bn", "1500000000"),
        ("1.50", "1.5"),
        ("$ 1.5 billion", "1500000000 dollars"),
        ("$ 1500 million", "1500000000 dollars"),
        ("1.5 billion us dollars", "1500000000 dollars"),
        ("€ 3m and £ 2", "3000000 euros and 2 pounds"),
        ("a billion dollars", "1000000000 dollars"),
        ("one dollar", "1 dollars"),
        ("half a million people", "500000 people"),
        ("a quarter of a million", "250000"),
        ("two and a half million", "2500000"),
        ("a million and a half", "1500000"),
        ("a dozen or half a dozen or two dozen", "12 or 6 or 24"),
        ("dozens of them and hundreds of us", "dozens of them and hundreds of us"),
        ("two or three million", "2000000 or 3000000"),
        ("10 to 15 million", "10000000 to 15000000"),
        ("2000 or 3 million", "2000 or 3000000"),
        ("two thirds of it", "2/3 of it"),
        ("a third of the harvest", "1/3 of the harvest"),
        ("a third time", "a third time"),
        ("a quarter of an hour", "1/4 of an hour"),
        ("the twenty first century", "the 21st century"),
        ("the fourth of july", "the 4th of july"),
        ("the 1st and the 2nd", "the first and the second"),
        ("wait a second", "wait a second"),
        ("nineteen eighty four", "1984"),
        ("twenty per cent", "20 %"),
        ("one % of it", "1 % of it"),
        ("one of the two", "one of the 2"),
        ("zero tolerance", "zero tolerance"),
        ("no number at all", "no number at all"),
        ("", ""),
        ("1.2.3 and 4x4", "1.2.3 and 4x4"),
    ],
)
def test_numbers_fold_to_their_values(text: str, folded: str) -> None:
    assert rewritten(text) == folded
    assert rewritten(folded) == folded


WORDS = st.sampled_from(
    "$ € % 2 1.5 3bn 4th 1/2 a half one two twenty third thirds hundred thousand million dozen and "
    "of or to per cent point us dollars second boats".split()
)


@given(st.lists(WORDS, max_size=8))
def test_phrases_are_in_order_and_inside_the_words(words: list[str]) -> None:
    end = 0
    for phrase in number_phrases(words):
        assert end <= phrase.start < phrase.end <= len(words)
        assert phrase.folded
        end = phrase.end


def test_values() -> None:
    assert values("it fell by 20 % or 3".split()) == [Fraction(1, 5), 3]
    assert values("half of it".split()) == values("50 %".split()) == values(["1/2"])
    assert values("the 21st of 1.2.3 1/0".split()) == []
    assert ranks("the second and the 21st of 3".split()) == ["21st", "second"]
