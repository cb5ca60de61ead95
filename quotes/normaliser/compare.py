"""Are two wordings renderings of one statement? An alignment weighted by how telling words are.

The shorter wording is looked for inside the longer one: a trimmed quotation is wholly contained,
a reworded one mostly. What counts is the share of the shorter wording's information that has a
counterpart (*coverage*) and how much information that is (in bits), since three function words
in common prove nothing.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache
from sys import intern
from typing import NamedTuple

from rapidfuzz.distance import LCSseq, Opcode

from quotes.english.informativeness import FUNCTION_BITS, word_bits
from quotes.english.wordings import load_wordings
from quotes.normaliser.fold import CENSORED, ELLIPSIS
from quotes.normaliser.keys import stem
from quotes.normaliser.thresholds import (
    BITS_PER_PHRASE,
    COMMON_PREFIX,
    LIGHT_BITS,
    LIGHT_WORDS,
    LONG_PHRASE,
    LOOSE,
    NEAR_WORTH,
    OVERHANG_PHRASE,
    PHRASE_BITS,
    PHRASE_PER_DAY,
    PLAIN_WORDS,
    SAME_EXTENT,
    SHORT_PHRASE,
    STRICT,
)

MANNER = load_wordings().manner
"""Words of degree and emphasis: reporters and transcribers add and drop them."""
MAX_WORDS = 300
"""What is longer than any statement is compared by its beginning, to bound the work."""
ARTICLES = load_wordings().articles
"""These tell nothing even in a run."""

_OVERHANG = (["delete", "equal", "insert"], ["insert", "equal", "delete"])


@dataclass(frozen=True)
class Wording:
    """A folded text, ready to be compared."""

    folded: str

    @cached_property
    def words(self) -> tuple[str, ...]:
        """The folded words without omissions (the first ``MAX_WORDS``)."""
        words = tuple(map(intern, self.folded.split()))
        if ELLIPSIS in words:
            words = tuple(word for word in words if word != ELLIPSIS)
        return words[:MAX_WORDS]

    @cached_property
    def stems(self) -> tuple[str, ...]:
        """The words without their endings."""
        return tuple(map(stem, self.words))

    @cached_property
    def plain(self) -> Wording:
        """The wording without words of degree and emphasis (itself if it has none)."""
        if MANNER.isdisjoint(self.words):
            return self
        return Wording(" ".join(word for word in self.words if word not in MANNER))

    @cached_property
    def run(self) -> str:
        """The stems as a text in which another wording's stems can be looked for."""
        return f" {' '.join(self.stems)} "

    @cached_property
    def weights(self) -> tuple[float, ...]:
        """The information of each word in bits."""
        return tuple(map(word_bits, self.words))

    @cached_property
    def bits(self) -> float:
        """The information of the whole wording."""
        return sum(self.weights)

    @cached_property
    def telling(self) -> int:
        """How many of the words tell something."""
        return sum(weight > FUNCTION_BITS for weight in self.weights)

    @cached_property
    def told(self) -> tuple[tuple[str, float] | None, ...]:
        """The stem and weight of each word that tells something, None for the others."""
        return tuple(
            word if word[1] > FUNCTION_BITS else None
            for word in zip(self.stems, self.weights, strict=True)
        )

    @cached_property
    def heads(self) -> dict[str, float]:
        """The information of the words that begin alike, by their beginning."""
        found: dict[str, float] = defaultdict(float)
        for word, weight in zip(self.stems, self.weights, strict=True):
            found[word[:COMMON_PREFIX]] += weight
        return found

    @cached_property
    def phrases(self) -> tuple[float, ...]:
        """The information of each word as part of a run of words."""
        return tuple(map(_phrase_bits, self.words))

    @cached_property
    def phrase(self) -> float:
        """The information of the whole wording as a run of words."""
        return sum(self.phrases)

    def phrase_of(self, places: Iterable[int]) -> float:
        """Return the information of the words at some places as runs of words."""
        return sum(map(self.phrases.__getitem__, places))


class Comparison(NamedTuple):
    """How two wordings relate.

    ``shared`` is the information (bits) that they have in common, ``left`` and ``right`` the share
    of each that has a counterpart in the other (0-1). ``phrase`` is the information of the
    longest run of equal words; ``verbatim`` says that this run is one of the two wordings,
    ``overhang`` that it ends one wording and begins the other (cut at different places), ``light``
    that they differ in a few words which tell nothing (“with her to” for “by her at”). Of the
    wording that tells less, ``matched`` is the share of the words that stand in the other one in
    the same order (0-1), ``run`` how many of them follow each other there, and ``complete`` says
    that every telling word has a counterpart.
    """

    shared: float
    left: float
    right: float
    phrase: float
    verbatim: bool
    overhang: bool = False
    light: bool = False
    matched: float = 1.0
    run: int = 0
    complete: bool = True

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
    """Align two wordings and return what they share; the other way round, the mirror image."""
    if left.folded > right.folded:
        found = compare(right, left)
        return found._replace(left=found.right, right=found.left)
    if CENSORED in left.folded or CENSORED in right.folded:
        left, right = _uncensored(left, right), _uncensored(right, left)
    if not left.bits or not right.bits:
        return Comparison(0.0, 0.0, 0.0, 0.0, verbatim=False)
    short = left if left.bits <= right.bits else right
    if left.run in right.run or right.run in left.run:
        return Comparison(
            shared=short.bits,
            left=short.bits / left.bits,
            right=short.bits / right.bits,
            phrase=short.phrase,
            verbatim=True,
            run=len(short.words),
        )
    return _aligned(left, right, [*LCSseq.opcodes(left.stems, right.stems)])


def _uncensored(wording: Wording, other: Wording) -> Wording:
    """Return a wording with its censored words (“b*”, “l*spittle”) as the other one prints them."""
    if CENSORED not in wording.folded:
        return wording
    printed = []
    for word in wording.words:
        head, mark, tail = word.partition(CENSORED)
        known = (one for one in other.words if tail and _may_be(one, head, tail))
        printed.append(next(known, word) if mark else word)
    return Wording(" ".join(printed))


def _may_be(word: str, head: str, tail: str) -> bool:
    whole = word.endswith(tail) and len(word) > len(head + tail)
    return word.startswith(head) and (whole or word == head + CENSORED)


def overlap(left: Wording, right: Wording, whole: Wording) -> float:
    """Return the share (0-1) of the smaller piece that renders words that the other one renders.

    Both pieces are laid over ``whole``; only telling words count.
    """
    one, two = _telling_places(left, whole), _telling_places(right, whole)
    if not one or not two:
        return 1.0
    weigh = whole.weights.__getitem__
    return sum(map(weigh, one & two)) / min(sum(map(weigh, one)), sum(map(weigh, two)))


def _telling_places(piece: Wording, whole: Wording) -> set[int]:
    """Return the positions of the telling words of ``whole`` that ``piece`` renders."""
    at = whole.run.find(piece.run)
    if at >= 0:
        first = whole.run.count(" ", 0, at)
        places = range(first, first + len(piece.stems))
        return {place for place in places if whole.weights[place] > FUNCTION_BITS}
    return {
        place
        for block in LCSseq.opcodes(piece.stems, whole.stems)
        if block.tag == "equal"
        for place in range(block.dest_start, block.dest_end)
        if whole.weights[place] > FUNCTION_BITS
    }


def match(left: Wording, right: Wording, days: int | None) -> Comparison | None:
    """Return how two wordings printed ``days`` apart relate if they are one statement, else None.

    What is no match as printed may be one word for word without words of degree and emphasis.
    """
    found = compare(left, right)
    if linked(found, days):
        return found
    plain = compare_plain(left, right)
    if plain is None or not linked(plain, days):
        return None
    return plain if _says_enough(left.plain) and _says_enough(right.plain) else None


def _says_enough(plain: Wording) -> bool:
    """Whether words of degree may be left out: they are the point of “very productive”."""
    return len(plain.words) >= PLAIN_WORDS or plain.telling > 1


def compare_plain(left: Wording, right: Wording) -> Comparison | None:
    """Compare two wordings without words of degree; None unless one is then part of the other."""
    if left.plain is left and right.plain is right:
        return None
    if left.plain.run not in right.plain.run and right.plain.run not in left.plain.run:
        return None
    found = compare(left.plain, right.plain)
    return found if found.verbatim else None


def linked(found: Comparison, days: int | None) -> bool:
    """Decide whether two wordings printed ``days`` apart (None: unknown) are one statement.

    The more time lies between, the more they have to have in common: the same two words on the
    next day are a quotation, a month later a habit. A long sentence in the same words is one
    statement however late it is quoted again.
    """
    wait = min(PHRASE_PER_DAY * (days or 0), LONG_PHRASE - SHORT_PHRASE)
    if found.verbatim:
        whole = found.left == found.right
        return found.phrase >= wait + (0.0 if whole else SHORT_PHRASE)
    if found.overhang and found.phrase >= OVERHANG_PHRASE + wait:
        return True
    shared = found.shared - BITS_PER_PHRASE * wait
    if found.light and shared >= LIGHT_BITS and not found.one_sided:
        return True
    return found.coverage >= _needed_coverage(shared)


def _needed_coverage(shared: float) -> float:
    (few, strict), (many, loose) = STRICT, LOOSE
    if shared < few:
        return 1.1
    return max(loose, strict - (strict - loose) * (shared - few) / (many - few))


def _aligned(left: Wording, right: Wording, codes: Sequence[Opcode]) -> Comparison:
    """Return how two wordings relate of which neither holds the other."""
    shared = longest = 0.0
    run = words = 0
    telling: tuple[list[tuple[str, float]], ...] = [], []
    for code in codes:
        start, end = code.src_start, code.src_end
        if code.tag == "equal":
            shared += sum(left.weights[start:end])
            longest = max(longest, sum(left.phrases[start:end]))
            run, words = max(run, end - start), words + end - start
        else:
            telling[0].extend(filter(None, left.told[start:end]))
            telling[1].extend(filter(None, right.told[code.dest_start : code.dest_end]))
    near, pairs = _near(*telling) if all(telling) else (0.0, 0)
    shared += NEAR_WORTH * near
    short = int(right.bits < left.bits)
    return Comparison(
        shared=shared,
        left=min(1.0, shared / left.bits),
        right=min(1.0, shared / right.bits),
        phrase=longest,
        verbatim=False,
        overhang=[code.tag for code in codes] in _OVERHANG,
        light=not any(telling) and words >= LIGHT_WORDS,
        matched=words / len((left, right)[short].words),
        run=run,
        complete=pairs == len(telling[short]),
    )


def _near(left: list[tuple[str, float]], right: list[tuple[str, float]]) -> tuple[float, int]:
    """Return the information and number of left words that stand, or begin alike, on the right."""
    near, size = 0.0, len(left)
    others = [word for word, _ in right]
    for length in (None, COMMON_PREFIX):
        heads = [word[:length] for word in others if len(word) >= (length or 0)]
        if not {word[:length] for word, _ in left}.isdisjoint(heads):
            there = Counter(heads)
            unmatched = []
            for word, weight in left:
                if there[word[:length]] > 0:
                    there[word[:length]] -= 1
                    near += weight
                else:
                    unmatched.append((word, weight))
            left, others = unmatched, list(there.elements())
    return near, size - len(left)


@lru_cache(maxsize=1 << 16)
def _phrase_bits(word: str) -> float:
    """Return how much a word tells as part of a run of words (bits)."""
    bits = word_bits(word)
    return bits if word in ARTICLES else max(bits, PHRASE_BITS)
