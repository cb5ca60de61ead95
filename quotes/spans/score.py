"""How likely words between quotation marks are somebody's speech: a sum of a few weights.

A logistic regression, fitted on PolNeAR train and calibrated on articles that it had not seen
(Platt 1999) by ``benchmarks/fit_kinds.py``; the weights are in ``seeds/kinds.json``. Every feature
says whether something holds, so that the weights which were added up explain the sum.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterator
from functools import cache
from typing import Any

from quotes.english.cues import load_lexicon
from quotes.english.lexicon import MINOR, any_of, tagged
from quotes.english.patterns import alternatives
from quotes.resources import folder
from quotes.spans.context import Context
from quotes.spans.cues import REPORTING_VERBS, SPEECH_VERBS
from quotes.weights import read_weights

WEIGHTS = "kinds"

FEATURES = tuple(
    # The words inside the marks.
    "one-word title-case title-case-words finite-verb-inside first-or-second-person-inside "
    # Their place in the text.
    "continued mark-lost paragraph-start first-in-sentence last-in-sentence "
    # What stands right before and right after.
    "comma-before colon-before other-mark-before that-before copula-before conjunction-before "
    "noun-after noun-after-few-words name-after small-word-after "
    # Who and what is in the sentence.
    "nobody-before speech-verb-before speech-verb-after speech-verb-right-after "
    "reporting-verb-before reporting-verb-right-before cue-before no-cue".split()
)

Test = tuple[str, object]
"""A feature, and something that is true where it holds."""

_NEAR = 4  # words
_FEW = 3  # words
_FINITE = re.compile(rf"\b(?:{any_of('finite')}|\w+n[’']t|\w+[’'](?:ll|re|ve))\b", re.IGNORECASE)
_SPEAKER_INSIDE = re.compile(r"\b(?:I|[Ww]e|[Mm]e|us|[Mm]y|[Oo]ur|[Yy]ou|[Yy]our)\b")
_LETTERS = re.compile(r"[a-z]+")
_SOMEBODY = re.compile(r"\s[A-Z][a-z]|\b(?:[Hh]e|[Ss]he|[Tt]hey|[Ww]ho|I|[Ww]e)\b")
_COPULAS = tagged("be")
_CONJUNCTIONS = frozenset("and or but".split())
_SMALL = MINOR | tagged("beside-noun")


class SpeechModel:
    """Gives a quotation the probability that it is speech."""

    def __init__(self, data: dict[str, Any]) -> None:
        weights = {str(name): float(weight) for name, weight in data["weights"].items()}
        if tuple(weights) != FEATURES:
            raise ValueError("made for other features")
        self._bias = float(data["bias"])
        self._weights = weights

    def probability(self, context: Context) -> float:
        """Return the probability (0-1) that a quotation is speech rather than a title or term."""
        log_odds = self._bias + sum(self._weights[name] for name in features(context))
        return 1.0 / (1.0 + math.exp(-log_odds))


@cache
def load_speech_model() -> SpeechModel:
    """Return the model of ``seeds/kinds.json``.

    Raises ModelError if the file is missing or is not the one that was shipped.
    """
    return read_weights(folder("seeds"), WEIGHTS, SpeechModel)


def features(context: Context) -> list[str]:
    """Return the features, of ``FEATURES``, that hold for a quotation."""
    tests = (*_inside(context), *_beside(context), *_sentence(context))
    return [name for name, holds in tests if holds]


def _inside(context: Context) -> Iterator[Test]:
    inner, count = context.inner, len(context.words)
    yield "one-word", count == 1
    yield "title-case", context.title_case
    yield "title-case-words", context.title_case and count > 1
    yield "finite-verb-inside", _FINITE.search(inner)
    yield "first-or-second-person-inside", _SPEAKER_INSIDE.search(inner)
    yield "continued", context.continued
    yield "mark-lost", context.mark_lost


def _beside(context: Context) -> Iterator[Test]:
    mark, word = context.before.rstrip()[-1:], context.previous
    yield "paragraph-start", context.start <= context.paragraph_start + 1
    yield "first-in-sentence", not mark
    yield "last-in-sentence", not context.after.strip(" .,;")
    if mark.isalnum():
        yield "that-before", word == "that"
        yield "copula-before", word in _COPULAS
        yield "conjunction-before", word in _CONJUNCTIONS
    elif mark:
        yield "comma-before", mark == ","
        yield "colon-before", mark == ":"
        yield "other-mark-before", mark not in ",:"
    following = context.next
    small = following.lower() in _SMALL
    beside = context.after[:1] == " "
    noun = beside and not small and following.islower() and following not in _COPULAS
    yield "noun-after", noun
    yield "noun-after-few-words", noun and len(context.words) <= _FEW
    yield "name-after", beside and following[:1].isupper()
    yield "small-word-after", small


def _sentence(context: Context) -> Iterator[Test]:
    before, after = _words(context.before), _words(context.after)
    all_before, all_after = frozenset(before), frozenset(after)
    cues = load_lexicon().finite
    said, said_after = SPEECH_VERBS & all_before, SPEECH_VERBS & all_after
    inverted = _inverted().search(context.after)
    if inverted:
        said_after |= {inverted[1]}
    reported = REPORTING_VERBS & all_before
    cue = cues & all_before
    yield "nobody-before", not _SOMEBODY.search(context.before)
    yield "speech-verb-before", said
    yield "speech-verb-after", said_after
    yield "speech-verb-right-after", said_after and said_after.intersection(after[:_NEAR])
    yield "reporting-verb-before", reported
    yield "reporting-verb-right-before", reported and reported.intersection(before[-_NEAR:])
    yield "cue-before", cue
    yield "no-cue", not (said or said_after or reported or cue or cues & all_after)


@cache
def _inverted() -> re.Pattern[str]:
    """Return what matches "“…,” complain the tenants", also behind further quotations."""
    base = frozenset(w for w, cue in load_lexicon().verbs.items() if cue.form == "base")
    return re.compile(rf"(?:\A|[”\"’])\s({alternatives(base)})\s(?:the|some|many|most|all|\w+s)\s")


def _words(text: str) -> list[str]:
    return _LETTERS.findall(text.lower())
