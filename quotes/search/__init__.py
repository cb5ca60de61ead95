"""Stage 7: finding quotes by words, speaker, outlet and date; showing one; read-only SQL.

``search_quotes`` alone is imported here: showing (``details``), SQL (``sql``) and its description
(``schema``) need more at start-up.
"""

from quotes.search.finding import count_quotes
from quotes.search.query import SearchQuery
from quotes.search.quotes import QuoteHit, search_quotes

__all__ = ["QuoteHit", "SearchQuery", "count_quotes", "search_quotes"]
