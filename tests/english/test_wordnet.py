from __future__ import annotations

import pytest

from quotes.english.wordnet import are_synonyms, is_person, kinds_of, singulars


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


@pytest.mark.parametrize(
    ("noun", "person"),
    [
        ("neurosurgeon", True),
        ("cashier", True),
        ("vice-president", True),
        ("order", False),
        ("newspaper", False),
        ("glorp", False),
    ],
)
def test_nouns_for_people(noun: str, person: bool) -> None:
    assert is_person(noun) is person


def test_a_general_noun_stands_for_its_kinds() -> None:
    assert {"painter", "photographer"} <= kinds_of("artist")
    assert "novelist" in kinds_of("writer")
    assert "painter" not in kinds_of("writer")
    assert not kinds_of("person")
    assert not kinds_of("glorp")


@pytest.mark.parametrize(
    ("noun", "one"), [("coaches", "coach"), ("gunmen", "gunman"), ("thieves", "thief")]
)
def test_plurals(noun: str, one: str) -> None:
    assert one in singulars(noun)
