"""The five folds of articles on which the encoder is measured."""

from __future__ import annotations

import random

FOLDS = 5


def fold_of(articles: int, fold: int | None) -> tuple[list[int], list[int]]:
    """Return the numbers of the articles to train on, and of those held out (None: nothing)."""
    order = list(range(articles))
    random.Random(5).shuffle(order)
    held = set() if fold is None else set(order[fold::FOLDS])
    return [n for n in range(articles) if n not in held], sorted(held)
