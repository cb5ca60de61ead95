"""What the program is least sure of, for a glance; ``search.review`` goes through it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from quotes.database.session import Connection
from quotes.search.doubt import SURE
from quotes.search.reading import ask

_LEAST = """
SELECT q.id, q.text, q.speaker, q.speaker_slug, q.confidence, q.reason, q.article_id, q.outlet,
       q.published
  FROM quotation_list q
 WHERE q.confidence < :sure AND q.kind <> 'none' AND q.rule NOT IN ('judgement', 'enclosing')
 ORDER BY q.confidence, q.id LIMIT :limit"""


@dataclass(frozen=True, slots=True)
class UnsureQuotation:
    """A quotation whose speaker is in doubt; ``confidence`` is 0 to 1."""

    id: int
    text: str
    speaker: str | None
    speaker_slug: str | None
    confidence: float
    reason: str | None
    article_id: int
    outlet: str | None
    published: date | None


def least_sure(connection: Connection, limit: int) -> list[UnsureQuotation]:
    """Return the quotations with the least sure speakers, the least sure first."""
    values = {"sure": SURE, "limit": limit}
    return [UnsureQuotation(*row) for row in ask(connection, _LEAST, values, dates=["published"])]
