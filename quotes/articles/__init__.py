"""Stage 1: files, folders, tables and standard input become :class:`~quotes.records.Article`.

READ FIRST: ``batch.py`` (the loop over all inputs). One module a format, listed in ``registry.py``.
Nothing here opens a network connection.
"""

from quotes.articles.batch import count_inputs, read_articles
from quotes.articles.dates import parse_date
from quotes.articles.language import looks_english
from quotes.articles.metadata import Metadata

__all__ = ["Metadata", "count_inputs", "looks_english", "parse_date", "read_articles"]
