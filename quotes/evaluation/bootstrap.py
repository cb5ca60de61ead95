"""How uncertain a share is: a bootstrap over articles (Efron 1979).

Quotations of one article stand and fall together, so whole articles are drawn, not quotations.
"""

from __future__ import annotations

import random
from collections.abc import Iterable, Sequence

DRAWS = 1000
LEVEL = 0.95
_SEED = 1


def interval(articles: Iterable[Sequence[bool]]) -> tuple[float, float]:
    """Return the (low, high) ends between which a share lies with a probability of 95 %.

    ``articles`` holds, for each article, whether each of its answers is right. The draws are the
    same every time. (0, 1) without any answer.
    """
    counts = [(sum(answers), len(answers)) for answers in articles if answers]
    if not counts:
        return 0.0, 1.0
    draw = random.Random(_SEED)  # noqa: S311  # nosec B311 (no secret)
    found = []
    for _ in range(DRAWS):
        sample = draw.choices(counts, k=len(counts))
        found.append(sum(right for right, _ in sample) / sum(of for _, of in sample))
    found.sort()
    cut = round(DRAWS * (1 - LEVEL) / 2)
    return found[cut], found[-1 - cut]
