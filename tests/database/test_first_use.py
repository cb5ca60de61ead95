"""Several people at a database that nobody has used yet, and writers that wait for each other."""

from __future__ import annotations

import logging
from pathlib import Path
from threading import Thread

import pytest

from quotes.database.engine.transaction import reading, whole
from quotes.database.session import open_reader, open_session
from quotes.search.sql import run_sql
from tests.cli.program import run, start


def test_of_several_first_users_one_makes_the_tables(empty_url: str) -> None:
    started = [start(empty_url, "db", "upgrade") for _ in range(3)]
    ended = [process.communicate() for process in started]
    assert [process.returncode for process in started] == [0] * 3, ended
    assert (
        run_sql(empty_url, "SELECT count(*) FROM outlets GROUP BY slug HAVING count(*) > 1")[1]
        == []
    )
    assert run(empty_url, "speakers", "show", "putin").status == 0


def test_whatever_they_use_it_for_nobody_gets_an_error(empty_url: str, tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("“The bridge stays open,” said Ann Roe.")
    ingest = ("ingest", tmp_path / "a.txt", "--quiet")
    commands = [ingest, ingest, ("db", "upgrade")]
    if "://" in empty_url:  # reading does not make a file
        commands += [("search", "bridge"), ("speakers", "list")]
    started = [start(empty_url, *command) for command in commands]
    ended = [process.communicate() for process in started]
    assert [process.returncode for process in started] == [0] * len(commands), ended
    assert run_sql(empty_url, "SELECT count(*) FROM articles")[1] == [(1,)]


def test_ingest_waits_for_another_writer_and_says_so(
    stocked_url: str, caplog: pytest.LogCaptureFixture
) -> None:
    stored: list[str] = []

    def write() -> None:
        with open_session(stocked_url, patient=True) as session, whole(session):
            stored.append("second")

    with open_session(stocked_url) as session, caplog.at_level(logging.WARNING, "quotes"):
        with whole(session):
            other = Thread(target=write)
            other.start()
            while not caplog.messages:
                other.join(0.05)
                assert other.is_alive()
            stored.append("first")
        other.join()
    assert stored == ["first", "second"]
    assert len(caplog.messages) == 1
    assert "another program writes there; waiting until it is done" in caplog.text


def test_reading_takes_no_lock(stocked_url: str) -> None:
    """Whatever reads is done before the writer, who holds the lock all the while."""
    commands = [
        ("search", "harbour"),
        ("show", "q1"),
        ("speakers", "list"),
        ("speakers", "export"),
        ("judge", "log"),
        ("review",),
        ("reprocess", "--dry-run"),
        ("db", "status"),
        ("sql", "SELECT 1"),
        ("export", "quotes"),
    ]
    with open_session(stocked_url) as session, whole(session):
        for command in commands:
            done = run(stocked_url, *command, "--quiet", stdin="q")
            assert (done.status, done.err) == (0, ""), command
        with open_session(stocked_url) as other, reading(other):
            pass
        with open_reader(stocked_url):
            pass


@pytest.mark.parametrize("backend", ["sqlite"])
def test_who_is_not_patient_is_told_to_try_again(stocked_url: str) -> None:
    with open_session(stocked_url) as session, whole(session):
        done = run(stocked_url, "judge", "kind", "n1", "none")
    assert done.status == 1
    assert "is locked by another program; wait until it is done and try again" in done.err
