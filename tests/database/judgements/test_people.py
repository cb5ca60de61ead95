from __future__ import annotations

from collections.abc import Callable

import pytest
from sqlalchemy.orm import Session

from quotes.database.judgements import people
from quotes.database.judgements.judge import Judge
from quotes.database.registry.store import store_speakers
from quotes.errors import UsageError
from quotes.records import KnownSpeaker
from tests.factories import article, says
from tests.stored import add, fetch

NAMES = "SELECT name, origin, uses FROM speaker_names n WHERE speaker_id = 1 ORDER BY name"


@pytest.fixture
def town(session: Session) -> Session:
    """A known speaker, and one whom an article introduced."""
    with session.begin():
        store_speakers(session, [KnownSpeaker("ada-quill", "Ada Quill", "person")], "seed")
    said = says("Ada Quill", "The harbour stays.", mention="Quill", rule="surname")
    add(session, [article(said, says("Bo Reed", "The ferry goes."))])
    return session


@pytest.mark.parametrize(
    ("row", "expected"),
    [
        (lambda town: people.add_row(town, "  Cy   Dale ", "person"), "cy-dale"),
        (lambda town: people.add_row(town, "Ada Quill", "person"), "ada-quill-2"),
        (lambda town: people.merge_row(town, "bo-reed", "ada-quill"), "bo-reed"),
        (lambda town: people.alias_row(town, "ada-quill", "The Mayor"), "ada-quill"),
        (lambda town: people.confirm_row(town, "bo-reed"), "bo-reed"),
        (lambda town: people.split_row("ada-quill", "bo-reed", "Quill"), "ada-quill"),
    ],
)
def test_a_judgement_is_about_a_speaker(
    town: Session, row: Callable[[Session], dict[str, object]], expected: str
) -> None:
    with town.begin():
        assert row(town)["speaker"] == expected


@pytest.mark.parametrize(
    ("row", "message"),
    [
        (lambda town: people.add_row(town, "Cy Dale", "ship"), "'ship' is no type of speaker"),
        (lambda town: people.add_row(town, "Bo Reed", "person"), "was met in articles already"),
        (lambda town: people.add_row(town, " ' ", "person"), "it needs letters"),
        (lambda town: people.add_row(town, "A\x00b", "person"), "it needs letters"),
        (lambda town: people.alias_row(town, "ada-quill", "Ada Quill"), "is a spelling of"),
        (lambda town: people.confirm_row(town, "ada-quill"), "is a known speaker already"),
        (lambda town: people.merge_row(town, "bo-reed", "nobody"), "no speaker 'nobody'"),
        (lambda town: people.other(town, "ada-quill", "Ada Quill"), "cannot be split from itself"),
    ],
)
def test_what_makes_no_sense_is_refused(
    town: Session, row: Callable[[Session], object], message: str
) -> None:
    with pytest.raises(UsageError, match=message), town.begin():
        row(town)


def test_a_merge_goes_to_the_end_of_the_chain(town: Session) -> None:
    judge = Judge(town, "Ann")
    judge.add("Cy Dale", "person")
    judge.merge("bo-reed", "cy-dale")
    with town.begin():
        row = people.merge_row(town, "ada-quill", "bo-reed")
    assert row["value"] == "cy-dale"


def test_a_spelling_that_was_met_is_a_persons_until_the_undo(town: Session) -> None:
    judge = Judge(town, "Ann")
    before = fetch(town, NAMES)
    assert before == [("Ada Quill", "seed", 0), ("Quill", "article", 1)]
    met, new = judge.alias("ada-quill", "Quill"), judge.alias("ada-quill", "The Mayor")
    assert fetch(town, NAMES) == [
        ("Ada Quill", "seed", 0),
        ("Quill", "person", 1),
        ("The Mayor", "person", 0),
    ]
    judge.undo(met)
    judge.undo(new)
    assert fetch(town, NAMES) == before


def test_names_are_undone_in_any_order(town: Session) -> None:
    judge = Judge(town, "Ann")
    first = judge.rename("ada-quill", "Ada Reed")
    second = judge.rename("ada-quill", "Ada Dale")
    name = "SELECT name FROM speakers WHERE slug = 'ada-quill'"
    judge.undo(first)
    assert fetch(town, name) == [("Ada Dale",)]
    judge.undo(second)
    assert fetch(town, name) == [("Ada Quill",)]


def test_an_added_speaker_goes_unless_articles_met_them(town: Session) -> None:
    judge = Judge(town, "Ann")
    one, other = judge.add("Cy Dale", "person"), judge.add("Di Marsh", "person")
    add(town, [article(says("Cy Dale", "The pier is new."), source="new.txt")])
    judge.undo(one)
    judge.undo(other)
    rows = fetch(town, "SELECT slug, provisional, origin FROM speakers WHERE id > 2")
    assert rows == [("cy-dale", True, "article")]


def test_a_speaker_whom_judgements_name_stays(town: Session) -> None:
    judge = Judge(town, "Ann")
    added = judge.add("Cy Dale", "person")
    named = judge.attribution(1, "cy-dale")
    with pytest.raises(UsageError, match=rf"named by judgement {named}: take back that first"):
        judge.undo(added)


def test_what_people_said_is_applied_again(town: Session) -> None:
    judge = Judge(town, "Ann")
    judge.rename("ada-quill", "Ada Reed")
    judge.confirm("bo-reed")
    with town.begin():
        store_speakers(town, [KnownSpeaker("ada-quill", "Ada Quill", "person")], "seed")
        people.reapply(town)
    assert fetch(town, "SELECT name, provisional FROM speakers ORDER BY id") == [
        ("Ada Reed", False),
        ("Bo Reed", False),
    ]
