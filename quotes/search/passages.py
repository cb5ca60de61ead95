"""The body of an article in paragraphs, with its quotations marked."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import TypeAlias

from quotes.search.articles import QuotationListed

_BREAK = re.compile(r"\n\s*\n")


@dataclass(frozen=True, slots=True)
class Stretch:
    """A stretch of a text with a number, such as a quotation that is not stored."""

    id: int
    start: int
    end: int


Marked: TypeAlias = QuotationListed | Stretch


@dataclass(frozen=True, slots=True)
class Piece:
    """Some text, and the quotations (ids) around it, the outermost first.

    ``begins`` are those of them that begin here: each does so once.
    """

    text: str
    inside: tuple[int, ...]
    begins: tuple[int, ...]


def paragraphs(body: str, quotations: Sequence[Marked]) -> Iterator[list[Piece]]:
    """Yield the paragraphs of ``body``, each in pieces whose texts join to it.

    A quotation that runs over the end of a paragraph is marked in both.
    """
    breaks = {match.span() for match in _BREAK.finditer(body)}
    edges = {0, len(body), *(edge for span in breaks for edge in span)}
    edges.update(edge for one in quotations for edge in (one.start, one.end))
    waiting = sorted(quotations, key=lambda one: (-one.start, one.end))
    around: list[Marked] = []
    paragraph: list[Piece] = []
    for left, right in pairwise(sorted(edges)):
        around = [one for one in around if one.end > left]
        begins = []
        while waiting and waiting[-1].start <= left:
            begins.append(waiting.pop())
        around += begins
        if (left, right) not in breaks:
            inside = tuple(one.id for one in around)
            paragraph.append(Piece(body[left:right], inside, tuple(one.id for one in begins)))
        elif paragraph:
            yield paragraph
            paragraph = []
    if paragraph:
        yield paragraph
