"""Fit the rules' precisions and the ranker on PolNeAR train; write ``seeds/rules.yaml``,
``seeds/ranker.json`` and its checksum.

usage: python benchmarks/fit_attribution.py POLNEAR_FOLDER [-o seeds]

POLNEAR_FOLDER holds ``train`` and ``dev`` with texts and brat files. Needs LightGBM and
scikit-learn (``pip install --group train``), which the program itself does not.

A candidate is right when it overlaps the annotated source of the smallest content that covers half
of the quotation. Every article is read in three layouts: as it is, in one line, and one sentence a
line. The precision of a rule is the share of its proposals that are right, drawn towards that of
the more general one with the weight of a few observations. All is cross-fitted: five folds by
article; what the trees see of an article, and what calibrates them, was measured on other articles.
"""

from __future__ import annotations

import argparse
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import lightgbm as lgb
import numpy as np
from sklearn.linear_model import LogisticRegression

from quotes.attribution.attributor import Attributor
from quotes.attribution.decide import RuleTable
from quotes.attribution.decided import Decided
from quotes.attribution.features import FEATURES, rows
from quotes.attribution.ranker import WEIGHTS, Ranker, evidence, shares
from quotes.attribution.rules import PRIORS
from quotes.english.document import Document
from quotes.english.parser import load_model
from quotes.evaluation.brat import LabelledArticle, Pieces, read_brat
from quotes.evaluation.mentions import gold_source, is_right
from quotes.records import Quotation
from quotes.spans import find_quotations
from quotes.weights import write_weights

FOLDS = 5
ROUNDS = 3  # in which rules that carry a source on learn from what the others decided
WEIGHT = 6.0  # observations that a more general rule counts for
LAYOUTS = {"as it is": 1.0, "one line": 0.4, "sentences": 0.4}
"""How much an article counts in each layout."""

PARAMETERS = {
    "objective": "lambdarank",
    "n_estimators": 250,
    "learning_rate": 0.03,
    "num_leaves": 31,
    "min_child_samples": 60,
    "feature_fraction": 0.5,
    "random_state": 7,
    "deterministic": True,
    "force_row_wise": True,
    "n_jobs": 2,
    "verbose": -1,
}
HEADER = """\
# Each rule of attribution, in its circumstances: the share of its proposals that are right, and
# their number, on PolNeAR 1.0 train. Written by benchmarks/fit_attribution.py; figures only, no
# text of the corpus. Do not edit by hand.
"""
_SENTENCE = re.compile(r"(?<=[.!?])([\"”’']{0,2}) (?=[\"“‘A-Z])")
_ABBREVIATED = re.compile(r"\b(?:M[rs]|Mrs|Dr|Sen|Rep|Gov|Gen|St|Lt|Col|Sgt|[JS]r|No|vs|[A-Z])\.\Z")

Counts = dict[str, list[int]]


@dataclass(frozen=True)
class Read:
    """An article in one layout: its quotations and what is proposed for each."""

    fold: int
    layout: str
    document: Document
    quotations: Sequence[Quotation]
    sources: Mapping[int, Pieces]


def laid_out(body: str) -> Iterator[tuple[str, str]]:
    """Yield (layout, text) for the layouts in which an article counts; offsets stay the same."""
    yield "as it is", body
    yield "one line", body.replace("\n", " ")
    joined = re.sub(r"\n[^\S\n]*\n", lambda gap: "\n" + " " * (len(gap.group()) - 1), body)
    letters = list(joined)
    for match in _SENTENCE.finditer(joined):
        if not _ABBREVIATED.search(joined[max(0, match.start() - 6) : match.start()]):
            letters[match.end() - 1] = "\n"
    yield "sentences", "".join(letters)


def read(articles: Iterable[LabelledArticle], folds: int) -> Iterator[Read]:
    """Read the articles in each layout."""
    for number, article in enumerate(articles):
        for layout, text in laid_out(article.body):
            document = Document(text)
            quotations = find_quotations(document)
            # Quotations inside quotations are annotated as part of the outer one only.
            sources = {
                index: gold_source(quotation, article.attributions)
                for index, quotation in enumerate(quotations)
                if quotation.parent is None and document.laid.starts is None
            }
            if any(sources.values()):
                yield Read(number % folds, layout, document, quotations, sources)


class Fitting:
    """Tables of precisions, one for each fold, made of the others, and one of all."""

    def __init__(self, articles: Sequence[Read], attributor: Attributor) -> None:
        self.articles = articles
        self.attributor = attributor
        self.tables = [RuleTable(PRIORS) for _ in range(FOLDS)]
        self.counts: Counts = {}
        for step in range(ROUNDS):
            self._refine()
            print(f"round {step + 1}: {len(self.counts)} rules in their circumstances")

    def decide(self, article: Read, table: RuleTable) -> dict[int, Decided]:
        """Return what is proposed and chosen for the quotations with a labelled source."""
        self.attributor.rules = table
        decided = self.attributor.decide(article.document, article.quotations)
        return {index: found for index, found in decided.items() if article.sources.get(index)}

    def _refine(self) -> None:
        by_fold: list[Counts] = [defaultdict(lambda: [0, 0]) for _ in range(FOLDS)]
        for article in self.articles:
            if article.layout == "as it is":
                decided = self.decide(article, self.tables[article.fold])
                for index, found in decided.items():
                    count(found, article.sources[index], by_fold[article.fold])
        self.counts = added(by_fold)
        self.tables = [
            RuleTable(precisions(added(by_fold[:fold] + by_fold[fold + 1 :])))
            for fold in range(FOLDS)
        ]


def count(found: Decided, source: Pieces, counts: Counts) -> None:
    """Count for each rule, and each more general name of it, whether it was right."""
    said: dict[str, bool] = {}
    for proposal in found.proposals:
        right = is_right(proposal.mention, source)
        parts = (proposal.rule, *proposal.circumstances)
        for length in range(1, len(parts) + 1):
            name = "/".join(parts[:length])
            said[name] = said.get(name, False) or right
    for name, right in said.items():
        counts[name][0] += right
        counts[name][1] += 1


def added(some: Sequence[Counts]) -> Counts:
    """Return the sums of some counts."""
    total: Counts = defaultdict(lambda: [0, 0])
    for counts in some:
        for name, (right, of) in counts.items():
            total[name][0] += right
            total[name][1] += of
    return total


def precisions(counts: Counts) -> dict[str, float]:
    """Return the precision of each rule, drawn towards the more general ones."""
    return PRIORS | {name: round(_precision(name.split("/"), counts), 3) for name in counts}


def _precision(parts: Sequence[str], counts: Counts) -> float:
    value = PRIORS.get(parts[0], 0.5)
    for length in range(1, len(parts) + 1):
        right, of = counts["/".join(parts[:length])]
        value = (right + WEIGHT * value) / (of + WEIGHT)
    return value


class Table:
    """Feature rows, labels, sizes of groups (quotations), fold and layout of each group."""

    def __init__(self, fitting: Fitting, articles: Iterable[Read], all_rules: RuleTable | None):
        features: list[list[float]] = []
        labels: list[bool] = []
        groups: list[tuple[int, int, str]] = []
        for article in articles:
            rules = all_rules or fitting.tables[article.fold]
            for index, found in fitting.decide(article, rules).items():
                quotation, text = article.quotations[index], article.document.text
                start, _ = article.document.paragraph(quotation.start)
                features += rows(found.candidates, quotation, text, start, rules)
                labels += [
                    is_right(c.best.mention, article.sources[index]) for c in found.candidates
                ]
                if found.candidates:
                    groups.append((len(found.candidates), article.fold, article.layout))
        self.features, self.labels = np.array(features), np.array(labels, dtype=int)
        self.sizes = np.array([size for size, *_ in groups])
        self.folds = np.array([fold for _, fold, _ in groups])
        self.layouts = np.array([layout for *_, layout in groups])
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


def train(table: Table, groups: Sequence[int]) -> lgb.LGBMRanker:
    """Fit trees on some groups of the table."""
    lines = table.lines(groups)
    weights = np.repeat([LAYOUTS[table.layouts[g]] for g in groups], table.sizes[groups])
    model = lgb.LGBMRanker(**PARAMETERS)
    return model.fit(
        table.features[lines], table.labels[lines], group=table.sizes[groups], sample_weight=weights
    )


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
    tree["threshold"].append(0.0 if leaf else float(f"{node['threshold']:.6g}"))
    tree["value"].append(float(f"{node['leaf_value']:.4g}") if leaf else 0.0)
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


def report(title: str, table: Table, scores: np.ndarray[Any, Any]) -> None:
    """Print the share of right winners by layout."""
    right = np.array([r for *_, r in table.winners(scores)])
    for layout in LAYOUTS:
        held = table.layouts == layout
        print(f"{title}, {layout}: {right[held].mean():.4f} of {held.sum()}")


def main() -> None:
    """Fit, measure and write."""
    parser = argparse.ArgumentParser(description="Fit rules and ranker on PolNeAR train.")
    parser.add_argument("polnear", type=Path)
    parser.add_argument("-o", "--output", type=Path, default=Path("seeds"))
    options = parser.parse_args()
    attributor = Attributor(lambda: load_model(None), rules=RuleTable(PRIORS), ranker=None)
    articles = list(read(read_brat(options.polnear / "train"), FOLDS))
    fitting = Fitting(articles, attributor)
    table = Table(fitting, articles, None)
    unseen = np.zeros(len(table.labels))
    for fold in range(FOLDS):
        held = np.flatnonzero(table.folds == fold)
        lines = table.lines(held)
        model = train(table, np.flatnonzero(table.folds != fold))
        unseen[lines] = model.predict(table.features[lines])
    report("by cross-validation", table, unseen)
    measured = precisions(fitting.counts)
    write_rules(options.output / "rules.yaml", measured, fitting.counts)
    model = train(table, range(len(table.sizes)))
    trees, depth = exported(model)
    data = {
        "made": "benchmarks/fit_attribution.py on PolNeAR 1.0 train; figures only, no text",
        "features": list(FEATURES),
        "depth": depth,
        "calibration": calibration(list(table.winners(unseen))),
        "trees": trees,
    }
    size = write_weights(options.output, WEIGHTS, data)
    print(f"wrote {len(measured)} rules and {len(trees)} trees, {size // 1024} KB")
    dev = list(read(read_brat(options.polnear / "dev"), FOLDS))
    held_out = Table(fitting, dev, RuleTable(measured))
    report("dev", held_out, Ranker(data).scores(held_out.features))


def write_rules(path: Path, measured: Mapping[str, float], counts: Counts) -> None:
    """Write the precisions and the numbers of cases."""
    lines = [
        f'"{name}": [{value}, {counts.get(name, [0, 0])[1]}]'
        for name, value in sorted(measured.items())
    ]
    path.write_text(HEADER + "\n" + "\n".join(lines) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
