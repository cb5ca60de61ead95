from __future__ import annotations

import pytest
from sqlalchemy import Connection

from quotes.errors import UsageError
from quotes.search.compare import compare_outlets, compare_texts
from quotes.search.reading import ask


def test_two_variants_word_by_word(stocked: Connection) -> None:
    query = "SELECT id FROM variant_list WHERE text LIKE '%lease%' ORDER BY id"
    one, other = (f"v{row.id}" for row in ask(stocked, query))
    found = compare_texts(stocked, one, other)
    assert (found.left.id, found.right.id, found.between) == (one, other, "divergent")
    assert found.left.speaker == "Ada Quill"
    assert found.warnings[0].startswith("negation dropped")
    assert compare_texts(stocked, one, one).between == "same"


def test_shortened_and_reworded(stocked: Connection) -> None:
    found = compare_texts(stocked, "r1", "r2")
    assert found.between == "reworded"
    with pytest.raises(UsageError, match="no variant v99"):
        compare_texts(stocked, "v99", "v1")
    with pytest.raises(UsageError, match="is a quotation"):
        compare_texts(stocked, "n1", "v1")


def test_two_outlets(stocked: Connection) -> None:
    found = compare_outlets(stocked, "daily lantern", "Evening Post")
    assert (found.left, found.right) == ("Daily Lantern", "Evening Post")
    (shared,) = found.shared
    assert (shared.left.id, shared.right.id) == (shared.left.id, shared.left.id)
    assert "lease" in shared.left.text
    assert (found.only_left, found.only_right, found.latest) == (1, 1, None)
    latest = compare_outlets(stocked, "daily lantern", "Evening Post", latest=10)
    assert latest == found  # no outlet has more
    one = compare_outlets(stocked, "daily lantern", "Evening Post", latest=1)
    assert one.latest == 1
    assert one.both + one.only_left + one.only_right < found.both + 2
    for left, right, words in (
        ("evening-post", "The Evening Post", "are one outlet"),
        ("evening-post", "Nowhere", "no outlet 'Nowhere'"),
    ):
        with pytest.raises(UsageError, match=words):
            compare_outlets(stocked, left, right)
