from __future__ import annotations

from datetime import date

import pytest
from sqlalchemy import update
from sqlalchemy.orm import Session

from quotes.database.engine.models import Attribution
from quotes.database.judgements.judge import Judge
from quotes.database.judgements.review import CONTEXT, Item, next_item
from tests.factories import article, says
from tests.stored import add


@pytest.fixture
def town(session: Session) -> Session:
    """Quotations that are more and less sure."""
    extracted = article(
        says("Ada Quill", "The harbour stays.", confidence=0.95),
        says("Bo Reed", "The ferry goes.", confidence=0.4),
        says(None, "Nobody knows.", confidence=0.6),
        says("Ada Quill", "Queen of the Quay", kind="none", confidence=0.1),
        outlet="Daily Lantern",
        published=date(2025, 3, 1),
        source="lantern.txt",
    )
    add(session, [extracted])
    return session


def items(session: Session, below: float = 0.8) -> list[Item]:
    """Return all that is left, by skipping one after the other."""
    found: list[Item] = []
    while True:
        with session.begin():
            item = next_item(session, [one.quotation_id for one in found], below)
        if item is None:
            return found
        found.append(item)


def test_the_least_sure_comes_first_and_only_speech(town: Session) -> None:
    found = items(town)
    assert [(item.quotation_id, item.confidence, item.left) for item in found] == [
        (2, pytest.approx(0.4), 2),
        (3, pytest.approx(0.6), 1),
    ]
    assert [item.quotation_id for item in items(town, below=1.0)] == [2, 3, 1]
    assert items(town, below=0.2) == []


def test_the_passage_shows_where_everything_stands(town: Session) -> None:
    (item, nobody) = items(town)
    start, end = item.quotation
    assert item.passage[start:end] == "“The ferry goes.”"
    assert item.mention is not None
    assert item.passage[slice(*item.mention)] == "Bo Reed"
    assert (item.outlet, item.published, item.source) == (
        "Daily Lantern",
        date(2025, 3, 1),
        "lantern.txt",
    )
    assert (nobody.speaker, nobody.mention, nobody.reason) == (None, None, "no source named")


def test_a_long_article_is_cut_between_words(session: Session) -> None:
    words = " ".join(["harbour"] * 200)
    add(
        session,
        [
            article(
                says(None, words),
                says("Bo Reed", "The ferry goes.", confidence=0.4),
                says(None, words),
            )
        ],
    )
    item = next(one for one in items(session) if "ferry" in one.passage[slice(*one.quotation)])
    assert len(item.passage) <= 2 * CONTEXT + len("“The ferry goes.”")
    assert item.passage.startswith("harbour")
    assert item.passage.endswith("harbour")


def test_the_answer_leads_the_candidates(town: Session) -> None:
    (item, nobody) = items(town)
    assert [(one.slug, one.why) for one in item.candidates] == [
        ("bo-reed", "the answer"),
        ("ada-quill", "quoted here"),
    ]
    assert item.speaker == "bo-reed"
    assert [one.why for one in nobody.candidates] == ["quoted here", "quoted here"]


def test_whoever_may_be_meant_is_a_candidate(town: Session) -> None:
    add(town, [article(says("Cy Dale", "The pier is new."), source="other.txt")])
    evidence = {"role": "candidate", "start": 0, "end": 1, "text": "x", "speaker": "cy-dale"}
    with town.begin():
        named = update(Attribution).where(Attribution.quotation_id == 3)
        town.execute(named.values(evidence=[evidence]))
    nobody = items(town)[1]
    assert (nobody.candidates[0].slug, nobody.candidates[0].why) == ("cy-dale", "may be meant")


def test_what_was_judged_is_left_out_until_the_undo(town: Session) -> None:
    judge = Judge(town, "Ann")
    judged = judge.attribution(2, "ada-quill")
    assert [item.quotation_id for item in items(town)] == [3]
    judge.undo(judged)
    assert [item.quotation_id for item in items(town)] == [2, 3]
