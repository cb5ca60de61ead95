"""One article at a time: what fails at one of them is told apart from what fails at all."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

from sqlalchemy import exc

from quotes.errors import ArticleError, FaultError, QuotesError

Result = TypeVar("Result")

_TOO_LARGE = "54"
"""PostgreSQL's class of errors for what exceeds a limit of its own ("Program Limit Exceeded")."""


def attempt(source: str, work: Callable[[], Result]) -> Result | ArticleError:
    """Return what ``work`` on the article ``source`` returns, or why it failed at this article.

    Raises what would fail at every article: the database is gone, locked, full or damaged, or a
    part of the program is missing. ``work`` leaves no transaction open.
    """
    try:
        return work()
    except ArticleError as error:
        return error
    except (QuotesError, ImportError):
        raise
    except exc.DBAPIError as error:
        if error.connection_invalidated or not _is_about_values(error):
            raise
        return FaultError.at(source, error.orig or error)
    except Exception as error:
        return FaultError.at(source, error)


def _is_about_values(error: exc.DBAPIError) -> bool:
    """Whether the database refused what it was given, and not to work at all."""
    if str(getattr(error.orig, "sqlstate", None) or "").startswith(_TOO_LARGE):
        return True
    return isinstance(error, exc.DataError | exc.IntegrityError)
