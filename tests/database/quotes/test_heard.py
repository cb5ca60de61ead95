"""Voices are read once, and found by the words that they have in common."""

from __future__ import annotations

from datetime import date

import pytest
from sqlalchemy import event
from sqlalchemy.orm import Session

from quotes.database.quotes.heard import Heard
from quotes.normaliser.echo import Answer
from tests.factories import article, says
from tests.stored import add, fetch

LEASE = "We will not sell the long-term lease of the harbour to anyone"
DAY = date(2025, 3, 1)


@pytest.fixture
def voices(session: Session) -> dict[str, int]:
    """Three stored voices by their words: two that have most in common, and another one."""
    for source, words in (
        ("Herald", LEASE),
        ("Star", f"{LEASE} this year"),
        ("Sun", "The ferries sail on Sundays again"),
    ):
        said = says("Ada Quill", words, confidence=0.95)
        add(session, [article(said, published=DAY, source=source, outlet=source)])
    return dict(fetch(session, "SELECT text, id FROM voices"))


def test_voices_meet_by_their_words(session: Session, voices: dict[str, int]) -> None:
    alike = {voices[LEASE], voices[f"{LEASE} this year"]}
    with session.begin():
        heard = Heard(session)
        assert heard.near([]) == set()
        assert heard.near([voices[LEASE]]) == alike
        found = heard.voices(alike | {10**6})
        assert {key: one.decided for key, one in found.items()} == dict.fromkeys(alike, "ada-quill")


def test_what_was_read_is_not_read_again(session: Session, voices: dict[str, int]) -> None:
    with session.begin():
        heard = Heard(session)
        heard.answers(voices.values())
        asked: list[str] = []
        event.listen(
            session.connection(), "before_cursor_execute", lambda *about: asked.append(about[2])
        )
        heard.near(voices.values())
        heard.voices(voices.values())
        heard.answers(voices.values())
    assert asked == []


def test_answers_are_stored_where_they_are_new(session: Session, voices: dict[str, int]) -> None:
    add(
        session,
        [article(says("Bo Reed", "No."), published=DAY, source="Echo", outlet="Echo")],
    )
    (bo,) = fetch(session, "SELECT id FROM voices WHERE text = 'No.'")[0]
    first, second = voices[LEASE], voices[f"{LEASE} this year"]
    with session.begin():
        heard = Heard(session)
        heard.voices([first, second, bo])
        kept = {first: Answer("bo-reed"), second: Answer("ada-quill", disputed=True)}
        assert heard.write(kept) == {first}
        assert heard.write(kept) == set()
        assert heard.voices([first])[first].decided == "bo-reed"
    decided = "SELECT s.slug, v.disputed FROM voices v JOIN speakers s ON s.id = v.counts_to"
    assert [tuple(row) for row in fetch(session, f"{decided} WHERE v.id = {first}")] == [
        ("bo-reed", False)
    ]
    assert [bool(row[1]) for row in fetch(session, f"{decided} WHERE v.id = {second}")] == [True]
