"""The learned ranker: gradient-boosted trees over the candidates of a quotation.

Fitted with LambdaMART (Burges 2010, "From RankNet to LambdaRank to LambdaMART") on PolNeAR train by
``benchmarks/fit_attribution.py`` and kept as plain numbers in ``seeds/ranker.json``; evaluating
needs numpy alone. The winner's probability is calibrated by logistic regression (Platt 1999) on its
share among the candidates and its score, for articles that the trees had not seen.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from functools import cache
from typing import TYPE_CHECKING, Any

from quotes.attribution.features import FEATURES
from quotes.resources import folder
from quotes.weights import read_weights

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

WEIGHTS = "ranker"
_CERTAIN = 0.99
_LEAVES = 64
_ALL = (1 << _LEAVES) - 1


class _Walk:
    """A tree as bits, one a leaf from left to right: each node says which stay where it fails.

    What all nodes leave over begins with the leaf where a walk through the tree would end (Lucchese
    et al. 2015, "QuickScorer"). ``nodes`` are (feature, threshold, leaves kept where the feature is
    above the threshold), ``values`` those of the leaves.
    """

    def __init__(self, tree: dict[str, Any]) -> None:
        self._tree = tree
        self.nodes: list[tuple[int, float, int]] = []
        self.values: list[float] = []
        self._visit(0)
        if len(self.values) > _LEAVES:
            raise ValueError(f"a tree has more than {_LEAVES} leaves")
        self.nodes = self.nodes or [(0, math.inf, _ALL)]

    def _visit(self, node: int) -> None:
        left, right = self._tree["left"][node], self._tree["right"][node]
        if left == node:
            self.values.append(self._tree["value"][node])
            return
        first = len(self.values)
        self._visit(left)
        kept = _ALL & ~((1 << len(self.values)) - (1 << first))
        self.nodes.append((self._tree["feature"][node], self._tree["threshold"][node], kept))
        self._visit(right)


class Ranker:
    """Gives each candidate of a quotation a probability of being its source."""

    def __init__(self, data: dict[str, Any]) -> None:
        import numpy as np

        if data["features"] != list(FEATURES):
            raise ValueError("made for other features")
        walks = [_Walk(tree) for tree in data["trees"]]
        nodes = [node for walk in walks for node in walk.nodes]
        self._feature = np.array([feature for feature, _, _ in nodes])
        self._threshold = np.array([threshold for _, threshold, _ in nodes])
        self._kept = np.array([kept for _, _, kept in nodes], dtype=np.uint64)
        self._starts = np.cumsum([0, *(len(walk.nodes) for walk in walks[:-1])])
        self._value = np.zeros((len(walks), _LEAVES))
        for row, walk in zip(self._value, walks, strict=True):
            row[: len(walk.values)] = walk.values
        self.calibration = tuple(data["calibration"])

    def scores(self, rows: Sequence[Sequence[float]]) -> NDArray[np.float64]:
        """Return the raw score of each row of features."""
        import numpy as np

        table = np.asarray(rows, dtype=np.float64)
        passed = table.take(self._feature, axis=1) <= self._threshold
        kept = np.where(passed, np.uint64(_ALL), self._kept)
        left = np.bitwise_and.reduceat(kept, self._starts, axis=1)
        lowest = left & (~left + np.uint64(1))
        leaf = np.frexp(lowest.astype(np.float64))[1] - 1
        total: NDArray[np.float64] = self._value[np.arange(len(self._value)), leaf].sum(axis=1)
        return total

    def probabilities(self, rows: Sequence[Sequence[float]]) -> list[float]:
        """Return the probability (0-1) of each candidate; that of the best one is calibrated."""
        import numpy as np

        scores = self.scores(rows)
        raw = shares(scores)
        best = int(np.argmax(raw))
        told = evidence(float(raw[best]), float(scores[best]))
        return spread(raw, best, probability(told, self.calibration))


def probability(told: Sequence[float], calibration: Sequence[float]) -> float:
    """Return what a logistic regression makes of some evidence; never quite 0 or 1."""
    base, *weights = calibration
    total = base + sum(w * x for w, x in zip(weights, told, strict=True))
    return min(_CERTAIN, max(1.0 - _CERTAIN, 1.0 / (1.0 + math.exp(-total))))


def spread(raw: NDArray[np.float64], best: int, sure: float) -> list[float]:
    """Return shares: the best one's is ``sure``, the others have their part of the rest."""
    rest = 1.0 - float(raw[best])
    scale = min(1.0, (1.0 - sure) / rest) if rest > 0 else 0.0
    return [sure if i == best else float(p) * scale for i, p in enumerate(raw)]


def evidence(share: float, score: float) -> tuple[float, float]:
    """Return what the calibration weighs: log-odds of the winner's share, and its score."""
    return log_odds(share), score


def log_odds(share: float) -> float:
    """Return the log-odds of a share that is never quite 0 or 1."""
    share = min(_CERTAIN, max(1.0 - _CERTAIN, share))
    return math.log(share / (1.0 - share))


def shares(scores: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return the softmax of the scores of one quotation's candidates."""
    import numpy as np

    powers = np.exp(scores - scores.max())
    result: NDArray[np.float64] = powers / powers.sum()
    return result


@cache
def load_ranker() -> Ranker:
    """Return the ranker of ``seeds/ranker.json``.

    Raises ModelError if the file is missing or is not the one that was shipped.
    """
    return read_weights(folder("seeds"), WEIGHTS, Ranker)
