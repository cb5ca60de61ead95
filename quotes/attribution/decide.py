"""Chooses among proposals by the measured precision of their rules.

The table is a decision list (Rivest 1987, "Learning Decision Lists"): each rule's precision is
measured on what the more precise rules before it left open. It is fitted on PolNeAR train by
``benchmarks/fit_rules.py`` and kept in ``seeds/rules.yaml``.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache

import yaml

from quotes.attribution.proposals import Proposal
from quotes.errors import SeedError
from quotes.resources import folder

_UNKNOWN = 0.3


@dataclass(frozen=True, slots=True)
class RuleTable:
    """Precision (0-1) by rule name."""

    precision: Mapping[str, float]

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
    try:
        with path.open(encoding="utf-8") as file:
            data = yaml.load(file, getattr(yaml, "CSafeLoader", yaml.SafeLoader))  # noqa: S506
        return RuleTable({str(rule): float(value) for rule, value in data["rules"].items()})
    except (OSError, yaml.YAMLError, KeyError, TypeError, ValueError, AttributeError) as error:
        raise SeedError(f"{path}: not a table of rules ({error}); reinstall quotes") from error
