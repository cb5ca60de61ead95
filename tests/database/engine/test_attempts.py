"""What fails at one article is told apart from what fails at all."""

from __future__ import annotations

import pytest
from sqlalchemy import exc

from quotes.database.engine.attempts import attempt
from quotes.errors import ArticleError, DatabaseError


def test_what_works_is_returned() -> None:
    assert attempt("a.txt", lambda: 3) == 3


def test_any_fault_becomes_that_of_the_article() -> None:
    def broken() -> int:
        raise ZeroDivisionError("by zero")

    failure = attempt("a.txt", broken)
    assert isinstance(failure, ArticleError)
    assert "a.txt" in str(failure)


def test_values_that_the_database_refuses_are_of_the_article() -> None:
    def refused() -> int:
        raise exc.DataError("INSERT", {}, ValueError("too long"))

    assert isinstance(attempt("a.txt", refused), ArticleError)


def test_what_fails_at_every_article_is_raised() -> None:
    def gone() -> int:
        raise DatabaseError("quotes.db: the disk is full")

    def lost() -> int:
        raise exc.OperationalError("INSERT", {}, OSError("gone"), connection_invalidated=True)

    with pytest.raises(DatabaseError):
        attempt("a.txt", gone)
    with pytest.raises(exc.OperationalError):
        attempt("a.txt", lost)
