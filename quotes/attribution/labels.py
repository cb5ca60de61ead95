"""Surface rules about names set beside a quotation: NAME: “…”, “…” — Name, a signature below."""

from __future__ import annotations

import re
from collections.abc import Iterator

from quotes.attribution.clauses import Clauses, Place
from quotes.attribution.proposals import Proposal
from quotes.english.lexicon import CONJUNCTIONS, DISCOURSE, PREPOSITIONS
from quotes.english.segmentation import DASHES
from quotes.records import Span

SIGNS = (*sorted(DASHES), "~")
"""With these begins a line that signs the quotation above it."""

_SIGNATURE = 16
"""The line below a quotation that names its speaker is at most so long, in words and marks."""
_LABEL_WORDS = 6
_LABEL = re.compile(r"\W{0,3}([A-Z][A-Z.'’\-]+(?:\s[A-Z][A-Z.'’\-]+){0,3}\s?):\s")


def label(at: Place) -> Iterator[Proposal]:
    """NAME: “…” at the beginning of a line, or a headline's X: ‘…’."""
    clauses, items, position = at.clauses, at.clauses.items, at.position
    if position < 2 or items[position - 1].low != ":":
        return
    begin = clauses.passage.sentence(position - 1)[0]
    words = items[begin : position - 1]
    if words and words[0].low in PREPOSITIONS:
        return  # "Of Roe:" is about her
    named = [w for w in words if w.low not in CONJUNCTIONS and w.low not in DISCOURSE]
    if named and len(words) <= _LABEL_WORDS and all(w.is_capital or w.low == "." for w in words):
        yield clauses.proposal("label", (begin, position - 1), None)
    phrase = clauses.phrases.left(position - 1, begin)
    if phrase and not any(item.low in clauses.lexicon.verbs for item in words):
        yield clauses.proposal("source-colon-quote", phrase, None)


def label_inside(at: Place) -> Iterator[Proposal]:
    """“NAME: …”, a transcript printed inside the marks."""
    item = at.clauses.items[at.position]
    found = _LABEL.match(item.text)
    if found:
        start, end = item.start + found.start(1), item.start + found.end(1)
        yield Proposal("label-inside", (), Span(start, end, found.group(1)), None)


def trailer(at: Place) -> Iterator[Proposal]:
    """“…” — Name, at the end of a line."""
    after = at.position + 1
    if after < len(at.clauses.items) and at.clauses.items[after].low in (*SIGNS, "("):
        phrase, ends = _signatory(at.clauses, after, at.stop)
        if phrase:
            yield at.clauses.proposal("trailer", phrase, after, "end" if ends else "open")


def signature(clauses: Clauses) -> Iterator[Proposal]:
    """Propose, for a quotation right above this line, who signs it: "— X, the mayor"."""
    items = clauses.items
    if not 1 < len(items) <= _SIGNATURE or items[0].low not in SIGNS:
        return
    phrase, ends = _signatory(clauses, 0, len(items))
    if phrase and ends and all(item.quotation is None for item in items):
        yield clauses.proposal("trailer", phrase, 0, "below")


def _signatory(clauses: Clauses, dash: int, stop: int) -> tuple[tuple[int, int] | None, bool]:
    """Return the name behind a dash, and whether the line, or a comma, ends it."""
    items = clauses.items
    phrase = clauses.phrases.right(dash + 1, len(items))
    if not phrase or not items[phrase[0]].is_capital:
        return None, False
    if any(clauses.form_of(i) not in (None, "participle") for i in range(phrase[1], stop)):
        return None, False
    return phrase, phrase[1] >= len(items) or items[phrase[1]].low in (",", ".", ")", "(")
