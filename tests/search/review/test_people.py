from __future__ import annotations

import pytest
from sqlalchemy.orm import Session

from quotes.database.judgements.judge import Judge
from quotes.errors import UsageError
from quotes.search.review.items import Reader
from quotes.search.review.people import alike, show_alike
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
        assert alike(town.connection(), ANN) == [
            ("bo-reedsky", "bo-reedskyj"),
            ("mike-quill", "michael-quill"),
        ]


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
        assert alike(town.connection(), ANN) == []
        assert len(alike(town.connection(), Reader("Bea", second=True))) == 2
        assert alike(town.connection(), Reader("Ann", second=True)) == []
    judge.undo(merged)
    with town.begin():
        assert alike(town.connection(), ANN) == [("bo-reedsky", "bo-reedskyj")]


def test_an_unknown_speaker_is_refused(town: Session) -> None:
    with town.begin(), pytest.raises(UsageError, match="no speaker 'zoe' is known"):
        show_alike(town.connection(), ("zoe", "mike-quill"))
