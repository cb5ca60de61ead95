"""Many rows in one statement: all of them arrive, in both databases."""

from __future__ import annotations

import pytest
from sqlalchemy import select, text
from sqlalchemy.orm import Session

from quotes.database.engine.bulk import insert_tuples
from quotes.database.engine.models import Rendering, RenderingKey
from tests.database.quotes.test_clusters import LEASE, add
from tests.factories import article, says

COLUMNS = ("speaker_id", "key", "rendering_id")


@pytest.mark.parametrize("count", [0, 1, 299, 300, 301, 1000])
def test_every_row_is_inserted_once(session: Session, count: int) -> None:
    add(session, [article(says("Bo Reed", LEASE))])
    with session.begin():
        session.execute(text("DELETE FROM rendering_keys"))
        stored = session.execute(select(Rendering.speaker_id, Rendering.id)).one()
        rows = [(stored.speaker_id, key - 2**62, stored.id) for key in range(count)]
        insert_tuples(session, RenderingKey, COLUMNS, rows)
    with session.begin():
        query = text("SELECT speaker_id, key, rendering_id FROM rendering_keys ORDER BY key")
        assert [tuple(row) for row in session.execute(query)] == rows
