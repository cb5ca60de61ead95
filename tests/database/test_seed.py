from __future__ import annotations

from sqlalchemy import text
from sqlalchemy.orm import Session

from quotes.database.repository import Repository
from quotes.database.seed import seed
from quotes.records import KnownSpeaker
from quotes.seeds import load_speakers


def known(session: Session) -> list[KnownSpeaker]:
    found = Repository(session).known_speakers()
    session.rollback()
    return found


def test_the_seed_files_are_loaded_as_they_are(session: Session) -> None:
    with session.begin():
        speakers, outlets = seed(session)
    stats = Repository(session).stats()
    assert (speakers, outlets) == (stats.speakers, stats.outlets)
    assert known(session) == load_speakers()


def rows(session: Session) -> list[object]:
    tables = ("speakers", "speaker_names", "outlets")
    return [session.execute(text(f"SELECT * FROM {name} ORDER BY id")).all() for name in tables]


def test_seeding_twice_changes_nothing(session: Session) -> None:
    with session.begin():
        seed(session)
        before = rows(session)
    with session.begin():
        seed(session)
        assert rows(session) == before
