"""Renderings of one wording and day that name one speaker are one voice, counted as they come."""

from __future__ import annotations

from datetime import date

from sqlalchemy.orm import Session

from quotes.database.quotes.meeting import holders, near
from quotes.database.quotes.regroup import regroup
from quotes.database.quotes.voices import join_voices, read_voices
from quotes.normaliser.echokeys import sought_echo_keys
from quotes.normaliser.fold import fold
from tests.factories import article, says
from tests.stored import add, fetch

LEASE = "We will not sell the long-term lease of the harbour to anyone"
DAY = date(2025, 3, 1)
VOICES = "SELECT text, articles, standing FROM voices ORDER BY text"


def stock(session: Session, *sources: str, words: str = LEASE, sure: float = 0.95) -> None:
    said = says("Ada Quill", words, confidence=sure)
    add(session, [article(said, published=DAY, source=one, outlet=one) for one in sources])


def test_copies_are_one_voice(session: Session) -> None:
    stock(session, "Herald", "Star")
    stock(session, "Sun", words=f"{LEASE}!", sure=0.97)
    assert fetch(session, VOICES) == [(LEASE, 3, 0.97)]
    twice = says("Ada Quill", LEASE)
    add(session, [article(twice, twice, published=DAY, source="Echo", outlet="Echo")])
    assert fetch(session, VOICES) == [(LEASE, 4, 0.97)]


def test_another_day_is_another_voice(session: Session) -> None:
    stock(session, "Herald")
    add(
        session,
        [
            article(
                says("Ada Quill", LEASE), source="later", outlet="Star", published=date(2025, 3, 2)
            )
        ],
    )
    add(session, [article(says("Ada Quill", LEASE), source="undated", outlet="Sun")])
    assert [row[1] for row in fetch(session, VOICES)] == [1, 1, 1]


def test_what_leaves_is_counted_no_more(session: Session) -> None:
    stock(session, "Herald", "Star", sure=0.7)
    stock(session, "Sun", words=f"“{LEASE}”", sure=0.97)
    with session.begin():
        regroup(session, [3], [3])
    assert fetch(session, VOICES) == [(LEASE, 2, 0.7)]
    with session.begin():
        regroup(session, [1, 2], [1, 2])
    assert fetch(session, VOICES) == fetch(session, "SELECT * FROM voice_keys") == []


def test_joining_again_changes_nothing(session: Session) -> None:
    stock(session, "Herald", "Star")
    before = fetch(session, "SELECT * FROM voices")
    with session.begin():
        changed, left = join_voices(session, [1])
    assert not changed
    assert len(left) == 1
    assert fetch(session, "SELECT * FROM voices") == before


def test_voices_meet_by_their_words(session: Session) -> None:
    stock(session, "Herald")
    stock(session, "Star", words=f"{LEASE} this year")
    stock(session, "Sun", words="The ferries sail on Sundays again")
    with session.begin():
        found = holders(session, sought_echo_keys(fold(LEASE), DAY))
        voices = read_voices(session, found)
        assert {voice.wording.folded for voice in voices.values()} == {
            fold(LEASE),
            fold(f"{LEASE} this year"),
        }
        assert near(session, [voice.words for voice in voices.values()]) == (found, set())
        assert {voice.decided for voice in voices.values()} == {"ada-quill"}
