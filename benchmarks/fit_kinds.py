"""Fit how likely a quotation is speech on PolNeAR train; write ``seeds/kinds.json``.

usage: python benchmarks/fit_kinds.py POLNEAR_FOLDER [-o seeds]

Needs scikit-learn (``pip install --group train``), which the program itself does not. A quotation
counts as speech where the content of an annotated attribution covers half of it. Left out are the
quotations that a rule names as titles, markup and the like, for the rule decides them; headlines
and single marks, which were not annotated; quotations inside others; and what has every word
capitalised and stands in the middle of reported speech, whose content covers titles, too. A
logistic regression weighs the features; its scores for articles that it has not seen (five folds by
article) are calibrated by a second one (Platt 1999), whose line is folded into the weights.
"""

from __future__ import annotations

import argparse
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import numpy as np
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import log_loss, roc_auc_score
from sklearn.model_selection import GroupKFold, cross_val_predict

from quotes.english.document import Document
from quotes.evaluation.brat import LabelledArticle, Pieces, read_brat
from quotes.records import Quotation
from quotes.spans import find_quotations
from quotes.spans.context import Context
from quotes.spans.kinds import THRESHOLD, reason_against
from quotes.spans.score import FEATURES, WEIGHTS, features
from quotes.weights import write_weights

FOLDS = 5
STRENGTH = 0.3  # inverse of the L2 penalty
_SINGLE = "‘'"
_BESIDE = 4  # characters between a quotation's border and that of the content it fills

Table = np.ndarray[Any, Any]


def smallest_content(quotation: Quotation, article: LabelledArticle) -> Pieces:
    """Return the smallest annotated content that covers half of a quotation; empty without one."""
    covering = [
        label.content
        for label in article.attributions
        if 2 * sum(_shared(piece, quotation) for piece in label.content)
        >= quotation.end - quotation.start
    ]
    return min(covering, key=lambda content: sum(b - a for a, b in content), default=())


def _shared(piece: tuple[int, int], quotation: Quotation) -> int:
    return max(0, min(piece[1], quotation.end) - max(piece[0], quotation.start))


def surrounds(content: Pieces, quotation: Quotation) -> bool:
    """Tell whether content goes on beyond both ends of a quotation in it."""
    return bool(content) and not any(
        abs(start - quotation.start) <= _BESIDE or abs(end - quotation.end) <= _BESIDE
        for start, end in content
    )


def contexts(document: Document) -> Iterator[tuple[Quotation, Context]]:
    """Yield the quotations of a text that no other one encloses, as the rules see them."""
    body = document.text
    for found in find_quotations(document):
        if found.parent is None:
            place = document.paragraph(found.start)
            inner = found.inner_start, found.inner_end
            continued = found.kind_rule == "continued-speech"
            yield (
                found,
                Context(
                    body,
                    found.start,
                    found.end,
                    *inner,
                    *place,
                    found.opened,
                    found.closed,
                    continued,
                ),
            )


def labelled(
    article: LabelledArticle, found: Iterable[tuple[Quotation, Context]]
) -> Iterator[tuple[Quotation, Context, bool]]:
    """Yield the quotations of an article that have a label, and whether they are speech."""
    for quotation, context in found:
        content = smallest_content(quotation, article)
        several = context.title_case and len(context.words) > 1
        unlabelled = context.headline or quotation.text[0] in _SINGLE
        if unlabelled or reason_against(context) or (several and surrounds(content, quotation)):
            continue
        yield quotation, context, bool(content)


def corpus(folder: Path) -> tuple[Table, Table, Table]:
    """Return features (0 or 1), labels and the number of the article of every quotation."""
    rows, labels, documents = [], [], []
    for document, article in enumerate(read_brat(folder)):
        for _, context, spoken in labelled(article, contexts(Document(article.body))):
            held = set(features(context))
            rows.append([name in held for name in FEATURES])
            labels.append(spoken)
            documents.append(document)
    return np.array(rows, dtype=float), np.array(labels, dtype=int), np.array(documents)


def fit(rows: Table, labels: Table, documents: Table) -> tuple[float, Table]:
    """Return bias and weights, calibrated."""
    model = LogisticRegression(C=STRENGTH, max_iter=5000)
    unseen = cross_val_predict(
        model, rows, labels, groups=documents, cv=GroupKFold(FOLDS), method="decision_function"
    )
    line = LogisticRegression(C=1e6).fit(unseen[:, None], labels)
    slope, shift = float(line.coef_[0, 0]), float(line.intercept_[0])
    report("train, unseen", shift + slope * unseen, labels)
    print(f"calibration: {shift:.3f} + {slope:.3f} x")
    model.fit(rows, labels)
    return shift + slope * float(model.intercept_[0]), slope * model.coef_[0]


def report(name: str, log_odds: Table, labels: Table) -> None:
    """Print what the scores are worth."""
    chance = 1 / (1 + np.exp(-log_odds))
    said = chance >= THRESHOLD
    right = (said & (labels == 1)).sum()
    print(
        f"{name}: {len(labels)} quotations, {labels.sum()} of them speech; "
        f"AUC {roc_auc_score(labels, chance):.4f}, log loss {log_loss(labels, chance):.4f}, "
        f"precision {right / said.sum():.4f}, recall {right / labels.sum():.4f}"
    )


def main() -> None:
    """Fit, measure and write."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("polnear", type=Path)
    parser.add_argument("-o", "--output", type=Path, default=Path("seeds"))
    options = parser.parse_args()
    bias, weights = fit(*corpus(options.polnear / "train"))
    data = {
        "made": "benchmarks/fit_kinds.py on PolNeAR 1.0 train; figures only, no text",
        "bias": round(bias, 4),
        "weights": {n: round(float(w), 4) for n, w in zip(FEATURES, weights, strict=True)},
    }
    write_weights(options.output, WEIGHTS, data)
    rows, labels, _ = corpus(options.polnear / "dev")
    report("dev", bias + rows @ weights, labels)


if __name__ == "__main__":
    main()
