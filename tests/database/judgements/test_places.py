"""A new version of an article inherits what people said of the former ones."""

from __future__ import annotations

from datetime import date

import pytest
from sqlalchemy import text
from sqlalchemy.orm import Session

from quotes.database.judgements.judge import Judge
from quotes.database.judgements.log import read_log
from quotes.database.repository import Repository
from quotes.database.reprocess import replace
from quotes.records import ExtractedArticle, Stored
from tests.factories import Said, article, says

LEASE = says("Ada Quill", "We will not sell the long-term lease of the harbour to anyone.")
BRIDGE = says("Ada Quill", "The old bridge stays open all winter.")
SHIPS = says("Bruno Quill", "Ships of any size may moor here for a week.")
CRANES = says("Cleo Marsh", "Two cranes are enough for a town like this.")
STATE = "SELECT article_id, text, speaker_slug, kind FROM quotation_list ORDER BY article_id, start"


def version(*items: Said) -> ExtractedArticle:
    return article(
        *items, url="https://lantern.example/harbour", outlet="Lantern", published=date(2025, 3, 1)
    )


def store(session: Session, extracted: ExtractedArticle) -> Stored:
    repository = Repository(session)
    stored = repository.add_article(extracted, repository.start_run("no-model 1.0"))
    assert isinstance(stored, Stored)
    return stored


def speakers(session: Session, article_id: int) -> dict[str, str | None]:
    with session.begin():
        rows = session.execute(text(STATE)).all()
    return {row.text[1:7]: row.speaker_slug for row in rows if row.article_id == article_id}


def quotation(session: Session, article_id: int, words: str) -> int:
    query = text("SELECT id FROM quotation_list WHERE article_id = :id AND text LIKE :words")
    with session.begin():
        return int(session.execute(query, {"id": article_id, "words": f"%{words}%"}).scalar_one())


@pytest.fixture
def first(session: Session) -> int:
    """The article in its first version."""
    return store(session, version(LEASE, BRIDGE, SHIPS)).article_id


def test_judgements_hold_in_the_next_version(session: Session, first: int) -> None:
    judge = Judge(session, "Ann")
    judge.attribution(quotation(session, first, "lease"), "bruno-quill")
    judge.kind(quotation(session, first, "Ships"), "none")
    stored = store(session, version(CRANES, SHIPS, LEASE, BRIDGE))
    assert (stored.version, stored.lost) == (2, ())
    assert speakers(session, stored.article_id) == {
        "Two cr": "cleo-marsh",
        "Ships ": None,
        "We wil": "bruno-quill",
        "The ol": "ada-quill",
    }
    third = store(session, version(LEASE))
    assert speakers(session, third.article_id) == {"We wil": "bruno-quill"}


def test_words_that_are_gone_are_reported_and_come_back(session: Session, first: int) -> None:
    judged = Judge(session, "Ann").attribution(quotation(session, first, "lease"), "bruno-quill")
    second = store(session, version(BRIDGE, SHIPS))
    assert second.lost == (judged,)
    assert speakers(session, first)["We wil"] == "bruno-quill"
    with session.begin():
        (entry,) = read_log(session, standing=True)
    assert entry.about.startswith("n1: ")
    third = store(session, version(BRIDGE, LEASE, SHIPS))
    assert (third.version, third.lost) == (3, ())
    assert speakers(session, third.article_id)["We wil"] == "bruno-quill"


def test_undoing_counts_for_all_versions(session: Session, first: int) -> None:
    judge = Judge(session, "Ann")
    judged = judge.attribution(quotation(session, first, "lease"), "bruno-quill")
    second = store(session, version(LEASE, CRANES)).article_id
    undo = judge.undo(judged)
    assert {speakers(session, at)["We wil"] for at in (first, second)} == {"ada-quill"}
    third = store(session, version(CRANES, LEASE)).article_id
    assert speakers(session, third)["We wil"] == "ada-quill"
    judge.undo(undo)
    assert {speakers(session, at)["We wil"] for at in (first, second, third)} == {"bruno-quill"}


def test_a_judgement_reaches_forward_and_not_back(session: Session, first: int) -> None:
    second = store(session, version(LEASE, CRANES)).article_id
    judge = Judge(session, "Ann")
    judge.attribution(quotation(session, first, "lease"), "bruno-quill")
    assert speakers(session, second)["We wil"] == "bruno-quill"
    judge.attribution(quotation(session, second, "lease"), "cleo-marsh")
    assert speakers(session, first)["We wil"] == "bruno-quill"
    assert speakers(session, second)["We wil"] == "cleo-marsh"
    run = Repository(session).start_run("no-model 2.0")
    assert replace(session, second, version(LEASE, CRANES), run).lost == []
    assert speakers(session, second)["We wil"] == "cleo-marsh"


def test_different_quotes_stay_so_in_the_next_version(session: Session, first: int) -> None:
    other = says("Ada Quill", "We will not sell the long-term lease of the harbour to anybody.")
    store(session, article(other, url="https://post.example/1", outlet="Post"))
    query = text("SELECT count(*) FROM quote_list WHERE text LIKE '%lease%'")
    renderings = text("SELECT id FROM rendering_list WHERE text LIKE '%lease%' ORDER BY id")
    with session.begin():
        assert session.scalar(query) == 1
        left, right = session.scalars(renderings).all()
    Judge(session, "Ann").pair("different", f"r{left}", f"r{right}")
    store(session, version(CRANES, LEASE))
    with session.begin():
        assert session.scalar(query) == 2


def test_a_few_words_need_their_surroundings(session: Session, first: int) -> None:
    short = says("Ada Quill", "Never.")
    stored = store(session, article(CRANES, short, SHIPS, url="https://post.example/2"))
    judged = Judge(session, "Ann").attribution(
        quotation(session, stored.article_id, "Never"), "bruno-quill"
    )
    moved = says("Zoë Åkerlund", "Never.")
    again = store(session, article(moved, BRIDGE, url="https://post.example/2"))
    assert again.lost == (judged,)
    assert speakers(session, again.article_id)["Never."] == "zoë-åkerlund"
