"""The real encoder: what it says, and where the normaliser asks it."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from quotes.errors import UsageError
from quotes.normaliser import semantic
from quotes.normaliser.model import Rendering
from quotes.normaliser.normalise import normalise
from quotes.normaliser.semantic import Meaning, load_meaning
from tests.normaliser.test_normalise import MemoryStore, as_sets, printed, renderings

SPEECH = "Nobody asked the nurses whether they wanted an orchestra in the tunnel"
TIRED = "The crew was exhausted after the storm"
RETOLD = "The sailors were tired out by the gale"


@pytest.fixture(scope="module")
def meaning() -> Meaning:
    return load_meaning()


def test_the_same_in_other_words_is_nearer_than_something_else(meaning: Meaning) -> None:
    same = meaning(TIRED.lower(), RETOLD.lower())
    other = meaning(TIRED.lower(), "the harbour master has resigned")
    assert same > 0.6 > 0.3 > other


@given(st.text(max_size=60), st.text(max_size=60))
def test_a_comparison_is_symmetric_and_bounded(left: str, right: str) -> None:
    meaning = load_meaning()
    assert meaning(left, right) == meaning(right, left)
    assert -1.001 <= meaning(left, right) <= 1.001
    assert meaning(left, left) == pytest.approx(1.0, abs=1e-5)


def test_long_texts_are_read_from_the_beginning(meaning: Meaning) -> None:
    text = "the glacier melts and the harbour floods " * 40
    assert meaning(text, text * 3) == pytest.approx(1.0, abs=1e-5)


def test_meanings_count_beside_the_same_statement_only(meaning: Meaning) -> None:
    alone = [printed(0, TIRED), printed(1, RETOLD)]
    placed = [replace(one, before=SPEECH) for one in alone]
    apart, together = {frozenset({0}), frozenset({1})}, {frozenset({0, 1})}
    assert as_sets(normalise(alone, (), meaning)) == apart
    assert as_sets(normalise(placed)) == apart
    assert as_sets(normalise(placed, (), meaning)) == together


def test_another_statement_beside_the_same_one_stays_apart(meaning: Meaning) -> None:
    alone = [printed(0, TIRED), printed(1, "The mayor will resign in May")]
    placed = [replace(one, before=SPEECH) for one in alone]
    assert as_sets(normalise(placed, (), meaning)) == {frozenset({0}), frozenset({1})}


@settings(max_examples=60)
@given(renderings(), st.integers(1, 3))
def test_adding_in_parts_equals_all_at_once(given: list[Rendering], size: int) -> None:
    store = MemoryStore(load_meaning())
    for start in range(0, len(given), size):
        store.add(given[start : start + size])
    assert store.clusters() == normalise(given, (), load_meaning())


def test_a_missing_extra_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(semantic, "find_spec", lambda name: None)
    with pytest.raises(UsageError, match=r"pip install 'quotes\[semantic\]'"):
        load_meaning.__wrapped__()
