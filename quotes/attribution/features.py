"""What the ranker sees of the candidates for a quotation: each as a row of numbers.

Only structure counts, never a word of a name: how precise the rules are that named the candidate,
what sort of words they are, where they stand, and how the candidate compares with its rivals.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from quotes.attribution.candidates import Candidate
from quotes.attribution.decide import RuleTable
from quotes.english.cues import CUE_GROUPS
from quotes.english.lexicon import (
    BODIES,
    BOUNDARY,
    DETERMINERS,
    ORGANISATION_WORDS,
    PERSONAL,
    PLURAL_PEOPLE,
    POSSESSIVES,
    PREPOSITIONS,
    PRONOUNS,
    TEXTS,
    TIME_WORDS,
)
from quotes.english.nouns import PERSON_NOUNS
from quotes.records import Quotation, Span

CONSTRUCTIONS = (
    "quote-source-verb quote-verb-source source-verb-quote verb-source-quote "
    "source-participle-quote source-conjunct-quote accused-of according-to as-source-verb "
    "what-source-verb possessive words-of label label-inside source-colon-quote trailer "
    "passive-agent quoted-as sentence-subject subject-after sentence-before sentence-after intro "
    "carry carry-back carry-open carry-across syntax syntax-possessive syntax-noun-by "
    "syntax-noun-from agree enclosing nearby"
).split()
GROUPS = ("say", "tell", "add", "ask", "write", *CUE_GROUPS, "other")
OTHERS = (
    # Among the rivals.
    "best constructions proposals rival margin rivals rank "
    "inner nearer-cue same-cue outer between "
    # The words of the mention.
    "pronoun it first-person possessive determined capitals words participle "
    "name person body text thing time "
    # What stands beside the mention.
    "after-preposition after-of owns relative-behind comma-behind comma-before opens "
    # Where it stands.
    "after distance same-sentence stops commas quotes that start-of-paragraph "
    # Its cue.
    "has-cue cue-beside cue-distance cue-that cue-commas cue-words "
    # The quotation.
    "direct fragment-behind length comma-end stop-end capital-start"
).split()
FEATURES = (*CONSTRUCTIONS, *(f"cue-{group}" for group in GROUPS), *OTHERS)

_PLACE = {name: i for i, name in enumerate(CONSTRUCTIONS)}
_GROUP_PLACE = {name: len(CONSTRUCTIONS) + i for i, name in enumerate(GROUPS)}
_FAR = 1_500
_NO_CUE = 999.0
_BESIDE = 4
_AROUND = 24
_WORD = re.compile(r"[\w’'-]+")
_GOVERNING = frozenset(("of", "for", "from", "by", "with"))
_VERBAL = frozenset(
    name for name in CONSTRUCTIONS if "verb" in name or "syntax" in name or "-quote" in name
) | {"agree"}


def rows(
    found: Sequence[Candidate], quotation: Quotation, text: str, paragraph: int, rules: RuleTable
) -> list[list[float]]:
    """Return the features of each candidate, in the order of ``FEATURES``.

    ``paragraph`` is the offset at which the quotation's paragraph begins.
    """
    about_quotation = _quotation(quotation)
    cues = [_cue(candidate, quotation) for candidate in found]
    mentions = [candidate.best.mention for candidate in found]
    table = []
    for rank, candidate in enumerate(found):
        mention, cue = mentions[rank], cues[rank]
        before = mention.end <= quotation.start
        table.append(
            _rules(candidate, rules)
            + _standing(found, rank)
            + _rivals(rank, mentions, cues, quotation)
            + _words(mention.text)
            + _beside(mention, text)
            + _position(mention, quotation, text, paragraph)
            + _cue_features(cue, quotation, text)
            + [about_quotation[0], float(quotation.kind == "mixed" and before)]
            + about_quotation[1:]
        )
    return table


def _rules(candidate: Candidate, rules: RuleTable) -> list[float]:
    """Precision by construction and by group of cue verb."""
    row = [0.0] * (len(CONSTRUCTIONS) + len(GROUPS))
    for proposal in candidate.proposals:
        precision = rules.of(proposal)
        for place in (_PLACE.get(proposal.rule), *map(_GROUP_PLACE.get, proposal.circumstances)):
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


def _cue(candidate: Candidate, quotation: Quotation) -> Span | None:
    """Return the cue of the candidate that is nearest to the quotation."""
    cues = [p.cue for p in candidate.proposals if p.cue and p.rule in _VERBAL]
    return min(cues, key=lambda cue: _distance(cue, quotation), default=None)


def _distance(span: Span, quotation: Quotation) -> int:
    behind = span.start >= quotation.end
    return span.start - quotation.end if behind else quotation.start - span.end


def _rivals(
    rank: int, mentions: Sequence[Span], cues: Sequence[Span | None], quotation: Quotation
) -> list[float]:
    """How many rivals stand nearer, with cues of their own: X said Y told Z: “…” is Y's."""
    mention, cue = mentions[rank], cues[rank]
    behind = mention.start >= quotation.end
    inner = nearer = same = outer = 0
    for other, its_cue in zip(mentions, cues, strict=True):
        if cue is None or its_cue is None or other is mention:
            continue
        if (its_cue.start >= quotation.end) != (cue.start >= quotation.end):
            continue
        away = _distance(its_cue, quotation) - _distance(cue, quotation)
        nearer += away < 0
        outer += away > 0
        same += away == 0
        inner += away < 0 and not behind and max(mention.end, cue.end) <= other.start
    between = sum(
        other is not mention
        and (other.start >= quotation.end) == behind
        and _distance(other, quotation) < _distance(mention, quotation)
        for other in mentions
    )
    return [float(inner), float(nearer), float(same), float(outer), float(between)]


def _words(mention: str) -> list[float]:
    parts = mention.split()
    low = mention.lower().split() or [""]
    words = [word.lower() for word in _WORD.findall(mention)]
    head = _head(words)
    named = any(p[:1].isupper() for p in parts[1:] or parts) and low[0] not in PERSONAL
    sorts = [
        named,
        any(noun in PERSON_NOUNS or noun in PLURAL_PEOPLE for noun in head),
        any(noun in BODIES or noun in ORGANISATION_WORDS for noun in head),
        any(noun in TEXTS for noun in head),
    ]
    return [
        low[0] in PERSONAL,
        low[0] == "it",
        low[0] in ("i", "we"),
        low[0] in POSSESSIVES,
        low[0] in DETERMINERS,
        sum(part[:1].isupper() for part in parts) / max(1, len(parts)),
        float(len(parts)),
        low[0].endswith("ing"),
        *map(float, sorts),
        float(not any(sorts) and low[0] not in PRONOUNS),
        float(not TIME_WORDS.isdisjoint(words)),
    ]


def _head(words: Sequence[str]) -> tuple[str, ...]:
    """Return the head noun of a phrase, in the plural also without its ending."""
    bare = [word for word in words if word not in DETERMINERS and word not in POSSESSIVES]
    cut = next((i for i, word in enumerate(bare) if i and word in BOUNDARY), len(bare))
    return (bare[cut - 1], bare[cut - 1].removesuffix("s")) if bare else ()


def _beside(mention: Span, text: str) -> list[float]:
    before = text[max(0, mention.start - _AROUND) : mention.start]
    after = text[mention.end : mention.end + _AROUND]
    words = _WORD.findall(before) if before[-1:] == " " else []
    last = words[-1].lower() if words else ""
    following = _WORD.match(after, 1) if after[:1] == " " else None
    mark = before.rstrip()[-1:]
    return [
        float(last in PREPOSITIONS),
        float(last in _GOVERNING),
        float(after[:2] in ("’s", "'s")),
        float(following is not None and following.group() in ("who", "which", "that")),
        float(after[:1] == ","),
        float(mark == ","),
        float(not mark or mark in '.!?”":'),
    ]


def _position(mention: Span, quotation: Quotation, text: str, paragraph: int) -> list[float]:
    after = mention.start >= quotation.end
    between = (
        text[quotation.end : mention.start][:_FAR]
        if after
        else text[mention.end : quotation.start][-_FAR:]
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


def _cue_features(cue: Span | None, quotation: Quotation, text: str) -> list[float]:
    if cue is None:
        return [0.0, 0.0, _NO_CUE, 0.0, 0.0, 0.0]
    behind = cue.start >= quotation.end
    gap = text[quotation.end : cue.start] if behind else text[cue.end : quotation.start]
    gap = gap[:_FAR]
    away = _distance(cue, quotation)
    return [
        1.0,
        float(away < _BESIDE),
        float(away),
        float(" that " in f" {gap} "),
        float(gap.count(",")),
        float(len(gap.split())),
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
