"""The ranker with a second opinion: trees and encoder weighed against each other.

The trees weigh what the rules found, the encoder reads the words. Both give every candidate a
log-probability; their sum, with a weight on the encoder's, ranks the candidates. A logistic
regression turns it into a probability. Weight and regression were fitted by
``benchmarks/mix_encoder.py`` on articles that neither had seen.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from quotes.attribution.ranker import Ranker, log_odds, probability, shares, spread

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from quotes.attribution.candidates import Candidate
    from quotes.attribution.decided import Decided
    from quotes.attribution.view import ArticleView
    from quotes.english.encoder import Encoder, Opinion
    from quotes.records import Quotation

LoadEncoder = Callable[[], "Encoder | None"]

UNSURE = 0.8
"""The encoder is asked where the ranker's best candidate is less probable than this."""
_SET_BESIDE = ("label", "label-inside", "trailer")
"""Rules that go by how a page is set ("…" — X); the encoder has learned from running text."""


@dataclass(frozen=True, slots=True)
class Weighing:
    """The ranker, and what the encoder said about some quotations, by where they start."""

    ranker: Ranker
    mixing: Mapping[str, Any] = field(default_factory=dict)
    heard: Mapping[int, Opinion] = field(default_factory=dict)

    def weigh(
        self, rows: Sequence[Sequence[float]], quotation: Quotation, found: Sequence[Candidate]
    ) -> list[float]:
        """Return the probability (0-1) of each candidate of a quotation."""
        opinion = self.heard.get(quotation.start)
        if opinion is None:
            return self.ranker.probabilities(rows)
        mentions = [(c.best.mention.start, c.best.mention.end) for c in found]
        return mixed(self.ranker.scores(rows), opinion.of(mentions), self.mixing)


def second_opinion(
    ranker: Ranker,
    load_encoder: LoadEncoder | None,
    view: ArticleView,
    decided: Mapping[int, Decided],
) -> Weighing | None:
    """Ask the encoder about the quotations whose source the ranker alone is unsure of.

    Returns None, and loads nothing, where there are none or where there is no encoder.
    """
    whole = [i for i, quotation in enumerate(view.quotations) if quotation.parent is None]
    asked = [k for k, i in enumerate(whole) if i in decided and _is_unsure(decided[i])]
    encoder = load_encoder() if asked and load_encoder else None
    if encoder is None:
        return None
    spans = [(view.quotations[i].start, view.quotations[i].end) for i in whole]
    heard = {spans[k][0]: opinion for k, opinion in encoder.read(view.body, spans, asked)}
    return Weighing(ranker, encoder.mixing, heard)


def _is_unsure(found: Decided) -> bool:
    several = len(found.candidates) > 1 and max(found.probabilities) < UNSURE
    return several and found.decision is not None and found.decision[0].rule not in _SET_BESIDE


def mixed(
    trees: NDArray[np.float64], encoder: NDArray[np.float64], mixing: Mapping[str, Any]
) -> list[float]:
    """Return the probability of each candidate.

    ``trees`` are its scores by the trees, ``encoder`` its log-probabilities by the encoder.
    """
    import numpy as np

    raw = joined(trees, encoder, mixing["weight"])
    best = int(np.argmax(raw))
    told = grounds(raw, trees, encoder, best)
    return spread(raw, best, probability(told, mixing["calibration"]))


def joined(
    trees: NDArray[np.float64], encoder: NDArray[np.float64], weight: float
) -> NDArray[np.float64]:
    """Return the share of each candidate by trees and encoder together."""
    return shares(trees + weight * encoder)  # a constant among the trees' scores changes nothing


def grounds(
    raw: NDArray[np.float64], trees: NDArray[np.float64], encoder: NDArray[np.float64], best: int
) -> tuple[float, ...]:
    """Return what the calibration weighs: how sure both are together, and each alone."""
    alone = shares(trees)[best], shares(encoder)[best]
    return log_odds(raw[best]), *map(log_odds, alone), float(trees[best])
