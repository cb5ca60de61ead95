from __future__ import annotations

import pytest
from sqlalchemy import Connection
from sqlalchemy.orm import Session

from quotes.database.judgements.judge import Judge, Verdict
from quotes.errors import UsageError
from quotes.search.review.items import Reader
from quotes.search.review.statements import divergent, doubtful, show_divergent, show_doubtful
from tests.factories import HARBOUR, article, says
from tests.stored import add, fetch

ANN = Reader("Ann")
TWISTED = HARBOUR.replace("won’t", "will")
OTHER = "The long and icy winter of the lighthouse keepers ended when the ferry brought bread."
REWORDED = (
    "The long icy winter of lighthouse keepers was over as the small ferry brought them bread."
)


@pytest.fixture
def town(session: Session) -> Session:
    """A statement with a twisted variant, and one that another paper words otherwise."""
    add(
        session,
        [
            article(says("Ada Quill", HARBOUR, OTHER), outlet="A", source="a"),
            article(says("Ada Quill", HARBOUR), outlet="B", source="b"),
            article(says("Ada Quill", TWISTED), outlet="C", source="c"),
            article(says("Ada Quill", REWORDED), outlet="D", source="d"),
        ],
    )
    return session


def test_reworded_variants_are_doubtful_merges(town: Session) -> None:
    with town.begin():
        connection: Connection = town.connection()
        assert doubtful(connection, ANN, 9) == [("r5", "r2")]
        item = show_doubtful(connection, ("r5", "r2"))
    assert item.question == "Are these one statement?"
    assert [passage.id for passage in item.passages] == ["r5", "r2"]
    assert item.facts[0].endswith(f"of Ada Quill: “{OTHER}”")
    assert item.facts[1].startswith("why they are taken for one: ")
    assert any(step.op != "equal" for step in item.diff)


def test_a_quote_is_named_by_its_own_speaker(town: Session) -> None:
    add(town, [article(says("Bruno Quill", HARBOUR), outlet="E", source="e")])
    with town.begin():
        connection = town.connection()
        query = "SELECT id FROM rendering_list WHERE speaker = 'Bruno Quill' AND quote_id = 1"
        ((odd,),) = connection.exec_driver_sql(query)
        item = show_doubtful(connection, ("r4", f"r{odd}"))
    assert item.facts[0].startswith("q1 of Ada Quill: ")


def test_a_judged_merge_does_not_come_back(town: Session) -> None:
    judge = Judge(town, "Ann")
    verdicts: tuple[Verdict, ...] = ("same", "different")
    for verdict in verdicts:
        number = judge.pair(verdict, "r5", "r2")
        with town.begin():
            assert doubtful(town.connection(), ANN, 9) == []
            assert doubtful(town.connection(), Reader("Bea", second=True), 9) == [("r5", "r2")]
            assert doubtful(town.connection(), Reader("Ann", second=True), 9) == []
        judge.undo(number)
    with town.begin():
        assert doubtful(town.connection(), ANN, 9) == [("r5", "r2")]


def test_divergent_variants_are_asked_about(town: Session) -> None:
    with town.begin():
        assert divergent(town.connection(), ANN, 9) == [("r4", "r1")]
        item = show_divergent(town.connection(), ("r4", "r1"))
    assert "negation dropped or added" in item.facts[1]
    judge = Judge(town, "Ann")
    assert [(one.key, one.value) for one in item.answers] == [
        ("y", "changed"), ("n", "same"), ("d", "v3/v1"),
    ]  # fmt: skip
    judge.meaning("same", "r4", "r1")
    with town.begin():
        assert divergent(town.connection(), ANN, 9) == []
        assert divergent(town.connection(), Reader("Bea", second=True), 9) == [("r4", "r1")]
    assert fetch(town, "SELECT relation FROM variant_list WHERE id = 3") == [("trimmed",)]


def test_an_unknown_rendering_is_refused(town: Session) -> None:
    with town.begin(), pytest.raises(UsageError, match="no rendering r99"):
        show_doubtful(town.connection(), ("r99", "r1"))
    with town.begin(), pytest.raises(UsageError, match="is a variant"):
        show_divergent(town.connection(), ("v1", "r1"))
