"""A text as drafts: one article, or the many of an export from a press archive."""

from __future__ import annotations

from collections.abc import Iterator

from quotes.articles.draft import Draft
from quotes.articles.exports import articles_in
from quotes.articles.source import Source


def drafts_of(text: str, source: Source) -> Iterator[Draft]:
    """Yield the articles in the text of a document."""
    found = articles_in(text)
    if found is None:
        yield Draft(source.name, text)
        return
    for number, (body, facts) in enumerate(found, start=1):
        where = f"{source.name}:{number}" if len(found) > 1 else source.name
        yield Draft(where, body, stated=facts)
