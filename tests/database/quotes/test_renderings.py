"""The normaliser's view of what is stored."""

from __future__ import annotations

from datetime import date

import pytest
from sqlalchemy.orm import Session

from quotes.database.judgements.judge import Judge
from quotes.database.quotes.reading import as_rendering, rows_of_speakers
from quotes.database.quotes.renderings import StoredRenderings, cluster, key_rows
from quotes.normaliser.model import Judgement
from tests.factories import article, says
from tests.stored import add, fetch

LEASE = "We will not sell the long-term lease of the harbour to anyone."
FERRY = "The ferries sail on Sundays from the first of June."


@pytest.fixture
def town(session: Session) -> Session:
    """One quote in two outlets, another beside it, one of somebody else, and words of nobody."""
    first = article(
        says("Ada Quill", LEASE, FERRY, confidence=0.7),
        says(None, "Nobody knows."),
        outlet="Daily Lantern",
        published=date(2025, 3, 1),
    )
    second = article(says("Ada Quill", LEASE.upper()), outlet="Post", published=date(2025, 3, 2))
    add(session, [first, second, article(says("Bo Reed", LEASE))])
    return session


def test_a_rendering_is_read_with_what_counts_for_merging(town: Session) -> None:
    with town.begin():
        one, other = StoredRenderings(town).by_id([1, 2])
    assert (one.text, one.published, one.outlet) == (LEASE, date(2025, 3, 1), "daily-lantern")
    assert (one.before, one.after) == (None, FERRY)
    assert (other.before, other.after) == (LEASE, "Nobody knows.")
    assert one.confidence == pytest.approx(0.7)
    assert one.article == other.article


def test_who_has_no_speaker_is_not_there(town: Session) -> None:
    with town.begin():
        found = list(StoredRenderings(town).by_id(range(1, 99)))
    assert [one.text for one in found] == [LEASE, FERRY, LEASE.upper(), LEASE]
    assert "Nobody knows." in [words for (words,) in fetch(town, "SELECT text FROM renderings")]


def test_candidates_are_of_the_same_speaker(town: Session) -> None:
    with town.begin():
        store = StoredRenderings(town)
        one, lone = (next(iter(store.by_id([key]))) for key in (1, 2))
        keys = {key for _, key, _ in key_rows([one])}
        assert [other.key for other in store.candidates(one.speaker, keys)] == [1, 4]
        keys = {key for _, key, _ in key_rows([lone])}
        assert 4 not in [other.key for other in store.candidates(lone.speaker, keys)]
        assert list(store.candidates(one.speaker, [])) == []


def test_a_component_is_all_that_hangs_together(town: Session) -> None:
    with town.begin():
        store = StoredRenderings(town)
        assert [one.key for one in store.component([4])] == [1, 4]
        assert [one.key for one in store.component([5])] == [5]
        assert list(store.component([])) == []
        assert store.rows.keys() == {1, 4, 5}


def test_rows_of_speakers(town: Session) -> None:
    ids = dict(fetch(town, "SELECT slug, id FROM speakers"))
    with town.begin():
        rows = list(rows_of_speakers(town, [ids["ada-quill"], ids["bo-reed"]]))
        assert [row.key for row in rows] == [1, 2, 4, 5]
        assert [row.key for row in rows_of_speakers(town, [ids["bo-reed"]])] == [5]
    assert as_rendering(rows[0]).speaker == str(ids["ada-quill"])
    assert (rows[0].relation, rows[2].relation) == ("canonical", "identical")
    assert rows[0].quote == rows[2].quote != rows[1].quote


def test_of_two_judgements_on_a_pair_the_later_counts(town: Session) -> None:
    judge = Judge(town, "Ann")
    judge.pair("different", "r1", "r4")
    with town.begin():
        store = StoredRenderings(town)
        assert list(store.judgements([4])) == [Judgement(1, 4, "different", 1)]
        assert store.judged() == {1, 4}
        assert list(store.judgements([2, 5])) == []
    same = judge.pair("same", "r4", "r1")
    with town.begin():
        assert list(StoredRenderings(town).judgements([1])) == [Judgement(4, 1, "same", 2)]
    judge.undo(same)
    with town.begin():
        assert list(StoredRenderings(town).judgements([1])) == [Judgement(1, 4, "different", 1)]


def test_clustering_nothing_changes_nothing(town: Session) -> None:
    before = fetch(town, "SELECT * FROM renderings ORDER BY id")
    with town.begin():
        cluster(town, [])
    assert fetch(town, "SELECT * FROM renderings ORDER BY id") == before


@pytest.mark.parametrize("backend", ["sqlite"])
def test_a_long_article_costs_what_several_short_ones_do(session: Session, backend: str) -> None:
    """Counted in steps of SQLite's machine, in hundreds."""

    def steps(number: int, size: int) -> int:
        words = (f"Ferry{at} sails{at} to pier{at} of{size}." for at in range(size))
        add(session, [article(*(says("Ada Quill", said) for said in words))])
        ids = [
            key
            for (key,) in fetch(
                session, "SELECT id FROM renderings WHERE article_id = :number", number=number
            )
        ]
        assert len(ids) == size
        counted: list[None] = []
        with session.begin():
            raw = session.connection().connection.driver_connection
            raw.set_progress_handler(lambda: counted.append(None), 100)
            found = list(StoredRenderings(session).by_id(ids))
            raw.set_progress_handler(None, 0)
        assert sum(one.before is not None for one in found) == size - 1
        return len(counted)

    short = steps(1, 50)
    assert short > 10
    assert steps(2, 400) < 10 * short
