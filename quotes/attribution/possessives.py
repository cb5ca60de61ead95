"""Surface rules about possessors: X's “…”, X's claim that “…”, his letter calling it “…”."""

from __future__ import annotations

from collections.abc import Iterator

from quotes.attribution.chunks import is_border, is_copula, is_possessive_mark
from quotes.attribution.clauses import Clauses, Place
from quotes.attribution.proposals import Proposal
from quotes.english.cues import forms
from quotes.english.lexicon import (
    CONJUNCTIONS,
    COPULAS,
    DETERMINERS,
    POSSESSIVES,
    PREPOSITIONS,
    STATEMENTS,
    TIME_WORDS,
    tagged,
)
from quotes.english.segmentation import ENDINGS

_REACH = 9
_CLAIM_WORDS = 24
_ADJUNCT_WORDS = 5
_NAMING_WORDS = 5
_WORDS_REACH = 14
_VOICES = tagged("many-voiced")
_PROMPTING = forms("prompting")
_BEFORE_VOICES = (PREPOSITIONS - {"into", "in", "of", "with"}) | COPULAS | _PROMPTING | {","}


def possessor(at: Place) -> Iterator[Proposal]:
    """X's “…”; X's claim that “…”; his “…” remark."""
    clauses, items, position = at.clauses, at.clauses.items, at.position
    nouns = clauses.lexicon.nouns
    for i in range(position - 1, max(at.first, position - _REACH) - 1, -1):
        item = items[i]
        if item.quotation is not None or is_border(item):
            return
        own = item.low in POSSESSIVES
        if not own and not (is_possessive_mark(item) and item.is_capital):
            continue
        phrase = (i, i + 1) if own else _possessor(clauses, i, at.first)
        noun = next((j for j in range(i + 1, position) if items[j].low in nouns), None)
        where = "adjacent" if i == position - 1 else "noun" if noun is not None else "near"
        after = position + 1 if _is_noun(clauses, position + 1) else None
        if where != "noun" and after is not None:
            where += "-noun"
        if not own and after is None and _is_retort(clauses, i, position):
            where = "retort"
        cue = noun if noun is not None else after
        yield clauses.proposal("possessive", phrase, cue, "own" if own else "name", where)
        return


def _is_noun(clauses: Clauses, i: int) -> bool:
    return i < len(clauses.items) and clauses.items[i].low in clauses.lexicon.nouns


def _possessor(clauses: Clauses, i: int, first: int) -> tuple[int, int]:
    start = i
    while start > first and clauses.items[start - 1].is_capital:
        start -= 1
    return start, i + 1


def _is_retort(clauses: Clauses, possessor: int, position: int) -> bool:
    """Tell whether a whole sentence is what somebody has: X's “…”; X's playful, “…”."""
    between = [item for item in clauses.items[possessor + 1 : position] if item.is_word]
    if any(item.low in clauses.lexicon.verbs for item in between):
        return False  # "set her record beside X's, saying “…”"
    inner = clauses.items[position].text.strip("\"'“”‘’")
    return len(between) < 2 and inner[:1].isupper() and inner.rstrip()[-1:] in ENDINGS


def claim(at: Place) -> Iterator[Proposal]:
    """X's false claim that … “…” …, whose words they are."""
    clauses, items, position = at.clauses, at.clauses.items, at.position
    for noun in range(position - 2, max(at.first, position - _CLAIM_WORDS), -1):
        if items[noun].low not in clauses.lexicon.nouns:
            continue
        that = _that_behind(clauses, noun, position)
        if that is None:
            continue
        for i in range(noun - 1, max(at.first, noun - _NAMING_WORDS) - 1, -1):
            if is_possessive_mark(items[i]) and items[i].is_capital:
                owned = items[i + 1].low not in CONJUNCTIONS
                if owned and _goes_on(clauses, that + 1, position):
                    phrase = _possessor(clauses, i, at.first)
                    yield clauses.proposal("possessive", phrase, noun, "name", "claim")
                return
            if items[i].low in clauses.lexicon.verbs:
                return
        return


def _that_behind(clauses: Clauses, noun: int, position: int) -> int | None:
    """Return the item of the "that" behind a noun: "his claim that", "her word on Sunday that"."""
    for i in range(noun + 1, min(position, noun + _ADJUNCT_WORDS)):
        item = clauses.items[i]
        if item.low == "that":
            return i
        if item.low not in PREPOSITIONS and item.low not in TIME_WORDS:
            return None
    return None


def _goes_on(clauses: Clauses, start: int, position: int) -> bool:
    """Tell whether one clause reaches from ``start`` up to a quotation.

    Not in "X's claim that Y is rich is “untrue”", "Asked about X's claim that it was so, Y …".
    """
    between = clauses.items[start:position]
    if any(not item.is_word or item.low in clauses.lexicon.verbs for item in between):
        return False
    verbs = [item for item in between if is_copula(item.low)]
    last = between[-1] if between else None
    return last is None or (last.low != "as" and not (verbs[1:] and last is verbs[-1]))


def depiction(at: Place) -> Iterator[Proposal]:
    """X's references to Y as “…”; his description of it as “…”."""
    clauses, items = at.clauses, at.clauses.items
    start = _first_of_series(at)
    if start > at.first and items[start].low in DETERMINERS:
        start -= 1
    if start <= at.first or items[start].low != "as":
        return
    for noun in range(start - 2, max(at.first, start - _WORDS_REACH), -1):
        if items[noun].quotation is not None or is_border(items[noun]):
            return
        depicts = items[noun].low in clauses.lexicon.nouns and items[noun + 1].low in ("of", "to")
        if not depicts:
            if items[noun].low in clauses.lexicon.verbs:
                return
            continue
        for i in range(noun - 1, max(at.first, noun - _NAMING_WORDS) - 1, -1):
            if items[i].low in POSSESSIVES:
                yield clauses.proposal("possessive", (i, i + 1), noun, "own", "as")
                return
            if is_possessive_mark(items[i]) and items[i].is_capital:
                phrase = _possessor(clauses, i, at.first)
                yield clauses.proposal("possessive", phrase, noun, "name", "as")
                return
        return


def _first_of_series(at: Place) -> int:
    """Return the item before the first quotation of a series: "as “…”, “…” and “…”"."""
    items = at.clauses.items
    before = at.position - 1
    joined = before
    while joined > at.first and (items[joined].low == "," or items[joined].low in CONJUNCTIONS):
        joined -= 1
        if items[joined].quotation is not None:
            before = joined = joined - 1
    return before


def voices(at: Place) -> Iterator[Proposal]:
    """X left to cries of “…”, drew shouts of “…”; chants of “…” from the gallery.

    Not what the subject calls itself: "the crowd broke into chants of “…”".
    """
    clauses, items, of = at.clauses, at.clauses.items, at.position - 1
    if of <= at.first or items[of].low != "of" or items[of - 1].low not in _VOICES:
        return
    phrase = clauses.phrases.left(of, at.first, governed=True)
    first = phrase[0] if phrase else of - 1
    if first - 1 > at.first and items[first - 1].low in CONJUNCTIONS:
        first -= 2  # "boos and cries"
    before = items[first - 1].low if first > at.first else ","
    if before not in _BEFORE_VOICES and items[first].low not in _PROMPTING:
        return
    behind = at.position + 1
    whose = items[behind].low == "from" if behind < at.stop else False
    crowd = clauses.phrases.right(behind + 1, at.stop) if whose else None
    yield clauses.proposal("words-of", crowd or (of - 1, of), of - 1, "voices")


def words_of(at: Place) -> Iterator[Proposal]:
    """X's words lamenting it as “…”; his letter calling it “…”."""
    clauses, items = at.clauses, at.clauses.items
    for v in range(at.position - 1, max(at.first, at.position - _WORDS_REACH), -1):
        cue = clauses.lexicon.verbs.get(items[v].low)
        if cue is None or items[v - 1].low not in clauses.lexicon.nouns:
            continue
        for i in range(v - 2, max(at.first, v - 5) - 1, -1):
            if cue.form != "participle" or not items[i].is_word:
                return
            if items[i + 1].low in DETERMINERS:
                return  # "sent her a letter saying"
            one = () if items[v - 1].low in STATEMENTS else ("several",)
            if items[i].low in POSSESSIVES:
                yield clauses.proposal("words-of", (i, i + 1), v, "own", *one)
                return
            if is_possessive_mark(items[i]) and items[i].is_capital:
                phrase = _possessor(clauses, i, at.first)
                yield clauses.proposal("words-of", phrase, v, "name", *one)
                return
        return
