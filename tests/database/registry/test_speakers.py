from __future__ import annotations

from sqlalchemy.orm import Session

from quotes.database.registry.speakers import known_speakers, speaker_ids
from quotes.database.registry.store import store_speakers
from quotes.records import KnownSpeaker
from tests.factories import article, says
from tests.stored import add, fetch


def test_spellings_are_counted_but_only_names(session: Session) -> None:
    first = article(
        says("Ada Quill", "The first bridge is closed."),
        says("Ada Quill", "The second is open.", mention="Mayor Quill", rule="surname"),
        says("Ada Quill", "The third is new.", mention="Ms. Quill", rule="surname"),
        says("Ada Quill", "The fourth is old.", mention="she", rule="pronoun"),
        says("Ada Quill", "The fifth is gone.", mention="Bo Reed", rule="surname"),
    )
    second = article(says("Ada Quill", "Bridges!", mention="Quill", rule="surname"))
    add(session, [first, second])
    names = fetch(session, "SELECT name, uses, origin FROM speaker_names ORDER BY name")
    assert names == [("Ada Quill", 1, "article"), ("Quill", 3, "article")]


def test_a_body_may_be_spelled_in_any_way(session: Session) -> None:
    said = says(
        "Harbour Board", "No.", mention="HB Trust", rule="organisation", type="organisation"
    )
    add(session, [article(said)])
    assert ("HB Trust", 1) in fetch(session, "SELECT name, uses FROM speaker_names")


def test_the_registry_does_not_learn_from_articles(session: Session) -> None:
    ada = KnownSpeaker("ada-quill", "Ada Quill", "person", ("Ada Quill",))
    with session.begin():
        store_speakers(session, [ada], "seed")
    said = says("Ada Quill", "The harbour stays.", mention="Quill", rule="surname")
    add(session, [article(said, says("Bo Reed", "The ferry goes."))])
    with session.begin():
        assert known_speakers(session) == [ada]


def test_new_speakers_are_provisional_and_known_ones_stay(session: Session) -> None:
    with session.begin():
        store_speakers(session, [KnownSpeaker("ada-quill", "Ada Quill", "person")], "seed")
        extracted = article(
            says("Bo Reed", "The ferry goes."),
            says(None, "Nobody knows."),
            says("Ada Quill", "The harbour stays."),
            says("Bo Reed", "It goes at noon."),
        )
        first = speaker_ids(session, extracted.quotations)
        assert speaker_ids(session, extracted.quotations) == first
    assert first[0] == first[3]
    assert first[1] is None
    assert fetch(session, "SELECT slug, provisional, origin FROM speakers ORDER BY id") == [
        ("ada-quill", False, "seed"),
        ("bo-reed", True, "article"),
    ]
