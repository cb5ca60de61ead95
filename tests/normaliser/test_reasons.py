from __future__ import annotations

import re

import pytest

from quotes.normaliser.reasons import figures_of, why_one

LEASE = "We will not sell the long-term lease of the harbour to anyone"


@pytest.mark.parametrize(
    ("variant", "begins"),
    [
        (f"“{LEASE.upper()},”", "the same words"),
        (
            "the long-term lease of the harbour",
            "the shorter one is in the longer one word for word",
        ),
        (
            "We won't ever sell this long-term lease of our harbour to anybody",
            "94 % of what the shorter one says is in",
        ),
        ("The ferries sail on Sundays", "3 % of what the shorter one says"),
    ],
)
def test_why_two_wordings_are_one(variant: str, begins: str) -> None:
    assert why_one(LEASE, variant).startswith(begins)


def test_how_sure_the_model_is_stands_in_words() -> None:
    likely = why_one(LEASE, "We won't ever sell this long-term lease of our harbour to anybody")
    assert likely.endswith("; wordings so much alike are mostly one statement")
    beside = why_one(LEASE, "The ferries sail on Sundays")
    assert "too little by itself" in beside
    for words in (likely, beside):
        assert not any(word in words for word in ("bits", "model", "0."))


def test_developers_see_the_figures() -> None:
    said = figures_of(LEASE, "We won't ever sell this long-term lease of our harbour to anybody")
    assert re.fullmatch(r"coverage 0\.94, \d+ bits shared, run \d, model 0\.\d\d", said)
