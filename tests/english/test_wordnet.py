from __future__ import annotations

import pytest

from quotes.english.wordnet import are_synonyms


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("path", "way", True),
        ("ways", "paths", True),
        ("way", "path", True),
        ("railway", "railroad", True),
        ("hospital", "tunnel", False),
        ("man", "piece", False),
        ("glorp", "glorp", False),
    ],
)
def test_examples(one: str, other: str, same: bool) -> None:
    assert are_synonyms(one, other) is same
