"""Carries a source from one quotation to its neighbours, as proposals like any other."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from quotes.attribution.proposals import Proposal
from quotes.attribution.view import Passage
from quotes.english.lexicon import CONJUNCTIONS
from quotes.records import Quotation


def carried(
    passage: Passage, quotation: int, previous: int, source: Proposal, kind: str
) -> Iterator[Proposal]:
    """Propose the source of an earlier quotation of the same passage.

    The rule's name tells where the earlier one stands (same sentence, the sentence before,
    farther) and whether the later one's own sentence has words besides quotations; "resumed" is
    what follows as a further part: It is “good,” X said on Monday, and “cheap.”
    """
    here = passage.position[quotation]
    there = passage.position[previous]
    first, _ = passage.sentence(here)
    if there >= first:
        between = [i for i in passage.items[there + 1 : here] if i.is_word]
        named = any(item.start == source.mention.start for item in between)
        if len(between) <= 1:
            where = "joined"
        else:
            where = "resumed" if named and between[-1].low in CONJUNCTIONS else "sentence"
    else:
        near = passage.sentence(there)[1] == first
        where = ("words" if passage.has_words_beside(quotation) else "alone") + (
            "" if near else "-far"
        )
    yield Proposal("carry", (where, kind), source.mention, source.cue)


def carried_back(
    passage: Passage, quotation: int, following: int, source: Proposal
) -> Iterator[Proposal]:
    """Propose the source of the next quotation of the passage: “A. B.” “C,” she said."""
    if passage.has_words_beside(quotation):
        return
    stop = passage.sentence(passage.position[quotation])[1]
    where = "same" if passage.position[following] < stop else "next"
    yield Proposal("carry-back", (where,), source.mention, source.cue)


def carried_across(
    passage: Passage, quotation: Quotation, index: int, source: Proposal, gap: int
) -> Iterator[Proposal]:
    """Propose the source of the last quotation of an earlier paragraph.

    Reliable only for speech that was left open; ``gap`` is the number of paragraphs between.
    """
    if quotation.continues is not None:
        yield Proposal("carry-open", (), source.mention, source.cue)
    elif index == min(passage.position):
        if passage.has_words_beside(index):
            where = "words"
        else:
            where = "alone" if passage.has_words() else "whole"
        yield Proposal("carry-across", (where, str(min(gap, 2))), source.mention, source.cue)


def order_of(passage: Passage) -> Sequence[int]:
    """Return the indices of the passage's quotations in the order of the text."""
    return sorted(passage.position)
