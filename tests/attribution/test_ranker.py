"""The shipped ranker: its features, its trees, its probabilities."""

from __future__ import annotations

import json

import pytest

from quotes.attribution.features import FEATURES
from quotes.attribution.ranker import WEIGHTS, Ranker, load_ranker
from quotes.resources import folder


def test_weights_for_other_features_are_refused() -> None:
    data = json.loads((folder("seeds") / f"{WEIGHTS}.json").read_bytes())
    data["features"] = data["features"][1:]
    with pytest.raises(ValueError, match="other features"):
        Ranker(data)


def test_a_tree_is_walked_as_written() -> None:
    width = len(FEATURES)
    ranker = Ranker(
        {
            "features": list(FEATURES),
            "depth": 2,
            "calibration": [0.0, 1.0, 0.0],
            "trees": [
                {
                    "feature": [0, 0, 1, 0, 0],
                    "threshold": [0.5, 0.0, 0.5, 0.0, 0.0],
                    "left": [1, 1, 3, 3, 4],
                    "right": [2, 1, 4, 3, 4],
                    "value": [0.0, -1.0, 0.0, 2.0, 3.0],
                }
            ],
        }
    )
    rows = [[0.0] * width, [1.0] + [0.0] * (width - 1), [1.0, 1.0] + [0.0] * (width - 2)]
    assert list(ranker.scores(rows)) == [-1.0, 2.0, 3.0]
    probabilities = ranker.probabilities(rows)
    assert probabilities == sorted(probabilities)
    assert sum(probabilities) == pytest.approx(1.0)


def test_a_weak_candidate_alone_is_not_certain() -> None:
    (alone,) = load_ranker().probabilities([[0.0] * len(FEATURES)])
    assert alone < 0.9
