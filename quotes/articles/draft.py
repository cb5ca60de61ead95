"""What a format's reader hands on, and the shape that all readers share."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from quotes.articles.metadata import NOTHING, Metadata, clean
from quotes.errors import ArticleError

TEXT_COLUMNS = ("text", "body", "content")
_ID_COLUMNS = ("id", "doc", "url")


@dataclass(frozen=True, slots=True)
class Draft:
    """A text as read; ``where`` is the file, or the row of it, as errors name it.

    ``id`` is the name that the text has in a table. ``stated`` is what the author or the table
    says about it, ``guessed`` what a page's markup does.
    """

    where: str
    body: str
    id: str | None = None
    stated: Metadata = NOTHING
    guessed: Metadata = NOTHING


Reader = Callable[[Path, str], Iterator[Draft | ArticleError]]
"""Reads one file, given its path and its name for the user.

Yields an ArticleError for each broken row; raises one where the file cannot be read (further).
"""


def draft_from_row(row: Mapping[str, object], where: str) -> Draft:
    """Return the article in one row of a table; ``where`` is ``table.csv:17``.

    Raises ArticleError for a row without a text, or with a date that cannot be read.
    """
    lowered = {key.strip().lower(): value for key, value in row.items()}
    texts = (lowered[column] for column in TEXT_COLUMNS if lowered.get(column))
    body = next(texts, None)
    if not isinstance(body, str):
        raise ArticleError(where, f"no text in {' or '.join(TEXT_COLUMNS)}: fill it in")
    names = (name for column in _ID_COLUMNS if (name := clean(lowered.get(column))))
    try:
        stated = Metadata.from_fields(lowered)
    except ValueError as error:
        raise ArticleError(where, str(error)) from error
    return Draft(where, body, id=next(names, None), stated=stated)
