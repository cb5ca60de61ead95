from __future__ import annotations

import pytest

from quotes.api.reviewing import Review
from quotes.database.session import open_session
from quotes.errors import UsageError
from tests.factories import HARBOUR, article, says
from tests.stored import add, fetch


@pytest.fixture
def town(database_url: str) -> str:
    with open_session(database_url) as session:
        add(
            session,
            [
                article(says("Ada Quill", HARBOUR, confidence=0.4), outlet="A", source="a"),
                article(says("Ada Quill", HARBOUR, confidence=0.9), outlet="B", source="b"),
                article(
                    says("Ada Quill", HARBOUR.replace("won’t", "will")), outlet="C", source="c"
                ),
                article(says("A. Quill", "The ferry goes."), source="d"),
            ],
        )
    return database_url


def log(url: str) -> list[tuple[object, ...]]:
    with open_session(url) as session:
        return fetch(session, 'SELECT kind, speaker, value, why, "by" FROM judgements ORDER BY id')


def test_answers_are_judgements(town: str) -> None:
    review = Review(town, "Ann")
    assert review.waiting() == {
        "speakers": 1, "disputed": 0, "merges": 0, "meanings": 1, "names": 1,
    }  # fmt: skip
    for queue, key in (("speakers", "a"), ("meanings", "y"), ("names", "2")):
        item = review.next(queue)  # type: ignore[arg-type]
        assert item is not None
        review.answer(item, key, comment=f"see {queue}")
    assert log(town) == [
        ("attribution", None, "ada-quill", "see speakers", "Ann"),
        ("meaning", None, "changed", "see meanings", "Ann"),
        ("merge", "a.-quill", "ada-quill", "see names", "Ann"),
    ]
    assert not any(review.waiting().values())


def test_two_statements_part_all_renderings(town: str) -> None:
    review = Review(town, "Ann")
    item = review.next("meanings")
    assert item is not None
    number = review.answer(item, "d")
    with open_session(town) as session:
        assert fetch(session, "SELECT count(*) FROM quote_list WHERE renderings < 3") == [(3,)]
    review.undo(number)
    again = review.next("meanings")
    assert again is not None
    assert again.about == item.about


def test_another_name_has_to_be_given(town: str) -> None:
    review = Review(town, "Ann")
    item = review.item("speakers", "n1")
    with pytest.raises(UsageError, match="give the name"):
        review.answer(item, "o")
    with pytest.raises(UsageError, match="no speaker 'Zoe'"):
        review.answer(item, "o", name="Zoe")
    with pytest.raises(UsageError, match="'z' is not an answer"):
        review.answer(item, "z")
    assert log(town) == []
    review.answer(item, "o", name="A. Quill")
    assert log(town)[0][2] == "a.-quill"


def test_a_second_reader_and_the_agreement(town: str) -> None:
    item = Review(town, "Ann").next("speakers")
    assert item is not None
    Review(town, "Ann").answer(item, "a")
    second = Review(town, "Bea", second=True)
    again = second.next("speakers")
    assert again is not None
    assert again.facts == item.facts
    second.answer(again, "n")
    (found,) = second.agreement()
    assert (found.items, found.agreed, found.apart) == (1, 0, ("n1",))
