from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone

import pytest
from sqlalchemy import CheckConstraint, func, select, text
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from quotes.database.engine.models import Attribution, Judgement, Outlet, Run, Speaker, stands
from tests.factories import article, says
from tests.stored import add


def test_moments_come_back_in_utc(session: Session, backend: str) -> None:
    if backend == "postgresql":
        session.execute(text("SET SESSION TIME ZONE 'Asia/Tokyo'"))
        session.commit()
    there = datetime(2025, 3, 1, 12, tzinfo=timezone(timedelta(hours=5)))
    with session.begin():
        session.add(Run(program="0", model="none", started=there))
    session.expire_all()
    run = session.scalars(select(Run)).one()
    assert run.started == there
    assert run.started.tzinfo == UTC
    assert run.finished is None


@pytest.mark.parametrize(
    ("speaker_confidence", "joint"), [(None, 0.5), (0.5, 0.25), (1.0, 0.5), (0.0, 0.0)]
)
def test_the_database_computes_how_sure_a_speaker_is(
    session: Session, speaker_confidence: float | None, joint: float
) -> None:
    add(session, [article(says("Ada Quill", "The harbour stays."))])
    with session.begin():
        row = session.scalars(select(Attribution)).one()
        row.confidence, row.speaker_confidence = 0.5, speaker_confidence
        session.flush()
        session.refresh(row)
        assert row.joint_confidence == pytest.approx(joint)
        highest = session.scalar(select(func.max(Attribution.joint_confidence)))
        assert highest == pytest.approx(joint)


@pytest.mark.parametrize(
    "row",
    [
        Outlet(slug="a", name="A", names=[], domains=[], origin="nobody"),
        Speaker(slug="a", name="A", type="ship", provisional=False, origin="seed"),
        Speaker(slug="a", name="A", type="person", gender="x", provisional=False, origin="seed"),
        Judgement(kind="guess", by="Ann"),
    ],
    ids=["origin", "type", "gender", "kind"],
)
def test_the_database_refuses_what_is_not_a_choice(session: Session, row: object) -> None:
    with pytest.raises(IntegrityError), session.begin():
        session.add(row)


def test_choices_are_checked_under_the_name_of_their_column() -> None:
    checks = {
        constraint.name
        for constraint in Speaker.__table__.constraints
        if isinstance(constraint, CheckConstraint)
    }
    columns = ("type", "gender", "gender_origin", "origin")
    assert checks == {f"ck_speakers_{column}" for column in columns}


def test_a_judgement_stands_unless_it_was_undone(session: Session) -> None:
    with session.begin():
        session.add(Judgement(kind="confirm", speaker="a", by="Ann"))
        session.flush()
        session.add(Judgement(kind="undo", undoes=1, by="Ben"))
        session.add(Judgement(kind="confirm", speaker="b", by="Ann"))
        session.flush()
        query = select(Judgement.speaker).where(Judgement.kind == "confirm", stands())
        assert session.scalars(query).all() == ["b"]
        session.add(Judgement(kind="undo", undoes=2, by="Ann"))
        session.flush()
        assert sorted(session.scalars(query).all()) == ["a", "b"]
