"""Renderings of one wording on one occasion: what is compared and clustered."""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from itertools import product, starmap
from operator import itemgetter
from typing import NamedTuple, Protocol

from quotes.normaliser.compare import (
    Comparison,
    Wording,
    compare,
    compare_plain,
    linked,
    match,
    overlap,
)
from quotes.normaliser.divergence import Word, divergences, read
from quotes.normaliser.keys import Keys, context_keys, keys, neighbours, period
from quotes.normaliser.model import Rendering
from quotes.normaliser.semantic import Meaning
from quotes.normaliser.thresholds import (
    CONTEXT_BITS,
    CONTEXT_COVERAGE,
    CONTEXT_SHARED,
    FRAGMENT_PHRASE,
    PART_OVERLAP,
    REPEATED_COVERAGE,
    REPEATED_PHRASE,
    REPEATED_RUN,
    RIVAL_COVERAGE,
    SAME_MEANING,
    SENTENCE_WORDS,
)


class _Beside(NamedTuple):
    """A folded statement beside another, and where and when the two were printed."""

    folded: str
    article: str
    published: date | None


_ByKey = Mapping[int, Collection[_Beside]]
_NOTHING: tuple[_ByKey, _ByKey] = {}, {}


@dataclass(frozen=True)
class Node:
    """The renderings of one speaker that share a fold, capitals and an occasion, in stable order.

    ``names`` are the words with a capital inside a sentence, in small letters.
    """

    speaker: str
    wording: Wording
    names: frozenset[str]
    renderings: tuple[Rendering, ...]

    @property
    def first(self) -> date | None:
        """The first day of the occasion."""
        return self.dates[0] if self.dates else None

    @cached_property
    def dates(self) -> tuple[date, ...]:
        """The days on which it was printed, ascending; empty if undated."""
        return tuple(sorted({r.published for r in self.renderings if r.published}))

    def all_keys(self) -> Keys:
        """Return the keys of its wording and of what stands beside it wherever it is printed.

        They are many, so they are not kept.
        """
        return keys(self.wording.folded).beside(*self.contexts)

    @cached_property
    def read(self) -> tuple[Word, ...]:
        """The words as printed; of prints that differ in marks, the first by the alphabet."""
        return read(min(rendering.text for rendering in self.renderings))

    @cached_property
    def contexts(self) -> tuple[_ByKey, _ByKey]:
        """The statements beside it wherever it is printed.

        First by keys that hold for some weeks, then by those that always hold.
        """
        found: tuple[dict[int, set[_Beside]], ...] = {}, {}
        for one in self.renderings:
            if one.before or one.after:
                for by_key, texts in zip(found, context_keys(one.beside), strict=True):
                    for key, text in texts.items():
                        beside = _Beside(text, one.article, one.published)
                        by_key.setdefault(key, set()).add(beside)
        near, far = found
        return (near, far) if near else _NOTHING

    @cached_property
    def articles(self) -> Mapping[str, int]:
        """The articles that print this wording, and where each does so first."""
        first: dict[str, int] = {}
        for one in self.renderings:
            first[one.article] = min(one.start, first.get(one.article, one.start))
        return first


def days_between(one: date | None, other: date | None) -> int | None:
    """Return the days between two printings, None if a date is unknown."""
    return None if one is None or other is None else abs((one - other).days)


class Printed(Protocol):
    """What tells when and where a rendering was printed."""

    @property
    def key(self) -> int:
        """Any unique number."""

    @property
    def text(self) -> str:
        """The words."""

    @property
    def published(self) -> date | None:
        """The day."""

    @property
    def outlet(self) -> str | None:
        """Who printed it."""

    @property
    def article(self) -> str:
        """The article."""

    @property
    def start(self) -> int:
        """Where it stands in the article."""


def stable_order(rendering: Printed) -> tuple[object, ...]:
    """Sort key that does not depend on arrival, the key breaking the very last ties."""
    return (
        rendering.published or date.max,
        rendering.outlet or "",
        rendering.article,
        rendering.start,
        rendering.text,
        rendering.key,
    )


def build_nodes(renderings: Iterable[Rendering], judged: Collection[int] = ()) -> list[Node]:
    """Group renderings by what nodes have in common, in an order that arrival does not change.

    Renderings whose key is ``judged`` get a node of their own.
    """
    by_fold: dict[tuple[str, str, frozenset[str], int], list[Rendering]] = defaultdict(list)
    for rendering in renderings:
        own = rendering.key if rendering.key in judged else -1
        by_fold[rendering.speaker, rendering.folded, rendering.names, own].append(rendering)
    nodes = []
    for (speaker, folded, names, own), group in by_fold.items():
        wording = Wording(folded)
        for occasion in _occasions(sorted(group, key=stable_order), wording):
            node = Node(speaker, wording, names, tuple(occasion))
            # One more copy changes no node's place: judged ones are told apart by their rendering.
            alone = stable_order(occasion[0]) if own in judged else ()
            nodes.append(((folded, node.first or date.max, sorted(names), alone), node))
    return [node for _, node in sorted(nodes, key=itemgetter(0))]


def _occasions(group: list[Rendering], wording: Wording) -> Iterator[list[Rendering]]:
    """Part renderings of one fold, sorted by date, where too much time lies between them."""
    if len(group) == 1:
        yield group
        return
    same = compare(wording, wording)
    run: list[Rendering] = []
    for rendering in group:
        if run and (
            (run[-1].published is None) != (rendering.published is None)
            or not linked(same, days_between(run[-1].published, rendering.published))
        ):
            yield run
            run = []
        run.append(rendering)
    yield run


def gap(left: Node, right: Node) -> int | None:
    """Return the days between two occasions (the nearest printings), None if a date is unknown."""
    if not left.dates or not right.dates:
        return None
    return min(abs((one - two).days) for one in left.dates for two in _neighbours(right.dates, one))


def _neighbours(dates: Sequence[date], day: date) -> Sequence[date]:
    at = bisect_left(dates, day)
    return dates[max(0, at - 1) : at + 1]


def in_context(left: Node, right: Node, meaning: Meaning | None = None) -> Comparison | None:
    """Return how two wordings relate if they are alike and stand beside the same statement.

    Two papers that print one sentence of a speech, and the next one in words that alone would say
    too little, or that the interpreter put otherwise, mean one sentence there, too. Where a
    comparison of ``meaning`` is given, no word has to be the same.
    """
    if all(map(_disjoint, left.contexts, right.contexts)):
        return None
    found = compare(left.wording, right.wording)
    alike = found.coverage >= CONTEXT_COVERAGE and found.shared >= CONTEXT_BITS
    if not alike and meaning is None:
        return None
    if not any(starmap(_is_one, _places(left, right))):
        return None
    if alike or (meaning and meaning(left.wording.folded, right.wording.folded) >= SAME_MEANING):
        return found
    return None


def _disjoint(left: _ByKey, right: _ByKey) -> bool:
    return left.keys().isdisjoint(right)


def _places(left: Node, right: Node) -> Iterator[tuple[_Beside, _Beside]]:
    """Yield pairs of what stands beside two wordings that share a key while it holds."""
    (near, far), (other_near, other_far) = left.contexts, right.contexts
    for key in near.keys() & other_near.keys():
        for one, two in product(near[key], other_near[key]):
            if period(one.published) in neighbours(period(two.published)):
                yield one, two
    for key in far.keys() & other_far.keys():
        yield from product(far[key], other_far[key])


def _is_one(left: _Beside, right: _Beside) -> bool:
    """Whether two statements of different articles are surely one."""
    if left.article == right.article:
        return False
    days = days_between(left.published, right.published)
    found = match(Wording(left.folded), Wording(right.folded), days)
    return found is not None and found.shared >= CONTEXT_SHARED


def contradicts(one: Node, other: Node) -> bool:
    """Whether two wordings say different things; what is a part of another one does not."""
    if one.wording.run in other.wording.run or other.wording.run in one.wording.run:
        return False
    return bool(divergences(one.read, other.read))


def rivals(left: Node, right: Node, whole: Node) -> bool:
    """Whether one article prints both wordings side by side, as two statements.

    A paper repeats itself in the same words (a headline, a teaser), so alike but not the same
    means two statements. Parts of one sentence that the reporter interrupted may share a word, too,
    but lie side by side in ``whole``, a fuller wording.
    """
    if left.wording.folded == right.wording.folded or not share_article(left, right):
        return False
    found = compare(left.wording, right.wording)
    if found.coverage < RIVAL_COVERAGE or _is_repeated(found, left, right):
        return False
    if whole.wording in (left.wording, right.wording):
        return True
    return overlap(left.wording, right.wording, whole.wording) >= PART_OVERLAP


def in_own_sentence(piece: Node, whole: Node) -> Comparison | None:
    """Return how a slight fragment relates to a sentence of its own article that holds it once.

    Papers take a word or two (“dismantled”) out of what they print in full above or below.
    Elsewhere so little says nothing, since a speaker may use a word twice.
    """
    if len(whole.wording.words) < SENTENCE_WORDS or piece.wording.phrase < FRAGMENT_PHRASE:
        return None
    if not share_article(piece, whole):
        return None
    found = compare(piece.wording, whole.wording)
    fits = found.verbatim and found.one_sided and {*piece.wording.words} <= {*whole.wording.words}
    return found if fits and whole.wording.run.count(piece.wording.run) == 1 else None


def share_article(left: Node, right: Node) -> bool:
    """Tell whether an article prints both wordings."""
    return not left.articles.keys().isdisjoint(right.articles)


def _is_repeated(found: Comparison, left: Node, right: Node) -> bool:
    if found.verbatim:
        return found.phrase >= FRAGMENT_PHRASE
    if found.coverage >= REPEATED_COVERAGE and found.phrase >= REPEATED_RUN:
        return True
    plain = compare_plain(left.wording, right.wording)
    return plain is not None and plain.phrase >= REPEATED_PHRASE
