"""What was proposed for a quotation, and what was chosen."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from quotes.attribution.candidates import Candidate
from quotes.attribution.proposals import Proposal

Decision = tuple[Proposal, float] | None


@dataclass(frozen=True, slots=True)
class Decided:
    """The candidates for a quotation, what was chosen, and the probability of each candidate."""

    candidates: tuple[Candidate, ...]
    decision: Decision
    probabilities: tuple[float, ...]

    @property
    def proposals(self) -> Iterator[Proposal]:
        """Everything that was proposed."""
        return (proposal for c in self.candidates for proposal in c.proposals)
