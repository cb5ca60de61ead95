"""Surface rules about speech verbs beside a quotation."""

from __future__ import annotations

from collections.abc import Iterator

from quotes.attribution.clauses import Clauses, Place
from quotes.attribution.proposals import Proposal
from quotes.english.cues import Cue, forms
from quotes.english.lexicon import (
    CONJUNCTIONS,
    DETERMINERS,
    PLURAL_PEOPLE,
    POSSESSIVES,
    PREPOSITIONS,
    STAND_ALONE,
    TEXTS,
    TIME_WORDS,
    is_adverb,
)
from quotes.english.segmentation import DASHES

_NEAR = 5
_REACH_AFTER = 45
_REACH_BEFORE = 40
_ASIDE = 6
_OF_SOMEBODY = forms("of-somebody")
_ISSUING = forms("issuing") | forms("writing")

Found = tuple[str, str, tuple[int, int]]
"""A rule, a circumstance and a phrase."""


def verb_after(at: Place) -> Iterator[Proposal]:
    """“…,” said X; “…,” X said; “…” is wrong, X said."""
    clauses, items = at.clauses, at.clauses.items
    begin = at.position + 1
    while begin < at.stop and items[begin].low in (",", "–", "—", "―", "-"):
        begin += 1
    crossed = False
    bare = True  # so far only quotations, marks and conjunctions
    for v in range(begin, min(at.stop, begin + _REACH_AFTER)):
        if items[v].quotation is not None:
            crossed = True
            continue
        cue = clauses.cue(v, begin) or (_plural_cue(at, v) if bare else None)
        if cue is None:
            bare = bare and (not items[v].is_word or items[v].low in CONJUNCTIONS)
            continue
        found = _right_source(clauses, v, v if bare else begin, at.stop, cue)
        if found:
            rule, where, phrase = found
            yield clauses.proposal(rule, phrase, v, where, cue.group, *_passed(crossed))
            yield from _reported(at, v)
        return


def _plural_cue(at: Place, v: int) -> Cue | None:
    """Return the verb of “…,” say the critics, which in this form is a verb nowhere else."""
    cue = at.clauses.lexicon.verbs.get(at.clauses.items[v].low)
    phrase = at.clauses.phrases.right(v + 1, at.stop)
    if cue is None or cue.form != "base" or phrase is None:
        return None
    head = at.clauses.items[phrase[1] - 1].low
    return cue if head in PLURAL_PEOPLE or head.endswith("s") else None


def _reported(at: Place, v: int) -> Iterator[Proposal]:
    """“…,” aides said X told them: what another says that X said."""
    clauses = at.clauses
    phrase = clauses.phrases.right(v + 1, at.stop)
    if phrase and phrase[1] < at.stop:
        cue = clauses.cue(phrase[1], v)
        if cue is not None and cue.form in ("past", "third"):
            yield clauses.proposal("quote-source-verb", phrase, phrase[1], "reported", cue.group)


def _right_source(clauses: Clauses, v: int, begin: int, stop: int, cue: Cue) -> Found | None:
    items = clauses.items
    subject = clauses.subject_of(v, begin)
    if subject is not None:
        direct = subject[0] == begin
        comma = items[subject[0] - 1].low == ","
        where = "adjacent" if direct else "comma" if comma else "inside"
        return "quote-source-verb", where, subject
    after = v + 1
    particle = cue.lemma.partition(" ")[2]
    if particle and clauses.lows(after, particle.split()):
        after += len(particle.split())  # "chimes in X"
    while after < stop and is_adverb(items[after].low) and not items[after].is_capital:
        after += 1
    if clauses.verb_group(v, begin) <= begin and cue.form != "participle":
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
    accused = _accused(at, v, cue)
    if accused is not None:
        yield clauses.proposal("accused-of", accused, v, cue.group)
        return
    subject = clauses.subject_of(v, first) or clauses.modified_subject(v, first)
    if subject is not None and cue.form == "participle" and _is_text(clauses, subject):
        giver = _giver(clauses, subject, first)
        if giver is None:
            yield clauses.proposal("source-participle-quote", subject, v, "text", cue.group)
            return
        subject = giver
    if subject is not None:
        if _is_parenthetical(clauses, subject[0], v, first):
            tail = (cue.group, "parenthetical")
        if len(tail) == 2 and _is_absolute(clauses, subject[0], v, first):
            yield clauses.proposal("source-participle-quote", subject, v, "absolute")
        else:
            yield clauses.proposal("source-verb-quote", subject, v, *tail)
        return
    inverted = clauses.phrases.right(v + 1, at.position)
    if v == first and inverted and inverted[1] >= at.position - 1 and cue.form != "participle":
        yield clauses.proposal("verb-source-quote", inverted, v, *tail)
    relative = clauses.relative_subject(v, first)
    shared = relative or clauses.shared_subject(v, first)
    if shared is not None:
        form = "participle" if cue.form == "participle" else "conjunct"
        tail = ("relative", *tail) if relative else tail
        yield clauses.proposal(f"source-{form}-quote", shared, v, *tail)


def _is_text(clauses: Clauses, phrase: tuple[int, int]) -> bool:
    return clauses.items[phrase[1] - 1].low in TEXTS


def _giver(clauses: Clauses, text: tuple[int, int], first: int) -> tuple[int, int] | None:
    """Return X of "X sent her a letter saying", "X put out a statement calling": whose text it is.

    ``text`` is what stands before the participle.
    """
    items = clauses.items
    for v in range(text[0] - 1, max(first, text[0] - _ASIDE) - 1, -1):
        if items[v].low in _ISSUING:
            return clauses.subject_of(v, first) or clauses.shared_subject(v, first)
        if not items[v].is_word:
            return None
    return None


def _is_parenthetical(clauses: Clauses, subject: int, v: int, first: int) -> bool:
    """Tell whether commas set a clause apart: "these data, Roe says, suggest “…”"."""
    items = clauses.items
    if subject == first or items[subject - 1].low != ",":
        return False
    return v + 1 < len(items) and items[v + 1].low == "," and v - subject <= _ASIDE


def _accused(at: Place, v: int, cue: Cue) -> tuple[int, int] | None:
    """Return X of "Y accused X of saying “…”"."""
    clauses, items = at.clauses, at.clauses.items
    if cue.form != "participle" or v - 2 <= at.first or items[v - 1].low != "of":
        return None
    phrase = clauses.phrases.left(v - 1, at.first)
    if phrase is None or phrase[0] == at.first:
        return None
    return phrase if items[phrase[0] - 1].low in _OF_SOMEBODY else None


def _is_absolute(clauses: Clauses, subject: int, v: int, first: int) -> bool:
    """Tell whether a participle has a subject of its own: "…, with Roe calling it “mad”".

    Not "with footage of Roe calling it “mad”", "Roe corresponded with Lind promising “…”".
    """
    opening = clauses.items[subject]
    if clauses.form_of(v) != "participle" or subject == first:
        return False
    if clauses.items[subject - 1].low != "with":
        return False
    if subject - 1 > first and clauses.items[subject - 2].is_word:
        return False
    alone = opening.low in STAND_ALONE or opening.low in DETERMINERS or opening.low in POSSESSIVES
    return opening.is_capital or alone or opening.low.endswith("s")


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


def _is_bare(clauses: Clauses, v: int, stop: int) -> bool:
    """Tell whether a verb has neither object nor clause: "X agreed", not "X denied the claims"."""
    after = clauses.items[v + 1] if v + 1 < stop else None
    if after is None or not after.is_word:
        return after is None or after.quotation is None
    return is_adverb(after.low) or after.low in TIME_WORDS or after.low in PREPOSITIONS


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
            size = "bare" if _is_bare(clauses, v, stop) else "full"
            yield clauses.proposal(rule, subject, v, *circumstances, "verb", size, cue.group)
            return
    phrase = clauses.phrases.subject(first, stop)
    if phrase:
        yield clauses.proposal(rule, phrase, None, *circumstances, "subject")
