"""An article's text, read once: every stage asks the ``Document`` instead of reading for itself."""

from __future__ import annotations

from functools import cached_property

from quotes.english.firstnames import first_names
from quotes.english.layout import Laid, lay_out
from quotes.english.names import Name, find_names
from quotes.english.segmentation import Borders, paragraphs, sentences
from quotes.english.zones import Zone, zones


class Document:
    """The text of an article and what can be seen in it without knowing who is who.

    ``text`` is the body with one paragraph a line (``quotes.english.layout``). All stages work with
    offsets into it; ``laid`` leads back to the body. Everything is computed when it is first asked
    for, once, in linear time.
    """

    def __init__(self, body: str) -> None:
        self.laid: Laid = lay_out(body)
        self.text = self.laid.text

    @cached_property
    def paragraphs(self) -> Borders:
        """The (start, end) of every paragraph."""
        return Borders(paragraphs(self.text))

    @cached_property
    def sentences(self) -> Borders:
        """The (start, end) of every sentence, by punctuation alone; none spans two paragraphs."""
        pieces = self.paragraphs.pieces
        return Borders([one for piece in pieces for one in sentences(self.text, *piece)])

    @cached_property
    def zones(self) -> list[Zone]:
        """What each paragraph is: running text, headline, heading, link, entry of a list."""
        return zones(self.text, self.paragraphs.pieces)

    @cached_property
    def names(self) -> list[Name]:
        """The names in the order of the text, by their shapes alone."""
        return find_names(self.text, first_names())

    def paragraphs_between(self, one: int, other: int) -> int:
        """Return how many paragraphs apart two offsets lie."""
        return abs(self.paragraphs.index(one) - self.paragraphs.index(other))

    def zone(self, offset: int) -> Zone:
        """Return the zone of the paragraph that holds an offset."""
        return self.zones[max(0, self.paragraphs.index(offset))] if self.zones else "text"

    def paragraph(self, offset: int) -> tuple[int, int]:
        """Return the (start, end) of the paragraph that holds an offset (the last before it)."""
        return self.paragraphs.pieces[max(0, self.paragraphs.index(offset))]
