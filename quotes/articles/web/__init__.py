"""The web, only when somebody asks for it: single pages, and the pages that feeds lead to.

READ FIRST: ``client.py`` (what is refused), then ``watch.py``. Nothing else in the program opens a
network connection, but for databases.
"""

from quotes.articles.web.client import Client
from quotes.articles.web.pages import fetched
from quotes.articles.web.watch import Watched, watch

__all__ = ["Client", "Watched", "fetched", "watch"]
