"""Which nodes are linked, and how: candidates by blocking keys, then comparison."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from quotes.english.cues import forms
from quotes.english.lexicon import tagged
from quotes.normaliser.compare import Comparison, Wording, match
from quotes.normaliser.keys import Keys, neighbours, period
from quotes.normaliser.nodes import Node, gap, in_context, in_own_sentence, share_article
from quotes.normaliser.semantic import Meaning
from quotes.normaliser.thresholds import CALLER_WORDS, NAME_WORDS, SENTENCE_WORDS
from quotes.normaliser.veto import features, load_veto

Pair = tuple[int, int]
Kind = Literal["same", "piece", "word", "beside"]

_EVER = -1
_NAMING = forms("naming")
_CALLING = _NAMING & forms("as")
_SPEAKER = tagged("we")


@dataclass(frozen=True, slots=True)
class Link:
    """An accepted pair of nodes (positions in the list of nodes) and how alike they are (0-1).

    ``piece`` tells no more than ``whole``. ``kind`` is ``same`` where both are of about one extent,
    ``piece`` where the one is a part of the other, ``word`` where it is too slight a part to go by
    itself: a single word, or a few light ones that their article has in a sentence. What is
    ``beside`` is alike too little by itself, but stands beside the same statement. ``own`` says
    that one article prints both.
    """

    piece: int
    whole: int
    score: float
    kind: Kind = "same"
    own: bool = False

    @property
    def pair(self) -> Pair:
        """The two nodes in ascending order."""
        return min(self.piece, self.whole), max(self.piece, self.whole)

    @property
    def is_part(self) -> bool:
        """Whether the piece is a part of the whole."""
        return self.kind in ("piece", "word")


def find_links(nodes: Sequence[Node], meaning: Meaning | None = None) -> list[Link]:
    """Return the links among a speaker's nodes: pairs that share a key and are alike enough."""
    links = []
    for one, two in candidate_pairs(nodes):
        less = nodes[one].wording.bits, -one
        piece, whole = (one, two) if less < (nodes[two].wording.bits, -two) else (two, one)
        if linked := _linked(nodes[piece], nodes[whole], meaning):
            score, kind = linked
            links.append(Link(piece, whole, score, kind, share_article(nodes[one], nodes[two])))
    return links


def candidate_pairs(nodes: Sequence[Node]) -> Iterator[Pair]:
    """Yield the positions of a speaker's nodes that share a key while it holds, each pair once.

    The nodes are gone through by their first days, so that of the near keys those of a few weeks
    are held at a time.
    """
    index = _Index()
    for at in sorted(range(len(nodes)), key=lambda at: min(_periods(nodes[at]))):
        node = nodes[at]
        own = node.all_keys()
        index.forget(min(neighbours(min(_periods(node)))))
        for other in index.met(node, own):
            yield at, other
        index.add(node, own, at)


def linked_pairs(nodes: Sequence[Node], meaning: Meaning | None = None) -> Iterator[Pair]:
    """Yield the pairs of a speaker's nodes that are linked, whenever their keys hold.

    Of nodes that hold a part of what was printed, say in some weeks, no pair is missing that is
    linked as a whole by what these nodes hold; others may be there.
    """
    index: dict[int, list[int]] = {}
    for at, node in enumerate(nodes):
        own = node.all_keys()
        met = {other for key in own.sought | own.far for other in index.get(key, ())}
        for other in sorted(met):
            piece, whole = sorted((node, nodes[other]), key=_bits)
            if _linked(piece, whole, meaning):
                yield other, at
        for key in own.stored | own.far:
            index.setdefault(key, []).append(at)


def links_across(
    new: Sequence[Node], stored: Sequence[Node], meaning: Meaning | None = None
) -> list[Node]:
    """Return those of a speaker's stored nodes that are linked to at least one of the new ones."""
    index = _Index()
    for at, node in enumerate(new):
        index.add(node, node.all_keys(), at)

    def is_linked(node: Node) -> bool:
        met = (sorted((node, new[at]), key=_bits) for at in index.met(node, node.all_keys()))
        return any(_linked(piece, whole, meaning) for piece, whole in met)

    return [node for node in stored if is_linked(node)]


class _Index:
    """Numbered nodes of one speaker in posting lists by period and key (``_EVER``: far keys)."""

    def __init__(self) -> None:
        self._postings: dict[int, dict[int, list[int]]] = defaultdict(dict)

    def add(self, node: Node, own: Keys, number: int) -> None:
        """Add a node under its keys."""
        posted = [*((now, own.stored) for now in _periods(node)), (_EVER, own.far)]
        for now, found in posted:
            postings = self._postings[now]
            for key in found:
                postings.setdefault(key, []).append(number)

    def forget(self, before: int) -> None:
        """Drop the near keys of all periods before a given one."""
        for now in [now for now in self._postings if _EVER < now < before]:
            del self._postings[now]

    def met(self, node: Node, own: Keys) -> set[int]:
        """Return the numbers of the nodes that share a key with a node."""
        reached = {near for now in _periods(node) for near in neighbours(now)}
        found: set[int] = set()
        for now, sought in [*((now, own.sought) for now in reached), (_EVER, own.far)]:
            postings = self._postings.get(now, {})
            for key in sought & postings.keys():
                found.update(postings[key])
        return found


def _linked(piece: Node, whole: Node, meaning: Meaning | None) -> tuple[float, Kind] | None:
    """Return how two nodes are linked, if they are; the second tells no less."""
    found = match(piece.wording, whole.wording, gap(piece, whole))
    if found and not _is_refused(found, piece, whole):
        kind = _kind(found, piece, whole)
        if kind:
            return found.likeness, kind
    if (found := in_own_sentence(piece, whole)) and not _is_anothers(piece.wording, whole.wording):
        return found.likeness, "word"
    if found := in_context(piece, whole, meaning):
        return found.likeness, "beside"
    return None


def _bits(node: Node) -> float:
    return node.wording.bits


def _is_refused(found: Comparison, piece: Node, whole: Node) -> bool:
    """Whether a part is another's words, or the learned model takes two rewordings for two."""
    if found.verbatim:
        return _is_anothers(piece.wording, whole.wording)
    names = piece.names | whole.names
    return load_veto().refuses(features(found, piece.wording, whole.wording, names))


def _is_anothers(piece: Wording, whole: Wording) -> bool:
    """Whether a whole tells what somebody else calls it: "what Roe described as “our valley”"."""
    words, own = whole.words, piece.words
    if len(own) > NAME_WORDS:
        return False
    at = next((i for i in range(1, len(words)) if words[i : i + len(own)] == own), None)
    if at is None:
        return False
    caller, verb = words[max(0, at - CALLER_WORDS) : at], words[max(0, at - 2) : at]
    calls = _NAMING if verb[-1] == "as" else _CALLING
    return not calls.isdisjoint(verb) and _SPEAKER.isdisjoint(caller)


def _kind(found: Comparison, piece: Node, whole: Node) -> Kind | None:
    """Return how a piece that is like a whole belongs to it, if it does."""
    if len(piece.wording.words) > 1:
        return "piece" if found.one_sided else "same"
    if piece.wording.plain.stems == whole.wording.plain.stems:
        return "same"
    whole_words = whole.wording.words
    return (
        "word"
        if piece.wording.words[0] in whole_words and len(whole_words) >= SENTENCE_WORDS
        else None
    )


def _periods(node: Node) -> set[int]:
    return set(map(period, node.dates)) or {period(None)}
