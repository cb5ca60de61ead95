"""Articles in a database, and what the database then holds: for tests of what is stored."""

from __future__ import annotations

from collections.abc import Iterable

from sqlalchemy import text
from sqlalchemy.orm import Session

from quotes.database.repository import Repository
from quotes.records import Completed, ExtractedArticle, Stored, Unchanged


def add(
    session: Session, extracted: Iterable[ExtractedArticle]
) -> list[Stored | Completed | Unchanged]:
    """Store articles as ``quotes ingest`` does; return what became of each."""
    repository = Repository(session)
    run = repository.start_run("no-model 1.0")
    return [repository.add_article(item, run) for item in extracted]


def fetch(session: Session, statement: str, **values: object) -> list[tuple[object, ...]]:
    """Return the rows that a statement finds, in a transaction of its own."""
    with session.begin():
        return [tuple(row) for row in session.execute(text(statement), values)]
