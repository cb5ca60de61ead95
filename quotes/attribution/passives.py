"""Surface rules about whom others present: described as “…” by X, quoted X as saying “…”."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from quotes.attribution.chunks import is_copula
from quotes.attribution.clauses import Clauses, Place
from quotes.attribution.proposals import Proposal
from quotes.attribution.view import Item
from quotes.english.cues import forms
from quotes.english.lexicon import RECORDINGS

_QUOTING = forms("quoting")
_WITNESSING = forms("witnessing")
_ASKING = forms("asking")
_AS_SAYING = ["as", "saying"]
_REACH = 14
_AGENT_REACH = 8
_VERB_REACH = 10


def passive_agent(at: Place) -> Iterator[Proposal]:
    """Described as “…” by X; X was asked by Y, “…?”."""
    clauses, items, position = at.clauses, at.clauses.items, at.position
    for i in range(at.first, position):
        asker = clauses.phrases.right(i + 1, position) if _is_asked(clauses, i, at) else None
        if asker:
            yield clauses.proposal("passive-agent", asker, i, "left", "asked")
            return
    begin, end = max(at.first, position - _AGENT_REACH), position + _AGENT_REACH + 1
    for i in range(begin, min(at.stop - 1, end)):
        if items[i].low != "by":
            continue
        before = items[max(at.first, i - _VERB_REACH) : i]
        phrase = clauses.phrases.right(i + 1, at.stop) or _any_agent(clauses, i, position)
        if not phrase or not any(item.low in clauses.lexicon.verbs for item in before):
            continue
        near = i == position + 1
        named = items[phrase[0]].is_capital or phrase[1] - phrase[0] > 1
        if near or named or leads_as(items[phrase[1] : position]):
            side = "right" if i > position else "left"
            beside = ("beside",) if near and _is_passive(clauses, position, at.first) else ()
            yield clauses.proposal("passive-agent", phrase, i, side, *beside)
            return


def _any_agent(clauses: Clauses, by: int, position: int) -> tuple[int, int] | None:
    """Return the bare noun between "by" and "as “…”": "described by colleagues as"."""
    phrase = clauses.phrases.right(by + 1, position, bare=True) if by < position else None
    if phrase is None or not leads_as(clauses.items[phrase[1] : position]):
        return None
    return phrase if clauses.items[phrase[1] - 1].low.endswith("s") else None


def leads_as(between: Sequence[Item]) -> bool:
    """Tell whether "as" leads from an agent to a quotation: "called by critics as “…”"."""
    return bool(between) and all(item.low in ("as", "a", "an", "the") for item in between)


def _is_asked(clauses: Clauses, by: int, at: Place) -> bool:
    """Tell whether "was asked" stands right before a "by", and the quotation is a question."""
    items = clauses.items
    if items[by].low != "by":
        return False
    question = items[at.position].text.rstrip("\"'”’").endswith("?")
    v = by - 1
    if not question or v <= at.first or items[v].low not in _ASKING:
        return False
    return any(is_copula(items[i].low) for i in range(clauses.verb_group(v, at.first), v))


def _is_passive(clauses: Clauses, position: int, first: int) -> bool:
    """Tell whether "was described as" or the like stands right before the quotation."""
    items = clauses.items
    v = position - 1
    while v > first and items[v].low in ("as", "a", "an", "the"):
        v -= 1
    cue = clauses.lexicon.verbs.get(items[v].low)
    start = clauses.verb_group(v, first)
    return cue is not None and any(is_copula(items[i].low) for i in range(start, v))


def quoted_as(at: Place) -> Iterator[Proposal]:
    """Another quoted X as saying “…”, recalled X saying “…”, showed a video of X saying “…”.

    Also in the passive, X was quoted as saying “…”, and behind the quotation.
    """
    yield from _presented_behind(at) or _presented_before(at)


def _presented_behind(at: Place) -> list[Proposal]:
    clauses = at.clauses
    for v in range(at.position + 1, min(at.stop, at.position + _REACH)):
        passive = _is_presented(clauses, v, at.position + 1)
        if passive and clauses.lows(v + 1, _AS_SAYING):
            return [clauses.proposal("quoted-as", passive, v + 2)]
        phrase = clauses.phrases.right(v + 1, at.stop) if _presents(clauses, v, True) else None
        if phrase and clauses.lows(phrase[1], _AS_SAYING):
            return [clauses.proposal("quoted-as", phrase, phrase[1] + 1)]
    return []


def _presented_before(at: Place) -> list[Proposal]:
    clauses, items, first = at.clauses, at.clauses.items, at.first
    for i in range(at.position - 1, max(first, at.position - _REACH), -1):
        cue = clauses.lexicon.verbs.get(items[i].low)
        if cue is None or cue.form != "participle":
            continue
        stop = i - 1 if items[i - 1].low == "as" else i
        passive = _is_presented(clauses, stop - 1, first) if stop < i else None
        if passive:
            return [clauses.proposal("quoted-as", passive, i)]
        for v in range(stop - 1, max(first, stop - _REACH) - 1, -1):
            if _presents(clauses, v, stop < i):
                phrase = clauses.phrases.right(v + 1, stop)
                ends = phrase and (stop < i or phrase[1] == stop)
                return [clauses.proposal("quoted-as", phrase, i)] if phrase and ends else []
        return []
    return []


def _is_presented(clauses: Clauses, v: int, floor: int) -> tuple[int, int] | None:
    """Return who "was quoted" at item ``v``, if that is what stands there."""
    if clauses.items[v].low not in _QUOTING:
        return None
    start = clauses.verb_group(v, floor)
    copula = any(is_copula(item.low) for item in clauses.items[start:v])
    return clauses.phrases.left(start, floor) if copula else None


def _presents(clauses: Clauses, v: int, comparing: bool) -> bool:
    """Tell whether item ``v`` presents a speaker: "quoted", "recalled", "a video of"."""
    items = clauses.items
    word = items[v].low
    if word == "of":
        return not comparing and items[v - 1].low in RECORDINGS
    if word not in (_QUOTING if comparing else _WITNESSING):
        return False
    return not any(is_copula(items[j].low) for j in range(max(0, v - 2), v))
