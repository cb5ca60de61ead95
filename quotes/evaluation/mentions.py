"""Which words name the source of a quotation, against source spans labelled by hand.

Every segment between double quotation marks counts that lies in a labelled content (the smallest
that covers at least half of it) with a source. It is right if a predicted quotation finds it and
the mention of that overlaps the source. Whether the mention leads to the right person is another
question: ``quotes.evaluation.speakers``.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

from quotes.evaluation.agreement import mention_text
from quotes.evaluation.brat import LabelledArticle, LabelledAttribution, Pieces
from quotes.evaluation.calibration import Calibration
from quotes.evaluation.mistakes import Mistake, worst_first
from quotes.evaluation.rows import Row, Share, best_match, by_document, document, is_speech
from quotes.evaluation.speakers import construction, shares

_SEGMENT = re.compile(r"“[^“”\n]*”|\"[^\"\n]*\"")


class Stretch(Protocol):
    """Anything with offsets into a text."""

    @property
    def start(self) -> int:
        """The first character."""

    @property
    def end(self) -> int:
        """The character after the last one."""


@dataclass(frozen=True, slots=True)
class Segment:
    """A stretch between quotation marks, marks included."""

    start: int
    end: int


@dataclass(frozen=True, slots=True)
class MentionScores:
    """Of the labelled segments: how many were ``found``, and whose source was ``right``.

    ``by_rule`` is the share of right ones by the construction that carried the attribution.
    ``calibration`` is about the segments that were found and given a mention.
    """

    documents: int
    found: Share
    right: Share
    by_rule: Mapping[str, Share]
    calibration: Calibration
    mistakes: tuple[Mistake, ...]


def score_mentions(gold: Iterable[LabelledArticle], predictions: Iterable[Row]) -> MentionScores:
    """Compare the mentions of extracted quotations with labelled sources.

    ``predictions``: rows as ``quotes extract --format jsonl`` prints them.
    """
    printed = by_document(filter(is_speech, predictions))
    documents = 0
    verdicts: list[_Verdict] = []
    for article in gold:
        documents += 1
        verdicts += _verdicts(article, printed.get(document(article.path.name), ()))
    return MentionScores(
        documents=documents,
        found=Share(sum(one.found is not None for one in verdicts), len(verdicts)),
        right=Share(sum(one.right for one in verdicts), len(verdicts)),
        by_rule=shares((construction(one.found), one.right) for one in verdicts),
        calibration=Calibration.of(
            (one.found.get("confidence") or 0.0, one.right)
            for one in verdicts
            if one.found and one.found.get("mention")
        ),
        mistakes=worst_first(one.mistake() for one in verdicts if not one.right),
    )


def quoted_segments(body: str) -> Iterator[Segment]:
    """Yield the stretches between double quotation marks that pair within a line."""
    for match in _SEGMENT.finditer(body):
        yield Segment(*match.span())


def gold_source(stretch: Stretch, gold: Sequence[LabelledAttribution]) -> Pieces:
    """Return the source of the smallest content that covers half of a stretch; empty without."""
    best: tuple[int, Pieces] | None = None
    for label in gold:
        covered = sum(
            max(0, min(end, stretch.end) - max(start, stretch.start))
            for start, end in label.content
        )
        size = sum(end - start for start, end in label.content)
        if covered * 2 >= stretch.end - stretch.start and (best is None or size < best[0]):
            best = (size, label.source)
    return best[1] if best else ()


def is_right(mention: Stretch, source: Pieces) -> bool:
    """Whether a mention overlaps the labelled source."""
    return any(mention.start < end and start < mention.end for start, end in source)


@dataclass(frozen=True, slots=True)
class _Verdict:
    """Whether the words that name the source of a segment were found."""

    article: LabelledArticle
    segment: Segment
    source: Pieces
    found: Row | None
    right: bool

    def mistake(self) -> Mistake:
        text = self.article.body
        return Mistake.of(
            document(self.article.path.name),
            {"start": self.segment.start, "end": self.segment.end}
            | {"text": text[self.segment.start : self.segment.end]},
            " … ".join(text[start:end] for start, end in self.source),
            mention_text(self.found) if self.found else None,
            self.found,
        )


def _verdicts(article: LabelledArticle, predictions: Sequence[Row]) -> Iterator[_Verdict]:
    for segment in quoted_segments(article.body):
        source = gold_source(segment, article.attributions)
        if source:
            wanted = {"start": segment.start, "end": segment.end}
            found = best_match(wanted, predictions)
            mention = _mention(found)
            right = mention is not None and is_right(mention, source)
            yield _Verdict(article, segment, source, found, right)


def _mention(found: Row | None) -> Segment | None:
    """Return where the words stand that name the source; None if a prediction does not tell."""
    mention = (found or {}).get("mention")
    if not isinstance(mention, Mapping) or not {"start", "end"} <= mention.keys():
        return None
    return Segment(mention["start"], mention["end"])
