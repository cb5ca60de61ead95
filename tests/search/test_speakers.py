from __future__ import annotations

from datetime import date

import pytest
from sqlalchemy import Connection, insert
from sqlalchemy.orm import Session

from quotes.database.engine.models import SpeakerRole
from quotes.database.judgements.judge import Judge
from quotes.database.registry.store import store_speakers
from quotes.database.session import open_reader, open_session
from quotes.errors import UsageError
from quotes.records import KnownSpeaker, Role
from quotes.search.speakers import list_speakers, speaker_details


def test_the_most_quoted_come_first(stocked: Connection) -> None:
    listed = list_speakers(stocked)
    assert [(one.slug, one.quotes, one.quotations) for one in listed] == [
        ("ada-quill", 2, 4),
        ("bruno-quill", 1, 1),
        ("zoë-åkerlund", 1, 1),
    ]
    assert all(one.provisional is True and one.type == "person" for one in listed)


def test_the_list_may_be_restricted(stocked_url: str) -> None:
    silent = KnownSpeaker("harbour-board", "Harbour Board", "organisation")
    with open_session(stocked_url) as session:
        with session.begin():
            store_speakers(session, [silent], "person")
        Judge(session, "Ann").confirm("ada-quill")
    with open_reader(stocked_url) as connection:
        assert [one.slug for one in list_speakers(connection, provisional=True)] == [
            "bruno-quill",
            "zoë-åkerlund",
        ]
        assert list_speakers(connection, type="organisation") == []
        (board,) = list_speakers(connection, type="organisation", silent=True)
        assert (board.slug, board.provisional, board.quotes) == ("harbour-board", False, 0)
        assert len(list_speakers(connection, silent=True)) == 4


def test_everything_about_one(stocked: Connection) -> None:
    found = speaker_details(stocked, "Ada Quill")
    assert (found.listed.slug, found.listed.quotes, found.listed.quotations) == ("ada-quill", 2, 4)
    assert found.names == (("Ada Quill", 4),)
    assert (found.first_published, found.last_published) == (date(2025, 3, 1), date(2025, 3, 5))
    assert found.outlets == (("Daily Lantern", 2), ("Evening Post", 1), ("unknown", 1))
    assert [(one.text[:8], one.count) for one in found.printed] == [("We won’t", 3)]
    assert [(one.text[:8], one.count) for one in found.varied] == [("We won’t", 2)]
    assert (found.merged, found.roles, found.listed.party, found.wikidata) == ((), (), None, None)


def test_what_was_seldom_published_leads_nothing(stocked: Connection) -> None:
    found = speaker_details(stocked, "Bruno Quill")
    assert (found.printed, found.varied) == ((), ())


def test_offices_come_in_order_with_their_days(session: Session, database_url: str) -> None:
    roles = (
        Role("mayor", "Quayside", date(2020, 1, 1), None),
        Role("harbour master", None, None, date(2019, 12, 31)),
    )
    known = KnownSpeaker("ada-quill", "Ada Quill", "person", party="Ferries", wikidata="Q900001")
    with session.begin():
        store_speakers(session, [known], "seed")
        session.execute(
            insert(SpeakerRole),
            [
                {"speaker_id": 1, "title": role.title, "of": role.of, "start": role.start}
                | {"end": role.end, "origin": "seed"}
                for role in roles
            ],
        )
    with open_reader(database_url) as connection:
        found = speaker_details(connection, "ada-quill")
    assert found.roles == roles[::-1]
    assert (found.listed.party, found.wikidata, found.first_published) == (
        "Ferries",
        "Q900001",
        None,
    )


def test_who_was_merged_is_part_of_the_other(stocked_url: str) -> None:
    with open_session(stocked_url) as session:
        Judge(session, "Ann").merge("bruno-quill", "ada-quill")
    with open_reader(stocked_url) as connection:
        found = speaker_details(connection, "Bruno Quill")
        assert (found.listed.slug, found.merged) == ("ada-quill", ("bruno-quill",))
        assert ("Bruno Quill", 1) in found.names
        assert [one.slug for one in list_speakers(connection)] == ["ada-quill", "zoë-åkerlund"]


def test_nobody_is_explained(stocked: Connection) -> None:
    with pytest.raises(UsageError, match="no speaker 'Nemo'"):
        speaker_details(stocked, "Nemo")
