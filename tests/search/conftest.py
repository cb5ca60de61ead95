from __future__ import annotations

from collections.abc import Iterator
from datetime import date

import pytest
from sqlalchemy import Connection

from quotes.database.repository import Repository
from quotes.database.session import open_reader, open_session
from tests.factories import article, says

HARBOUR = "We won’t sell the long-term lease of the harbour to anyone."


@pytest.fixture
def stocked_url(database_url: str) -> str:
    """A database with four articles about an invented town."""
    articles = [
        article(
            says("Ada Quill", HARBOUR, "The old bridge stays open all winter."),
            says(None, "Nobody near the café knew it.", confidence=0.3),
            says("Ada Quill", "Queen of the Quay", kind="none", confidence=0.2),
            outlet="Daily Lantern",
            published=date(2025, 3, 1),
            url="https://lantern.example/harbour",
            title="Harbour stays",
            source="lantern.txt",
        ),
        article(
            says("Ada Quill", "We will not sell the long-term lease of the harbour to anyone"),
            outlet="Evening Post",
            published=date(2025, 3, 2),
            url="https://post.example/1",
            source="post.txt",
        ),
        article(
            says("Ada Quill", "We will sell the long-term lease of the harbour to anyone."),
            says("Bruno Quill", "My sister and I haven't spoken about ferries.", confidence=0.5),
            published=date(2025, 3, 5),
            url="https://nowhere.example/1",
            source="nowhere.txt",
        ),
        article(
            says("Zoë Åkerlund", "A résumé of the ferry timetable is not a timetable."),
            outlet="Evening Post",
            source="undated.txt",
        ),
    ]
    with open_session(database_url) as session:
        repository = Repository(session)
        run = repository.start_run("no-model 1.0")
        for extracted in articles:
            repository.add_article(extracted, run)
    return database_url


@pytest.fixture
def stocked(stocked_url: str) -> Iterator[Connection]:
    with open_reader(stocked_url) as connection:
        yield connection
