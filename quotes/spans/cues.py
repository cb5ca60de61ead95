"""The verbs of saying that the shape and the kind of a quotation hang on.

A small closed list: enough to see a reporter's clause where a mark was lost, and to see that a
fragment has a source nearby. Who speaks is decided elsewhere.
"""

from __future__ import annotations

import re

from quotes.english.cues import forms

SPEECH_VERBS = forms("speech")
"""Verbs that introduce speech, in every form, lower case."""

REPORTING_VERBS = forms("reporting")
"""Verbs that report somebody's words or view without always introducing speech."""

_VERB = rf"(?:{'|'.join(sorted(SPEECH_VERBS))}|went on)\b"
_NAME = r"[A-Z][\w.’'-]*"
_PRONOUN = "he|she|they|we|I"
_DETERMINER = "(?:the|an?|his|her|their|one)"
_SUBJECT = (
    rf"(?:{_PRONOUN}|it|who|one|{_DETERMINER}(?: [\w’'-]+){{1,4}}"
    rf"|{_NAME}(?:,? (?:of |de |van |von )?{_NAME}){{0,5}})"
)
_INVERTED = rf"{_VERB} (?:{_PRONOUN}|the|a|an|one|{_NAME})\b"
REPORTER_CLAUSE = re.compile(
    rf"(?P<mark>[,?!.…]|\s?[—–])\s+(?:{_SUBJECT} {_VERB}|{_INVERTED}|according to\b)"
)
"""Where direct speech ends and the reporter goes on; ``mark`` still belongs to the speech."""

CLAUSE_ALONE = re.compile(rf"\s*(?:{_SUBJECT} {_VERB}|{_INVERTED})[^.!?]{{0,30}}\W*")
"""A stretch that is a reporter's clause and nothing else."""
