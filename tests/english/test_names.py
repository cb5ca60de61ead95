"""Names are found by their capitals, titles kept apart, sentence openers left out."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from quotes.english.document import Document
from quotes.english.names import find_names

CASES = yaml.safe_load((Path(__file__).parents[1] / "cases/names.yaml").read_text(encoding="utf-8"))
WORDS = st.sampled_from(
    "Mr. Anna O’Brien of the van der said US President “ ” , . \n \n\n and Jr. Bank A. İstanbul "
    "MAYOR SAYS 3 ' al-Sadr St. ( ) Secretary of State D-Ohio".split(" ")
)


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["text"][:50])
def test_names_and_titles(case: dict[str, Any]) -> None:
    found = Document(case["text"]).names
    texts = [" ".join(name.text.split()) for name in found]
    assert texts == [name if isinstance(name, str) else name[1] for name in case["names"]]
    for name, wanted in zip(found, case["names"], strict=True):
        assert isinstance(wanted, str) or name.title == wanted[0]


@given(st.lists(WORDS, max_size=60).map(" ".join))
def test_names_lie_in_the_text_in_order_and_apart(text: str) -> None:
    last = 0
    for name in find_names(text):
        assert text[name.start : name.end] == name.text
        assert last <= name.start < name.end
        assert name.title_start <= name.start
        assert (name.title is None) == (name.title_start == name.start)
        last = name.end


@given(st.text(max_size=300))
def test_any_text_is_read(text: str) -> None:
    assert all(text[name.start : name.end] == name.text for name in find_names(text))


@pytest.mark.parametrize(
    ("text", "hint"),
    [
        ("He called Gov. Ann Reyes.", "person"),
        ("He called the Harbour Workers Union.", "organisation"),
        ("He called NATO.", "organisation"),
        ("He called WhistleWatch.", "organisation"),
        ("He saw the Elbe River.", "place"),
        ("He called Ann Reyes.", None),
    ],
)
def test_form_hints_at_what_is_named(text: str, hint: str | None) -> None:
    assert find_names(text)[-1].kind_hint == hint
