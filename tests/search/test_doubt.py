from __future__ import annotations

import pytest

from quotes.search.doubt import certainty, doubted, how_sure, remarks


@pytest.mark.parametrize(
    ("confidence", "words", "shown"),
    [
        (1.0, "sure", "Ann Roe"),
        (0.8, "sure", "Ann Roe"),
        (0.79, "uncertain", "Ann Roe ?"),
        (0.5, "uncertain", "Ann Roe ?"),
        (0.49, "very uncertain", "Ann Roe ??"),
        (0.0, "very uncertain", "Ann Roe ??"),
    ],
)
def test_doubt_is_shown(confidence: float, words: str, shown: str) -> None:
    assert certainty(confidence) == words
    assert doubted("Ann Roe", confidence) == shown


def test_remarks_are_plain_words() -> None:
    assert remarks() == ()
    assert remarks(divergent=2) == ("meaning may differ",)
    assert remarks(divergent=1, disputed=1) == ("meaning may differ", "speaker disputed")


@pytest.mark.parametrize(
    ("confidence", "shown"),
    [(0.797, "uncertain (79 %)"), (0.8, "sure (80 %)"), (0.29, "very uncertain (29 %)")],
)
def test_a_figure_never_looks_surer_than_the_word_beside_it(confidence: float, shown: str) -> None:
    assert how_sure(confidence) == shown
