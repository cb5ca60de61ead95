"""Guesses where the paragraphs of a text began that came without them.

A logistic regression over what stands on both sides of a sentence border, fitted on articles whose
paragraphs are known by ``benchmarks/fit_paragraphs.py``; the weights are in
``seeds/paragraphs.json``. About three borders of four are right; those beside quotations, on which
the attribution hangs, are the sure ones.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator, Sequence
from functools import cache
from typing import Any

from quotes.english.cues import load_lexicon
from quotes.english.lexicon import CONJUNCTIONS, DETERMINERS, PERSONAL, POSSESSIVES, PREPOSITIONS
from quotes.resources import folder
from quotes.weights import read_weights

WEIGHTS = "paragraphs"
FEATURES = tuple(
    # The sentence before.
    "quoted-before quoted-to-the-end-before said-before only-quoted-before colon-before "
    "question-before short-before long-before "
    # The sentence behind.
    "quoted-behind opens-quoted-behind only-quoted-behind pronoun-behind connective-behind "
    "name-behind long-behind "
    # Both.
    "quoted-on-both-sides said-and-goes-on nothing-quoted says-who-asked "
    # The paragraph so far.
    "one-sentence many-sentences length-80 length-150 length-220 length-300 length-450".split()
)

_MARK = re.compile(r"[“”„«»\"]|``|''")
_OPENERS, _CLOSERS = frozenset("“„«") | {"``"}, frozenset("”»") | {"''"}
_WORD = re.compile(r"[^\W_]+(?:[’'][^\W_]+)*")
_NAME = re.compile(r"[“\"]?[A-Z][\w.’-]+ [A-Z]")
_PRONOUNS = PERSONAL | POSSESSIVES
_CONNECTIVES = frozenset(("but", "and", "or", "yet", "so"))
_NAMED = r"(?:(?:[A-Z][a-z]{0,2}\.)++|[A-Z][\w’'-]++)"
_SIGNED = re.compile(
    rf"(?<=[”\"])\s*(?P<dash>[―—–]|--)\s*{_NAMED}(?: {_NAMED}){{0,4}}+"
    r"(?:, [^\s“”\".,]++(?: [^\s“”\".,]++){0,5}+){0,2}+(?:(?=\s+[“”\"]|\s*\Z)|\.(?=\s))"
)
"""Who signs a quotation, where a sentence ends there or another quotation begins behind it."""
_GAP = re.compile(r"(?<!\s)\s{2,}(?=[A-Z“\"‘'\d])")
_GOES_ON = PREPOSITIONS | DETERMINERS | CONJUNCTIONS
"""A line without full stop does not end with these."""
_LONGEST_WORD = 20
_LENGTHS = (80, 150, 220, 300, 450)
_MANY = 3
_TAG = 6  # words
_FEW_WIDE, _MOST_WIDE = 0.1, 0.9

Sentence = tuple[int, int]


class BorderModel:
    """Gives a sentence border the log-odds of being a paragraph border."""

    def __init__(self, data: dict[str, Any]) -> None:
        weights = {str(name): float(weight) for name, weight in data["weights"].items()}
        if tuple(weights) != FEATURES:
            raise ValueError("made for other features")
        self._bias = float(data["bias"])
        self._weights = weights

    def log_odds(self, holding: Sequence[str]) -> float:
        """Return the log-odds for the features that hold."""
        return self._bias + sum(self._weights[name] for name in holding)


@cache
def load_border_model() -> BorderModel:
    """Return the model of ``seeds/paragraphs.json``. Raises ModelError if it is not as shipped."""
    return read_weights(folder("seeds"), WEIGHTS, BorderModel)


def guess_paragraphs(text: str, sentences: Sequence[Sentence]) -> Iterator[tuple[int, int]]:
    """Yield the (start, end) of the paragraphs that the sentences of a text seem to make.

    No paragraph ends inside a quotation, unless the next sentence opens one anew, as papers print
    speech that runs over several paragraphs. Who signs a quotation ends its paragraph.
    """
    model = load_border_model()
    signatures = [*_SIGNED.finditer(text)]
    begun = {match.start("dash") for match in signatures}
    signed = {match.end() for match in signatures}
    gaps = _gaps_tell(text, sentences)
    headings = set(_headings(text)) if gaps else set()
    sentences = list(_parted(text, sentences, sorted(signed | headings)))
    first = 0
    is_open = False
    for at, (start, end) in enumerate(sentences):
        if at > first:
            opens = bool(_MARK.match(text, start)) and mark_opens(text, start)
            if start in begun:
                border = False
            elif sentences[at - 1][1] in signed:
                border = True
            elif is_open and not opens:
                border = False
            elif gaps:
                border = start - sentences[at - 1][1] > 1
            else:
                border = is_open or _is_border(model, text, sentences, first, at)
            if border:
                yield sentences[first][0], sentences[at - 1][1]
                first, is_open = at, False
        is_open = left_open(text, start, end, is_open=is_open)
    if sentences:
        yield sentences[first][0], sentences[-1][1]


def _headings(text: str) -> Iterator[int]:
    """Yield the ends, at wide gaps, of what may be lines without full stop."""
    for gap in _GAP.finditer(text):
        end = gap.start()
        words = text[max(0, end - _LONGEST_WORD) : end].split()
        last = words[-1].rstrip(".") if words else ""
        if last[-1:] in ("”", "»", '"') or (last[-1:].isalnum() and last.lower() not in _GOES_ON):
            yield end


def _parted(text: str, sentences: Sequence[Sentence], ends: Sequence[int]) -> Iterator[Sentence]:
    """Yield the sentences, parted behind each of the offsets that lies inside one."""
    waiting = iter(ends)
    cut = next(waiting, None)
    for start, end in sentences:
        while cut is not None and cut < end:
            if cut > start:
                yield start, cut
                start = cut
                while text[start].isspace():
                    start += 1
            cut = next(waiting, None)
        yield start, end


def _is_border(
    model: BorderModel, text: str, sentences: Sequence[Sentence], first: int, at: int
) -> bool:
    length, count = sentences[at - 1][1] - sentences[first][0], at - first
    return model.log_odds(features(text, sentences[at - 1], sentences[at], length, count)) > 0


def _gaps_tell(text: str, sentences: Sequence[Sentence]) -> bool:
    """Tell whether some gaps between the sentences of a line are wider than others.

    Where blank lines were turned into spaces, two of them stand between paragraphs.
    """
    gaps = [text[one[1] : other[0]] for one, other in itertools.pairwise(sentences)]
    wide = sum(len(gap) > 1 and "\n" not in gap for gap in gaps)
    return _FEW_WIDE < wide / max(1, len(gaps)) < _MOST_WIDE


def mark_opens(text: str, at: int) -> bool:
    """Tell whether the double quotation mark at an offset opens, by its shape, else its place."""
    mark = text[at]
    if mark in _OPENERS or text.startswith("``", at):
        return True
    if text.startswith("''", at):
        return False
    before, behind = text[at - 1 : at], text[at + 1 : at + 2]
    if mark in _CLOSERS:  # some papers' software turns opening marks the wrong way
        return (not before or before.isspace()) and behind.isalnum()
    return not before or before.isspace() or before in "([—–-"


def marks(text: str, start: int, end: int) -> Iterator[tuple[int, bool]]:
    """Yield (offset, whether it opens) of the double quotation marks of a stretch."""
    for match in _MARK.finditer(text, start, end):
        yield match.start(), mark_opens(text, match.start())


def left_open(text: str, start: int, end: int, *, is_open: bool) -> bool:
    """Tell whether a quotation is open behind a stretch, given whether one was before it."""
    for _, opens in marks(text, start, end):
        is_open = opens
    return is_open


def features(text: str, one: Sentence, other: Sentence, length: int, count: int) -> list[str]:
    """Return the features, of ``FEATURES``, of the border between two sentences.

    ``length`` (in characters) and ``count`` (of sentences) are those of the paragraph so far.
    """
    before, behind = _Side(text, *one), _Side(text, *other)
    tests = {
        "quoted-before": before.quoted,
        "quoted-to-the-end-before": before.closes,
        "said-before": before.said,
        "only-quoted-before": before.alone,
        "colon-before": before.text.endswith(":"),
        "question-before": "?" in before.text[-2:],
        "short-before": len(before.text) < 60,
        "long-before": len(before.text) > 200,
        "quoted-behind": behind.quoted,
        "opens-quoted-behind": behind.opens,
        "only-quoted-behind": behind.alone,
        "pronoun-behind": not behind.opens and behind.first in _PRONOUNS,
        "connective-behind": behind.first in _CONNECTIVES,
        "name-behind": bool(_NAME.match(behind.text)),
        "long-behind": len(behind.text) > 160,
        "quoted-on-both-sides": before.closes and behind.opens,
        "said-and-goes-on": before.quoted and before.said and behind.opens,
        "nothing-quoted": not (before.quoted or behind.quoted),
        "says-who-asked": before.closes and before.asks and behind.tags,
        "one-sentence": count == 1,
        "many-sentences": count >= _MANY,
        **{f"length-{least}": length > least for least in _LENGTHS},
    }
    return [name for name, holds in tests.items() if holds]


class _Side:
    """A sentence on one side of a border."""

    def __init__(self, text: str, start: int, end: int) -> None:
        self.text = text[start:end]
        found = [opens for _, opens in marks(text, start, end)]
        self.quoted = bool(found)
        self.opens = bool(found) and found[0] and bool(_MARK.match(text, start))
        self.closes = bool(found) and not found[-1] and self.text[-1] in "”\"»'"
        words = [word.lower() for word in _WORD.findall(self.text)]
        self.first = words[0] if words else ""
        self.said = not load_lexicon().spoken.isdisjoint(words)
        self.asks = self.text[-2:-1] in ("?", "!")
        self.tags = not self.opens and _is_tag(self.text)
        self.alone = self.opens and self.closes and not self.said


def _is_tag(sentence: str) -> bool:
    """Tell whether a sentence begins as what stands behind a quotation: "Roe asked, rising"."""
    first = itertools.islice(_WORD.finditer(sentence), _TAG)
    return any(
        sentence[word.end() : word.end() + 1] in ("", ",", ".")
        and word.group().lower() in load_lexicon().spoken
        for word in first
    )
