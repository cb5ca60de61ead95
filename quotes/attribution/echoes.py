"""Quotations in headlines and headings: their source is that of the same words in the text.

A headline quotes what the article quotes again, with its source; who is named in the headline
itself is often somebody else. The same goes for headings and links.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping

from quotes.attribution.decided import Decided
from quotes.attribution.proposals import Proposal
from quotes.attribution.view import ArticleView

RULE = "echo"
_WORD = re.compile(r"[^\W_]+(?:[’'][^\W_]+)*")
_SHARED = 0.7  # of the words in the heading that the quotation in the text holds
_FEW = 3  # words: of so many all have to be there, side by side
_POSTINGS = 40  # quotations that are looked at for one heading


def echoed(view: ArticleView, decided: Mapping[int, Decided]) -> Iterator[tuple[int, Decided]]:
    """Yield, for quotations outside the running text, the decision about the same words in it."""
    heads = [index for index in decided if not _in_text(view, index)]
    if not heads:
        return
    words = {index: _words(view, index) for index in decided if _in_text(view, index)}
    by_word: dict[str, list[int]] = defaultdict(list)
    for index, own in words.items():
        for word in set(own):
            by_word[word].append(index)
    for head in heads:
        wanted = _words(view, head)
        rarest = min(wanted, key=lambda word: len(by_word.get(word, ())) or _POSTINGS, default="")
        found = [
            (_shared(wanted, words[index]), -index) for index in by_word.get(rarest, ())[:_POSTINGS]
        ]
        best = max(found, default=(0.0, 0))
        if best[0] >= _SHARED:
            yield head, _as_in(decided[-best[1]])


def _in_text(view: ArticleView, index: int) -> bool:
    return view.zone_of(view.quotations[index].start) == "text"


def _words(view: ArticleView, index: int) -> list[str]:
    return _WORD.findall(view.quotations[index].inner.lower())


def _shared(wanted: list[str], own: list[str]) -> float:
    """Return the share of the wanted words that are there, in whatever order if they are many."""
    if not wanted:
        return 0.0
    if len(wanted) <= _FEW:
        return float(f" {' '.join(wanted)} " in f" {' '.join(own)} ")
    there = set(own)
    return sum(word in there for word in wanted) / len(wanted)


def _as_in(other: Decided) -> Decided:
    """Return the decision of another quotation as that of its echo."""
    if other.decision is None:
        return other
    chosen, probability = other.decision
    proposal = Proposal(RULE, (chosen.rule,), chosen.mention, chosen.cue)
    return Decided((), (proposal, probability), ())
