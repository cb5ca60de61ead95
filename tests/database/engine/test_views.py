"""The views: described as they are, and right where they decide something themselves."""

from __future__ import annotations

import pytest
from sqlalchemy import inspect, text
from sqlalchemy.orm import Session

from quotes.database.engine.models import Judgement
from quotes.database.engine.views import create_views, drop_views, views


def test_every_view_and_column_is_described(session: Session) -> None:
    found = inspect(session.connection())
    assert sorted(found.get_view_names()) == sorted(view.name for view in views())
    for view in views():
        assert list(view.columns) == [column["name"] for column in found.get_columns(view.name)]
        assert view.row.startswith("One row a")
        assert all(view.columns.values())


def test_views_are_dropped_and_made_again(session: Session) -> None:
    connection = session.connection()
    drop_views(connection)
    drop_views(connection)
    assert inspect(connection).get_view_names() == []
    create_views(connection)
    assert len(inspect(connection).get_view_names()) == len(views())


def merge(session: Session, *pairs: tuple[str, str]) -> dict[str, str]:
    """Store judgements as they are, without a look at whether they make sense."""
    with session.begin():
        for speaker, into in pairs:
            session.add(Judgement(kind="merge", speaker=speaker, value=into, by="Ann"))
            session.flush()
        rows = session.execute(text("SELECT speaker_slug, merged_into FROM merge_list")).all()
    assert len({row.speaker_slug for row in rows}) == len(rows)
    return {row.speaker_slug: row.merged_into for row in rows}


@pytest.mark.parametrize(
    ("pairs", "expected"),
    [
        ([], {}),
        ([("a", "b")], {"a": "b"}),
        ([("a", "b"), ("b", "c"), ("c", "d")], {"a": "d", "b": "d", "c": "d"}),
        ([("b", "c"), ("a", "b")], {"a": "c", "b": "c"}),
        # Of two on one speaker the later counts.
        ([("a", "b"), ("a", "c")], {"a": "c"}),
        # Judging makes no circles. If there was one, everybody in it would stay who they are.
        ([("a", "a")], {}),
        ([("a", "b"), ("b", "a"), ("c", "a"), ("d", "e")], {"d": "e"}),
    ],
)
def test_merges_are_followed_to_their_end(
    session: Session, pairs: list[tuple[str, str]], expected: dict[str, str]
) -> None:
    assert merge(session, *pairs) == expected


def test_a_merge_that_was_undone_does_not_count(session: Session) -> None:
    merge(session, ("a", "b"), ("b", "c"))
    with session.begin():
        session.add(Judgement(kind="undo", undoes=2, by="Ben"))
    assert merge(session) == {"a": "b"}
