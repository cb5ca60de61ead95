from __future__ import annotations

import pytest
from sqlalchemy.orm import Session

from quotes.database.judgements.judge import Judge
from quotes.database.judgements.log import add_judgements, batch_of, read_log
from quotes.errors import UsageError
from tests.factories import article, says
from tests.stored import add

LEASE = "We will not sell the lease of the harbour."
BRIDGE = "The old bridge stays open all winter."


@pytest.fixture
def judge(session: Session) -> Judge:
    """Ann, before a town with two statements."""
    add(session, [article(says("Ada Quill", LEASE)), article(says("Ada Quill", BRIDGE))])
    return Judge(session, " Ann ")


def test_a_line_says_what_was_judged(session: Session, judge: Judge) -> None:
    judge.attribution(1, None, "she denies it")
    judge.kind(2, "mixed")
    judge.rename("ada-quill", "Ada Quill-Reed")
    judge.undo(1)
    with session.begin():
        log = read_log(session)
    assert [(line.kind, line.about, line.value, line.why) for line in log] == [
        ("undo", "judgement 1", None, None),
        ("rename", "ada-quill", "Ada Quill-Reed", None),
        ("kind", f"n2: “{BRIDGE}”", "mixed", None),
        ("attribution", f"n1: “{LEASE}”", "nobody", "she denies it"),
    ]
    assert {line.by for line in log} == {"Ann"}
    assert [line.undone_by for line in log] == [None, None, None, "Ann"]
    assert all(line.at.tzinfo is not None for line in log)


def test_the_log_may_be_cut(session: Session, judge: Judge) -> None:
    first, second = judge.kind(1, "mixed"), judge.kind(2, "mixed")
    judge.undo(first)
    with session.begin():
        assert [line.id for line in read_log(session, limit=2)] == [3, second]
        assert [line.id for line in read_log(session, standing=True)] == [second]
        assert [line.id for line in read_log(session, only=[first, 99])] == [first]
        assert read_log(session, only=[]) == []


def test_a_pair_is_named_by_both_places(session: Session, judge: Judge) -> None:
    judge.pair("same", "1", "2")
    with session.begin():
        (line,) = read_log(session)
    assert line.about == f"r1: {LEASE} / r2: {BRIDGE}"


def test_a_decision_may_take_several_rows(session: Session, judge: Judge) -> None:
    with session.begin():
        rows = [{"kind": "confirm", "speaker": slug} for slug in "abc"]
        first = add_judgements(session, "Ann", rows)
        assert [row.speaker for row in batch_of(session, first)] == ["a", "b", "c"]
        other = add_judgements(session, "Ann", rows[:1])
        assert [row.id for row in batch_of(session, other)] == [other]


def test_nothing_is_no_decision(session: Session) -> None:
    with pytest.raises(UsageError, match="nothing to judge"), session.begin():
        add_judgements(session, "Ann", [])
