"""Who said what: extracted quotations against labelled ones.

A prediction finds a labelled segment if it covers at least half of it; of several, the one that
covers most counts. Segments labelled "nonquote" (titles, nicknames, scare quotes) should not be
found. Documents are named by their file name without extension; predictions in documents without
labels count neither way.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from quotes.english.lexicon import PRONOUNS
from quotes.evaluation.agreement import agree, mention_text
from quotes.evaluation.bootstrap import interval
from quotes.evaluation.calibration import Calibration, Judged
from quotes.evaluation.mistakes import Mistake, worst_first
from quotes.evaluation.rows import (
    Row,
    Share,
    best_match,
    by_document,
    document,
    f1,
    is_speech,
    overlap,
)


@dataclass(frozen=True, slots=True)
class SpeakerScores:
    """What was found and who was named.

    ``precision``: found quotes among everything found; ``recall``: among the labelled quotes.
    ``strict`` and ``lenient``: labelled quotes with a speaker that were found and given the right
    one; strictly a person needs first name and surname, leniently the surname. ``by_type`` and
    ``by_rule`` are strict, by type of speaker and by the construction that carried the
    attribution. ``interval`` are the ends between which the strict share lies with a probability of
    95 %, by a bootstrap over articles. ``by_error`` counts what went wrong with the others (see
    ``error``). ``calibration`` is about the quotes that were found and given a speaker, strictly;
    ``kinds`` about all labelled segments that a prediction covers: whether it is rightly taken for
    speech or for none (the latter as far as the predictions hold those).
    ``outside`` counts predictions that overlap no labelled segment.
    """

    documents: int
    precision: Share
    recall: Share
    strict: Share
    lenient: Share
    by_type: Mapping[str, Share]
    by_rule: Mapping[str, Share]
    interval: tuple[float, float]
    by_error: Mapping[str, int]
    calibration: Calibration
    kinds: Calibration
    outside: int
    mistakes: tuple[Mistake, ...]

    @property
    def f1(self) -> float:
        """The harmonic mean of precision and recall (0-1)."""
        return f1(self.precision, self.recall)


def score_speakers(gold: Iterable[Row], predictions: Iterable[Row]) -> SpeakerScores:
    """Compare extracted quotations with labelled segments.

    ``gold``: rows with doc, start, end, kind ("quote" or "nonquote"), speaker, stype ("person",
    "org" ...) and text; ``predictions``: rows as ``quotes extract --format jsonl`` prints them.
    """
    labelled: dict[str, list[Row]] = defaultdict(list)
    for row in gold:
        labelled[document(row["doc"])].append(row)
    everything = by_document(predictions)
    printed = {name: list(filter(is_speech, rows)) for name, rows in everything.items()}
    matches = [
        (segment, best_match(segment, printed.get(name, ())))
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
        by_rule=_shares(named, lambda verdict: construction(verdict.found)),
        interval=interval(_by_document(named).values()),
        by_error=_errors(named, false),
        calibration=Calibration.of(
            (verdict.found.get("confidence") or 0.0, verdict.strict)
            for verdict in named
            if verdict.found and verdict.found.get("speaker")
        ),
        kinds=Calibration.of(
            answer
            for name, segments in labelled.items()
            for answer in _kinds(segments, everything.get(name, ()))
        ),
        outside=sum(
            _outside(segments, printed.get(name, ())) for name, segments in labelled.items()
        ),
        mistakes=worst_first(verdict.mistake() for verdict in named if not verdict.strict),
    )


def error(segment: Row, found: Row | None) -> str:
    """Return what went wrong with a quotation that has not the right speaker.

    "not found"; "no mention": nobody was named; "no speaker": the mention led to nobody; "name":
    the mention holds the right surname; "pronoun", "description": these words led to somebody else
    (or are another's); "another name": a name was chosen that is not the source.
    """
    if found is None:
        return "not found"
    mention = mention_text(found)
    if not mention:
        return "no mention"
    if not found.get("speaker"):
        return "no speaker"
    words = mention.split()
    if mention.lower() in PRONOUNS:
        return "pronoun"
    if str(segment["speaker"]).split()[-1].lower() in mention.lower():
        return "name"
    return (
        "another name" if any(word[0].isupper() for word in words[1:] or words) else "description"
    )


def _errors(named: Iterable[_Verdict], false: int) -> dict[str, int]:
    """Count the wrong answers by what went wrong, the commonest first; and the false alarms."""
    counted = Counter(error(one.segment, one.found) for one in named if not one.strict)
    return dict(counted.most_common()) | {"not speech": false}


def _by_document(named: Iterable[_Verdict]) -> dict[str, list[bool]]:
    answers: dict[str, list[bool]] = defaultdict(list)
    for verdict in named:
        answers[document(verdict.segment["doc"])].append(verdict.strict)
    return answers


def shares(items: Iterable[tuple[str, bool]]) -> dict[str, Share]:
    """Return the share of right ones for each sort, sorts in alphabetical order."""
    sorts: dict[str, list[bool]] = defaultdict(list)
    for sort, right in items:
        sorts[sort].append(right)
    return {name: Share(sum(right), len(right)) for name, right in sorted(sorts.items())}


def construction(found: Row | None) -> str:
    """Return the first part of the rule that carried an attribution, "none" without one."""
    rule = (found or {}).get("rule") or "none"
    return str(rule).partition("/")[0]


def _kinds(segments: Iterable[Row], predictions: Sequence[Row]) -> Iterator[Judged]:
    """Yield how sure the kind of each segment was, and whether it was right."""
    for segment in segments:
        found = best_match(segment, predictions)
        if found is not None and "kind_confidence" in found:
            right = is_speech(found) == (segment["kind"] == "quote")
            yield found["kind_confidence"], right


def _outside(segments: Sequence[Row], predictions: Sequence[Row]) -> int:
    """Count the predictions that overlap none of the segments."""
    return sum(all(overlap(segment, row) <= 0 for segment in segments) for row in predictions)


def _count(found: Iterable[Row | None]) -> int:
    return sum(row is not None for row in found)


def _has_speaker(segment: Row) -> bool:
    return segment["kind"] == "quote" and bool(segment.get("speaker"))


def _shares(named: Sequence[_Verdict], sort: Callable[[_Verdict], str]) -> dict[str, Share]:
    return shares((sort(verdict), verdict.strict) for verdict in named)


@dataclass(frozen=True, slots=True)
class _Verdict:
    """Whether a labelled quote got the right speaker."""

    segment: Row
    found: Row | None
    strict: bool
    lenient: bool

    @classmethod
    def of(cls, segment: Row, found: Row | None) -> _Verdict:
        strict, lenient = agree(segment, found) if found else (False, False)
        return cls(segment, found, strict, lenient)

    def mistake(self) -> Mistake:
        found = self.found or {}
        return Mistake.of(
            document(self.segment["doc"]),
            self.segment,
            self.segment["speaker"],
            found.get("speaker") or mention_text(found),
            self.found,
        )
