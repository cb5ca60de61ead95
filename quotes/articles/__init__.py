"""Stage 1: files, folders, tables and standard input become :class:`~quotes.records.Article`.

READ FIRST: ``batch.py`` (the loop over all inputs). One module a format in ``readers/``, listed in
``registry.py``. Only ``web/`` opens network connections, and only if the user gives an address.
"""

from quotes.articles.account import Account
from quotes.articles.batch import Options, count_inputs, read_articles, read_sources
from quotes.articles.dates import parse_date, parse_day
from quotes.articles.language import looks_english
from quotes.articles.metadata import Metadata

__all__ = [
    "Account",
    "Metadata",
    "Options",
    "count_inputs",
    "looks_english",
    "parse_date",
    "parse_day",
    "read_articles",
    "read_sources",
]
