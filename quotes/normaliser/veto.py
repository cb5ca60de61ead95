"""A learned second opinion on reworded statements: may it refuse what the hand rules propose?

The rules of ``compare`` ask how much two wordings have in common. Names and topics weigh heavily
there, and a speaker's sentences about one thing share them. A logistic regression over six features
of the alignment tells such sentences from renderings of one; it was fitted on labelled statements
(``benchmarks/fit_merging.py``, model card in ``docs/normalising.md``), and its weights are plain
numbers. It is asked only about wordings of which neither holds the other, and can only refuse.
"""

from __future__ import annotations

import math
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from rapidfuzz.distance import LCSseq

from quotes.normaliser.compare import Comparison, Wording
from quotes.resources import folder
from quotes.weights import read_weights

WEIGHTS = "merging"
"""The name of the file of weights, without suffix, in the folder ``seeds``."""

FEATURES = ("coverage", "least", "matched", "run", "complete", "named")
"""What the model sees: the shares of the shorter and of the longer wording that have a counterpart,
the share of the shorter one's words that stand in the longer one in order, the logarithm of how
many of them follow each other, whether every telling one has a counterpart, and how much of what is
in common are names."""


@dataclass(frozen=True, slots=True)
class Opinion:
    """How likely two wordings are one statement (0-1), and what each feature added (log-odds)."""

    probability: float
    refused: bool
    shares: Mapping[str, float]


class Veto:
    """The model. Raises KeyError or TypeError if ``data`` is not what ``fit_merging.py`` writes."""

    def __init__(self, data: Mapping[str, Any]) -> None:
        self._weights = {name: float(data["weights"][name]) for name in FEATURES}
        self._intercept = float(data["intercept"])
        self._least = float(data["least"])

    def refuses(self, features: Mapping[str, float]) -> bool:
        """Tell whether two wordings are too unlikely one statement."""
        return self._odds(features) < self._least_odds

    def opinion(self, features: Mapping[str, float]) -> Opinion:
        """Return the whole answer, for people."""
        shares = {name: self._weights[name] * features[name] for name in FEATURES}
        probability = 1 / (1 + math.exp(-self._odds(features)))
        return Opinion(probability, self.refuses(features), shares)

    @property
    def _least_odds(self) -> float:
        return math.log(self._least / (1 - self._least))

    def _odds(self, features: Mapping[str, float]) -> float:
        return self._intercept + sum(w * features[name] for name, w in self._weights.items())


@cache
def load_veto() -> Veto:
    """Return the model that ships with the program. Raises ModelError if its file was altered."""
    return read_weights(folder("seeds"), WEIGHTS, Veto)


def features(
    found: Comparison, left: Wording, right: Wording, names: Collection[str]
) -> dict[str, float]:
    """Return what the model sees of two wordings that relate as ``found`` says.

    ``names`` are the words of either that are names.
    """
    return {
        "coverage": found.coverage,
        "least": min(found.left, found.right),
        "matched": found.matched,
        "run": math.log1p(found.run),
        "complete": float(found.complete),
        "named": _named(_common(left, right), names) if names else 0.0,
    }


def _named(shared: Mapping[str, float], names: Collection[str]) -> float:
    """Return which share of the weight of some words is that of names (0-1)."""
    bits = sum(shared.values())
    named = sum(weight for word, weight in shared.items() if word in names)
    return named / bits if bits else 0.0


def _common(left: Wording, right: Wording) -> dict[str, float]:
    """Return the words of two wordings that stand in both in the same order, with their weights."""
    short, other = (left, right) if left.bits <= right.bits else (right, left)
    return {
        short.words[place]: short.weights[place]
        for block in LCSseq.opcodes(short.stems, other.stems)
        if block.tag == "equal"
        for place in range(block.src_start, block.src_end)
    }
