from __future__ import annotations

from datetime import date

from sqlalchemy.orm import Session

from quotes.database.session import Connection
from quotes.search.timeline import Week, weeks_of_outlet, weeks_of_speaker
from tests.factories import article, says
from tests.stored import add


def test_weeks_begin_on_monday_and_none_is_left_out(
    session: Session, connection: Connection
) -> None:
    days = (date(2025, 3, 2), date(2025, 3, 3), date(2025, 3, 9), date(2025, 3, 17))
    texts = ("The ferry sails at noon.", "Nobody sold the mill.", "We rebuilt the quay.",
             "The lighthouse was painted white.")  # fmt: skip
    add(
        session,
        [
            article(says("Ada Quill", text), outlet="Daily Lantern", published=day, source=text)
            for day, text in zip(days, texts, strict=True)
        ],
    )
    expected = [
        Week(date(2025, 2, 24), 1),
        Week(date(2025, 3, 3), 2),
        Week(date(2025, 3, 10), 0),
        Week(date(2025, 3, 17), 1),
    ]
    assert weeks_of_speaker(connection, "ada-quill") == expected
    assert weeks_of_outlet(connection, "daily-lantern") == expected


def test_nobody_has_no_weeks(connection: Connection) -> None:
    assert weeks_of_speaker(connection, "nobody") == []
