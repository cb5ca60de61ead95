"""Measure trees and encoder, alone and mixed, on articles that neither has seen.

usage: python benchmarks/mix_encoder.py EXAMPLES FOLDS

FOLDS holds a folder ``0`` … ``4`` for each fold with ``held-original.jsonl``, as
``benchmarks/train_encoder.py --fold`` writes it. The trees are fitted on the same articles. Folds
that are missing are left out.
"""

from __future__ import annotations

import argparse
import json
from pathlib import Path
from typing import Any

import lightgbm as lgb
import numpy as np
from encoder_folds import fold_of
from fit_ranker import PARAMETERS

FOLDS = 5
WEIGHTS = (0.0, 0.25, 0.35, 0.5, 0.7, 1.0, 1.5, 2.0, 4.0)
THRESHOLDS = (0.8, 0.9, 0.95, 0.97, 0.98, 0.99, 1.01)


def log_softmax(scores: Any) -> Any:
    """Return the log of the softmax."""
    shifted = scores - scores.max()
    return shifted - np.log(np.exp(shifted).sum())


def cross_fitted(examples: Path, folds: Path, layout: str) -> list[dict[str, Any]]:
    """Return each held-out quotation with the scores of trees and encoder, and what is right."""
    with (examples / "original.jsonl").open(encoding="utf-8") as file:
        seen = [json.loads(line)["asked"] for line in file]
    with (examples / f"{layout}.jsonl").open(encoding="utf-8") as file:
        asked = [json.loads(line)["asked"] for line in file]
    found = []
    for fold in range(FOLDS):
        path = folds / str(fold) / f"held-{layout}.jsonl"
        if not path.exists():
            continue
        train, _ = fold_of(len(seen), fold)
        lines = [one for n in train for one in seen[n]]
        model = lgb.LGBMRanker(**PARAMETERS).fit(
            np.array([row for one in lines for row in one["features"]]),
            np.array([int(r) for one in lines for r in one["right"]]),
            group=[len(one["right"]) for one in lines],
        )
        with path.open(encoding="utf-8") as file:
            for line in file:
                row = json.loads(line)
                number, n = row["key"]
                if not row["scores"]:
                    continue
                one = asked[number][n]
                trees = model.predict(np.array(one["features"]))
                found.append(
                    {
                        "fold": fold,
                        "article": number,
                        "trees": log_softmax(trees),
                        "encoder": np.array(row["scores"]),
                        "right": np.array(one["right"]),
                        "rules": one["rules"],
                    }
                )
    return found


def share_right(rows: list[dict[str, Any]], weight: float, below: float) -> tuple[float, float]:
    """Return the share of right ones, and how many were asked."""
    right = asked = 0
    for row in rows:
        unsure = np.exp(row["trees"].max()) < below and len(row["right"]) > 1
        asked += unsure
        scores = row["trees"] + (weight * row["encoder"] if unsure else 0)
        right += bool(row["right"][scores.argmax()])
    return right / len(rows), asked / len(rows)


def main() -> None:
    """Print the tables."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("examples", type=Path)
    parser.add_argument("folds", type=Path)
    parser.add_argument("--layout", default="original")
    given = parser.parse_args()
    rows = cross_fitted(given.examples, given.folds, given.layout)
    alone = np.mean([row["right"][row["encoder"].argmax()] for row in rows])
    best = np.mean([row["right"].any() for row in rows])
    trees = share_right(rows, 0.0, 0.0)[0]
    print(f"{len(rows)} quotations: trees {trees:.4f}, encoder {alone:.4f}, at best {best:.4f}")
    print("weight    " + "".join(f"  <{t:<12}" for t in THRESHOLDS))
    for weight in WEIGHTS[1:]:
        cells = (share_right(rows, weight, t) for t in THRESHOLDS)
        print(f"{weight:<10}" + "".join(f"  {r:.4f} ({a:.2f})" for r, a in cells))


if __name__ == "__main__":
    main()
