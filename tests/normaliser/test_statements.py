from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quotes.normaliser.statements import beside, split_statements
from quotes.records import Kind, Quotation, Statement

REPORT = "The mayor spoke. "


def quotation(inner: str, kind: Kind = "direct", *, closed: bool = True) -> tuple[str, Quotation]:
    """Return an article body and the quotation of ``inner`` in it."""
    text = f"“{inner}”" if closed else f"“{inner}"
    start = len(REPORT)
    body = f"{REPORT}{text} She left."
    end = start + len(text)
    found = Quotation(
        start, end, text, start + 1, end - closed, kind, "test", opened=True, closed=closed
    )
    return body, found


def texts(inner: str) -> list[str]:
    return [statement.text for statement in split_statements(quotation(inner)[1])]


@pytest.mark.parametrize(
    ("inner", "statements"),
    [
        (
            "We lost the harvest. The bank will not wait. ",
            ["We lost the harvest.", "The bank will not wait."],
        ),
        ("a terrible idea,", ["a terrible idea"]),
        ("No. The tunnel stays closed.", ["No. The tunnel stays closed."]),
        ("The tunnel stays closed. Period.", ["The tunnel stays closed. Period."]),
        ("Yes. No.", ["Yes. No."]),
        (
            "I want the ferry back … we will not beg for it",
            ["I want the ferry back …", "we will not beg for it"],
        ),
        (
            "I want the ferry back. . . . We will not beg for it",
            ["I want the ferry back. . . .", "We will not beg for it"],
        ),
        ("thanking … the crews that we sent", ["thanking … the crews that we sent"]),
        ("… and then we signed it", ["and then we signed it"]),
        ("Mr. Ode met Dr. Lund at 5 p.m. on Friday", ["Mr. Ode met Dr. Lund at 5 p.m. on Friday"]),
        (
            "Who signed this contract? Nobody knows anything!",
            ["Who signed this contract?", "Nobody knows anything!"],
        ),
        (
            "first paragraph of the letter\nsecond paragraph of the letter",
            ["first paragraph of the letter", "second paragraph of the letter"],
        ),
        ("—", []),
        ("", []),
    ],
)
def test_examples(inner: str, statements: list[str]) -> None:
    assert texts(inner) == statements


def test_titles_and_scare_quotes_hold_no_statements() -> None:
    assert split_statements(quotation("A Song of Nets and Ropes", "none")[1]) == ()


@given(
    st.text(alphabet="abz AB.,!?…“”\n[]()-—'’ ", max_size=80),
    st.booleans(),
)
def test_offsets_slice_the_body_and_never_overlap(inner: str, closed: bool) -> None:
    body, found = quotation(inner, closed=closed)
    statements = split_statements(found)
    assert all(body[s.start : s.end] == s.text for s in statements)
    assert all(s.text == s.text.strip() for s in statements)
    borders = [found.inner_start, *(at for s in statements for at in (s.start, s.end))]
    assert borders == sorted(borders)
    assert borders[-1] <= found.inner_end


@given(st.text(alphabet="abz AB.,!?…", max_size=80))
def test_no_word_is_lost(inner: str) -> None:
    kept = "".join(texts(inner))
    assert [c for c in kept if c.isalpha()] == [c for c in inner if c.isalpha()]


def test_what_stands_beside_a_statement_is_not_what_it_holds() -> None:
    outer, inner = Statement(10, 60, "outer"), Statement(30, 40, "inner")
    first, last = Statement(0, 5, "first"), Statement(70, 80, "last")
    far = Statement(400, 410, "far")
    found = {own.text: (a, b) for own, a, b in beside([far, inner, last, outer, first])}
    assert found == {
        "first": (None, "outer"),
        "outer": ("first", "last"),
        "inner": ("first", "last"),
        "last": ("inner", None),
        "far": (None, None),
    }
