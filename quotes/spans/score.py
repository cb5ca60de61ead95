"""How likely a fragment between quotation marks is somebody's words: a sum of a few weights.

A logistic regression (L1 to choose the features, L2 for the weights) on fragments of at most twelve
words in the training part of PolNeAR 1.0 (Newell et al., LREC 2018): a fragment is speech where an
attribution with a source covers it, and neither ``kinds`` names it nor sees a clause in it.
"""

from __future__ import annotations

import re

from quotes.spans.context import SMALL_WORDS, Context
from quotes.spans.cues import REPORTING_VERB, SPEECH_VERB

BIAS = 0.38
WEIGHTS = {
    "one-word": -0.92,
    "two-words": -0.47,
    "four-or-five-words": 0.22,
    "nine-words-or-more": 0.9,
    "title-case": -0.79,
    "title-case-words": -0.7,
    "no-punctuation-inside": -0.4,
    "finite-verb-inside": 0.84,
    "first-in-sentence": 1.06,
    "last-in-sentence": 0.54,
    "small-word-after": 0.36,
    "copula-before": 0.63,
    "name-before": 0.71,
    "pronoun-before": 0.56,
    "speech-verb-before": 1.61,
    "speech-verb-after": 1.15,
    "reporting-verb-before": 1.38,
    "another-quotation-after": 0.41,
}

_FINITE = re.compile(
    r"\b(?:is|are|was|were|am|be|been|will|would|can|could|should|must|may|might|has|have|had|do|"
    r"does|did|not|never|\w+n[’']t|\w+[’'](?:ll|re|ve))\b",
    re.IGNORECASE,
)
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
        "speech-verb-before": SPEECH_VERB.search(before),
        "speech-verb-after": SPEECH_VERB.search(after),
        "reporting-verb-before": REPORTING_VERB.search(before),
        "another-quotation-after": _OPENING_MARK.search(after),
    }
    return [name for name, holds in tests.items() if holds]
