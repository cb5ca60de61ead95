from __future__ import annotations

from quotes.api.judging import Judge
from quotes.database.session import open_reader
from quotes.search.unsure import least_sure


def test_the_least_sure_come_first_and_what_was_judged_does_not(stocked_url: str) -> None:
    with open_reader(stocked_url) as connection:
        found = least_sure(connection, 5)
    assert [one.speaker for one in found] == [None, "Bruno Quill"]
    assert [one.confidence for one in found] == [0.3, 0.5]
    Judge(stocked_url, "Ann").attribution(found[0].id, "ada-quill")
    with open_reader(stocked_url) as connection:
        assert [one.id for one in least_sure(connection, 5)] == [found[1].id]
