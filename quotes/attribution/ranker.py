"""The learned ranker: gradient-boosted trees over the candidates of a quotation.

Fitted with LambdaMART (Burges 2010, "From RankNet to LambdaRank to LambdaMART") on PolNeAR train by
``benchmarks/fit_ranker.py`` and kept as plain numbers in ``seeds/ranker.json``; evaluating needs
numpy alone. The winner's probability is calibrated by logistic regression (Platt 1999) on its share
among the candidates and its score, for articles that the trees had not seen.
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


class Ranker:
    """Gives each candidate of a quotation a probability of being its source."""

    def __init__(self, data: dict[str, Any]) -> None:
        import numpy as np

        if data["features"] != list(FEATURES):
            raise ValueError("made for other features")
        trees = data["trees"]
        widest = max(len(tree["feature"]) for tree in trees)

        def padded(name: str, kind: type) -> NDArray[Any]:
            table: NDArray[Any] = np.zeros((len(trees), widest), dtype=kind)
            for row, tree in zip(table, trees, strict=True):
                row[: len(tree[name])] = tree[name]
            return table

        self._feature = padded("feature", np.int32)
        self._threshold = padded("threshold", np.float64)
        self._left = padded("left", np.int32)
        self._right = padded("right", np.int32)
        self._value = padded("value", np.float64)
        self._depth = int(data["depth"])
        self._calibration = tuple(data["calibration"])

    def scores(self, rows: Sequence[Sequence[float]]) -> NDArray[np.float64]:
        """Return the raw score of each row of features."""
        import numpy as np

        table = np.asarray(rows, dtype=np.float64)
        tree = np.arange(len(self._feature))
        node = np.zeros((len(table), len(tree)), dtype=np.int32)
        candidate = np.arange(len(table))[:, None]
        # A leaf leads to itself, so that trees of any shape end together.
        for _ in range(self._depth):
            low = table[candidate, self._feature[tree, node]] <= self._threshold[tree, node]
            node = np.where(low, self._left[tree, node], self._right[tree, node])
        total: NDArray[np.float64] = self._value[tree, node].sum(axis=1)
        return total

    def probabilities(self, rows: Sequence[Sequence[float]]) -> list[float]:
        """Return the probability (0-1) of each candidate; that of the best one is calibrated."""
        import numpy as np

        scores = self.scores(rows)
        raw = shares(scores)
        best = int(np.argmax(raw))
        base, *weights = self._calibration
        told = evidence(float(raw[best]), float(scores[best]))
        log_odds = base + sum(w * x for w, x in zip(weights, told, strict=True))
        sure = min(_CERTAIN, max(1.0 - _CERTAIN, 1.0 / (1.0 + math.exp(-log_odds))))
        rest = 1.0 - float(raw[best])
        scale = min(1.0, (1.0 - sure) / rest) if rest > 0 else 0.0
        return [sure if i == best else float(p) * scale for i, p in enumerate(raw)]


def evidence(share: float, score: float) -> tuple[float, float]:
    """Return what the calibration weighs: log-odds of the winner's share, and its score."""
    share = min(_CERTAIN, max(1.0 - _CERTAIN, share))
    return math.log(share / (1.0 - share)), score


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
