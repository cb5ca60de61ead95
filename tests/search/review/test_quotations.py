from __future__ import annotations

from datetime import date

import pytest
from sqlalchemy import update
from sqlalchemy.orm import Session

from quotes.database.engine.models import Attribution
from quotes.database.judgements.judge import Judge
from quotes.errors import UsageError
from quotes.search.review.items import Item, Mark, Reader
from quotes.search.review.quotations import disputed, show_disputed, show_unsure, unsure
from tests.factories import HARBOUR, article, says
from tests.stored import add

ANN = Reader("Ann")


@pytest.fixture
def town(session: Session) -> Session:
    """Quotations that are more and less sure."""
    extracted = article(
        says("Ada Quill", "The harbour stays.", confidence=0.95),
        says("Bo Reed", "The ferry goes.", confidence=0.4, rule="echo"),
        says(None, "Nobody knows.", confidence=0.6),
        says("Ada Quill", "Queen of the Quay", kind="none", confidence=0.1),
        outlet="Daily Lantern",
        published=date(2025, 3, 1),
        source="lantern.txt",
    )
    add(session, [extracted])
    return session


def waiting(session: Session, reader: Reader = ANN) -> list[str]:
    with session.begin():
        return [identifier for (identifier,) in unsure(session.connection(), reader, 9)]


def shown(session: Session, identifier: str) -> Item:
    with session.begin():
        return show_unsure(session.connection(), [identifier])


def words(item: Item, role: str) -> list[str]:
    (passage,) = item.passages
    return [passage.text[mark.start : mark.end] for mark in passage.marks if mark.role == role]


def test_the_least_sure_comes_first_and_only_speech(town: Session) -> None:
    assert waiting(town) == ["n2", "n3"]
    assert waiting(town, Reader("Ann", below=1.0)) == ["n2", "n3", "n1"]
    assert waiting(town, Reader("Ann", below=0.2)) == []


def test_the_passage_shows_where_everything_stands(town: Session) -> None:
    item = shown(town, "n2")
    assert words(item, "quotation") == ["“The ferry goes.”"]
    assert words(item, "mention") == ["Bo Reed"]
    assert item.passages[0].place == "Daily Lantern, 2025-03-01, lantern.txt"


def test_doubt_and_reason_are_in_words(town: Session) -> None:
    assert shown(town, "n2").facts == ("Bo Reed ??: subject (“said”); 40 % sure",)
    assert shown(town, "n3").facts == ("nobody was found: no source named",)


def test_every_answer_is_a_judgement(town: Session) -> None:
    item = shown(town, "n2")
    assert [(one.key, one.decision, one.value) for one in item.answers] == [
        ("a", "attribution", "bo-reed"),
        ("1", "attribution", "bo-reed"),
        ("2", "attribution", "ada-quill"),
        ("o", "attribution", None),
        ("n", "attribution", None),
        ("x", "kind", "none"),
    ]
    assert "Ada Quill (quoted here)" in [one.label for one in item.answers]
    assert shown(town, "n3").answer("a") is None


def test_whoever_may_be_meant_is_a_candidate(town: Session) -> None:
    add(town, [article(says("Cy Dale", "The pier is new."), source="other.txt")])
    evidence = {"role": "candidate", "start": 0, "end": 1, "text": "x", "speaker": "cy-dale"}
    with town.begin():
        named = update(Attribution).where(Attribution.quotation_id == 3)
        town.execute(named.values(evidence=[evidence]))
    first = shown(town, "n3").answer("1")
    assert first is not None
    assert first.label == "Cy Dale (may be meant)"


def test_what_was_judged_is_left_out_until_the_undo(town: Session) -> None:
    judge = Judge(town, "Ann")
    judged = judge.attribution(2, "ada-quill")
    assert waiting(town) == ["n3"]
    judge.undo(judged)
    assert waiting(town) == ["n2", "n3"]


def test_a_second_reader_sees_what_others_judged_but_not_how(town: Session) -> None:
    Judge(town, "Ann").attribution(2, "ada-quill")
    Judge(town, "Ann").kind(3, "none")
    assert waiting(town, Reader("Ann", second=True)) == []
    assert waiting(town, Reader("Bea", second=True)) == ["n2", "n3"]
    assert shown(town, "n2").facts == ("Bo Reed ??: subject (“said”); 40 % sure",)
    Judge(town, "Bea").attribution(2, "bo-reed")
    assert waiting(town, Reader("Bea", second=True)) == ["n3"]


def test_disputed_quotations_name_both(session: Session) -> None:
    """Two papers give the words to one person, one paper as surely to another."""
    add(
        session,
        [
            article(says(who, HARBOUR, confidence=0.99), outlet=outlet, source=outlet)
            for who, outlet in (("Ada Quill", "A"), ("Ada Quill", "B"), ("Bo Reed", "C"))
        ],
    )
    with session.begin():
        assert disputed(session.connection(), ANN, 9) == [("n3",)]
        item = show_disputed(session.connection(), ["n3"])
    assert item.facts[1] == "q1 counts to Ada Quill: more articles name that speaker"
    assert [one.label for one in item.answers[1:3]] == [
        "Bo Reed (the answer)",
        "Ada Quill (the same words elsewhere)",
    ]
    Judge(session, "Ann").attribution(3, "ada-quill")
    with session.begin():
        assert disputed(session.connection(), ANN, 9) == []


def test_an_unknown_quotation_is_refused(town: Session) -> None:
    with pytest.raises(UsageError, match="no quotation n99"):
        shown(town, "n99")


def test_marks_are_places_of_the_passage(town: Session) -> None:
    (passage,) = shown(town, "n2").passages
    assert Mark(passage.text.index("“The ferry"), passage.text.index(" said Bo"), "quotation") in (
        passage.marks
    )
