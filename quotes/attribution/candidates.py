"""What the ranker sees: the mentions proposed for a quotation, each as a row of numbers."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from quotes.attribution.decide import RuleTable
from quotes.attribution.proposals import Proposal
from quotes.english.cues import CUE_GROUPS
from quotes.english.lexicon import DETERMINERS, PERSONAL, POSSESSIVES, TEXTS
from quotes.english.states import is_state_label
from quotes.records import Quotation

CONSTRUCTIONS = (
    "quote-source-verb quote-verb-source source-verb-quote verb-source-quote "
    "source-participle-quote source-conjunct-quote according-to as-source-verb what-source-verb "
    "possessive label label-inside source-colon-quote trailer passive-agent sentence-subject "
    "subject-after sentence-before sentence-after intro carry carry-back carry-open carry-across "
    "syntax syntax-possessive syntax-noun-by syntax-noun-from agree enclosing nearby"
).split()
GROUPS = ("say", "tell", "add", "ask", "write", *CUE_GROUPS, "other")
OTHERS = (
    "best constructions proposals rival margin rivals rank "
    "pronoun it first-person possessive determined capitals words participle text-noun "
    "after distance same-sentence stops commas quotes that start-of-paragraph "
    "direct length comma-end stop-end capital-start"
).split()
FEATURES = (*CONSTRUCTIONS, *(f"cue-{group}" for group in GROUPS), *OTHERS)

_PLACE = {name: i for i, name in enumerate(CONSTRUCTIONS)}
_GROUP_PLACE = {name: len(CONSTRUCTIONS) + i for i, name in enumerate(GROUPS)}
_FAR = 1_500
_INITIAL = re.compile(r"[A-HJ-Z]\.?")


@dataclass(frozen=True, slots=True)
class Candidate:
    """A mention with every proposal that named it; ``best`` is of the most precise rule."""

    proposals: tuple[Proposal, ...]
    best: Proposal
    precision: float


def candidates(proposals: Iterable[Proposal], rules: RuleTable) -> list[Candidate]:
    """Group proposals whose mentions overlap; the most precise first.

    What is left of "D-N.Y." or "Miami, Fla." names nobody and is no candidate.
    """
    ordered = sorted(
        ((rules.of(p), p) for p in proposals if not _is_abbreviation(p.mention.text)),
        key=lambda pair: (-pair[0], pair[1].mention.start),
    )
    groups: list[list[tuple[float, Proposal]]] = []
    for precision, proposal in ordered:
        for group in groups:
            head = group[0][1].mention
            if proposal.mention.start < head.end and head.start < proposal.mention.end:
                group.append((precision, proposal))
                break
        else:
            groups.append([(precision, proposal)])
    return [Candidate(tuple(p for _, p in group), group[0][1], group[0][0]) for group in groups]


def _is_abbreviation(text: str) -> bool:
    return bool(_INITIAL.fullmatch(text)) or (len(text) < 7 and is_state_label(text))


def rows(
    found: Sequence[Candidate], quotation: Quotation, body: str, paragraph: int, rules: RuleTable
) -> list[list[float]]:
    """Return the features of each candidate, in the order of ``FEATURES``.

    ``paragraph`` is the offset at which the quotation's paragraph begins.
    """
    about_quotation = _quotation(quotation)
    return [
        _rules(candidate, rules)
        + _standing(found, rank)
        + _mention(candidate.best.mention.text)
        + _position(candidate, quotation, body, paragraph)
        + about_quotation
        for rank, candidate in enumerate(found)
    ]


def _rules(candidate: Candidate, rules: RuleTable) -> list[float]:
    """Precision by construction and by group of cue verb."""
    row = [0.0] * (len(CONSTRUCTIONS) + len(GROUPS))
    for proposal in candidate.proposals:
        precision = rules.of(proposal)
        places = [_PLACE.get(proposal.rule), *map(_GROUP_PLACE.get, proposal.circumstances)]
        for place in places:
            if place is not None and precision > row[place]:
                row[place] = precision
    return row


def _standing(found: Sequence[Candidate], rank: int) -> list[float]:
    """How the rules think of the candidate, by itself and among its rivals."""
    candidate = found[rank]
    rival = max((c.precision for i, c in enumerate(found) if i != rank), default=0.0)
    return [
        candidate.precision,
        float(len({p.rule for p in candidate.proposals})),
        float(len(candidate.proposals)),
        rival,
        candidate.precision - rival,
        float(len(found)),
        float(rank),
    ]


def _mention(text: str) -> list[float]:
    words = text.split()
    low = text.lower().split() or [""]
    return [
        low[0] in PERSONAL,
        low[0] == "it",
        low[0] in ("i", "we"),
        low[0] in POSSESSIVES,
        low[0] in DETERMINERS,
        sum(word[:1].isupper() for word in words) / max(1, len(words)),
        float(len(words)),
        low[0].endswith("ing"),
        not TEXTS.isdisjoint(low),
    ]


def _position(candidate: Candidate, quotation: Quotation, body: str, paragraph: int) -> list[float]:
    mention = candidate.best.mention
    after = mention.start >= quotation.end
    between = (
        body[quotation.end : mention.start][:_FAR]
        if after
        else body[mention.end : quotation.start][-_FAR:]
    )
    return [
        after,
        float(len(between)),
        ". " not in between and "\n" not in between,
        float(between.count(". ")),
        float(between.count(",")),
        float(between.count("“") + between.count('"')),
        " that " in between,
        mention.start - paragraph < 4,
    ]


def _quotation(quotation: Quotation) -> list[float]:
    inner = quotation.inner.strip()
    return [
        quotation.kind == "direct",
        float(min(200, len(inner.split()))),
        inner[-1:] == ",",
        inner[-1:] in (".", "!", "?", "…"),
        inner[:1].isupper(),
    ]
