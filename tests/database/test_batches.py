"""What batches are handed: outlets, and what people decided, by what is in the articles."""

from __future__ import annotations

from datetime import date

from sqlalchemy import text
from sqlalchemy.orm import Session

from quotes.database.batches import known_outlets, standing_judgements
from quotes.database.judgements.judge import Judge
from quotes.seeds import Outlet
from tests.factories import TOWN
from tests.stored import add


def test_nothing_is_decided_at_first(session: Session) -> None:
    add(session, TOWN)
    found = standing_judgements(session)
    assert (found.pairs, found.answers, found.articles) == ((), (), ())


def test_what_people_decided(session: Session) -> None:
    add(session, TOWN)
    judge = Judge(session, "Ada")
    judge.pair("different", "r1", "r4")
    judge.canonical("r4")
    undone = judge.pair("same", "r1", "r2")
    judge.undo(undone)
    judge.attribution(1, "bruno-quill")
    judge.edit(2, {"published": date(2025, 3, 4)})
    found = standing_judgements(session)
    assert [one.verdict for one in found.pairs] == ["different", "canonical"]
    pair = found.pairs[0]
    body = TOWN[0].article.body
    assert body[pair.left.start : pair.left.end].startswith("We won’t sell")
    assert pair.left.content_hash == TOWN[0].article.content_hash
    assert pair.right.address == TOWN[1].article.url
    (answer,) = found.answers
    assert (answer["speaker"], answer["type"], answer["kind"]) == (
        "bruno-quill",
        "person",
        "direct",
    )
    assert (answer["judged"], answer["confidence"]) == (True, 1.0)
    (facts,) = found.articles
    assert (facts["published"], facts["outlet"]) == (date(2025, 3, 4), "evening-post")


def test_outlets_go_by_what_they_are(session: Session) -> None:
    add(session, TOWN)
    Judge(session, "Ada").merge_outlet("evening-post", "daily-lantern")
    with session.begin():
        assert session.scalar(text("SELECT count(*) FROM outlets")) == 2
    assert known_outlets(session) == [
        Outlet("daily-lantern", "Daily Lantern"),
        Outlet("daily-lantern", "Evening Post"),
    ]
