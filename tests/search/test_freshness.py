from __future__ import annotations

import os
from pathlib import Path

import pytest

from quotes.api.judging import Judge
from quotes.database.session import open_reader
from quotes.search.freshness import state
from quotes.search.reading import ask


def test_what_is_written_changes_the_state_and_reading_does_not(stocked_url: str) -> None:
    def now() -> object:
        with open_reader(stocked_url) as connection:
            return state(connection)

    before = now()
    assert now() == before
    Judge(stocked_url, "Ann").attribution("n1", "bruno-quill")
    assert now() != before


@pytest.mark.parametrize("backend", ["sqlite"])
def test_what_is_written_counts_whatever_the_clock_says(stocked_url: str) -> None:
    files = [Path(f"{stocked_url}{end}") for end in ("", "-wal")]

    def now() -> object:
        for file in filter(Path.exists, files):
            os.utime(file, ns=(0, 0))
        with open_reader(stocked_url) as connection:
            return state(connection)

    with open_reader(stocked_url) as open_all_the_time:
        list(ask(open_all_the_time, "SELECT count(*) FROM quotes"))
        seen = {now()}
        for times, slug in enumerate(("bruno-quill", None, "bruno-quill"), start=2):
            Judge(stocked_url, "Ann").attribution("n1", slug)
            seen.add(now())
            assert len(seen) == times
        assert now() in seen
