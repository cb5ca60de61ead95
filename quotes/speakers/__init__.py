"""Stage 4: who is behind a mention. ``Registry`` knows people, ``DocumentSpeakers`` an article."""

from quotes.speakers.document import DocumentSpeakers
from quotes.speakers.registry import Registry

__all__ = ["DocumentSpeakers", "Registry"]
