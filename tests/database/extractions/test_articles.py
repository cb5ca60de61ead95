from __future__ import annotations

import dataclasses
from datetime import date

from sqlalchemy.orm import Session

from quotes.database.extractions.articles import (
    Known,
    add_article,
    find_article,
    stored_articles,
)
from quotes.database.registry.outlets import Outlets
from quotes.records import Article
from tests.stored import fetch

FIRST = Article(
    source="lantern.txt",
    body="“The harbour stays.”",
    title="Harbour",
    outlet="Daily Lantern",
    url="https://lantern.example/1",
    published=date(2025, 3, 1),
    byline="Ann Roe",
    language="en",
    original="&#8220;The harbour stays.&#8221;",
    raw_hash="0" * 64,
    archived="https://archive.example/1",
    form="transcript",
)
SECOND = dataclasses.replace(FIRST, body="“The harbour goes.”")
ELSEWHERE = dataclasses.replace(FIRST, url="https://post.example/1", outlet="Post")


def store(session: Session, article: Article) -> tuple[int, int]:
    with session.begin():
        return add_article(session, article, Outlets(session).id_of(article))


def test_a_text_is_known_by_its_words_and_address(session: Session) -> None:
    key, _ = store(session, FIRST)
    with session.begin():
        moved = dataclasses.replace(FIRST, source="other.txt", title=None, outlet=None)
        outlet = Outlets(session).find(FIRST)
        for same in (FIRST, moved):
            assert find_article(session, same, outlet) == Known(key, FIRST, frozenset())
        assert find_article(session, SECOND, outlet) is None
        assert find_article(session, ELSEWHERE, 0) is None


def test_another_text_at_a_known_url_is_a_new_version(session: Session) -> None:
    first = store(session, FIRST)
    assert first[1] == 1
    assert store(session, ELSEWHERE)[1] == 1
    assert store(session, SECOND)[1] == 2
    third = dataclasses.replace(FIRST, body="“The harbour stays after all.”")
    assert store(session, third)[1] == 3
    rows = fetch(session, "SELECT url, version, first_id FROM articles ORDER BY id")
    assert rows == [
        (FIRST.url, 1, None),
        (ELSEWHERE.url, 1, None),
        (FIRST.url, 2, first[0]),
        (FIRST.url, 3, first[0]),
    ]


def test_texts_without_an_address_are_no_versions(session: Session) -> None:
    for body in ("“One.”", "“Two.”"):
        assert store(session, Article("a.txt", body))[1] == 1


def test_stored_articles_come_back_as_they_were_read(session: Session) -> None:
    bare = Article("bare.txt", "  “One.”\r\n\tTwo 🙂 ")
    for article in (FIRST, bare, ELSEWHERE):
        store(session, article)
    assert [found for _, found in stored_articles(session)] == [FIRST, bare, ELSEWHERE]
