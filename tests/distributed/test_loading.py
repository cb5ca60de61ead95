"""A batch in a database is what ``quotes ingest`` of its articles would be."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Sequence
from datetime import date
from pathlib import Path

import made
import outcomes
import pytest
from sqlalchemy import text

from quotes.database.judgements.judge import Judge
from quotes.database.repository import Repository
from quotes.database.session import open_session
from quotes.distributed import merging
from quotes.distributed.batches import Batch
from quotes.distributed.loading import chunks, load_batch
from quotes.distributed.statements import Judged
from quotes.errors import UsageError
from quotes.records import ExtractedArticle
from tests.factories import TOWN, article, says, with_links

Extracted = Callable[..., Batch]

TABLES = {
    "articles": "SELECT a.source, a.url, a.address, a.version, f.source, a.title, a.published, "
    "a.form, a.removed, a.body, o.slug FROM articles a LEFT JOIN articles f ON f.id = a.first_id "
    "LEFT JOIN outlets o ON o.id = a.outlet_id",
    "quotations": 'SELECT a.source, q.start, q."end", q.kind, q.kind_confidence, q.opened, '
    "p.start, c.start, t.mention, t.cue_start, t.rule, t.evidence, t.joint_confidence, s.slug, "
    "t.speaker_evidence, t.reason FROM quotations q JOIN articles a ON a.id = q.article_id "
    "JOIN attributions t ON t.quotation_id = q.id LEFT JOIN speakers s ON s.id = t.speaker_id "
    "LEFT JOIN quotations p ON p.id = q.parent_id LEFT JOIN quotations c ON c.id = q.continues_id",
    "keys": "SELECT a.source, r.start, k.key, s.slug FROM rendering_keys k "
    "JOIN renderings r ON r.id = k.rendering_id JOIN articles a ON a.id = r.article_id "
    "JOIN speakers s ON s.id = k.speaker_id",
    "voices": "SELECT s.slug, c.slug, v.fingerprint, v.published, v.text, v.articles, "
    "round(CAST(v.standing AS numeric), 6), v.disputed FROM voices v "
    "JOIN speakers s ON s.id = v.speaker_id JOIN speakers c ON c.id = v.counts_to",
    "voice keys": "SELECT v.fingerprint, k.key FROM voice_keys k JOIN voices v "
    "ON v.id = k.voice_id",
    "speakers": "SELECT s.slug, s.name, s.type, s.gender, n.name, n.uses, n.origin "
    "FROM speakers s JOIN speaker_names n ON n.speaker_id = s.id",
}


def held(url: str) -> dict[str, list[str]]:
    """Return everything in a database, without its numbers."""
    with open_session(url) as session:
        found = {"quotes": sorted(map(str, outcomes.in_database(session)))}
        with session.begin():
            for name, query in TABLES.items():
                found[name] = sorted(str(tuple(row)) for row in session.execute(text(query)))
    return found


def ingested(url: str, articles: Sequence[ExtractedArticle]) -> dict[str, list[str]]:
    """Store articles one by one; return what is then in the database."""
    with open_session(url) as session:
        repository = Repository(session)
        run = repository.start_run("made 1.0")
        for one in articles:
            repository.add_article(one, run)
    return held(url)


def retold(extracted: ExtractedArticle, words: str) -> ExtractedArticle:
    """Return another text at the same address."""
    other = article(says("Ada Quill", words), says("Bo Reed", "Never."))
    facts = {"url": extracted.article.url, "published": date(2025, 3, 9), "source": "later"}
    return dataclasses.replace(other, article=dataclasses.replace(other.article, **facts))


LINKED = with_links(article(says("Ada Quill", "We sail."), says(None, "Never.")), 1, 0)
LATER = retold(TOWN[0], "The old bridge stays open all winter")
ARTICLES = [*TOWN, LINKED, LATER, *made.made_articles(120, seed=5)]


def merged(extracted: Extracted, articles: Sequence[ExtractedArticle], name: str) -> str:
    batch = extracted(articles, name)
    merging.merge(batch, Judged())
    return batch.folder.address


@pytest.fixture(scope="module")
def expected(
    sqlite_template: Callable[[str], Path], tmp_path_factory: pytest.TempPathFactory
) -> dict[str, list[str]]:
    """What a SQLite file holds into which the articles came one by one."""
    path = tmp_path_factory.mktemp("expected") / "quotes.db"
    path.write_bytes(sqlite_template("migrated").read_bytes())
    return ingested(str(path), ARTICLES)


def check(url: str, expected: dict[str, list[str]]) -> None:
    """Compare what a database holds; PostgreSQL writes numbers and JSON otherwise."""
    found = held(url)
    same = ("quotes", "speakers", "keys") if url.startswith("postgresql") else (*expected,)
    for name in same:
        assert found[name] == expected[name], name
    assert {name: len(rows) for name, rows in found.items()} == {
        name: len(rows) for name, rows in expected.items()
    }


def test_a_first_batch(extracted: Extracted, database_url: str, expected) -> None:
    out = merged(extracted, ARTICLES, "all")
    told: list[tuple[int, int]] = []
    done, quotes = load_batch(out, database_url, lambda *step: told.append(step))
    assert (done.stored, done.unchanged, done.failed) == (len(ARTICLES), 0, [])
    assert quotes == len(expected["quotes"])
    assert told[-1] == (len(ARTICLES), len(ARTICLES))
    check(database_url, expected)
    done, _ = load_batch(out, database_url, lambda *_: None)
    assert (done.stored, done.unchanged) == (0, len(ARTICLES))
    check(database_url, expected)


def test_later_batches_extend_it(extracted: Extracted, database_url: str, expected) -> None:
    for at, some in enumerate((ARTICLES[:3], ARTICLES[2:40], ARTICLES[40:])):
        load_batch(merged(extracted, some, str(at)), database_url, lambda *_: None)
    check(database_url, expected)


def test_an_ingested_database_is_extended(
    extracted: Extracted, database_url: str, expected
) -> None:
    ingested(database_url, ARTICLES[:30])
    load_batch(merged(extracted, ARTICLES, "all"), database_url, lambda *_: None)
    check(database_url, expected)


LEASE = "We will never sell the long-term lease of the harbour to anyone"


def test_what_people_decided_holds(extracted: Extracted, database_url: str) -> None:
    first = [article(says("Ada Quill", LEASE), says("Eve Roe", "Go away, all of you."))]
    load_batch(merged(extracted, first, "first"), database_url, lambda *_: None)
    with open_session(database_url) as session:
        judge = Judge(session, "Ada")
        judge.attribution(1, "eve-roe")
        judge.merge("eve-roe", "ada-quill")
    more = [article(says("Eve Roe", f"{LEASE}!"), source="b", outlet="B")]
    load_batch(merged(extracted, more, "more"), database_url, lambda *_: None)
    with open_session(database_url) as session, session.begin():
        query = text("SELECT count(*), min(speaker_slug), max(renderings) FROM quote_list")
        assert tuple(session.execute(query).one()) == (2, "ada-quill", 2)


def test_another_opinion_about_types_is_settled(extracted: Extracted, database_url: str) -> None:
    """A database that knows a speaker by another type decides for itself."""
    with open_session(database_url) as session, session.begin():
        session.execute(
            text(
                "INSERT INTO speakers (slug, name, type, provisional, origin)"
                " VALUES ('harbour-board', 'Harbour Board', 'anonymous', false, 'person')"
            )
        )
    some = [
        article(says("Harbour Board", LEASE, type="organisation"), source="a"),
        article(says("Ada Quill", LEASE, confidence=0.8), source="b"),
    ]
    done, quotes = load_batch(merged(extracted, some, "a"), database_url, lambda *_: None)
    assert (done.stored, quotes) == (2, 1)


def test_a_batch_that_is_not_merged(extracted: Extracted, database_url: str) -> None:
    batch = extracted(TOWN, "raw")
    with pytest.raises(UsageError, match="is not merged: run `quotes batch merge` first"):
        load_batch(batch.folder.address, database_url, lambda *_: None)
    merging.merge(batch, Judged())
    made.as_extracted(batch, TOWN[:2])
    with pytest.raises(UsageError, match="is not merged"):
        load_batch(batch.folder.address, database_url, lambda *_: None)


def test_articles_come_back_in_order(extracted: Extracted) -> None:
    batch = extracted(TOWN)
    found = [one for some in chunks(batch.folder, 2) for one in some]
    assert sorted(map(str, found)) == sorted(map(str, TOWN))
    assert [one.article.source for one in found if one.article.published] == [
        "lantern.txt",
        "post.txt",
        "nowhere.txt",
    ]


def test_nothing_is_a_batch_too(extracted: Extracted, database_url: str) -> None:
    done, quotes = load_batch(merged(extracted, [], "none"), database_url, lambda *_: None)
    assert (done.stored, quotes) == (0, 0)
