"""The same words in any layout are read alike, and what is found stands in the body."""

from __future__ import annotations

import textwrap

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quotes.english.document import Document
from quotes.english.layout import lay_out

PARAGRAPHS = (
    "The council of Vell met on Monday in the old customs house to talk about the long bridge, "
    "which has been closed to lorries since the storm of last winter.",
    "“We will open it in May. I promise,” said Ann Roe, the mayor. “Nobody will have to wait.”",
    "Her deputy, Bo Lind, was less sure: “The steel is late,” he told reporters. “It is the third "
    "time. We have written to the works, and they have not answered (so far).”",
    "The works did not answer a request for comment on Tuesday, nor did the ministry.",
    "“It's a scandal,” said Mr. Lind. He isn't alone: 1,200 people have signed a letter.",
)
BODY = "\n\n".join(PARAGRAPHS)


def wrapped(width: int) -> str:
    return "\n\n".join(textwrap.fill(one, width) for one in PARAGRAPHS)


def tokenised() -> str:
    text = BODY
    for old, new in (
        ("“", "`` "), ("”", " ''"), (",", " ,"), (".", " ."), ("Mr .", "Mr."), ("(", "-LRB- "),
        (")", " -RRB-"), (":", " :"), ("It's", "It 's"), ("isn't", "is n't"), ("1 ,200", "1,200"),
    ):  # fmt: skip
        text = text.replace(old, new)
    return text


def paragraphs(body: str) -> list[str]:
    document = Document(body)
    return [document.text[start:end] for start, end in document.paragraphs.pieces]


def test_paragraphs_with_and_without_blank_lines() -> None:
    assert paragraphs(BODY) == list(PARAGRAPHS)
    assert paragraphs("\n".join(PARAGRAPHS)) == list(PARAGRAPHS)
    assert paragraphs(BODY.replace("\n", "\r\n")) == list(PARAGRAPHS)
    assert lay_out(BODY).text == BODY


@pytest.mark.parametrize("width", [50, 72, 100])
def test_wrapped_lines_are_joined(width: int) -> None:
    assert paragraphs(wrapped(width)) == list(PARAGRAPHS)


def test_wrapped_paragraphs_without_blank_lines_end_where_a_line_is_short() -> None:
    text = wrapped(60).replace("\n\n", "\n")
    assert paragraphs(text) == list(PARAGRAPHS)


def test_short_lines_of_a_list_are_no_wrapped_text() -> None:
    lines = ["Ann Roe, mayor", "Bo Lind, deputy mayor", "Cy Vance, clerk of the port", "Di Moe"] * 3
    assert paragraphs("\n".join(lines)) == lines


def test_speech_runs_on_over_the_end_of_a_line() -> None:
    body = "The vote is over.\n“We lost it.\nWe will win the next one,” said Ann Roe.\nShe left."
    assert paragraphs(body) == [
        "The vote is over.",
        "“We lost it. We will win the next one,” said Ann Roe.",
        "She left.",
    ]


def test_a_lost_mark_and_speech_of_several_paragraphs_stay_in_their_lines() -> None:
    lost = ["“We lost it, said Ann Roe.", "She left the “old” party.", "“We lost.", "“We did.”"]
    assert paragraphs("\n".join(lost)) == lost


def test_sentences_on_lines_of_their_own_are_put_together_again() -> None:
    body = BODY.replace("\n\n", "\n").replace(". ", ".\n").replace("Mr.\n", "Mr. ")
    found = paragraphs(body)
    assert any(one.startswith("“We will open it") for one in found)
    assert len(found) < body.count("\n")


def test_text_in_one_line_gets_paragraphs() -> None:
    body = " ".join(PARAGRAPHS * 2)
    found = paragraphs(body)
    assert " ".join(found) == body
    assert len(found) > 4
    assert any(one.startswith("“It's a scandal,”") for one in found)


def test_two_spaces_stand_for_lost_blank_lines_and_end_a_headline() -> None:
    headline = "Bridge of Vell Stays Closed, Roe Says"
    flat = "  ".join((headline, *PARAGRAPHS))
    assert paragraphs(flat) == [headline, *PARAGRAPHS]


def test_two_spaces_behind_every_sentence_tell_nothing() -> None:
    single = " ".join(PARAGRAPHS)
    double = single.replace(". ", ".  ").replace(".” ", ".”  ")
    assert [one.replace(".  ", ". ").replace(".”  ", ".” ") for one in paragraphs(double)] == (
        paragraphs(single)
    )


def test_who_signs_a_quotation_ends_its_paragraph_in_text_of_one_line() -> None:
    letters = (
        "Readers on the new tram, which has run since the spring through all of the old town.",
        "“It is loud, and it is late, and I love it more than any bus that I knew.” — Ann Roe",
        "“Nobody asked us before they dug up the street in the season.” ― J. P. Quist, baker",
        "“We will see whether it is still here when the snow comes.”— Lea Moor",
        "”I sold my car the day that it opened, and I never missed it.” – Bo Lind, 63, of Vell",
        "“Never again will I wait for a bus in the rain, nor will my sons.” ― Kim Dahl.",
        "The council meets on Monday, and it will hear what all of them have to say about it.",
    )
    found = paragraphs(" ".join([*letters, *["The trams run until midnight."] * 4]))
    assert len(found) >= len(letters) - 1
    for letter in letters[1:-1]:
        assert any(one.endswith(letter) for one in found)


def test_a_line_that_ends_in_a_title_goes_on() -> None:
    body = "“It is over,” said the Rev.\nAnn Roe of Vell.\nHe spoke to Sen.\nBo Lind."
    assert paragraphs(body) == [
        "“It is over,” said the Rev. Ann Roe of Vell.",
        "He spoke to Sen. Bo Lind.",
    ]


def test_who_asked_stays_with_the_question() -> None:
    text = " ".join((PARAGRAPHS[0], "“Who will pay for it?” Roe demanded.", *PARAGRAPHS[1:]))
    assert not any(one.startswith("Roe demanded") for one in paragraphs(text))


def test_tokens_are_read_as_they_would_be_printed() -> None:
    body = tokenised()
    laid = lay_out(body)
    assert laid.text == BODY
    start = laid.text.index("“The steel is late,”")
    begin, end = laid.place(start, start + len("“The steel is late,”"))
    assert body[begin:end] == "`` The steel is late , ''"


PIECES = st.sampled_from(
    ["“", "”", '"', "``", "''", " ,", " .", "-LRB-", "n't", " 's", "\n", "\n\n", "\r\n", " ", ". ",
     "said Ann Roe", "We lost it", "word " * 12, "é", "\u2028", "\x85", "$ 5"]
)  # fmt: skip


@given(st.lists(PIECES, max_size=80).map("".join))
def test_every_character_has_its_place(body: str) -> None:
    laid = lay_out(body)
    for at, char in enumerate(laid.text):
        start, end = laid.place(at, at + 1)
        assert 0 <= start < end <= len(body)
        same = body[start:end] == char
        spaced = char.isspace() and body[start:end].isspace()
        assert same or spaced or body[start:end].startswith(("`", "'", "-", '"'))
    words = "".join(laid.text.split())
    if laid.starts is None:
        assert words == "".join(body.split())
        assert len(laid.text) == len(body)


@given(st.integers(1, 400))
def test_reading_is_linear(times: int) -> None:
    assert lay_out("“Go.\n" * times).text.count("\n") == times
