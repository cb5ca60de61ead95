"""People's word on the meaning of variants counts wherever two are compared."""

from __future__ import annotations

import pytest
from sqlalchemy import text

from quotes.database.judgements.judge import Judge
from quotes.database.session import open_reader, open_session
from quotes.search.compare import compare_outlets, compare_texts
from quotes.search.meanings import JudgedMeanings, judged_meanings


def variants(url: str) -> tuple[int, int, int]:
    """Return the quote with a denial and without it, its canonical variant, and the other one."""
    query = """SELECT quote_id, min(id) AS one, max(id) AS other FROM variant_list
                WHERE text LIKE '%lease%' GROUP BY quote_id"""
    with open_session(url) as session:
        (row,) = session.execute(text(query))
        return row.quote_id, row.one, row.other


def test_what_a_person_judged_the_same_is_not_called_divergent(stocked_url: str) -> None:
    quote, one, other = variants(stocked_url)
    pair = f"v{one}", f"v{other}"
    with open_reader(stocked_url) as connection:
        assert compare_texts(connection, *pair).between == "divergent"
        assert judged_meanings(connection, [quote]).changed(one, other) is None
    with open_session(stocked_url) as session:
        judged = Judge(session, "Ann").meaning("same", *pair)
    with open_reader(stocked_url) as connection:
        found = compare_texts(connection, *pair)
        assert (found.between, found.warnings) == ("reworded", ())
        (shared,) = compare_outlets(connection, "Daily Lantern", "Evening Post").shared
        assert (shared.between, shared.warnings) == ("reworded", ())
    with open_session(stocked_url) as session:
        Judge(session, "Ann").undo(judged)
    with open_reader(stocked_url) as connection:
        assert compare_texts(connection, *pair).between == "divergent"


def test_what_a_person_judged_changed_is_divergent_whatever_its_words_show(
    stocked_url: str,
) -> None:
    _, one, other = variants(stocked_url)
    with open_session(stocked_url) as session:
        judge = Judge(session, "Ann")
        judge.meaning("same", f"v{one}", f"v{other}")
        judge.meaning("changed", f"v{one}", f"v{other}")
    with open_reader(stocked_url) as connection:
        found = compare_texts(connection, f"v{other}", f"v{one}")
    assert found.between == "divergent"
    assert found.warnings[0].startswith("negation")


@pytest.mark.parametrize(
    ("left", "right", "changed"),
    [(1, 2, False), (3, 1, False), (4, 1, False), (5, 4, True), (5, 1, None), (6, 1, None)],
)
def test_what_means_the_same_as_a_third_one_means_the_same(
    left: int, right: int, changed: bool | None
) -> None:
    said = [(1, 2, True), (1, 2, False), (2, 3, False), (4, 3, False), (4, 5, True)]
    assert JudgedMeanings(said).changed(left, right) is changed
