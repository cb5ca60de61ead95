from __future__ import annotations

from sqlalchemy.orm import Session

from quotes import __version__
from quotes.database.extractions.runs import finish_run, start_run
from tests.stored import fetch


def test_a_run_is_stored_when_it_begins_and_when_it_ends(session: Session) -> None:
    with session.begin():
        run = start_run(session, "en_core_web_sm 3.8.0")
        other = start_run(session, "none")
    columns = "program, model, articles, unchanged, failed, quotations, finished IS NULL"
    query = f"SELECT {columns} FROM runs WHERE id = :run"
    begun = (__version__, "en_core_web_sm 3.8.0", 0, 0, 0, 0, True)
    assert fetch(session, query, run=run) == [begun]
    with session.begin():
        finish_run(session, run, articles=3, unchanged=2, failed=1, quotations=7)
    assert fetch(session, query, run=run) == [(*begun[:2], 3, 2, 1, 7, False)]
    assert fetch(session, "SELECT count(*) FROM runs WHERE finished >= started") == [(1,)]
    assert fetch(session, query, run=other) == [(__version__, "none", 0, 0, 0, 0, True)]
