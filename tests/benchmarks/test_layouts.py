"""Articles in other layouts: the labels go along."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st
from layouts import LAYOUTS, WIDTH

BODY = (
    "“We didn’t go (ever), Ann,” said Mr. Lind, 43, of Oslo.\n\n"
    'She cost $1,500. "No." Ann Roe of the U.S. left. "Go," she said.\n\n'
    "''I can't, and really would not ever do it for you in this world,'' said Bo Lind."
)


def same(one: str, other: str) -> bool:
    """Whether two texts have the same letters and digits."""
    return re.sub(r"[\W_]|LRB", "", one) == re.sub(r"[\W_]", "", other)


@pytest.mark.parametrize("layout", LAYOUTS)
@pytest.mark.parametrize("words", ["Lind", "Ann Roe", "Oslo", "“We didn’t go (", "1,500", '"Go,"'])
def test_a_label_stands_at_the_same_words(layout: str, words: str) -> None:
    laid = LAYOUTS[layout](BODY)
    start, end = laid.span(BODY.index(words), BODY.index(words) + len(words))
    assert same(laid.body[start:end], words)


def test_one_line() -> None:
    assert "\n" not in LAYOUTS["flat"](BODY).body


def test_one_sentence_a_line() -> None:
    lines = LAYOUTS["sentences"](BODY).body.splitlines()
    assert lines[1:3] == ["She cost $1,500.", '"No." Ann Roe of the U.S. left.']


def test_wrapped_lines_are_short_and_paragraphs_apart() -> None:
    body = LAYOUTS["wrapped"](BODY).body
    assert max(map(len, body.splitlines())) <= WIDTH
    assert body.count("\n\n") == BODY.count("\n\n") + 1


def test_penn_tokens() -> None:
    body = LAYOUTS["penn"](BODY).body
    assert body.startswith("`` We did n't go -LRB- ever -RRB- , Ann , '' said Mr. Lind , 43 ,")
    assert "cost $1,500 . `` No. ''" in body
    assert "`` I ca n't , and" in body


@given(st.text(alphabet="aB .,\n“”\"'()", max_size=80), st.sampled_from([*LAYOUTS]))
def test_any_word_is_carried_along(body: str, layout: str) -> None:
    laid = LAYOUTS[layout](body)
    for match in re.finditer(r"[aB]+", body):
        start, end = laid.span(*match.span())
        assert laid.body[start:end] == match.group()
