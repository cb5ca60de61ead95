"""Are two wordings renderings of one statement? An alignment weighted by how telling words are.

The shorter wording is looked for inside the longer one: a trimmed quotation is wholly contained,
a reworded one mostly. What counts is the share of the shorter wording's information that has a
counterpart (*coverage*) and how much information that is (in bits), since three function words
in common prove nothing.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from functools import cached_property

from rapidfuzz.distance import LCSseq

from quotes.normaliser.fold import ELLIPSIS
from quotes.normaliser.keys import stem
from quotes.normaliser.words import FUNCTION_BITS, word_bits


@dataclass(frozen=True)
class Wording:
    """A folded text, ready to be compared."""

    folded: str

    @cached_property
    def words(self) -> tuple[str, ...]:
        """The folded words without omissions."""
        return tuple(word for word in self.folded.split() if word != ELLIPSIS)

    @cached_property
    def stems(self) -> tuple[str, ...]:
        """The words without their endings."""
        return tuple(stem(word) for word in self.words)

    @cached_property
    def weights(self) -> tuple[float, ...]:
        """The information of each word in bits."""
        return tuple(word_bits(word) for word in self.words)

    @cached_property
    def bits(self) -> float:
        """The information of the whole wording."""
        return sum(self.weights)


@dataclass(frozen=True, slots=True)
class Comparison:
    """How two wordings relate.

    ``shared`` is the information (bits) that they have in common, ``left`` and ``right`` the share
    of each that has a counterpart in the other (0-1).
    """

    shared: float
    left: float
    right: float

    @property
    def coverage(self) -> float:
        """The share of the wording that is better covered (0-1)."""
        return max(self.left, self.right)

    @property
    def likeness(self) -> float:
        """One figure (0-1) for both directions; 1 only for wordings that are the same."""
        return 0.8 * self.coverage + 0.2 * min(self.left, self.right)

    @property
    def one_sided(self) -> bool:
        """Whether one wording is a piece of the other, rather than both of about one extent."""
        return min(self.left, self.right) < SAME_EXTENT


def compare(left: Wording, right: Wording) -> Comparison:
    """Align two wordings and return what they share."""
    if left.folded == right.folded:
        return Comparison(left.bits, 1.0, 1.0)
    shared = _aligned(left, right)
    return Comparison(
        shared,
        min(1.0, shared / left.bits) if left.bits else 0.0,
        min(1.0, shared / right.bits) if right.bits else 0.0,
    )


MOVED = 0.7
"""Worth of a telling word that both have, but in another order."""
SIMILAR = 0.7
"""Worth of a word that was replaced by one spelt nearly alike."""


def _aligned(left: Wording, right: Wording) -> float:
    shared = 0.0
    rest_left: list[int] = []
    rest_right: list[int] = []
    for code in LCSseq.opcodes(left.stems, right.stems):
        if code.tag == "equal":
            shared += sum(left.weights[code.src_start : code.src_end])
        else:
            rest_left += range(code.src_start, code.src_end)
            rest_right += range(code.dest_start, code.dest_end)
    moved = Counter(right.stems[i] for i in rest_right if right.weights[i] > FUNCTION_BITS)
    for i in rest_left:
        if moved[left.stems[i]] > 0:
            moved[left.stems[i]] -= 1
            shared += MOVED * left.weights[i]
    return shared


SAME_EXTENT = 0.6
"""With less of it covered, the longer wording holds more than the shorter one."""
WINDOW_DAYS = 30
"""Printings further apart are of another occasion, unless the wording is long and the same."""
LONG_BITS = 60.0
"""A wording with so much information is long: nobody says it twice in the same words."""
SAME_COVERAGE = 0.9
"""From this coverage of both sides on, two wordings are nearly the same."""
MIN_COVERAGE = 0.72
MIN_BITS = 11.0
RICH_COVERAGE = 0.55
RICH_BITS = 45.0


def linked(found: Comparison, days: int | None) -> bool:
    """Decide whether two wordings printed ``days`` apart (None: unknown) are one statement."""
    same = min(found.left, found.right) >= SAME_COVERAGE
    if days is not None and days > WINDOW_DAYS and not (same and found.shared >= LONG_BITS):
        return False
    if found.left == found.right == 1.0:
        return True
    if found.coverage >= MIN_COVERAGE:
        return found.shared >= MIN_BITS
    return found.coverage >= RICH_COVERAGE and found.shared >= RICH_BITS
