"""Names are matched with known ones, with scores that say how sure that is."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quotes.records import KnownSpeaker
from quotes.speakers import Match, match, spellings

KNOWN = [
    KnownSpeaker("ada-quill", "Ada Quill", "person", ("Ada Marie Quill", "Mayor Quill")),
    KnownSpeaker("bruno-quill", "Bruno Quill", "person"),
    KnownSpeaker("katherine-moor", "Katherine Moor", "person"),
    KnownSpeaker("zoe-akerlund", "Zoë Åkerlund", "person"),
    KnownSpeaker("vitali-klitschko", "Vitali Klitschko", "person"),
    KnownSpeaker("harbour-board", "Harbour Board", "organisation", ("The Board",)),
]
PAIRS = list(spellings(KNOWN))


@pytest.mark.parametrize(
    ("name", "slug", "why"),
    [
        ("Ada Quill", "ada-quill", "the same name"),
        ("ada  QUILL", "ada-quill", "the same name"),
        ("zoe akerlund", "zoe-akerlund", "the same name"),
        ("Dr. Ada Quill", "ada-quill", "the same name without titles"),
        ("Quill, Ada", "ada-quill", "the same words in another order"),
        ("Bruno Q. Quill", "bruno-quill", "the same first name and surname"),
        ("Vitaly Klychko", "vitali-klitschko", "a transliteration"),
        ("Kate Moor", "katherine-moor", "a short form or an initial"),
        ("K. Moor", "katherine-moor", "a short form or an initial"),
        ("Moor", "katherine-moor", "the surname"),
        ("Bruno", "bruno-quill", "the first name"),
        ("Akerlind", "zoe-akerlund", "spelled alike"),
        ("Harbor Board", "harbour-board", "spelled alike"),
    ],
)
def test_the_likeliest_comes_first(name: str, slug: str, why: str) -> None:
    best = match(name, PAIRS)[0]
    assert (best.slug, best.why) == (slug, why)


@pytest.mark.parametrize("name", ["", "  ", "...", "Xqzvw", "\x00"])
def test_nobody_is_like_that(name: str) -> None:
    assert match(name, PAIRS) == []


def test_all_who_bear_a_surname_are_found_once() -> None:
    found = match("Quill", PAIRS)
    assert found[:2] == [
        Match("ada-quill", "Ada Quill", 0.7, "the surname"),
        Match("bruno-quill", "Bruno Quill", 0.7, "the surname"),
    ]
    assert len({one.slug for one in found}) == len(found)
    assert match("Quill", PAIRS, limit=1) == found[:1]
    assert [one.slug for one in match("Ada Quill", PAIRS, least=0.9)] == ["ada-quill"]


def test_better_reasons_score_higher() -> None:
    names = ["Ada Quill", "Mrs Ada Quill", "Quill Ada", "Ada B. Quill", "A. Quill", "Quill", "Quil"]
    scores = [match(name, PAIRS)[0].score for name in names]
    assert scores == sorted(scores, reverse=True)
    assert len(set(scores)) == len(scores)


@given(st.text(max_size=30), st.lists(st.tuples(st.sampled_from("abc"), st.text(max_size=20))))
def test_any_text_matches_or_not(name: str, pairs: list[tuple[str, str]]) -> None:
    found = match(name, pairs)
    assert all(0 < one.score <= 1 and (one.slug, one.name) in pairs for one in found)
    assert [one.score for one in found] == sorted((one.score for one in found), reverse=True)
