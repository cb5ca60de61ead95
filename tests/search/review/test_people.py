from __future__ import annotations

import random
from collections.abc import Iterable
from typing import Any

import pytest
from sqlalchemy.orm import Session

from quotes.database.judgements.judge import Judge
from quotes.errors import UsageError
from quotes.search.review.items import Reader
from quotes.search.review.people import LEAST, MOST_SHARING, _matches, alike, show_alike
from quotes.seeds import load_speakers
from quotes.speakers import matching
from quotes.speakers.matching import Match
from tests.factories import article, says
from tests.stored import add

ANN = Reader("Ann")


@pytest.fixture
def town(session: Session) -> Session:
    add(
        session,
        [
            article(
                says("Michael Quill", "The harbour stays."),
                says("Mike Quill", "The ferry goes."),
                says("Bo Reedskyj", "The pier is new."),
                says("Bo Reedsky", "The bridge is old."),
                says("Cleo Marsh", "Nobody asked me."),
                source="a",
            ),
            article(says("Michael Quill", "The inn is full."), source="b"),
        ],
    )
    return session


def test_names_that_may_be_one_person(town: Session) -> None:
    with town.begin():
        assert alike(town.connection(), ANN, 9) == [
            ("bo-reedsky", "bo-reedskyj"),
            ("mike-quill", "michael-quill"),
        ]


ENDINGS = "ack ell ic man ov ova ri sen son stein ti well".split()


def made(number: int) -> tuple[tuple[str, str, bool], ...]:
    """Return as many names of two invented words as there would be people: few are alike."""
    chance = random.Random(1)
    sounds = "ba chi do fre gul hro jas ke lom mu nar pel qui ro ster tho vig wex yor zan".split()
    words = ["".join(chance.choices(sounds, k=2)) for _ in range(number)]
    names = (f"{one} {chance.choice(words)}{chance.choice(ENDINGS)}" for one in words)
    return tuple((f"p{at}", name.title(), True) for at, name in enumerate(names))


def test_names_are_compared_in_numbers_that_grow_with_the_names(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    compared: list[int] = []

    def counted(name: str, known: Iterable[tuple[str, str]], **options: Any) -> list[Match]:
        spellings = list(known)
        compared.append(len(spellings))
        return match(name, spellings, **options)

    match = matching.match
    monkeypatch.setattr(matching, "match", counted)
    _matches.__wrapped__(made(4_000))
    assert sum(compared) < 5 * 4_000
    compared.clear()
    _matches.__wrapped__(tuple((f"m{at}", f"Ann Made{at}", True) for at in range(4_000)))
    assert sum(compared) < MOST_SHARING * 4_000


def test_the_spellings_of_one_person_find_each_other() -> None:
    """All pairs of names that score enough, of people whom articles spell in several ways."""
    people = [one for one in load_speakers() if one.type == "person" and len(one.names) > 2]
    spelled = {name: one.slug for one in people for name in (one.name, *one.names)}
    names = list(spelled)
    expected = {
        frozenset((name, found.name))
        for at, name in enumerate(names)
        for found in matching.match(
            name, ((other, other) for other in names[at + 1 :]), limit=None, least=LEAST
        )
        if spelled[name] == spelled[found.name]
    }
    found = _matches(tuple((name, name, True) for name in names))
    missed = expected - set(map(frozenset, found))
    assert len(missed) < 0.03 * len(expected)


def test_both_are_shown_with_what_they_said(town: Session) -> None:
    with town.begin():
        item = show_alike(town.connection(), ("mike-quill", "michael-quill"))
    assert [passage.id for passage in item.passages] == ["n2", "n1"]
    assert item.facts[0] == "Mike Quill (mike-quill): met in articles, male, 1 quotation"
    assert item.facts[2] == "articles that quote both: 1"
    assert [(one.key, one.decision, one.value) for one in item.answers] == [
        ("1", "merge", "mike-quill"),
        ("2", "merge", "michael-quill"),
        ("d", "apart", None),
    ]


def test_answered_pairs_do_not_come_back(town: Session) -> None:
    judge = Judge(town, "Ann")
    judge.apart("mike-quill", "michael-quill")
    merged = judge.merge("bo-reedsky", "bo-reedskyj")
    with town.begin():
        assert alike(town.connection(), ANN, 9) == []
        assert len(alike(town.connection(), Reader("Bea", second=True), 9)) == 2
        assert alike(town.connection(), Reader("Ann", second=True), 9) == []
    judge.undo(merged)
    with town.begin():
        assert alike(town.connection(), ANN, 9) == [("bo-reedsky", "bo-reedskyj")]


def test_an_unknown_speaker_is_refused(town: Session) -> None:
    with town.begin(), pytest.raises(UsageError, match="no speaker 'zoe' is known"):
        show_alike(town.connection(), ("zoe", "mike-quill"))
