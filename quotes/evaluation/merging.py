"""Which printed quotations became the same canonical quote: precision, recall, false merges.

Labelled segments (quotations) carry a ``scope``, usually an event, and the ``groups`` (utterances)
that they render. Two segments of one scope belong together if they share a group; they were put
together if renderings printed inside them share a quote. Only pairs that do either are looked at.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Collection, Hashable, Iterable, Mapping
from dataclasses import dataclass
from itertools import combinations

from quotes.evaluation.rows import Row, Share, by_document, covers, document, f1

Place = tuple[str, int]
Pair = tuple[Place, Place]

_WORD = re.compile(r"[a-z0-9]+")
_PRINTED = re.compile(r"\w+(?:['’]\w+)*")
FRAGMENT = 3
"""Words of the longest fragment."""
_UNTELLING = frozenset(
    "a an and are as at be but by for from had has have he her his i if in into is it its me my no "
    "not of on or our she so that the their them they this to us was we were what when which who "
    "will with would you your".split()
)


@dataclass(frozen=True, slots=True)
class PairMistake:
    """Two segments that belong together and were parted, or the other way round.

    ``shared`` is the part of the shorter one's words that the longer one has (0-1; None: none that
    tells anything).
    """

    places: Pair
    texts: tuple[str, str]
    shared: float | None


@dataclass(frozen=True, slots=True)
class MergingScores:
    """Figures over pairs of segments, and the pairs that were missed or wrongly merged.

    The most surprising mistakes come first: missed pairs that share the largest part of their
    words, merged ones that share the smallest.

    ``easy`` is the recall of pairs where the shorter segment shares at least half of its words with
    the longer one, ``hard`` of the others. ``fragments`` is that of pairs of which one segment has
    three words at most. ``false_merges`` is the share of listed look-alikes that were merged.
    ``found`` is the share of segments with at least one rendering.
    """

    found: Share
    precision: Share
    recall: Share
    easy: Share
    hard: Share
    fragments: Share
    false_merges: Share
    missed: tuple[PairMistake, ...]
    wrong: tuple[PairMistake, ...]

    @property
    def f1(self) -> float:
        """The harmonic mean of precision and recall (0-1)."""
        return f1(self.precision, self.recall)


def score_merging(
    segments: Iterable[Row],
    renderings: Iterable[Row],
    negatives: Iterable[Row] = (),
    skip: Iterable[Row] = (),
) -> MergingScores:
    """Compare merged renderings with labelled segments.

    ``segments``: rows with doc, start, end, text, scope, groups. ``renderings``: rows with article,
    start, end (of the quotation), quote_id. ``negatives``: rows with a and b, each [doc, start].
    ``skip``: rows with members, [doc, start] each; pairs among them count neither way. Documents
    are named by their file name without extension.
    """
    labelled = {_place(row["doc"], row["start"]): row for row in segments}
    quotes = _quotes_at(labelled, renderings)
    ignored = _ignored(skip)
    same = _sharing({place: row["groups"] for place, row in labelled.items()}, labelled) - ignored
    merged = _sharing(quotes, labelled) - ignored
    similarity = {pair: _similarity(*_texts(pair, labelled)) for pair in same | merged}
    alike = {pair: similarity[pair] for pair in same}
    easy = {pair for pair, share in alike.items() if share is not None and share >= 0.5}
    hard = {pair for pair, share in alike.items() if share is not None and share < 0.5}
    expected, wrong = easy | hard, merged - same
    slight = {pair for pair in expected if _fewest(_texts(pair, labelled)) <= FRAGMENT}
    listed = [(_place(*row["a"]), _place(*row["b"])) for row in negatives]
    listed = [pair for pair in listed if pair[0] in labelled and pair[1] in labelled]
    bad = [pair for pair in listed if quotes[pair[0]] & quotes[pair[1]]]
    hits = len(expected & merged)
    return MergingScores(
        found=Share(sum(map(bool, quotes.values())), len(labelled)),
        precision=Share(hits, hits + len(wrong)),
        recall=Share(hits, len(expected)),
        easy=Share(len(easy & merged), len(easy)),
        hard=Share(len(hard & merged), len(hard)),
        fragments=Share(len(slight & merged), len(slight)),
        false_merges=Share(len(bad), len(listed)),
        missed=_mistakes(expected - merged, similarity, labelled, -1),
        wrong=_mistakes(wrong, similarity, labelled, 1),
    )


def _place(article: str, start: int) -> Place:
    return document(article), start


def _texts(pair: Pair, labelled: Mapping[Place, Row]) -> tuple[str, str]:
    return labelled[pair[0]]["text"], labelled[pair[1]]["text"]


def _fewest(texts: tuple[str, str]) -> int:
    """Return the number of words of the shorter text, light ones among them."""
    return min(len(_PRINTED.findall(text)) for text in texts)


def _mistakes(
    pairs: Collection[Pair],
    similarity: Mapping[Pair, float | None],
    labelled: Mapping[Place, Row],
    sign: int,
) -> tuple[PairMistake, ...]:
    """Return pairs as mistakes, by rising (``sign`` 1) or falling (-1) similarity."""
    ranked = sorted(pairs, key=lambda pair: (sign * (similarity[pair] or 0.0), pair))
    return tuple(PairMistake(pair, _texts(pair, labelled), similarity[pair]) for pair in ranked)


def _quotes_at(
    labelled: Mapping[Place, Row], renderings: Iterable[Row]
) -> dict[Place, set[Hashable]]:
    """Return the quotes of the renderings that cover at least half of each segment."""
    printed = by_document(renderings)
    return {
        place: {row["quote_id"] for row in printed.get(place[0], ()) if covers(row, segment)}
        for place, segment in labelled.items()
    }


def _ignored(skip: Iterable[Row]) -> set[Pair]:
    return {
        pair
        for row in skip
        for pair in combinations(sorted(_place(*member) for member in row["members"]), 2)
    }


def _sharing(
    labels: Mapping[Place, Collection[Hashable]], labelled: Mapping[Place, Row]
) -> set[Pair]:
    """Return the pairs of segments of one scope that share a label."""
    holders: dict[tuple[Hashable, Hashable], list[Place]] = defaultdict(list)
    for place, own in labels.items():
        for label in set(own):
            holders[labelled[place]["scope"], label].append(place)
    return {pair for places in holders.values() for pair in combinations(sorted(places), 2)}


def _similarity(left: str, right: str) -> float | None:
    """Return the share of the shorter text's words in the longer; None without telling ones.

    Texts with no telling word in common are pieces of one passage, not two printings.
    """
    short, long = sorted((_words(left), _words(right)), key=len)
    common = short & long
    return len(common) / len(short) if common - _UNTELLING else None


def _words(text: str) -> set[str]:
    return set(_WORD.findall(text.lower().replace("’", "").replace("'", "")))
