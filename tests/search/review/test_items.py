from __future__ import annotations

from datetime import date
from types import SimpleNamespace

from sqlalchemy.orm import Session

from quotes.search.review.items import CONTEXT, Answer, Item, passage
from tests.factories import article, says
from tests.stored import add


def test_a_long_article_is_cut_between_words(session: Session) -> None:
    words = " ".join(["harbour"] * 200)
    extracted = article(says(None, words), says(None, "The ferry goes."), says(None, words))
    add(session, [extracted])
    start = extracted.article.body.index("“The ferry")
    row = SimpleNamespace(
        article_id=1, start=start, end=start + 17, outlet=None, published=date(2025, 3, 1),
        source="long.txt",
    )  # fmt: skip
    marks = [(start, start + 17, "quotation"), (0, 4, "rival"), (None, None, "mention")]
    with session.begin():
        found = passage(session.connection(), row, "n2", marks)  # type: ignore[arg-type]
    assert found.place == "2025-03-01, long.txt"
    assert len(found.text) <= 2 * CONTEXT + 17 + len("……  ")
    assert found.text.startswith("… harbour")
    assert found.text.endswith("harbour …")
    (mark,) = found.marks  # the others are outside or unknown
    assert found.text[mark.start : mark.end] == "“The ferry goes.”"


def test_a_short_article_is_shown_whole(session: Session) -> None:
    extracted = article(says("Bo Reed", "The ferry goes."))
    add(session, [extracted])
    row = SimpleNamespace(
        article_id=1, start=0, end=17, outlet="Lantern", published=None, source="s"
    )
    with session.begin():
        found = passage(session.connection(), row, "n1", [])
    assert (found.text, found.place) == (extracted.article.body, "Lantern, s")


def test_an_item_is_named_by_what_it_is_about() -> None:
    yes = Answer("y", "yes", "same")
    item = Item("merges", ("r5", "r1"), "One?", (), (), (yes,))
    assert item.key == "r5/r1"
    assert item.answer("y") is yes
    assert item.answer("n") is None
