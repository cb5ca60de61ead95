"""What the normaliser is told of a stored rendering; more of it in test_renderings.py."""

from __future__ import annotations

from datetime import date

from sqlalchemy.orm import Session

from quotes.database.engine.models import Rendering
from quotes.database.quotes.reading import as_rendering, read_rows, stored_rows
from tests.factories import HARBOUR, article, says
from tests.stored import add


def test_a_row_tells_what_stands_beside_it(session: Session) -> None:
    said = says("Ada Quill", "The ferry goes.", HARBOUR, "The inn is full.", confidence=0.8)
    add(session, [article(said, outlet="Herald", published=date(2025, 3, 1))])
    with session.begin():
        (row,) = read_rows(session, stored_rows().where(Rendering.text == HARBOUR))
    rendering = as_rendering(row)
    assert (rendering.before, rendering.after) == ("The ferry goes.", "The inn is full.")
    assert (rendering.outlet, rendering.published) == ("herald", date(2025, 3, 1))
    assert rendering.confidence == 0.8
