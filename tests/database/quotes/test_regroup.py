from __future__ import annotations

import pytest
from sqlalchemy import text
from sqlalchemy.orm import Session

from quotes.database.quotes.regroup import recluster, regroup, sweep
from tests.factories import article, says
from tests.stored import add, fetch

LEASE = "We will not sell the long-term lease of the harbour to anyone"
LONG = f"{LEASE} and the council stands behind every word of that promise."
END = "The council stands behind every word of that promise and so do the dockers."

QUOTES = "SELECT speaker_slug, renderings FROM quote_list ORDER BY text"


@pytest.fixture
def town(session: Session) -> Session:
    """Two statements that a third one holds together."""
    add(session, [article(says("Ada Quill", words), source=words) for words in (LEASE, LONG, END)])
    return session


def test_what_is_silent_leaves_its_quote(town: Session) -> None:
    before = fetch(town, "SELECT sum(renderings) FROM quote_list")
    assert before == [(3,)]
    with town.begin():
        regroup(town, [2], [2])
    assert fetch(town, "SELECT variant_id, relation, score, speaker_id FROM renderings"
                 " WHERE id = 2") == [(None, None, None, None)]  # fmt: skip
    assert fetch(town, "SELECT count(*) FROM rendering_keys WHERE rendering_id = 2") == [(0,)]
    assert fetch(town, QUOTES) == [("ada-quill", 1), ("ada-quill", 1)]


def test_what_has_another_speaker_goes_to_a_quote_of_theirs(town: Session) -> None:
    add(town, [article(says("Bo Reed", "The ferry goes at noon."), source="other")])
    ids = dict(fetch(town, "SELECT slug, id FROM speakers"))
    with town.begin():
        town.execute(
            text("UPDATE attributions SET speaker_id = :bo WHERE quotation_id = 2"),
            {"bo": ids["bo-reed"]},
        )
        recluster(town, {2: ids["bo-reed"]})
    # Ada's words of the first article are in what the second one has Bo say: one is disputed.
    assert sorted(fetch(town, QUOTES)) == [("ada-quill", 3), ("bo-reed", 1)]
    assert fetch(town, "SELECT count(*) FROM voices WHERE disputed") == [(1,)]


def test_nothing_to_do(town: Session) -> None:
    before = fetch(town, QUOTES)
    with town.begin():
        regroup(town, [], [])
        recluster(town, {})
        sweep(town, {})
    assert fetch(town, QUOTES) == before


def test_only_what_is_empty_is_swept(town: Session) -> None:
    held = dict(fetch(town, "SELECT variant_id, id FROM renderings"))
    before = fetch(town, QUOTES)
    with town.begin():
        sweep(town, held)
    assert fetch(town, QUOTES) == before
    with town.begin():
        town.execute(text("UPDATE renderings SET variant_id = NULL"))
        sweep(town, held)
    for table in ("variants", "quotes"):
        assert fetch(town, f"SELECT count(*) FROM {table}") == [(0,)]
    (was,) = {rendering for _, rendering in fetch(town, "SELECT * FROM former_quotes")}
    assert was in held.values()
