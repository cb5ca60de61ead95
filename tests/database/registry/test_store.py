from __future__ import annotations

import dataclasses
from datetime import date

from sqlalchemy import text
from sqlalchemy.orm import Session

from quotes.database.registry.speakers import known_speakers
from quotes.database.registry.store import store_outlets, store_speakers
from quotes.records import KnownSpeaker, Role
from quotes.seeds import Outlet
from tests.factories import article, says
from tests.stored import add, fetch

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
    with session.begin():
        return known_speakers(session)


def store(session: Session, *speakers: KnownSpeaker, origin: str = "seed") -> int:
    with session.begin():
        return store_speakers(session, speakers, origin)


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
    said = says("Ada Quill", "The bridge is open.", mention="Quill", rule="surname")
    add(session, [article(said)])
    store(session, ADA)
    assert known(session) == [ADA]
    with session.begin():
        names = session.execute(text("SELECT name, uses, origin FROM speaker_names ORDER BY id"))
        assert sorted(map(tuple, names)) == [
            ("Ada M. Quill", 0, "seed"),
            ("Ada Quill", 0, "seed"),
            ("Quill", 1, "article"),
        ]


def test_outlets_are_brought_up_to_date_unless_a_person_wrote_them(session: Session) -> None:
    post = Outlet("post", "Evening Post", ("EP",), ("post.example",), "GB")
    lantern = Outlet("lantern", "Daily Lantern")
    with session.begin():
        assert store_outlets(session, [post, lantern]) == 2
        session.execute(
            text("UPDATE outlets SET name = 'My Lantern', origin = 'person' WHERE slug = 'lantern'")
        )
        assert store_outlets(session, [dataclasses.replace(post, country="US"), lantern]) == 1
    rows = fetch(session, "SELECT slug, name, country, origin FROM outlets ORDER BY slug DESC")
    assert rows == [
        ("post", "Evening Post", "US", "seed"),
        ("lantern", "My Lantern", None, "person"),
    ]
