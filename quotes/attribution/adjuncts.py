"""Surface rules about adjuncts that name the source: according to X, as X put it, what X called."""

from __future__ import annotations

from collections.abc import Iterator

from quotes.attribution.clauses import Clauses, Place
from quotes.attribution.proposals import Proposal
from quotes.english.lexicon import AUXILIARIES, PERSONAL, is_adverb

_OPENINGS = {
    "according": (
        ["according", "to", "the", "words", "of"],
        ["according", "to", "words", "of"],
        ["according", "to"],
    ),
    "in": (["in", "the", "words", "of"],),
    "per": (["per"],),
}
"""What names the source in an adjunct, by its first word; longer ones first."""
_PUT_IT = ["put", "it"]
_REACH = 14
_NAMING_WORDS = 5
_REACH_OF_WHAT = 6


def according_to(at: Place) -> Iterator[Proposal]:
    """According to X, “…”; in the words of X, “…”; “…,” per X."""
    clauses, items = at.clauses, at.clauses.items
    for i in range(at.first, at.stop - 1):
        openings = _OPENINGS.get(items[i].low, ())
        opening = next((one for one in openings if clauses.lows(i, one)), None)
        if opening is None:
            continue
        begin = i + len(opening)
        if opening == ["per"] and not (i == at.position + 1 and _ends_in_comma(at)):
            continue
        phrase = clauses.phrases.right(begin, at.stop, bare=True)
        if phrase:
            side = "right" if i > at.position else "left"
            mention = clauses.whole(phrase)
            yield Proposal("according-to", (side,), mention, clauses.passage.span(i, begin))


def _ends_in_comma(at: Place) -> bool:
    return at.clauses.items[at.position].text.rstrip("\"'”’").endswith(",")


def as_put_it(at: Place) -> Iterator[Proposal]:
    """“…,” as X put it; what X called “…”."""
    clauses, items = at.clauses, at.clauses.items
    for i in range(at.first, at.stop):
        if items[i].low not in ("as", "what", "whom"):
            continue
        phrase = clauses.phrases.right(i + 1, at.stop)
        if not phrase or phrase[1] >= at.stop:
            continue
        v = phrase[1]
        if v - 1 > phrase[0] and items[v - 1].low in clauses.lexicon.as_verbs:
            v -= 1  # "as Ann Roe puts it"
            phrase = phrase[0], v
        while v < at.stop - 1 and (is_adverb(items[v].low) or items[v].low in AUXILIARIES):
            v += 1
        side = "left" if i < at.position else "right"
        away = abs(at.position - v)
        if items[i].low == "as":
            if items[v].low in clauses.lexicon.as_verbs and away <= _REACH:
                put_it = ("put-it",) if clauses.lows(v, _PUT_IT) else ()
                yield clauses.proposal("as-source-verb", phrase, v, side, *put_it)
        elif items[v].low in clauses.lexicon.verbs and away <= _REACH_OF_WHAT:
            named = ("named",) if _names(clauses, phrase, v, at.position) else ()
            yield clauses.proposal("what-source-verb", phrase, v, side, *named)


def _names(clauses: Clauses, phrase: tuple[int, int], v: int, position: int) -> bool:
    """Tell whether somebody but the subject of the sentence calls something “…”."""
    cue = clauses.lexicon.verbs[clauses.items[v].low]
    bare = clauses.items[phrase[0]].low in PERSONAL
    return cue.group == "naming" and not bare and v < position <= v + _NAMING_WORDS
