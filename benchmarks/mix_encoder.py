"""Weigh the encoder against the trees on articles that neither has seen; write ``mixing.json``.

usage: python benchmarks/mix_encoder.py POLNEAR_FOLDER MODEL [--fold 0]

MODEL is a folder that ``benchmarks/encoder_onnx.py`` wrote, of a network that was trained with
``--fold``: the articles of that fold are the ones measured here. Rules and trees are fitted again
without them. Every article counts in three layouts, as in ``benchmarks/fit_attribution.py``. Prints
the share of quotations whose source is right for each weight and for each probability below which
the encoder is asked, then fits the probability of the winner and says how far it can be trusted.
"""

from __future__ import annotations

import argparse
import dataclasses
import json
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import numpy as np
from encoder_folds import FOLDS, fold_of
from fit_attribution import LAYOUTS, PRIORS, Fitting, Read, Table, read, train
from sklearn.linear_model import LogisticRegression

from quotes.attribution.attributor import Attributor
from quotes.attribution.decide import RuleTable
from quotes.attribution.features import rows
from quotes.attribution.opinions import UNSURE, grounds, joined
from quotes.attribution.ranker import evidence, load_ranker, probability, shares
from quotes.english.encoder import FILES, MIXING, Encoder
from quotes.english.parser import load_model
from quotes.evaluation.brat import read_brat
from quotes.evaluation.mentions import is_right
from quotes.weights import write_checksums

WEIGHTS = (0.25, 0.35, 0.5, 0.7, 1.0, 1.5, 2.0, 4.0)
THRESHOLDS = (0.8, 0.9, 0.95, 0.97, 0.98, 1.01)


@dataclasses.dataclass(frozen=True)
class Case:
    """A quotation with the scores of its candidates by trees and encoder, and which are right."""

    article: int
    layout: str
    trees: Any
    encoder: Any
    right: Any
    sure: float

    def winner(self, weight: float, below: float) -> int:
        """Return the candidate that is chosen."""
        asked = self.sure < below and len(self.right) > 1
        return int((self.trees + (weight * self.encoder if asked else 0)).argmax())


def cases(polnear: Path, encoder: Encoder, held_fold: int) -> Iterator[Case]:
    """Yield the quotations of the articles of a fold."""
    articles = list(read_brat(polnear / "train"))
    folds = {n: k for k in range(FOLDS) for n in fold_of(len(articles), k)[1]}
    everything: list[Read] = []
    held: list[tuple[int, Read]] = []
    for number, article in enumerate(articles):
        for one in read([article], FOLDS):
            one = dataclasses.replace(one, fold=folds[number])
            everything.append(one)
            if one.fold == held_fold:
                held.append((number, one))
    attributor = Attributor(lambda: load_model(None), rules=RuleTable(PRIORS), ranker=None)
    fitting = Fitting(everything, attributor)
    table = Table(fitting, [one for one in everything if one.fold != held_fold], None)
    model = train(table, range(len(table.sizes)))
    for number, one in held:
        yield from _cases_of(number, one, fitting, model, encoder)


def _cases_of(
    number: int, article: Read, fitting: Fitting, model: Any, encoder: Encoder
) -> Iterator[Case]:
    rules = fitting.tables[article.fold]
    text = article.document.text
    whole = [i for i, quotation in enumerate(article.quotations) if quotation.parent is None]
    spans = [(article.quotations[i].start, article.quotations[i].end) for i in whole]
    decided = {i: found for i, found in fitting.decide(article, rules).items() if found.candidates}
    asked = [k for k, i in enumerate(whole) if i in decided]
    for k, opinion in encoder.read(text, spans, asked):
        quotation, found = article.quotations[whole[k]], decided[whole[k]].candidates
        start, _ = article.document.paragraph(quotation.start)
        trees = model.predict(np.array(rows(found, quotation, text, start, rules)))
        mentions = [c.best.mention for c in found]
        right = [is_right(mention, article.sources[whole[k]]) for mention in mentions]
        heard = opinion.of([(mention.start, mention.end) for mention in mentions])
        yield Case(number, article.layout, trees, heard, np.array(right), sureness(trees))


def sureness(trees: Any) -> float:
    """Return the calibrated probability of the best candidate by the trees alone."""
    share = shares(trees)
    best = int(share.argmax())
    return probability(evidence(float(share[best]), float(trees[best])), load_ranker().calibration)


def share_right(found: Sequence[Case], weight: float, below: float) -> float:
    """Return the share of cases whose winner is right, each layout with its weight."""
    counts = [LAYOUTS[case.layout] for case in found]
    return float(
        np.average([case.right[case.winner(weight, below)] for case in found], weights=counts)
    )


def calibrated(found: Sequence[Case], weight: float, below: float) -> tuple[list[float], float]:
    """Return the regression for the cases that are asked about, and its error (0-1).

    The error is that of five folds by article: the mean distance of probability and share of right
    ones over ten groups of equal size.
    """
    asked = [case for case in found if case.sure < below and len(case.right) > 1]
    told, right = [], []
    for case in asked:
        raw = joined(case.trees, case.encoder, weight)
        best = int(raw.argmax())
        told.append(grounds(raw, case.trees, case.encoder, best))
        right.append(bool(case.right[best]))
    table, labels = np.array(told), np.array(right)
    folds = np.array([case.article for case in asked]) % FOLDS
    counts = np.array([LAYOUTS[case.layout] for case in asked])

    def fitted(lines: Any) -> LogisticRegression:
        return LogisticRegression().fit(table[lines], labels[lines], sample_weight=counts[lines])

    unseen = np.zeros(len(asked))
    for fold in range(FOLDS):
        here = folds == fold
        unseen[here] = fitted(~here).predict_proba(table[here])[:, 1]
    groups = np.array_split(np.argsort(unseen), 10)
    error = np.mean([abs(unseen[g].mean() - labels[g].mean()) for g in groups])
    whole = fitted(np.full(len(asked), True))
    return [round(float(w), 5) for w in (*whole.intercept_, *whole.coef_[0])], float(error)


def main() -> None:
    """Measure, print and write."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("polnear", type=Path)
    parser.add_argument("model", type=Path)
    parser.add_argument("--fold", type=int, choices=range(FOLDS), default=0)
    given = parser.parse_args()
    encoder = Encoder(given.model)
    found = list(cases(given.polnear, encoder, given.fold))
    for layout in LAYOUTS:
        some = [case for case in found if case.layout == layout]
        alone = np.mean([case.right[case.encoder.argmax()] for case in some])
        best = np.mean([case.right.any() for case in some])
        trees = share_right(some, 0.0, 0.0)
        print(
            f"{layout}: {len(some)} quotations: "
            f"trees {trees:.4f}, encoder {alone:.4f}, at best {best:.4f}"
        )
    print("weight    " + "".join(f"  <{t:<6}" for t in THRESHOLDS))
    for weight in WEIGHTS:
        print(
            f"{weight:<10}" + "".join(f"  {share_right(found, weight, t):.4f} " for t in THRESHOLDS)
        )
    weight = max(WEIGHTS, key=lambda w: share_right(found, w, UNSURE))
    calibration, error = calibrated(found, weight, UNSURE)
    asked = np.mean([case.sure < UNSURE and len(case.right) > 1 for case in found])
    print(f"weight {weight}, asked about {asked:.3f}, calibration error {error:.4f}, {calibration}")
    mixing = encoder.mixing | {"weight": weight, "calibration": calibration}
    (given.model / MIXING).write_text(json.dumps(mixing) + "\n", encoding="ascii")
    write_checksums(given.model, FILES)


if __name__ == "__main__":
    main()
