"""Surface rules that go by nearness alone: the subject of a sentence, any name beside."""

from __future__ import annotations

from collections.abc import Iterator

from quotes.attribution.clauses import Clauses, Place
from quotes.attribution.proposals import Proposal
from quotes.attribution.verbs import of_sentence
from quotes.english.lexicon import (
    AUXILIARIES,
    CONJUNCTIONS,
    COPULAS,
    PERSONAL,
    POSSESSIVES,
    TITLES,
    tagged,
)

_DESKS = (["the", "desk", "of"], ["the", "office", "of"])
_REACH = 60
_NAMES = 3
_VERBS = (AUXILIARIES | COPULAS | tagged("finite", "past")) - {"to"}
ANSWER = "answer"
"""What tells apart a phrase whose question the quotation answers: "Her advice?"."""
_LONGEST_LABEL = 10
"""A question that stands like a label before its answer has at most so many words and marks."""


def sentence_subject(at: Place) -> Iterator[Proposal]:
    """The first phrase of the sentence, whatever its verb: X smiled. “…”."""
    clauses = at.clauses
    phrase = clauses.phrases.subject(_last_clause(at), at.position)
    if phrase:
        size = "pronoun" if clauses.items[phrase[0]].low in PERSONAL else "phrase"
        colon = ("colon",) if clauses.items[at.position - 1].low == ":" else ()
        yield clauses.proposal("sentence-subject", phrase, None, size, *colon)
        return
    if at.position + 1 < at.stop:
        opens = clauses.items[at.position + 1].low in clauses.lexicon.verbs  # “…,” say critics
        phrase = None if opens else clauses.phrases.right(at.position + 1, at.stop)
        if phrase:
            yield clauses.proposal("subject-after", phrase, None)


def _last_clause(at: Place) -> int:
    """Return where a clause before the quotation begins: "X is a fool; Y prefers “fox”"."""
    items = at.clauses.items
    for i in range(at.position - 1, at.first, -1):
        if items[i].low == ";":
            return i + 1
    return at.first


def next_sentence(at: Place) -> Iterator[Proposal]:
    """The sentence before or after a quotation that stands alone in its own: “…” X nodded."""
    clauses = at.clauses
    if clauses.passage.has_words_beside(at.quotation):
        return
    if at.first > 0:
        before = clauses.passage.sentence(at.first - 1)
        owner = _answers(clauses, *before)
        if owner:
            yield clauses.proposal("sentence-subject", owner, None, "phrase", ANSWER)
        elif not _quotes(clauses, *before):
            yield from of_sentence(clauses, *before, "sentence-before")
    if at.stop < len(clauses.items):
        after = clauses.passage.sentence(at.stop)
        if not _quotes(clauses, *after):
            yield from of_sentence(clauses, *after, "sentence-after")


def _answers(clauses: Clauses, first: int, stop: int) -> tuple[int, int] | None:
    """Return the phrase of a question without verb that what follows answers: "Roe's advice?"."""
    items = clauses.items[first:stop]
    if not items or items[-1].low != "?" or len(items) > _LONGEST_LABEL:
        return None
    owned = items[0].low in POSSESSIVES or any(i.low.endswith(("'s", "’s")) for i in items[:4])
    if not owned or any(i.low in _VERBS or i.quotation is not None for i in items):
        return None
    return clauses.phrases.right(first, stop)


def introduction(clauses: Clauses) -> Iterator[Proposal]:
    """Propose the source of speech that opens the next paragraph: "X took the stage:"."""
    items = clauses.items
    if items and items[-1].quotation is None:
        first, stop = clauses.passage.sentences[-1]
        ending = "colon" if items[-1].low == ":" else "full"
        sender = _sender(clauses, first, stop)
        if sender:
            yield clauses.proposal("intro", sender, None, ending, "from")
        else:
            yield from of_sentence(clauses, first, stop, "intro", ending)


def _sender(clauses: Clauses, first: int, stop: int) -> tuple[int, int] | None:
    """Return X of "And from X:", "From the desk of X, of the board."."""
    start = first + 1 if clauses.items[first].low in CONJUNCTIONS else first
    if not clauses.lows(start, ["from"]):
        return None
    for opening in _DESKS:
        if clauses.lows(start + 1, opening):
            start += len(opening)
    phrase = clauses.phrases.right(start + 1, stop)
    if phrase is None or not any(item.is_capital for item in clauses.items[slice(*phrase)]):
        return None
    ends = phrase[1] >= stop or clauses.items[phrase[1]].low in (",", ":", ".")
    return phrase if ends else None


def any_name(at: Place) -> Iterator[Proposal]:
    """The names and pronouns next to the quotation in its paragraph, whatever they do there."""
    clauses, items, position = at.clauses, at.clauses.items, at.position
    found = 0
    for i in range(position - 1, max(-1, position - _REACH), -1):
        if found < _NAMES and _may_name(clauses, i):
            phrase = clauses.phrases.left(i + 1, 0)
            if phrase:
                found += 1
                yield clauses.proposal("nearby", phrase, None, "left", str(found))
    found = 0
    for i in range(position + 1, min(len(items), position + _REACH)):
        if found < _NAMES and _may_name(clauses, i):
            phrase = clauses.phrases.left(i + 1, position + 1)
            if phrase:
                found += 1
                yield clauses.proposal("nearby", phrase, None, "right", str(found))


def _may_name(clauses: Clauses, i: int) -> bool:
    """Tell whether a pronoun or the last word of a name stands at item ``i``."""
    items = clauses.items
    if items[i].low in PERSONAL and items[i].low != "it":
        return True
    if not items[i].is_capital or i == 0:
        return False
    if items[i].low in TITLES and i + 1 < len(items) and items[i + 1].low == ".":
        return False  # "Gov. Anna Berg"
    return i + 1 == len(items) or not items[i + 1].is_capital


def _quotes(clauses: Clauses, first: int, stop: int) -> bool:
    return any(item.quotation is not None for item in clauses.items[first:stop])
