"""Merging everything anew: the same quotes, under the same numbers and judgements."""

from __future__ import annotations

from contextlib import suppress
from datetime import date
from random import Random

import made
import pytest
from sqlalchemy import text
from sqlalchemy.orm import Session

from quotes.database.judgements.judge import Judge
from quotes.database.quotes import rebuild as module
from quotes.database.quotes.rebuild import Rebuilt, rebuild
from quotes.database.repository import Repository
from quotes.errors import UsageError
from quotes.records import ExtractedArticle
from tests.database.quotes.test_clusters import LEASE, articles
from tests.factories import article, says
from tests.stored import add, fetch


def derived(session: Session) -> dict[str, list[tuple[object, ...]]]:
    """Return the tables that clustering writes; the numbers of voices may change."""
    voice = "speaker_id, fingerprint, published, text, counts_to, articles, standing, disputed"
    columns = {
        "quotes": "*",
        "variants": "*",
        "renderings": "id, variant_id, speaker_id, relation, score",
        "rendering_keys": "*",
        "voices": voice,
        "voices JOIN voice_keys ON voice_id = id": f"{voice}, key",
        "voices v JOIN renderings r ON r.voice_id = v.id": "r.id, v.text, v.speaker_id",
    }
    found = {
        table: fetch(session, f"SELECT {names} FROM {table}") for table, names in columns.items()
    }
    return {table: sorted(rows, key=repr) for table, rows in found.items()}


def quote_of(session: Session, wording: str) -> int | None:
    query = text("SELECT quote_id FROM rendering_list WHERE text LIKE :start")
    with session.begin():
        return session.scalar(query, {"start": f"{wording[:30]}%"})


@pytest.fixture(params=[1, 2])
def jobs(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> int:
    """One process or two, and so little for each to do that two have work."""
    for name in ("BATCH", "READ", "A_JOB"):
        monkeypatch.setattr(module, name, 1)
    return int(request.param)


# Processes only merge: what they do does not depend on the database.
PAIRS = [("sqlite", 1), ("sqlite", 2), ("postgresql", 1)]


def test_a_rebuild_changes_nothing(session: Session, jobs: int) -> None:
    add(
        session,
        [
            *articles(),
            article(says("Bo Reed", LEASE, confidence=0.7)),
            article(says("Cy Dale", "No.")),
        ],
    )
    before = derived(session)
    steps: list[tuple[int, int]] = []
    done = rebuild(session, lambda *step: steps.append(step), jobs=jobs)
    assert derived(session) == before
    assert done == Rebuilt(len(before["renderings"]), len(before["quotes"]))
    assert steps[-1] == (done.renderings, done.renderings)
    assert len(steps) > 1


def test_a_rebuild_finds_what_was_lost(session: Session) -> None:
    add(session, articles())
    before = derived(session)
    with session.begin():
        session.execute(text("DELETE FROM rendering_keys"))
        session.execute(text("UPDATE renderings SET variant_id = NULL, relation = NULL"))
        session.execute(text("DELETE FROM variants"))
        session.execute(text("DELETE FROM quotes"))
    rebuild(session, lambda *_: None)
    after = derived(session)
    if session.get_bind().dialect.name == "sqlite":
        with session.begin():
            assert session.scalar(text("PRAGMA foreign_keys")) == 1
            assert not session.execute(text("PRAGMA foreign_key_check")).all()
    assert after["rendering_keys"] == before["rendering_keys"]
    assert len(after["quotes"]) == len(before["quotes"])


@pytest.mark.parametrize(("backend", "jobs"), PAIRS, indirect=["jobs"])
@pytest.mark.parametrize("read", [1, 1000])
def test_a_quote_that_was_stored_for_two_speakers_is_parted(
    session: Session, jobs: int, read: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "READ", read)
    people = ("Bo Reed", "Cy Dale", "Di Marsh")
    add(session, [article(says(who, "No deal at noon")) for who in people])
    with session.begin():
        session.execute(text("UPDATE renderings SET variant_id = (SELECT max(id) FROM variants)"))
    rebuild(session, lambda *_: None, jobs=jobs)
    with session.begin():
        held = session.execute(
            text(
                "SELECT quotes.id, quotes.speaker_id, renderings.speaker_id FROM quotes"
                " LEFT JOIN variants ON variants.quote_id = quotes.id"
                " LEFT JOIN renderings ON renderings.variant_id = variants.id"
            )
        ).all()
        lost = text(
            "SELECT count(*) FROM renderings WHERE variant_id NOT IN (SELECT id FROM variants)"
        )
        assert session.scalar(lost) == 0
    assert len({quote for quote, _, _ in held}) == len(held) == 3
    assert all(speaker == own for _, speaker, own in held)


def test_judgements_survive_a_rebuild(session: Session) -> None:
    add(session, articles())
    ferries = "The ferries sail on Sundays"
    with session.begin():
        ids = dict(
            session.execute(
                text("SELECT substr(text, 1, 20), min(id) FROM renderings GROUP BY 1")
            ).all()
        )
    pair = f"r{ids[LEASE[:20]]}", f"r{ids[ferries[:20]]}"
    judge = Judge(session, "Ada")
    judge.pair("same", *pair)
    rebuild(session, lambda *_: None)
    assert quote_of(session, ferries) == quote_of(session, LEASE)
    judge.pair("different", *pair)
    rebuild(session, lambda *_: None)
    assert quote_of(session, ferries) != quote_of(session, LEASE)


def test_an_empty_database_has_nothing_to_merge(session: Session) -> None:
    Repository(session)
    assert rebuild(session, lambda *_: None) == Rebuilt(0, 0)


def test_what_stands_beside_a_statement_counts_under_judgements_too(session: Session) -> None:
    quick, fast = "The glacier melts quickly", "A glacier melts rapidly"
    one = article(says("Ada Quill", LEASE), says("Ada Quill", quick), source="one")
    other = article(says("Ada Quill", LEASE, fast), source="other")
    add(session, [one, other])
    assert quote_of(session, quick) == quote_of(session, fast)
    with session.begin():
        query = "SELECT id FROM quotations WHERE text LIKE '%anyone”'"
        beside = session.scalar(text(query))
    judge = Judge(session, "Ada")
    judgement = judge.kind(beside, "none")
    assert quote_of(session, quick) != quote_of(session, fast)
    before = derived(session)
    rebuild(session, lambda *_: None)
    assert derived(session) == before
    judge.undo(judgement)
    assert quote_of(session, quick) == quote_of(session, fast)


SPEECH = "Nobody ever asked the nurses whether they wanted an orchestra in the tunnel."
RETOLD = ["The crew was exhausted after the storm.", "The sailors were tired out by the gale."]


def retold(at: int) -> ExtractedArticle:
    said = says("Ada Quill", SPEECH, RETOLD[at])
    return article(said, outlet=f"Outlet {at}", published=date(2025, 3, 1), source=str(at))


@pytest.mark.parametrize(("backend", "jobs"), PAIRS[1:], indirect=["jobs"])
def test_meanings_are_compared_where_that_was_chosen(session: Session, jobs: int) -> None:
    others = [
        article(says("Bo Reed", LEASE, confidence=0.7)),
        article(says("Cy Dale", "No, never again.")),
    ]
    add(session, [*others, retold(0), retold(1)])

    def apart() -> bool:
        session.rollback()
        return quote_of(session, RETOLD[0]) != quote_of(session, RETOLD[1])

    assert apart()
    rebuild(session, lambda *_: None, jobs=jobs, semantic=True)
    assert not apart()
    rebuild(session, lambda *_: None, jobs=jobs)
    assert not apart()
    rebuild(session, lambda *_: None, jobs=jobs, semantic=False)
    assert apart()


def test_what_was_chosen_holds_for_articles_that_come_later(session: Session) -> None:
    add(session, [retold(0)])
    rebuild(session, lambda *_: None, semantic=True)
    add(session, [retold(1)])
    session.rollback()
    assert quote_of(session, RETOLD[0]) == quote_of(session, RETOLD[1])


def said_of(session: Session) -> list[tuple[object, ...]]:
    """Return what became of each statement, by lasting names."""
    query = """SELECT a.source, r.start, s.slug, k.text, r.relation, w.disputed
                 FROM renderings r JOIN articles a ON a.id = r.article_id
                 JOIN variants v ON v.id = r.variant_id JOIN quotes k ON k.id = v.quote_id
                 JOIN speakers s ON s.id = k.speaker_id JOIN voices w ON w.id = r.voice_id"""
    return sorted(fetch(session, query))


@pytest.mark.parametrize(("backend", "seed"), [("sqlite", 0), ("sqlite", 1), ("postgresql", 2)])
def test_articles_in_any_order_are_what_a_rebuild_makes(session: Session, seed: int) -> None:
    """Unsure, disputed speakers, fragments, copies, translations; and what people say of them."""
    random = Random(seed)
    articles = [*made.made_articles(160, seed=seed)]
    random.shuffle(articles)
    add(session, articles)
    before = derived(session)
    rebuild(session, lambda *_: None)
    assert derived(session) == before
    judge = Judge(session, "Ann")
    for _ in range(12):
        left, right = (f"r{random.choice(before['renderings'])[0]}" for _ in range(2))
        mark = random.choice(["original", "translated", "machine-translated", None])
        article_id = random.randrange(1, len(articles) + 1)
        for decide in (
            lambda one=left, two=right: judge.pair("same", one, two),
            lambda one=left: judge.canonical(one),
            lambda at=article_id, how=mark: judge.edit(at, {"provenance": how}),
            lambda how=mark: judge.edit_outlet("made-paper-1", how),
        ):
            with suppress(UsageError):
                decide()
    judged = said_of(session)
    assert judged != []
    rebuild(session, lambda *_: None)
    assert said_of(session) == judged
