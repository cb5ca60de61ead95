"""Who said what: extracted quotations against labelled ones.

A prediction finds a labelled segment if it covers at least half of it; of several, the one that
covers most counts. Segments labelled "nonquote" (titles, nicknames, scare quotes) should not be
found. Documents are named by their file name without extension; predictions in documents without
labels count neither way.
"""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

from quotes.evaluation.rows import Row, Share, checked, document, f1

COVERAGES = (100, 95, 90, 80)
"""The per cent of the attributed quotes, most confident first, whose accuracy is measured."""

BINS = 10
"""Equal steps of confidence in which it is compared with the accuracy."""

ALIKE = 0.4
"""Names of organisations and groups agree if they share this part of their words (Jaccard)."""

_WORD = re.compile(r"[a-z0-9]+")
_TITLES = frozenset(
    "mr mrs ms miss dr sir dame lord lady president vice prime minister senator sen rep "
    "representative gov governor congressman congresswoman mayor secretary gen general col capt "
    "lt sgt prof professor judge justice former the us u s".split()
)
_SUFFIXES = ("jr", "sr", "ii", "iii")
_UNTELLING = frozenset(
    "a an the of for in on at by to and or from with his her their its one senior top".split()
)


@dataclass(frozen=True, slots=True)
class Mistake:
    """A labelled quote without the right speaker; ``found`` is the wrong one (None: nobody)."""

    document: str
    start: int
    text: str
    expected: str
    found: str | None


@dataclass(frozen=True, slots=True)
class Bin:
    """The attributed quotes of one step of confidence: its mean, and how many were right."""

    confidence: float
    accuracy: Share


@dataclass(frozen=True, slots=True)
class SpeakerScores:
    """What was found and who was named.

    ``precision``: found quotes among everything found; ``recall``: among the labelled quotes.
    ``strict`` and ``lenient``: labelled quotes with a speaker that were found and given the right
    one; strictly a person needs first name and surname, leniently the surname. ``by_type`` and
    ``by_rule`` are strict, by type of speaker and by the construction that carried the
    attribution. ``calibration`` compares confidence and accuracy in bins of confidence, and
    ``calibration_error`` is their mean distance, weighted by size (expected calibration error,
    Naeini et al. 2015; None: of nothing). ``curve`` maps a coverage in per cent to the strict
    accuracy (0-1) of that part of the attributed quotes, most confident first (None: of nothing).
    ``outside`` counts predictions that overlap no labelled segment.
    """

    documents: int
    precision: Share
    recall: Share
    strict: Share
    lenient: Share
    by_type: Mapping[str, Share]
    by_rule: Mapping[str, Share]
    calibration: tuple[Bin, ...]
    curve: Mapping[int, float | None]
    outside: int
    mistakes: tuple[Mistake, ...]

    @property
    def calibration_error(self) -> float | None:
        """The expected calibration error (0-1)."""
        total = sum(step.accuracy.total for step in self.calibration)
        if not total:
            return None
        gaps = (
            abs(step.confidence - step.accuracy.value) * step.accuracy.total
            for step in self.calibration
        )
        return sum(gaps) / total

    @property
    def f1(self) -> float:
        """The harmonic mean of precision and recall (0-1)."""
        return f1(self.precision, self.recall)


def score_speakers(gold: Iterable[Row], predictions: Iterable[Row]) -> SpeakerScores:
    """Compare extracted quotations with labelled segments.

    ``gold``: rows with doc, start, end, kind ("quote" or "nonquote"), speaker, stype ("person",
    "org" ...) and text; ``predictions``: rows as ``quotes extract --format jsonl`` prints them.
    Raises QuotesError naming a row that lacks a field.
    """
    labelled: dict[str, list[Row]] = defaultdict(list)
    for row in checked("gold", gold):
        labelled[row["doc"]].append(row)
    printed: dict[str, list[Row]] = defaultdict(list)
    for row in checked("prediction", predictions):
        printed[document(row["article"])].append(row)
    matches = [
        (segment, _best(segment, printed[name]))
        for name, segments in labelled.items()
        for segment in segments
    ]
    quotes = [found for segment, found in matches if segment["kind"] == "quote"]
    traps = [found for segment, found in matches if segment["kind"] != "quote"]
    hits, false = _count(quotes), _count(traps)
    named = [_Verdict.of(*match) for match in matches if _has_speaker(match[0])]
    return SpeakerScores(
        documents=len(labelled),
        precision=Share(hits, hits + false),
        recall=Share(hits, len(quotes)),
        strict=Share(sum(verdict.strict for verdict in named), len(named)),
        lenient=Share(sum(verdict.lenient for verdict in named), len(named)),
        by_type=_shares(named, lambda verdict: verdict.segment["stype"]),
        by_rule=_shares(named, _construction),
        calibration=_calibration(named),
        curve=_curve(named),
        outside=sum(_outside(segments, printed[name]) for name, segments in labelled.items()),
        mistakes=tuple(verdict.mistake() for verdict in named if not verdict.strict),
    )


def _overlap(left: Row, right: Row) -> int:
    return int(min(left["end"], right["end"]) - max(left["start"], right["start"]))


def _best(segment: Row, predictions: Sequence[Row]) -> Row | None:
    """Return the prediction that covers most, and at least half, of a segment."""
    best = max(predictions, key=lambda row: _overlap(segment, row), default=None)
    half = 0.5 * (segment["end"] - segment["start"])
    return best if best and _overlap(segment, best) >= half else None


def _outside(segments: Sequence[Row], predictions: Sequence[Row]) -> int:
    """Count the predictions that overlap none of the segments."""
    return sum(all(_overlap(segment, row) <= 0 for segment in segments) for row in predictions)


def _count(found: Iterable[Row | None]) -> int:
    return sum(row is not None for row in found)


def _has_speaker(segment: Row) -> bool:
    return segment["kind"] == "quote" and bool(segment.get("speaker"))


@dataclass(frozen=True, slots=True)
class _Verdict:
    """Whether a labelled quote got the right speaker."""

    segment: Row
    found: Row | None
    strict: bool
    lenient: bool

    @classmethod
    def of(cls, segment: Row, found: Row | None) -> _Verdict:
        strict, lenient = _agree(segment, found) if found else (False, False)
        return cls(segment, found, strict, lenient)

    def mistake(self) -> Mistake:
        found = self.found or {}
        return Mistake(
            document=self.segment["doc"],
            start=self.segment["start"],
            text=self.segment.get("text") or "",
            expected=self.segment["speaker"],
            found=found.get("speaker") or _mention(found),
        )


def _shares(named: Sequence[_Verdict], sort: Callable[[_Verdict], str]) -> dict[str, Share]:
    sorts: dict[str, list[bool]] = defaultdict(list)
    for verdict in named:
        sorts[sort(verdict)].append(verdict.strict)
    return {name: Share(sum(right), len(right)) for name, right in sorted(sorts.items())}


def _construction(verdict: _Verdict) -> str:
    """Return the first part of the rule that carried an attribution, "none" without one."""
    rule = (verdict.found or {}).get("rule") or "none"
    return str(rule).partition("/")[0]


def _attributed(named: Sequence[_Verdict]) -> list[tuple[float, bool]]:
    """Return (confidence, whether right) of the quotes that got a speaker."""
    return [
        (verdict.found.get("confidence") or 0.0, verdict.strict)
        for verdict in named
        if verdict.found and verdict.found.get("speaker")
    ]


def _calibration(named: Sequence[_Verdict]) -> tuple[Bin, ...]:
    steps: dict[int, list[tuple[float, bool]]] = defaultdict(list)
    for confidence, right in _attributed(named):
        steps[min(BINS - 1, int(confidence * BINS))].append((confidence, right))
    return tuple(
        Bin(
            sum(confidence for confidence, _ in pairs) / len(pairs),
            Share(sum(right for _, right in pairs), len(pairs)),
        )
        for _, pairs in sorted(steps.items())
    )


def _curve(named: Sequence[_Verdict]) -> dict[int, float | None]:
    ranked = _attributed(named)
    ranked.sort(key=lambda pair: -pair[0])
    curve: dict[int, float | None] = {}
    for coverage in COVERAGES:
        kept = ranked[: round(len(ranked) * coverage / 100)]
        curve[coverage] = sum(right for _, right in kept) / len(kept) if kept else None
    return curve


def _agree(segment: Row, found: Row) -> tuple[bool, bool]:
    """Return whether the speakers agree (strictly, leniently)."""
    speaker, mention = found.get("speaker"), _mention(found)
    if segment["stype"] == "person":
        return _same_person(_person(segment["speaker"]), _person(speaker or mention or ""))
    alike = any(_alike(segment["speaker"], name) for name in (speaker, mention) if name)
    return alike, alike


def _mention(found: Row) -> str | None:
    mention = found.get("mention")
    return mention.get("text") if isinstance(mention, Mapping) else mention


def _same_person(expected: Sequence[str], given: Sequence[str]) -> tuple[bool, bool]:
    if not expected or not given or expected[-1] != given[-1]:
        return False, False
    if len(expected) == 1:
        return True, True
    strict = len(given) > 1 and (
        given[0] == expected[0]
        or given[0][:3] == expected[0][:3]
        or expected[0] in given
        or given[0] in expected
    )
    return strict, strict or len(given) == 1


def _person(name: str) -> list[str]:
    """Return the words of a person's name without titles, suffixes and middle initials."""
    words = [word for word in _words(name) if word not in _TITLES]
    while words and words[-1] in _SUFFIXES:
        words.pop()
    last = len(words) - 1
    kept = [word for at, word in enumerate(words) if len(word) > 1 or at in (0, last)]
    return kept or _words(name)


def _alike(expected: str, given: str) -> bool:
    """Whether two names of organisations or groups share enough words, or one holds the other."""
    left, right = (set(_words(name)) - _UNTELLING for name in (expected, given))
    if not left or not right:
        return False
    common = len(left & right)
    return common / len(left | right) >= ALIKE or left <= right or right <= left


def _words(name: str) -> list[str]:
    parted = unicodedata.normalize("NFKD", name)
    plain = "".join(char for char in parted if not unicodedata.combining(char)).casefold()
    return _WORD.findall(plain.replace("’s", "").replace("'s", ""))
