from __future__ import annotations

import dataclasses
from datetime import date

from sqlalchemy import text
from sqlalchemy.orm import Session

from quotes.database.registry.store import store_speakers
from quotes.database.repository import Repository
from quotes.database.seed import seed
from quotes.records import KnownSpeaker, Role
from quotes.seeds import load_speakers
from tests.factories import article, says

ADA = KnownSpeaker(
    slug="ada-quill",
    name="Ada Quill",
    type="person",
    names=("Ada Quill", "Ada M. Quill"),
    gender="female",
    party="Harbour Party",
    roles=(Role("mayor", "Quayside", date(2020, 1, 1), None),),
)


def known(session: Session) -> list[KnownSpeaker]:
    found = Repository(session).known_speakers()
    session.rollback()
    return found


def store(session: Session, *speakers: KnownSpeaker, origin: str = "seed") -> int:
    with session.begin():
        return store_speakers(session, speakers, origin)


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


def test_a_seed_that_changed_is_brought_up_to_date(session: Session) -> None:
    store(session, ADA)
    changed = dataclasses.replace(ADA, party="Ferry Party", names=("Ada Quill", "A. Quill"))
    assert store(session, changed) == 1
    assert known(session) == [changed]


def test_what_a_person_wrote_is_never_overwritten(session: Session) -> None:
    mine = dataclasses.replace(ADA, party="Ferry Party", names=("Ada Quill", "Adi"), roles=())
    store(session, ADA)
    store(session, mine, origin="person")
    assert store(session, ADA) == 0
    (found,) = known(session)
    assert (found.party, found.roles) == ("Ferry Party", ())
    assert found.names == ("Ada Quill", "Ada M. Quill", "Adi")


def test_a_spelling_that_a_person_added_stays(session: Session) -> None:
    store(session, ADA)
    with session.begin():
        session.execute(
            text(
                "INSERT INTO speaker_names (speaker_id, name, folded, uses, origin)"
                " SELECT id, 'Adi', 'adi', 0, 'person' FROM speakers"
            )
        )
    store(session, ADA)
    assert known(session)[0].names == ("Ada Quill", "Ada M. Quill", "Adi")


def test_a_speaker_of_articles_is_promoted(session: Session) -> None:
    repository = Repository(session)
    said = says("Ada Quill", "The bridge is open.", mention="Quill", rule="surname")
    repository.add_article(article(said), repository.start_run("no-model 1.0"))
    store(session, ADA)
    assert known(session) == [ADA]
    with session.begin():
        names = session.execute(text("SELECT name, uses, origin FROM speaker_names ORDER BY id"))
        assert sorted(map(tuple, names)) == [
            ("Ada M. Quill", 0, "seed"),
            ("Ada Quill", 0, "seed"),
            ("Quill", 1, "article"),
        ]
