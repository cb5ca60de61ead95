"""The mentions proposed for a quotation: every proposal of one mention together."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from quotes.attribution.decide import RuleTable
from quotes.attribution.proposals import Proposal
from quotes.english.states import is_state_label

_INITIAL = re.compile(r"[A-HJ-Z]\.?")


@dataclass(frozen=True, slots=True)
class Candidate:
    """A mention with every proposal that named it; ``best`` is of the most precise rule."""

    proposals: tuple[Proposal, ...]
    best: Proposal
    precision: float


def candidates(proposals: Iterable[Proposal], rules: RuleTable) -> list[Candidate]:
    """Group proposals whose mentions overlap; the most precise first.

    What is left of "D-N.Y." or "Miami, Fla." names nobody and is no candidate.
    """
    ordered = sorted(
        ((rules.of(p), p) for p in proposals if not _is_abbreviation(p.mention.text)),
        key=lambda pair: (-pair[0], pair[1].mention.start),
    )
    groups: list[list[tuple[float, Proposal]]] = []
    for precision, proposal in ordered:
        for group in groups:
            head = group[0][1].mention
            if proposal.mention.start < head.end and head.start < proposal.mention.end:
                group.append((precision, proposal))
                break
        else:
            groups.append([(precision, proposal)])
    return [Candidate(tuple(p for _, p in group), group[0][1], group[0][0]) for group in groups]


def _is_abbreviation(text: str) -> bool:
    return bool(_INITIAL.fullmatch(text)) or (len(text) < 7 and is_state_label(text))
