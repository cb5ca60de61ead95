"""Whether an article says of itself that it is a translation: a guess, to be offered."""

from __future__ import annotations

from quotes.articles.metadata import outlet_from_url
from quotes.english.translations import load_signs
from quotes.records import Article, Provenance

_NOTICE = 400
"""Characters at the beginning and at the end in which a notice stands."""


def guess_provenance(article: Article) -> Provenance | None:
    """Return where the words of an article seem to come from; None where nothing tells."""
    signs = load_signs()
    if article.url and outlet_from_url(article.url, signs.hosts):
        return "machine-translated"
    parts = (article.byline or "", article.body[:_NOTICE], article.body[_NOTICE:][-_NOTICE:])
    text = " ".join("\n".join(parts).casefold().split())
    if signs.by_machine.search(text):
        return "machine-translated"
    return "translated" if signs.by_people.search(text) else None
