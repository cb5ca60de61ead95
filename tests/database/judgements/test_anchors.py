from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quotes.database.judgements.anchors import CONTEXT, anchor, locate


@pytest.mark.parametrize(
    ("body", "words", "expected"),
    [
        ("He said “no” and left.", "“no”", "“no”"),
        ("Later he said “no” and left.", "“no”", "“no”"),
        ('Later he said "no" and left.', "“no”", '"no"'),
        ("He said “yes” and left.", "“no”", None),
        ("She said “no” and stayed. He said “no” and left.", "“no”", "“no” and left"),
    ],
)
def test_places_are_found_again(body: str, words: str, expected: str | None) -> None:
    old = "He said “no” and left."
    start = old.index(words)
    found = locate(body, anchor(1, old, start, start + len(words)))
    if expected is None:
        assert found is None
    else:
        assert found is not None
        assert body[found[0] :].startswith(expected)
        assert found[1] - found[0] == len(words)


def test_an_anchor_keeps_the_words_and_what_stands_around_them() -> None:
    body = "x" * 100 + "“no”" + "y" * 100
    assert anchor(7, body, 100, 104) == {
        "article": 7,
        "start": 100,
        "end": 104,
        "exact": "“no”",
        "prefix": "x" * CONTEXT,
        "suffix": "y" * CONTEXT,
    }


def test_of_equal_places_the_nearest_is_taken() -> None:
    place = "He said “we will never sell it” and left. "
    words = "“we will never sell it”"
    body = place * 3
    at = [at for at in range(len(body)) if body.startswith(words, at)]
    for start in at:
        # What stands around them is the same but at both ends of the text.
        assert locate(body, anchor(1, body, start, start + len(words))) == (
            start,
            start + len(words),
        )
    assert locate(f"Well. {body}", anchor(1, body, at[1], at[1] + len(words))) == (
        at[1] + 6,
        at[1] + 6 + len(words),
    )


def test_white_space_does_not_count() -> None:
    old = "He said “we will never sell it” and left."
    new = "He said\n“we will\n   never sell it”\nand left."
    found = locate(new, anchor(1, old, 8, 31))
    assert found is not None
    assert new[found[0] : found[1]] == "“we will\n   never sell it”"


def test_an_anchor_of_white_space_is_nowhere() -> None:
    assert locate("a  b", anchor(1, "a  b", 1, 3)) is None


@given(body=st.text(min_size=1, max_size=80), data=st.data())
def test_a_place_is_found_in_the_text_it_was_made_from(body: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(body) - 1))
    end = data.draw(st.integers(start + 1, len(body)))
    found = locate(body, anchor(1, body, start, end))
    if found is not None:
        assert body[found[0] : found[1]].split() == body[start:end].split()
