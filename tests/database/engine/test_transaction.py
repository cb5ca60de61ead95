from __future__ import annotations

from threading import Event, Thread

import pytest
from sqlalchemy import text
from sqlalchemy.orm import Session

from quotes.database.engine.transaction import whole
from quotes.database.session import open_session
from tests.stored import fetch

INSERT = text("INSERT INTO options (name) VALUES ('semantic')")
COUNT = text("SELECT count(*) FROM options")


def test_all_or_nothing(session: Session) -> None:
    def broken() -> None:
        with whole(session):
            session.execute(INSERT)
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        broken()
    assert fetch(session, "SELECT name FROM options") == []
    with whole(session, bulk=True):
        session.execute(INSERT)
    assert fetch(session, "SELECT name FROM options") == [("semantic",)]


def test_a_second_writer_reads_what_the_first_has_written(database_url: str) -> None:
    """Both look first and write then; without a lock both would find nothing there."""
    inside, found = Event(), []

    def write() -> None:
        with open_session(database_url) as session, whole(session):
            found.append(session.scalar(COUNT))
            inside.set()
            if not found[-1]:
                session.execute(INSERT)

    with open_session(database_url) as session:
        with whole(session):
            found.append(session.scalar(COUNT))
            other = Thread(target=write)
            other.start()
            assert not inside.wait(0.3)
            session.execute(INSERT)
        other.join()
    assert found == [0, 1]
