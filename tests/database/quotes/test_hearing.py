"""Hearing everybody at once comes to what hearing one after the other came to."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from sqlalchemy.orm import Session

from quotes.database.quotes import hearing
from quotes.database.quotes.hearing import settle_all
from tests.factories import article, says
from tests.stored import add, fetch

LEASE = "We will not sell the long-term lease of the harbour to anyone"
SAID = """
SELECT s.slug, c.slug, v.fingerprint, v.published, v.text, v.articles, v.standing, v.disputed
  FROM voices v
  JOIN speakers s ON s.id = v.speaker_id
  JOIN speakers c ON c.id = v.counts_to"""
WHOSE = "SELECT r.id, r.speaker_id FROM renderings r"


def state(session: Session) -> list[list[tuple[object, ...]]]:
    keys = (
        "SELECT k.key, v.fingerprint, v.published, v.speaker_id"
        " FROM voice_keys k JOIN voices v ON v.id = k.voice_id"
    )
    return [sorted(fetch(session, query), key=repr) for query in (SAID, keys, WHOSE)]


@pytest.mark.parametrize("piece", [1, 2000])
def test_all_at_once_is_one_after_the_other(
    session: Session, piece: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(hearing, "PIECE", piece)
    people = [("Ada Quill", 0.97), ("Bo Thorn", 0.92), ("Cy Marsh", 0.6), ("Bo Thorn", 0.93)]
    for at, (name, sure) in enumerate(people):
        day = date(2025, 3, 20) + timedelta(days=at)  # on both sides of a period's border
        said = says(name, LEASE, "The ferries sail on Sundays again.", confidence=sure)
        add(session, [article(said, published=day, source=name)])
    add(session, [article(says("Cy Marsh", LEASE, confidence=0.5), source="undated")])
    before = state(session)
    with session.begin():
        settle_all(session, jobs=1)
    assert state(session) == before
    assert any(row[:2] == ("ada-quill", "bo-thorn") for row in before[0])


def test_nobody_is_heard_in_an_empty_database(session: Session) -> None:
    with session.begin():
        settle_all(session, jobs=1)
    assert fetch(session, "SELECT * FROM voices") == []
