"""Chooses among proposals by the measured precision of their rules.

The precision of a rule is the share of its proposals that were right on PolNeAR train, in the same
circumstances; ``benchmarks/fit_attribution.py`` measures it, ``seeds/rules.yaml`` keeps it.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cache

from quotes.attribution.proposals import Proposal
from quotes.errors import SeedError
from quotes.resources import folder, read_yaml

_UNKNOWN = 0.3


@dataclass(frozen=True, slots=True)
class RuleTable:
    """Precision (0-1) and number of cases by name of a rule in its circumstances."""

    precision: Mapping[str, float]
    cases: Mapping[str, int] = field(default_factory=dict)

    def of(self, proposal: Proposal) -> float:
        """Return the precision of a rule in its circumstances, or in as many as were measured."""
        names = itertools.accumulate(proposal.circumstances, "{}/{}".format, initial=proposal.rule)
        known = [self.precision[name] for name in names if name in self.precision]
        return known[-1] if known else _UNKNOWN

    def choose(self, proposals: Iterable[Proposal]) -> tuple[Proposal, float] | None:
        """Return the proposal of the most precise rule (the first one of equals), if any."""
        best: tuple[Proposal, float] | None = None
        for proposal in proposals:
            precision = self.of(proposal)
            if best is None or precision > best[1]:
                best = (proposal, precision)
        return best


@cache
def load_rules() -> RuleTable:
    """Return the table of ``seeds/rules.yaml``. Raises SeedError if the file is malformed."""
    path = folder("seeds") / "rules.yaml"
    table = read_yaml(path)
    try:
        return RuleTable(
            {name: float(value) for name, (value, _) in table.items()},
            {name: int(cases) for name, (_, cases) in table.items()},
        )
    except (TypeError, ValueError, AttributeError) as error:
        raise SeedError(f"{path}: not a table of rules ({error}); reinstall quotes") from error
