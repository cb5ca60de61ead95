from __future__ import annotations

import pytest
from sqlalchemy.orm import Session

from quotes.database.judgements.derive import derive, quotations_of
from quotes.database.judgements.log import add_judgements
from quotes.database.judgements.subjects import find_quotation
from tests.factories import article, says
from tests.stored import add, fetch

STATE = "SELECT speaker_slug, kind, rule, confidence, reason, quote_id FROM quotation_list"
FOUND = "SELECT found IS NULL FROM attributions ORDER BY quotation_id"


@pytest.fixture
def town(session: Session) -> Session:
    """A quotation each of speech and of none."""
    add(
        session,
        [
            article(says("Ada Quill", "The harbour stays.", confidence=0.7)),
            article(says("Bo Reed", "Queen of the Quay", kind="none"), source="other.txt"),
        ],
    )
    return session


def judge(session: Session, quotation: int, kind: str, value: str | None) -> int:
    """Store a judgement and nothing else."""
    with session.begin():
        _, about = find_quotation(session, quotation)
        return add_judgements(session, "Ann", [{"kind": kind, "value": value, **about}])


def state(session: Session, quotation: int) -> tuple[object, ...]:
    (row,) = fetch(session, f"{STATE} WHERE id = :id", id=quotation)
    return row


def moved(session: Session, *quotations: int) -> set[int]:
    with session.begin():
        return derive(session, quotations)


def test_without_judgements_nothing_changes(town: Session) -> None:
    before = state(town, 1), state(town, 2)
    assert moved(town, 1, 2) == set()
    assert (state(town, 1), state(town, 2)) == before
    assert fetch(town, FOUND) == [(True,), (True,)]


def test_a_persons_speaker_is_certain_and_the_machines_answer_kept(town: Session) -> None:
    before = state(town, 1)
    judged = judge(town, 1, "attribution", "bo-reed")
    assert state(town, 1) == before
    assert moved(town, 1) == {1}
    assert state(town, 1)[:5] == ("bo-reed", "direct", "judgement", 1.0, None)
    (found,) = fetch(town, "SELECT found FROM attributions WHERE quotation_id = 1")[0]
    assert "ada-quill" in str(found)
    with town.begin():
        add_judgements(town, "Ann", [{"kind": "undo", "undoes": judged}])
    assert moved(town, 1) == {1}
    assert state(town, 1)[:5] == before[:5]
    assert fetch(town, FOUND) == [(True,), (True,)]


def test_nobody_has_no_quote(town: Session) -> None:
    judge(town, 1, "attribution", None)
    assert moved(town, 1) == {1}
    speaker, kind, _, confidence, reason, quote = state(town, 1)
    assert (speaker, kind, confidence, reason, quote) == (
        None,
        "direct",
        1.0,
        "a person said so",
        None,
    )
    assert fetch(town, "SELECT count(*) FROM quotes") == [(0,)]


def test_what_is_speech_after_all_has_statements(town: Session) -> None:
    judge(town, 2, "kind", "direct")
    moved(town, 2)
    assert state(town, 2)[:2] == ("bo-reed", "direct")
    assert state(town, 2)[5] is not None
    texts = fetch(town, "SELECT text FROM renderings ORDER BY id")
    assert texts == [("The harbour stays.",), ("Queen of the Quay",)]


def test_what_is_not_speech_has_none(town: Session) -> None:
    judge(town, 1, "kind", "none")
    assert moved(town, 1) == {1}
    assert state(town, 1)[:3] == (None, "none", "judgement")
    assert fetch(town, "SELECT count(*) FROM renderings") == [(0,)]


def test_quotations_are_found_by_the_machines_answer_and_by_a_persons(town: Session) -> None:
    judge(town, 1, "attribution", "bo-reed")
    moved(town, 1)
    with town.begin():
        assert quotations_of(town, ["ada-quill"]) == {1}
        assert quotations_of(town, ["bo-reed"]) == {1, 2}
        assert quotations_of(town, ["nobody"]) == set()
