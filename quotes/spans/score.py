"""How likely a fragment between quotation marks is somebody's words: a sum of a few weights.

A logistic regression (L1 to choose the features, L2 for the weights) on fragments of at most twelve
words in the training part of PolNeAR 1.0 (Newell et al., LREC 2018): a fragment is speech where an
attribution with a source covers it, and neither ``kinds`` names it nor sees a clause in it.
"""

from __future__ import annotations

import re

from quotes.spans.context import SMALL_WORDS, Context
from quotes.spans.cues import REPORTING_VERBS, SPEECH_VERBS

BIAS = 0.38
WEIGHTS = {
    "one-word": -0.94,
    "two-words": -0.46,
    "four-or-five-words": 0.25,
    "nine-words-or-more": 0.94,
    "title-case": -0.83,
    "title-case-words": -0.67,
    "no-punctuation-inside": -0.39,
    "finite-verb-inside": 0.81,
    "first-in-sentence": 1.1,
    "last-in-sentence": 0.53,
    "small-word-after": 0.33,
    "copula-before": 0.65,
    "name-before": 0.71,
    "pronoun-before": 0.6,
    "speech-verb-before": 1.39,
    "speech-verb-after": 1.08,
    "reporting-verb-before": 1.24,
    "another-quotation-after": 0.38,
}

_FINITE = re.compile(
    r"\b(?:is|are|was|were|am|be|been|will|would|can|could|should|must|may|might|has|have|had|do|"
    r"does|did|not|never|\w+n[’']t|\w+[’'](?:ll|re|ve))\b",
    re.IGNORECASE,
)
_LETTERS = re.compile(r"[a-z]+")
_COPULAS = frozenset("is are was were be been being isn’t wasn’t isn't wasn't".split())
_PREPOSITIONS = frozenset("about over under against between like through during".split())
_NAME = re.compile(r"\s[A-Z][a-z]")
_PRONOUN = re.compile(r"\b(?:[Hh]e|[Ss]he|[Tt]hey)\b")
_OPENING_MARK = re.compile(r"\s[“\"]")


def speech_score(context: Context) -> float:
    """Return the log-odds that a fragment is speech rather than a title, a term or irony."""
    return BIAS + sum(WEIGHTS[name] for name in features(context))


def features(context: Context) -> list[str]:
    """Return the features, keys of ``WEIGHTS``, that hold for a quotation."""
    before, after, count = context.before, context.after, len(context.words)
    words_before = _words(before)
    tests = {
        "one-word": count == 1,
        "two-words": count == 2,
        "four-or-five-words": count in {4, 5},
        "nine-words-or-more": count > 8,
        "title-case": context.title_case,
        "title-case-words": context.title_case and count > 1,
        "no-punctuation-inside": context.bare,
        "finite-verb-inside": _FINITE.search(context.inner),
        "first-in-sentence": context.first_in_sentence,
        "last-in-sentence": not after.strip(),
        "small-word-after": context.next.lower() in SMALL_WORDS | _PREPOSITIONS,
        "copula-before": context.previous in _COPULAS,
        "name-before": _NAME.search(before),
        "pronoun-before": _PRONOUN.search(before),
        "speech-verb-before": not SPEECH_VERBS.isdisjoint(words_before),
        "speech-verb-after": not SPEECH_VERBS.isdisjoint(_words(after)),
        "reporting-verb-before": not REPORTING_VERBS.isdisjoint(words_before),
        "another-quotation-after": _OPENING_MARK.search(after),
    }
    return [name for name, holds in tests.items() if holds]


def _words(text: str) -> list[str]:
    return _LETTERS.findall(text.lower())
