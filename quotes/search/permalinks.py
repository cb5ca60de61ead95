"""Where the words of a quote are now that has no number of its own any more."""

from __future__ import annotations

from quotes.database.session import Connection
from quotes.search.reading import ask

_HEIR = """
SELECT r.quote_id FROM former_quotes f JOIN rendering_list r ON r.id = f.rendering_id
 WHERE f.quote_id = :id AND r.quote_id IS NOT NULL
   AND NOT EXISTS (SELECT 1 FROM quotes WHERE id = :id)"""


def heir(connection: Connection, quote_id: int) -> int | None:
    """Return the quote that has the words of a former one now, None if there is none.

    A quote that is still one has no heir.
    """
    return next((int(row.quote_id) for row in ask(connection, _HEIR, {"id": quote_id})), None)
