from __future__ import annotations

import pytest

from quotes.normaliser.reasons import why_one

LEASE = "We will not sell the long-term lease of the harbour to anyone"


@pytest.mark.parametrize(
    ("variant", "begins"),
    [
        (f"“{LEASE.upper()},”", "the same words"),
        ("the long-term lease of the harbour", "all words of the shorter one"),
        ("We won't ever sell this long-term lease of our harbour to anybody", "94% of what"),
        ("The ferries sail on Sundays", "3% of what the shorter one tells"),
    ],
)
def test_why_two_wordings_are_one(variant: str, begins: str) -> None:
    assert why_one(LEASE, variant).startswith(begins)


def test_the_model_says_how_sure_it_is() -> None:
    said = why_one(LEASE, "We won't ever sell this long-term lease of our harbour to anybody")
    assert "words in a row; the learned model gives it 0." in said
