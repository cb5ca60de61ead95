"""Fit where paragraphs begin on articles that have them; write ``seeds/paragraphs.json``.

usage: python benchmarks/fit_paragraphs.py FOLDER... [-o seeds]

The FOLDERs hold articles as ``.txt``, one paragraph a line. Needs scikit-learn (``pip install
--group train``), which the program itself does not. Every border of sentences outside quotations is
a case, and whether a line ends there its label; the paragraph so far is the true one.
"""

from __future__ import annotations

import argparse
from collections.abc import Iterator
from pathlib import Path

import numpy as np
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import GroupKFold, cross_val_predict

from quotes.english.paragraphs import FEATURES, WEIGHTS, features, left_open
from quotes.english.segmentation import paragraphs, sentences
from quotes.weights import write_weights

FOLDS = 5


def cases(text: str) -> Iterator[tuple[list[str], bool]]:
    """Yield the features of each border of sentences, and whether a paragraph ends there."""
    before: tuple[int, int] | None = None
    begin = count = 0
    for start, end in paragraphs(text):
        is_open = False
        for at, sentence in enumerate(sentences(text, start, end)):
            if before and not is_open:
                yield features(text, before, sentence, before[1] - begin, count), at == 0
            begin, count = (sentence[0], 1) if at == 0 else (begin, count + 1)
            before = sentence
            is_open = left_open(text, *sentence, is_open=is_open)


def main() -> None:
    """Fit, measure and write."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("folders", type=Path, nargs="+")
    parser.add_argument("-o", "--output", type=Path, default=Path("seeds"))
    options = parser.parse_args()
    rows, labels, documents = [], [], []
    files = (file for folder in options.folders for file in sorted(folder.glob("*.txt")))
    for document, file in enumerate(files):
        for held, border in cases(file.read_text(encoding="utf-8")):
            rows.append([float(name in held) for name in FEATURES])
            labels.append(border)
            documents.append(document)
    table, wanted, groups = np.array(rows), np.array(labels), np.array(documents)
    unseen = cross_val_predict(
        LogisticRegression(max_iter=1000), table, wanted, groups=groups, cv=GroupKFold(FOLDS)
    )
    quoted = table[:, FEATURES.index("nothing-quoted")] == 0
    print(f"{len(wanted)} borders, {wanted.mean():.3f} of paragraphs")
    print(f"right by cross-validation: {(unseen == wanted).mean():.4f}")
    print(f"beside quotations: {(unseen == wanted)[quoted].mean():.4f}")
    model = LogisticRegression(max_iter=1000).fit(table, wanted)
    data = {
        "made": "benchmarks/fit_paragraphs.py; figures only, no text",
        "bias": round(float(model.intercept_[0]), 4),
        "weights": {n: round(float(w), 4) for n, w in zip(FEATURES, model.coef_[0], strict=True)},
    }
    write_weights(options.output, WEIGHTS, data)


if __name__ == "__main__":
    main()
