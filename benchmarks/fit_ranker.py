"""Fit the attribution ranker on PolNeAR train and write ``seeds/ranker.json`` with its checksum.

usage: python benchmarks/fit_ranker.py POLNEAR_FOLDER [-o seeds]

Needs LightGBM (``pip install --group train``), which the program itself does not. The candidates of
every sourced quotation are ranked with lambdarank; scores of articles that the trees have not seen
(five folds by article) calibrate the winner's probability by logistic regression. Run
``benchmarks/fit_rules.py`` first: the precision of the rules is what the ranker weighs.
"""

from __future__ import annotations

import argparse
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import lightgbm as lgb
import numpy as np
from fit_rules import load_parser
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import GroupKFold

from quotes.attribution.attributor import Attributor
from quotes.attribution.candidates import FEATURES, rows
from quotes.attribution.ranker import WEIGHTS, Ranker, evidence, shares
from quotes.english.document import Document
from quotes.evaluation.brat import read_brat
from quotes.evaluation.mentions import gold_source, is_right
from quotes.spans import find_quotations
from quotes.weights import write_weights

PARAMETERS = {
    "objective": "lambdarank",
    "n_estimators": 120,
    "learning_rate": 0.05,
    "num_leaves": 31,
    "min_child_samples": 30,
    "random_state": 7,
    "deterministic": True,
    "force_row_wise": True,
    "n_jobs": 1,
    "verbose": -1,
}
FOLDS = 5


class Corpus:
    """Feature rows, labels, sizes of groups (quotations) and the article of each group."""

    def __init__(self, folder: Path, attributor: Attributor) -> None:
        features: list[list[float]] = []
        labels: list[int] = []
        sizes: list[int] = []
        documents: list[int] = []
        for document, article in enumerate(read_brat(folder)):
            read = Document(article.body)
            text = read.text
            quotations = find_quotations(read)
            for index, found in attributor.decide(read, quotations).items():
                quotation = quotations[index]
                source = gold_source(quotation, article.attributions)
                if quotation.parent is not None or not source or not found.candidates:
                    continue
                start, _ = read.paragraph(quotation.start)
                features += rows(found.candidates, quotation, text, start, attributor.rules)
                labels += [is_right(c.best.mention, source) for c in found.candidates]
                sizes.append(len(found.candidates))
                documents.append(document)
        self.features = np.array(features)
        self.labels = np.array(labels, dtype=int)
        self.sizes = np.array(sizes)
        self.documents = np.array(documents)
        self.ends = np.concatenate([[0], np.cumsum(self.sizes)])

    def lines(self, groups: Sequence[int]) -> np.ndarray[Any, Any]:
        """Return the row numbers of some groups."""
        return np.concatenate([np.arange(self.ends[g], self.ends[g + 1]) for g in groups])

    def winners(self, scores: np.ndarray[Any, Any]) -> Iterator[tuple[float, float, int]]:
        """Yield (share of the winner, its score, whether it is right) for each group."""
        for a, b in zip(self.ends[:-1], self.ends[1:], strict=True):
            share = shares(scores[a:b])
            best = int(np.argmax(share))
            yield float(share[best]), float(scores[a + best]), int(self.labels[a + best])


def train(corpus: Corpus, groups: Sequence[int]) -> lgb.LGBMRanker:
    """Fit trees on some groups of the corpus."""
    lines = corpus.lines(groups)
    model = lgb.LGBMRanker(**PARAMETERS)
    return model.fit(corpus.features[lines], corpus.labels[lines], group=corpus.sizes[groups])


def exported(model: lgb.LGBMRanker) -> tuple[list[dict[str, list[float]]], int]:
    """Return the trees as arrays, and the depth of the deepest."""
    trees = []
    deepest = 0
    for info in model.booster_.dump_model()["tree_info"]:
        tree: dict[str, list[Any]] = {
            name: [] for name in ("feature", "threshold", "left", "right", "value")
        }
        deepest = max(deepest, _flatten(info["tree_structure"], tree)[1])
        trees.append(tree)
    return trees, deepest


def _flatten(node: dict[str, Any], tree: dict[str, list[Any]]) -> tuple[int, int]:
    """Append a node and what hangs from it; return its number and its height."""
    number = len(tree["feature"])
    leaf = "leaf_value" in node
    tree["feature"].append(0 if leaf else node["split_feature"])
    tree["threshold"].append(0.0 if leaf else node["threshold"])
    tree["value"].append(round(node["leaf_value"], 6) if leaf else 0.0)
    tree["left"].append(number)
    tree["right"].append(number)
    if leaf:
        return number, 0
    tree["left"][number], left = _flatten(node["left_child"], tree)
    tree["right"][number], right = _flatten(node["right_child"], tree)
    return number, 1 + max(left, right)


def calibration(winners: Sequence[tuple[float, float, int]]) -> list[float]:
    """Return intercept and weights of the winner's log-odds of being right."""
    told = [evidence(share, score) for share, score, _ in winners]
    fitted = LogisticRegression().fit(told, [right for *_, right in winners])
    return [round(float(w), 5) for w in (*fitted.intercept_, *fitted.coef_[0])]


def main() -> None:
    """Fit, measure and write."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("polnear", type=Path)
    parser.add_argument("-o", "--output", type=Path, default=Path("seeds"))
    options = parser.parse_args()
    attributor = Attributor(load_parser, ranker=None)  # type: ignore[arg-type]
    corpus = Corpus(options.polnear / "train", attributor)
    unseen = np.zeros(len(corpus.labels))
    for seen, held in GroupKFold(FOLDS).split(corpus.sizes, groups=corpus.documents):
        lines = corpus.lines(held)
        unseen[lines] = train(corpus, seen).predict(corpus.features[lines])
    pairs = list(corpus.winners(unseen))
    print(
        f"{len(pairs)} quotations; right by cross-validation {np.mean([r for *_, r in pairs]):.4f}"
    )
    model = train(corpus, range(len(corpus.sizes)))
    trees, depth = exported(model)
    data = {
        "made": "benchmarks/fit_ranker.py on PolNeAR 1.0 train; figures only, no text",
        "features": list(FEATURES),
        "depth": depth,
        "calibration": calibration(pairs),
        "trees": trees,
    }
    again = Ranker(data).scores(corpus.features[:500])
    assert np.allclose(again, model.predict(corpus.features[:500]), atol=1e-3)
    size = write_weights(options.output, WEIGHTS, data)
    print(f"wrote {len(trees)} trees, {size // 1024} KB")
    dev = Corpus(options.polnear / "dev", attributor)
    right = [r for *_, r in dev.winners(Ranker(data).scores(dev.features))]
    print(f"dev: {len(right)} quotations, {np.mean(right):.4f} right")


if __name__ == "__main__":
    main()
