"""Stage 4: who is behind a mention. ``Registry`` knows people, ``Resolver`` those of an article.

``match`` tells, without any article, whom a name may mean and how surely.
"""

from quotes.speakers.matching import Match, match, spellings
from quotes.speakers.registry import Registry
from quotes.speakers.resolver import Resolver

__all__ = ["Match", "Registry", "Resolver", "match", "spellings"]
