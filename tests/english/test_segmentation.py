"""Paragraphs, tokens and sentence borders."""

from __future__ import annotations

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quotes.english.segmentation import Borders, paragraphs, sentences, tokens


def pieces(body: str, found: list[tuple[int, int]]) -> list[str]:
    return [body[start:end] for start, end in found]


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ("One.\nTwo.", ["One.", "Two."]),
        ("  One. \n \n\tTwo.\r\n", ["One.", "Two."]),
        ("", []),
        (" \n\n ", []),
        ("One line only", ["One line only"]),
    ],
)
def test_a_line_break_ends_a_paragraph(body: str, expected: list[str]) -> None:
    assert pieces(body, paragraphs(body)) == expected


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ("He left. She stayed.", ["He left.", "She stayed."]),
        ("Mr. Hollis left. She stayed.", ["Mr. Hollis left.", "She stayed."]),
        ("The U.S. left. She stayed.", ["The U.S. left.", "She stayed."]),
        ("J. K. Hollis left.", ["J. K. Hollis left."]),
        ("“He left.” She stayed.", ["“He left.”", "She stayed."]),
        ("Who left? he asked.", ["Who left? he asked."]),
        ("So did I. She stayed.", ["So did I.", "She stayed."]),
        ("Wait… What?! No.", ["Wait…", "What?!", "No."]),
        ("no end", ["no end"]),
    ],
)
def test_sentences(body: str, expected: list[str]) -> None:
    assert pieces(body, sentences(body)) == expected


def test_a_long_run_of_initials_ends() -> None:
    assert sentences("A." * 50_000)


def test_words_keep_their_apostrophes_and_hyphens() -> None:
    assert [t.text for t in tokens("It isn’t a well-known U.S. rule, 12.5% say.")] == [
        "It", "isn’t", "a", "well-known", "U.S.", "rule", ",", "12.5%", "say", ".",
    ]  # fmt: skip


@given(st.text(alphabet=st.sampled_from("ab AB.,!?…”\n\t’'-1")))
def test_every_piece_is_anchored_and_in_order(body: str) -> None:
    for found in (
        paragraphs(body),
        sentences(body),
        [(t.start, t.end) for t in tokens(body)],
    ):
        assert all(0 <= start < end <= len(body) for start, end in found)
        assert all(a[1] <= b[0] for a, b in itertools.pairwise(found))
    assert all(body[t.start : t.end] == t.text for t in tokens(body))


@given(st.lists(st.integers(1, 5), min_size=1, max_size=20), st.integers(0, 120))
def test_borders_find_the_piece_of_an_offset(lengths: list[int], offset: int) -> None:
    found, position = [], 0
    for length in lengths:
        found.append((position, position + length))
        position += length + 1
    index = Borders(found).index(offset)
    assert index == max(i for i, (start, _) in enumerate(found) if start <= offset)


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("“No,” said Rep. G.K. Roe (D-N.C.). He left.", 2),
        ("She works for A.J. Quist. Nobody knows.", 2),
        ("He moved to L.A. She did not.", 2),
        ("She went to the F.B.I. The man was there.", 2),
    ],
)
def test_initials_stand_before_a_surname(text: str, count: int) -> None:
    assert len(sentences(text)) == count
