from __future__ import annotations

import pytest
from sqlalchemy import insert
from sqlalchemy.orm import Session

from quotes.database.engine.models import Outlet
from quotes.database.judgements.judge import Judge
from quotes.database.registry.outlets import Outlets
from quotes.records import Article
from tests.stored import fetch


@pytest.fixture
def lantern(session: Session) -> int:
    """An outlet with another name and an address."""
    row = {"slug": "lantern", "name": "Daily Lantern", "names": ["DL"], "origin": "seed"}
    with session.begin():
        session.execute(insert(Outlet), [{**row, "domains": ["lantern.example"]}])
    return 1


def test_an_outlet_is_known_by_name_and_by_address(session: Session, lantern: int) -> None:
    with session.begin():
        outlets = Outlets(session)
        for name, url, known in [
            ("Daily Lantern", None, True),
            ("daily  LANTERN", None, True),
            ("The Daily Lantern", None, True),
            ("dl", None, True),
            ("www.lantern.example", None, True),
            (None, "https://lantern.example/1", True),
            (None, "https://www.news.lantern.example/1", True),
            (None, "https://notlantern.example/2", False),
            (None, "https://[lantern.example/2", False),
            (None, "lantern.example", False),
            (None, None, False),
            ("", None, False),
            (" - ", "https://lantern.example/1", True),
        ]:
            found = outlets.id_of(Article("a.txt", "", outlet=name, url=url))
            assert found == (lantern if known else None), (name, url)
        # What an article says of itself counts more than where it was found.
        other = outlets.id_of(
            Article("a.txt", "", outlet="Evening Post", url="https://lantern.example/2")
        )
        assert other not in (None, lantern)


def test_a_new_name_is_stored_once(session: Session) -> None:
    with session.begin():
        outlets = Outlets(session)
        names = ("Evening Post", "EVENING  post", "The Evening Post", "evening post ")
        ids = [outlets.id_of(Article("a.txt", "", outlet=name)) for name in names]
    assert len(set(ids)) == 1
    assert fetch(session, "SELECT slug, name, origin FROM outlets") == [
        ("evening-post", "Evening Post", "article")
    ]


def test_different_names_never_share_a_slug(session: Session) -> None:
    with session.begin():
        outlets = Outlets(session)
        for name in ("The Sun", "Sun (Ohio)", "Sun, Ohio 2"):
            outlets.id_of(Article("a.txt", "", outlet=name))
    slugs = [slug for (slug,) in fetch(session, "SELECT slug FROM outlets")]
    assert len(set(slugs)) == len(slugs) == 3


def test_what_another_program_has_stored_meanwhile_is_found(session: Session) -> None:
    with session.begin():
        first, second = Outlets(session), Outlets(session)
        one = first.id_of(Article("a.txt", "", outlet="Evening Post"))
        assert second.id_of(Article("b.txt", "", outlet="Evening Post")) == one


def test_what_people_say_meanwhile_is_heard(session: Session) -> None:
    with session.begin():
        outlets = Outlets(session)
        one = outlets.named("Evening Post")
    Judge(session, "ada").rename_outlet("evening-post", "Night Post")
    with session.begin():
        assert outlets.named("Night Post") == one
        assert outlets.named("Morning Post") != one
    assert fetch(session, "SELECT count(*) FROM outlets") == [(2,)]
