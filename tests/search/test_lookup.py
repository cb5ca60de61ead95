from __future__ import annotations

from datetime import date

import pytest
from sqlalchemy.orm import Session

from quotes.database.registry.store import store_speakers
from quotes.database.repository import Repository
from quotes.errors import UsageError
from quotes.records import KnownSpeaker
from quotes.search.lookup import find_outlet, find_speaker
from tests.factories import article, says

KNOWN = [
    KnownSpeaker("zoe-akerlund", "Zoë Åkerlund", "person", ("Zoé Aakerlund",)),
    KnownSpeaker("ada-quill", "Ada Quill", "person", ("Ada Marie Quill",)),
    KnownSpeaker("bruno-quill", "Bruno Quill", "person"),
    KnownSpeaker("harbour-board", "Harbour Board", "organisation", ("HB", "The Board")),
]


@pytest.fixture
def registry(session: Session) -> Session:
    with session.begin():
        store_speakers(session, KNOWN, "seed")
    repository = Repository(session)
    repository.add_article(
        article(
            says(
                "Ada Quill", "The ferry will sail again in spring.", mention="Quill", rule="surname"
            ),
            says("Carla Grin", "The ferry will never sail.", mention="Grinn", rule="surname"),
            says(
                "Deckhand 12ab", "Nobody knows the captain.", mention="a deckhand", type="anonymous"
            ),
            outlet="The Evening Post",
            published=date(2025, 1, 1),
        ),
        repository.start_run("no-model 1.0"),
    )
    return session


@pytest.mark.parametrize(
    ("wanted", "slug"),
    [
        ("ada-quill", "ada-quill"),
        ("Ada Quill", "ada-quill"),
        ("ada  QUILL", "ada-quill"),
        ("Ada Marie Quill", "ada-quill"),
        ("Mrs Ada Quill", "ada-quill"),
        ("zoe akerlund", "zoe-akerlund"),
        ("Åkerlund", "zoe-akerlund"),
        ("aakerlund", "zoe-akerlund"),
        ("Ms Akerlund", "zoe-akerlund"),
        ("Quill", "ada-quill"),
        ("Bruno Quill", "bruno-quill"),
        ("hb", "harbour-board"),
        ("the board", "harbour-board"),
        ("Grinn", "carla-grin"),
    ],
)
def test_a_speaker_is_found_by(registry: Session, wanted: str, slug: str) -> None:
    assert find_speaker(registry.connection(), wanted).slug == slug


@pytest.mark.parametrize(
    ("wanted", "message"),
    [
        ("Akerlind", r"no speaker 'Akerlind' is known \(did you mean .*\(zoe-akerlund\)"),
        ("Xqzvw", "no speaker 'Xqzvw' is known; see `quotes speakers list`"),
        ("", "no speaker '' is known"),
        ("%", "no speaker '%' is known"),
        ("_uill", "no speaker"),
        ("deckhand", "no speaker"),
        ("\udcff\x00", "no speaker"),
    ],
)
def test_a_speaker_is_not_found(registry: Session, wanted: str, message: str) -> None:
    with pytest.raises(UsageError, match=message):
        find_speaker(registry.connection(), wanted)


def test_two_with_quotes_are_listed(registry: Session) -> None:
    repository = Repository(registry)
    repository.add_article(
        article(says("Bruno Quill", "Boats are boats and nothing else.")),
        repository.start_run("no-model 1.0"),
    )
    with pytest.raises(UsageError, match=r"ada-quill \(1 quote\), bruno-quill \(1 quote\)"):
        find_speaker(registry.connection(), "Quill")


def test_an_outlet_is_found_by_name_and_slug(registry: Session) -> None:
    for wanted in ("The Evening Post", "evening post", "EVENING POST", "the-evening-post"):
        assert find_outlet(registry.connection(), wanted) > 0
    with pytest.raises(UsageError, match="did you mean The Evening Post"):
        find_outlet(registry.connection(), "Evening Pots")


def test_a_surname_that_nearly_always_means_one_is_that_one(registry: Session) -> None:
    repository = Repository(registry)
    run = repository.start_run("no-model 1.0")
    repository.add_article(article(says("Ada Quill", "Ferries are my whole life.")), run)
    for day in range(1, 13):
        said = says("Bruno Quill", f"Nothing new on day {day}.", mention="Quill", rule="surname")
        repository.add_article(article(said, published=date(2025, 2, day)), run)
    assert find_speaker(registry.connection(), "quill").slug == "bruno-quill"
