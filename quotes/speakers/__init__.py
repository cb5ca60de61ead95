"""Stage 4: who is behind a mention. ``Registry`` knows people, ``DocumentSpeakers`` an article.

``match`` tells, without any article, whom a name may mean and how surely.
"""

from quotes.speakers.document import DocumentSpeakers
from quotes.speakers.matching import Match, match, spellings
from quotes.speakers.registry import Registry

__all__ = ["DocumentSpeakers", "Match", "Registry", "match", "spellings"]
