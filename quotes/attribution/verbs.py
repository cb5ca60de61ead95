"""Surface rules about speech verbs beside a quotation."""

from __future__ import annotations

from collections.abc import Iterator

from quotes.attribution.clauses import Clauses, Place
from quotes.attribution.proposals import Proposal
from quotes.english.cues import Cue
from quotes.english.lexicon import DETERMINERS, is_adverb
from quotes.english.segmentation import DASHES

_NEAR = 5
_REACH_AFTER = 45
_REACH_BEFORE = 40

Found = tuple[str, str, tuple[int, int]]
"""A rule, a circumstance and a phrase."""


def verb_after(at: Place) -> Iterator[Proposal]:
    """“…,” said X; “…,” X said; “…” is wrong, X said."""
    clauses, items = at.clauses, at.clauses.items
    begin = at.position + 1
    while begin < at.stop and items[begin].low in (",", "–", "—", "―", "-"):
        begin += 1
    crossed = False
    for v in range(begin, min(at.stop, begin + _REACH_AFTER)):
        if items[v].quotation is not None:
            crossed = True
            continue
        cue = clauses.cue(v, begin)
        if cue is None:
            continue
        found = _right_source(clauses, v, begin, at.stop, cue)
        if found:
            rule, where, phrase = found
            yield clauses.proposal(rule, phrase, v, where, cue.group, *_passed(crossed))
        return


def _right_source(clauses: Clauses, v: int, begin: int, stop: int, cue: Cue) -> Found | None:
    items = clauses.items
    subject = clauses.subject_of(v, begin)
    if subject is not None:
        direct = subject[0] == begin
        comma = items[subject[0] - 1].low == ","
        where = "adjacent" if direct else "comma" if comma else "inside"
        return "quote-source-verb", where, subject
    after = v + 1
    while after < stop and is_adverb(items[after].low) and not items[after].is_capital:
        after += 1
    if clauses.verb_group(v, begin) <= begin and cue.form in ("past", "third"):
        phrase = clauses.phrases.right(after, stop)
        if phrase:
            return "quote-verb-source", "adjacent", phrase
    return None


def verb_before(at: Place) -> Iterator[Proposal]:
    """X said: “…”; X, calling it “…”; X left and said it was “…”."""
    clauses, items = at.clauses, at.clauses.items
    crossed = False
    distance = seen = 0
    for v in range(at.position - 1, at.first - 1, -1):
        if items[v].quotation is not None:
            crossed = True
            continue
        cue = clauses.cue(v, at.first)
        if cue is None:
            distance += items[v].is_word
            continue
        seen += 1
        tail = (
            cue.group,
            _gap(clauses, v, at.position, distance),
            *_passed(crossed),
            *(("second",) if seen > 1 else ()),
        )
        yield from _left_sources(at, v, cue, tail)
        if seen == 2 or distance > _REACH_BEFORE or _stands_alone(at, v):
            return
        distance += 1


def _left_sources(at: Place, v: int, cue: Cue, tail: tuple[str, ...]) -> Iterator[Proposal]:
    clauses, first = at.clauses, at.first
    subject = clauses.subject_of(v, first)
    if subject is not None:
        if len(tail) == 2 and _is_absolute(clauses, subject[0], v, first):
            yield clauses.proposal("source-participle-quote", subject, v, "absolute")
        else:
            yield clauses.proposal("source-verb-quote", subject, v, *tail)
        return
    inverted = clauses.phrases.right(v + 1, at.position)
    if v == first and inverted and inverted[1] >= at.position - 1 and cue.form != "participle":
        yield clauses.proposal("verb-source-quote", inverted, v, *tail)
    shared = clauses.shared_subject(v, first)
    if shared is not None:
        form = "participle" if cue.form == "participle" else "conjunct"
        yield clauses.proposal(f"source-{form}-quote", shared, v, *tail)


def _is_absolute(clauses: Clauses, subject: int, v: int, first: int) -> bool:
    """Tell whether a participle has a subject of its own: "…, with Roe calling it “mad”".

    Not "with footage of Roe calling it “mad”".
    """
    opening = clauses.items[subject]
    if clauses.form_of(v) != "participle" or subject == first:
        return False
    if clauses.items[subject - 1].low != "with":
        return False
    return opening.is_capital or opening.low in DETERMINERS or opening.low.endswith("s")


def _stands_alone(at: Place, v: int) -> bool:
    """Tell whether the clause right before a quotation opens with a dash or a semicolon.

    Verbs before it have their own objects: X lamented the state of cities – he saw “…”.
    """
    subject = at.clauses.subject_of(v, at.first)
    return (
        subject is not None
        and v == at.position - 1
        and subject[0] > at.first
        and at.clauses.items[subject[0] - 1].low in (";", *DASHES)
    )


def _gap(clauses: Clauses, v: int, position: int, distance: int) -> str:
    between = clauses.items[v + 1 : position]
    if all(not i.is_word or i.low == "that" or is_adverb(i.low) for i in between):
        return "adjacent"
    named = {":": "colon", ",": "comma", "that": "that"}.get(between[-1].low)
    return named or ("near" if distance <= _NEAR else "far")


def _passed(crossed: bool) -> tuple[str, ...]:
    return ("past-quote",) if crossed else ()


def of_sentence(
    clauses: Clauses, first: int, stop: int, rule: str, *circumstances: str
) -> Iterator[Proposal]:
    """Propose the subject of a sentence's last cue verb, or else its first phrase."""
    for v in range(stop - 1, first - 1, -1):
        cue = clauses.cue(v, first)
        if cue is None:
            continue
        subject = clauses.subject_of(v, first) or clauses.shared_subject(v, first)
        if subject:
            yield clauses.proposal(rule, subject, v, *circumstances, "verb", cue.group)
            return
    phrase = clauses.phrases.subject(first, stop)
    if phrase:
        yield clauses.proposal(rule, phrase, None, *circumstances, "subject")
