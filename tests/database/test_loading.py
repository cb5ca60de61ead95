"""Storing many articles at once: what goes in at once, and what needs a closer look."""

from __future__ import annotations

import dataclasses

import pytest
from sqlalchemy import text
from sqlalchemy.orm import Session

from quotes.database.engine.transaction import whole
from quotes.database.extractions.runs import start_run
from quotes.database.judgements.judge import Judge
from quotes.database.loading import Loader, load_more, load_whole, takes_whole
from quotes.errors import ArticleError
from quotes.records import ExtractedArticle
from tests.factories import TOWN, article, says
from tests.stored import add, fetch


def separated(session: Session, articles: list[ExtractedArticle]) -> list[str]:
    """Return the sources of the articles that need a closer look."""
    with whole(session):
        _, others = Loader(session, 1).separate(articles)
    return [one.article.source for one in others]


def test_what_is_new_goes_in_at_once(session: Session) -> None:
    add(session, TOWN[:2])
    again = dataclasses.replace(TOWN[1].article, url=None, source="again")
    elsewhere = dataclasses.replace(TOWN[3].article, url=TOWN[0].article.url, source="elsewhere")
    new = article(says("Ada Quill", "Never."), source="new")
    twin = dataclasses.replace(new.article, outlet="Other", source="twin")
    given = [
        dataclasses.replace(TOWN[1], article=again),
        dataclasses.replace(TOWN[3], article=elsewhere),
        new,
        dataclasses.replace(new, article=twin),
    ]
    assert separated(session, given) == ["again", "elsewhere", "twin"]


def test_what_people_decided_needs_a_closer_look(session: Session) -> None:
    add(session, [*TOWN, article(says("Eve Roe", "Go away, all of you."), outlet="Wire")])
    assert not takes_whole(session)
    judge = Judge(session, "Ada")
    judge.merge("eve-roe", "ada-quill")
    judge.merge_outlet("wire", "evening-post")
    given = [
        article(says("Eve Roe", "We sail."), source="speaker"),
        article(says("Ada Quill", "We do not sail."), outlet="Wire", source="outlet"),
        article(says("Ada Quill", "Never."), source="neither"),
    ]
    assert separated(session, given) == ["speaker", "outlet"]


def test_the_first_articles_go_in_as_they_were_merged(session: Session) -> None:
    assert takes_whole(session)
    heard: list[int] = []
    done = load_whole(
        session,
        [TOWN[:3], TOWN[3:]],
        [("ada-quill", "Ada Quill", "person"), ("ada-quill", "Ada Quill", "person")][:1],
        lambda printed, _: heard.append(len(printed)),
        lambda _: None,
        semantic=False,
        on_chunk=heard.append,
    )
    assert done.stored == 4
    assert heard == [3, 3, 1, 1]
    runs = fetch(session, "SELECT articles, quotations, finished IS NULL FROM runs")
    assert [tuple(map(int, row)) for row in runs] == [(4, 7, 0)]
    assert not takes_whole(session)
    assert load_more(session, [TOWN], heard.append).unchanged == 4


def test_nothing_is_stored_of_what_fails(session: Session) -> None:
    bad = article(says("Ada Quill", "Never."), title="a\0b")
    with pytest.raises(ArticleError, match="contains a NUL"), whole(session):
        Loader(session, start_run(session, "made")).add([TOWN[0], bad])
    with session.begin():
        assert session.scalar(text("SELECT count(*) FROM articles")) == 0


def test_versions_of_one_address_are_counted(session: Session) -> None:
    url = TOWN[0].article.url
    other = article(says("Ada Quill", "Never."), url=url, source="later")
    with whole(session):
        Loader(session, start_run(session, "made")).add([TOWN[0], other])
    found = fetch(session, "SELECT source, version, first_id IS NULL FROM articles ORDER BY id")
    assert [(source, int(version), bool(first)) for source, version, first in found] == [
        ("lantern.txt", 1, True),
        ("later", 2, False),
    ]
