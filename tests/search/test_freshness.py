from __future__ import annotations

from quotes.api.judging import Judge
from quotes.database.session import open_reader
from quotes.search.freshness import state


def test_what_is_written_changes_the_state_and_reading_does_not(stocked_url: str) -> None:
    def now() -> object:
        with open_reader(stocked_url) as connection:
            return state(connection)

    before = now()
    assert now() == before
    Judge(stocked_url, "Ann").attribution("n1", "bruno-quill")
    assert now() != before
