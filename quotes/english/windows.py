"""What the encoder reads of an article: windows of word pieces around its quotations.

An article is cut into word pieces once. The middle of a long quotation is left out, because what
somebody said tells little about who said it and would fill the window.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from quotes.english.wordpieces import WordPieces

BEFORE, BEHIND = 64, 32
"""Pieces of a window before and behind the quotation that it is made for."""
HEAD, TAIL = 12, 6
"""Pieces kept from the beginning and the end of a quotation."""
CLS, SEP, BREAK, CUT = "[CLS]", "[SEP]", "[unused0]", "[unused1]"

Range = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Window:
    """A stretch of the shortened article from ``first`` to ``stop``, as numbers of pieces.

    Its own two ends are special pieces, so that piece ``first`` stands at position 1.
    """

    ids: tuple[int, ...]
    first: int
    stop: int

    def positions(self, pieces: Range) -> range:
        """Return the positions of a range of pieces; empty where it lies outside."""
        first, stop = max(pieces[0], self.first), min(pieces[1], self.stop)
        return range(first - self.first + 1, max(first, stop) - self.first + 1)

    def holds(self, pieces: Range) -> bool:
        """Whether a range of pieces is in the window as a whole."""
        return self.first <= pieces[0] < pieces[1] <= self.stop


class Pieces:
    """The word pieces of a text whose long quotations are shortened.

    ``quotations`` are (start, end) offsets in the order of the text, none inside another. Ranges of
    pieces are (first, stop).
    """

    def __init__(self, text: str, quotations: Sequence[Range], vocabulary: WordPieces) -> None:
        numbers, self._starts, self._ends = vocabulary.encode(text)
        self._special = {name: vocabulary.numbers[name] for name in (CLS, SEP, BREAK, CUT)}
        self._places: list[int] = []
        """The piece of the unshortened text at each piece; that before it for a special one."""
        self._ids: list[int] = []
        for place, special in self._kept(text, [self._whole(*span) for span in quotations]):
            self._places.append(place)
            self._ids.append(self._special[special] if special else numbers[place])
        self.quoted = [self.range(*span) for span in quotations]

    def __len__(self) -> int:
        return len(self._ids)

    def _whole(self, start: int, end: int) -> Range:
        first = bisect_right(self._ends, start)
        return first, max(first, bisect_left(self._starts, end))

    def range(self, start: int, end: int) -> Range:
        """Return the pieces that overlap a stretch of the text."""
        first, stop = self._whole(start, end)
        return bisect_left(self._places, first), bisect_left(self._places, stop)

    def _kept(self, text: str, quoted: Sequence[Range]) -> Iterator[tuple[int, str]]:
        """Yield the places of the pieces that stay, and special pieces among them."""
        left_out = {
            first + HEAD: stop - TAIL for first, stop in quoted if stop - first > HEAD + TAIL + 1
        }
        place, end = 0, len(self._starts)
        while place < end:
            if place in left_out:
                yield place - 1, CUT
                place = left_out[place]
            if place and "\n" in text[self._ends[place - 1] : self._starts[place]]:
                yield place - 1, BREAK
            yield place, ""
            place += 1

    def window(self, pieces: Range, before: int = BEFORE, behind: int = BEHIND) -> Window:
        """Return the window around a range of pieces."""
        first, stop = max(0, pieces[0] - before), min(len(self._ids), pieces[1] + behind)
        ids = (self._special[CLS], *self._ids[first:stop], self._special[SEP])
        return Window(ids, first, stop)

    def near(self, window: Window) -> Sequence[Range]:
        """Return the quotations that overlap a window."""
        first = bisect_right(self.quoted, window.first, key=lambda one: one[1])
        stop = bisect_left(self.quoted, window.stop, key=lambda one: one[0])
        return self.quoted[first:stop]
