"""What people say about articles and outlets holds, survives reading again, and can be undone."""

from __future__ import annotations

from datetime import date

import pytest
from sqlalchemy import text
from sqlalchemy.orm import Session

from quotes.database.judgements.judge import Judge
from quotes.database.quotes.rebuild import rebuild
from quotes.database.repository import Repository
from quotes.database.seed import seed
from quotes.errors import UsageError
from quotes.records import Stored, Unchanged
from tests.factories import HARBOUR, article, says
from tests.stored import add, fetch

LEASE = "We will not sell the long-term lease of the harbour to anyone"
ARTICLES = "SELECT id, outlet, published, title FROM article_list ORDER BY id"
OUTLETS = "SELECT slug, articles FROM outlet_list WHERE articles > 0 ORDER BY slug"
QUOTES = "SELECT text, outlets, first_published FROM quote_list ORDER BY text"


@pytest.fixture
def judge(session: Session) -> Judge:
    """Ann, before the same words in two papers, one of them without its name."""
    add(
        session,
        [
            article(says("Ada Quill", HARBOUR), outlet="Daily Lantern", published=date(2025, 3, 1)),
            article(says("Ada Quill", HARBOUR), published=date(2025, 3, 2), source="copy.txt"),
            article(says("Ada Quill", LEASE), outlet="Evening Post", source="post.txt"),
        ],
    )
    return Judge(session, "Ann")


def state(session: Session) -> list[list[tuple[object, ...]]]:
    queries = (
        ARTICLES,
        OUTLETS,
        QUOTES,
        "SELECT slug, name, names, found, merged_into FROM outlets ORDER BY slug",
        "SELECT id, removed, found FROM articles ORDER BY id",
        "SELECT id, speaker_slug, kind FROM quotation_list ORDER BY id",
    )
    return [fetch(session, query) for query in queries]


def test_an_edit_counts_everywhere_and_is_undone(session: Session, judge: Judge) -> None:
    before = state(session)
    number = judge.edit(2, {"outlet": "daily lantern", "published": date(2025, 2, 28)})
    assert [str(effect) for effect in judge.effects] == [
        "a2 “copy.txt”: outlet unknown → Daily Lantern",
        "a2 “copy.txt”: published 2025-03-02 → 2025-02-28",
    ]
    assert fetch(session, OUTLETS) == [("daily-lantern", 2), ("evening-post", 1)]
    ((_, outlets, first),) = fetch(session, QUOTES)
    assert (outlets, str(first)) == (2, "2025-02-28")
    judge.undo(number)
    assert state(session) == before


def test_reading_the_same_file_again_finds_the_corrected_article(
    session: Session, judge: Judge
) -> None:
    judge.edit(2, {"outlet": "Hill Courier"})
    said = says("Ada Quill", HARBOUR)
    again = [
        article(said, published=date(2025, 3, 2), source="copy.txt"),
        article(said, published=date(2025, 3, 2), outlet="Hill Courier"),
    ]
    assert [type(one) for one in add(session, again)] == [Unchanged, Unchanged]


def test_an_outlet_that_only_an_edit_made_goes_with_it(session: Session, judge: Judge) -> None:
    number = judge.edit(2, {"outlet": "Hill Courier"})
    assert ("hill-courier", 1) in fetch(session, OUTLETS)
    undone = judge.undo(number)
    assert not fetch(session, "SELECT 1 FROM outlets WHERE slug = 'hill-courier'")
    judge.undo(undone)
    assert ("hill-courier", 1) in fetch(session, OUTLETS)


def test_the_later_of_two_edits_wins_and_both_are_kept(session: Session, judge: Judge) -> None:
    first = judge.edit(2, {"title": "One", "outlet": "Hill Courier"})
    second = Judge(session, "Ben").edit(2, {"title": "Two"})
    assert fetch(session, ARTICLES)[1][3] == "Two"
    assert fetch(session, ARTICLES)[1][1] == "Hill Courier"
    judge.undo(second)
    assert fetch(session, ARTICLES)[1][3] == "One"
    judge.undo(first)
    assert fetch(session, ARTICLES)[1][1:] == fetch(session, ARTICLES)[1][1:]
    assert fetch(session, ARTICLES)[1][3] is None


def test_a_removed_article_is_nowhere_and_comes_back(session: Session, judge: Judge) -> None:
    before = state(session)
    judge.attribution(2, "ada-quill", "heard it")
    number = judge.remove(2)
    assert [str(effect) for effect in judge.effects] == ["a2 “copy.txt”: article stored → removed"]
    assert [row[0] for row in fetch(session, ARTICLES)] == [1, 3]
    assert fetch(session, "SELECT count(*) FROM quotation_list") == [(2,)]
    assert fetch(session, "SELECT renderings FROM quote_list") == [(2,)]
    with pytest.raises(UsageError, match="a2 is removed"):
        judge.remove(2)
    with pytest.raises(UsageError, match="a2 is removed"):
        judge.edit(2, {"title": "x"})
    again = add(session, [article(says("Ada Quill", HARBOUR), published=date(2025, 3, 2))])
    assert isinstance(again[0], Unchanged)
    judge.undo(number)
    assert fetch(session, "SELECT speaker_slug, rule FROM quotation_list WHERE id = 2") == [
        ("ada-quill", "judgement")
    ]
    judge.undo(1)
    assert state(session) == before


def test_merged_outlets_are_one_now_and_later(session: Session, judge: Judge) -> None:
    before = state(session)
    number = judge.merge_outlet("evening-post", "daily-lantern")
    assert fetch(session, OUTLETS) == [("daily-lantern", 2)]
    (stored,) = add(session, [article(says("Ada Quill", LEASE), outlet="The Evening Post",
                                      published=date(2025, 4, 1))])  # fmt: skip
    assert isinstance(stored, Stored)
    assert fetch(session, OUTLETS) == [("daily-lantern", 3)]
    judge.undo(number)
    assert fetch(session, OUTLETS) == [("daily-lantern", 1), ("evening-post", 2)]
    judge.remove(stored.article_id)
    assert [one[:2] for one in state(session)[0]] == [one[:2] for one in before[0]]


@pytest.mark.parametrize(
    ("outlet", "into", "words"),
    [
        ("evening-post", "evening-post", "cannot be merged into itself"),
        ("daily-lantern", "evening-post", "cannot be merged into itself"),
        ("evening-post", "daily-lantern", "is merged into daily-lantern already"),
        ("nowhere", "daily-lantern", "no outlet 'nowhere' is known"),
    ],
)
def test_outlets_that_cannot_be_merged(
    session: Session, judge: Judge, outlet: str, into: str, words: str
) -> None:
    judge.merge_outlet("evening-post", "daily-lantern")
    with pytest.raises(UsageError, match=words):
        judge.merge_outlet(outlet, into)


def test_a_renamed_outlet_is_found_by_both_names(session: Session, judge: Judge) -> None:
    before = state(session)
    number = judge.rename_outlet("evening-post", "Post of the Evening")
    assert str(judge.effects[0]) == "evening-post: name Evening Post → Post of the Evening"
    for name in ("Evening Post", "post of the evening"):
        add(session, [article(says("Ada Quill", f"“{name}” it is."), outlet=name)])
    assert fetch(session, OUTLETS) == [("daily-lantern", 1), ("evening-post", 3)]
    with pytest.raises(UsageError, match="is the outlet daily-lantern"):
        judge.rename_outlet("evening-post", "the daily lantern")
    judge.undo(number)
    assert state(session)[3] == before[3]


def test_seeds_do_not_take_a_persons_name_away(seeded_url: str) -> None:
    from quotes.database.session import open_session

    with open_session(seeded_url) as session:
        with session.begin():
            slug = session.scalar(text("SELECT slug FROM outlets ORDER BY id LIMIT 1"))
            names = session.scalar(text("SELECT name FROM outlets ORDER BY id LIMIT 1"))
        judge = Judge(session, "Ann")
        number = judge.rename_outlet(str(slug), "Another Name")
        with session.begin():
            seed(session)
        query = "SELECT name FROM outlets ORDER BY id LIMIT 1"
        assert fetch(session, query) == [("Another Name",)]
        judge.undo(number)
        assert fetch(session, query) == [(names,)]


@pytest.mark.parametrize(
    ("facts", "words"),
    [
        ({}, "say what to change of a1"),
        ({"outlet": "DAILY lantern"}, "a1 says so already"),
        ({"outlet": "…"}, "it needs letters"),
        ({"body": "x"}, "'body' of an article cannot be changed"),
    ],
)
def test_edits_that_say_nothing(
    session: Session, judge: Judge, facts: dict[str, object], words: str
) -> None:
    with pytest.raises(UsageError, match=words):
        judge.edit(1, facts)
    with pytest.raises(UsageError, match="there is no article a99"):
        judge.edit(99, {"title": "x"})
    assert fetch(session, "SELECT count(*) FROM judgements") == [(0,)]


def test_an_address_belongs_to_one_article(session: Session, judge: Judge) -> None:
    judge.edit(1, {"url": "https://lantern.example/1"})
    with pytest.raises(UsageError, match="a1 has the address https://lantern"):
        judge.edit(2, {"url": "https://lantern.example/1"})


def test_later_versions_inherit(session: Session) -> None:
    url = "https://lantern.example/harbour"
    add(session, [article(says("Ada Quill", HARBOUR), url=url)])
    judge = Judge(session, "Ann")
    judge.edit(1, {"outlet": "Daily Lantern"})
    add(session, [article(says("Ada Quill", HARBOUR, LEASE), url=url)])
    assert [row[1] for row in fetch(session, ARTICLES)] == ["Daily Lantern", "Daily Lantern"]
    number = judge.remove(1)
    assert fetch(session, ARTICLES) == []
    assert fetch(session, QUOTES) == []
    judge.undo(number)
    assert len(fetch(session, ARTICLES)) == 2


def test_another_date_has_the_article_read_again(session: Session, judge: Judge) -> None:
    asked: list[int] = []
    careful = Judge(session, "Ann", lambda _, number: asked.append(number))
    number = careful.edit(2, {"published": date(2024, 1, 1)})
    careful.edit(2, {"title": "Another"})
    careful.undo(number)
    assert asked == [2, 2]
    assert Repository(session).stats().articles == 3


WORDS = "SELECT text, provenance FROM quote_list WHERE speaker_slug = 'ada-quill' ORDER BY id"
LONGER = HARBOUR.replace("anyone", "anyone at all in this world")


@pytest.fixture
def translated(session: Session) -> Judge:
    """Ann, before a statement in two papers, the fuller wording in one of them."""
    add(
        session,
        [
            article(says("Ada Quill", LONGER), outlet="World Lantern", source="far.txt"),
            article(says("Ada Quill", HARBOUR), outlet="Daily Lantern", source="near.txt"),
        ],
    )
    return Judge(session, "Ann")


def test_a_marked_article_does_not_stand_for_an_original(
    session: Session, translated: Judge
) -> None:
    assert fetch(session, WORDS) == [(LONGER, None)]
    number = translated.edit(1, {"provenance": "machine-translated"})
    assert [str(effect) for effect in translated.effects] == [
        "a1 “far.txt”: provenance unknown → machine-translated"
    ]
    assert fetch(session, WORDS) == [(HARBOUR, None)]
    chosen = translated.canonical("r1")
    assert fetch(session, WORDS) == [(LONGER, "machine-translated")]
    rebuild(session, lambda *_: None)
    assert fetch(session, WORDS) == [(LONGER, "machine-translated")]
    translated.undo(chosen)
    assert fetch(session, WORDS) == [(HARBOUR, None)]
    translated.undo(number)
    assert fetch(session, WORDS) == [(LONGER, None)]


def test_a_marked_outlet_marks_its_articles_but_those_that_say_otherwise(
    session: Session, translated: Judge
) -> None:
    number = translated.edit_outlet("world-lantern", "translated", "it is all from abroad")
    assert [str(effect) for effect in translated.effects] == [
        "world-lantern: provenance unknown → translated"
    ]
    assert fetch(session, WORDS) == [(HARBOUR, None)]
    said = says("Ada Quill", LONGER.replace("world", "whole wide world"))
    add(session, [article(said, outlet="World Lantern", source="later.txt")])
    assert fetch(session, WORDS) == [(HARBOUR, None)]
    with session.begin():
        seed(session)
    rebuild(session, lambda *_: None)
    assert fetch(session, WORDS) == [(HARBOUR, None)]
    translated.edit(1, {"provenance": "original"})
    assert fetch(session, WORDS) == [(LONGER, "original")]
    translated.undo(number)
    marks = "SELECT id, provenance FROM article_list ORDER BY id"
    assert fetch(session, marks) == [(1, "original"), (2, None), (3, None)]


def test_a_mark_survives_reading_the_article_again(session: Session, translated: Judge) -> None:
    translated.edit(1, {"provenance": "translated"})
    with_date = article(
        says("Ada Quill", LONGER),
        outlet="World Lantern",
        source="far.txt",
        published=date(2025, 3, 1),
    )
    assert isinstance(add(session, [with_date])[0], Unchanged)
    assert fetch(session, WORDS) == [(HARBOUR, None)]


def test_a_mark_is_one_of_four(session: Session, translated: Judge) -> None:
    for mark in (
        lambda: translated.edit(1, {"provenance": "dubbed"}),
        lambda: translated.edit_outlet("world-lantern", "dubbed"),
    ):
        with pytest.raises(UsageError, match="'dubbed' is not one of original, translated, mach"):
            mark()
    with pytest.raises(UsageError, match="world-lantern is marked so already"):
        translated.edit_outlet("world-lantern", None)
    with pytest.raises(UsageError, match="no outlet 'nowhere' is known"):
        translated.edit_outlet("nowhere", "translated")
