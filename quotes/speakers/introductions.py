"""Finds what the article says of the people it names: titles, appositions, party labels, ages."""

from __future__ import annotations

import itertools
import re
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass, field

from quotes.english.cues import forms, load_lexicon
from quotes.english.firstnames import first_names
from quotes.english.folding import fold, strip_possessive
from quotes.english.lexicon import BODIES, COURTESY, ORGANISATION_WORDS, PLACE_WORDS, any_of, tagged
from quotes.english.names import Name
from quotes.english.nouns import gender_of, gender_of_pronoun
from quotes.english.patterns import alternatives
from quotes.english.segmentation import sentences
from quotes.english.states import state_of
from quotes.english.wordnet import is_person
from quotes.records import Gender
from quotes.speakers.descriptions import ANYBODY, Description, PlaceOf, describe

_AFTER = 140  # characters of an apposition that are read
_PARTY = re.compile(
    r"\s*[(,]\s?(?P<party>R|D|I|Rep|Dem)(?:[-–.,]\s?(?P<state>[\w.\s]{2,14}?))?(?:[),]|[-–]\w)"
)
_AGE = re.compile(r",\s(?:now\s|then\s|aged\s)?\d{1,3}(?=[,.;])")
_APPOSITION = re.compile(
    r"(?:,\s\d{1,3})?,\s(?:who\s(?:is|was|serves\sas|has\sbeen|served\sas)\s)?"
    r"(?P<phrase>[^,;:—–“”\"()\n]{3,120})"
)
# A conjunction, or a clause with a verb of its own: "…, the senator said in a statement".
_NO_APPOSITION = re.compile(
    rf"(?:if|{any_of('conjunction', 'circumstance')})\s|"
    r"(?:(?!\b(?:who|which|that|whose|where)\b).)*"
    rf"\b(?:{alternatives(forms('speech', 'past') | tagged('finite'))})\b"
)
_WHO = re.compile(r",\swho(?:se)?\s")
_COPULA = re.compile(r"\s(?:is|was|became|remains)\s(?P<phrase>(?:an?|the)\s[^,.;:“”\"()\n]{3,80})")
_BEFORE = re.compile(
    r"(?<!\w)(?P<phrase>(?:[Tt]he|[Aa]n?|[Hh]is|[Hh]er|[Tt]heir|[Oo]ne|[Aa]nother|[Ff]ormer|"
    r"\w+['’]s)\s[^,.;:!?“”\"()\n]{2,100})"
    r"(?:,(?:\sthe)?|,(?:\s(?:the|an?))?\s(?P<former>former\s)?(?!and\s|or\s)(?:[a-z-]+\s){0,2}(?P<noun>[a-z-]+))?\s$"
)
OWN_NAME = (
    r"(?:(?:asked\sto\sbe\s)?identified\s(?:only\s)?(?:by\s)?|introduced\s|g[ai]v\w+\s(?:only\s)?)"
    r"(?:(?P<whose>(?:him|her)self|his|her)|themsel\w+|their)(?:\s(?:\w+\s)?name)?"
    r"(?:(?:\sonly)?\sas|,)"
)
"""How somebody gives a name: "who gave her name as Ann"."""
_OWN_NAME = re.compile(rf"\b{OWN_NAME}\s\Z")
_ON_TRIAL = re.compile(
    r"(?:,\s\d{1,3})?(?:,\s[^.;:“”\"\n]{1,80})?,?\s"
    r"(?:(?:is|was|went|are|were|has\sbeen|who\s(?:is|was))\s"
    r"(?:\w+ly\s)?(?:on\strial|charged\swith|arraigned)|ple(?:aded|d|ads)\s(?:not\s)?guilty)"
)
"""What makes its subject the defendant."""
_DETERMINER = re.compile(r"(?<!\w)(?:[Tt]he|[Aa]n?|[Hh]is|[Hh]er|[Tt]heir|[Oo]ne|\w+['’]s)\s")
_OF_PLACE = re.compile(r"\sof\s((?:[A-Z]\w+\s?){1,3})")
_SPEECH = rf"(?:{alternatives(load_lexicon().spoken | {'say'})})"
_SPOKEN = re.compile(rf"\w\s{_SPEECH}(?:\s|\Z)", re.IGNORECASE)
SPEAKS_AFTER = re.compile(
    rf"(?:\s\([^)]{{1,20}}\))?(?:,\s(?:[RDI]-[\w.]{{2,8}}|[^.;:“”\"]{{1,120}}),|\s—\s[^.;“”\"]{{1,120}}\s—)?"
    rf"(?:,?\swho)?\s(?:also\s|later\s|then\s|has\s|had\s|\w+ly\s)?{_SPEECH}\b"
)
_SPEAKS_BEFORE = re.compile(rf"[”\"’',?!—–]\s{_SPEECH}\s(?:\w+['’]s\s)?$")
_ON_BEHALF = re.compile(
    r"(?P<before>[^,;:.]*?)\s*\bspokes(?:man|woman|person|men|women|people)\b"
    r"(?:,?\s(?:for|of)\s(?P<after>[^,;.]+))?",
    re.IGNORECASE,
)
_EMPTY = re.compile(
    rf"^(?:(?:{any_of('empty', 'possessive', 'determiner')}|chief|former)\b\s*)+",
    re.IGNORECASE,
)
_BODY = re.compile(rf"\s(?:news agency|{any_of('outlet')})\b")
_BODY_AHEAD = re.compile(rf"\b(?:{any_of('body')})\s(?:that|which|behind)\s[^,.;:\n]{{2,70}},\s\Z")
"""What leads to the name of a body: "the company that makes the test," Vell, said."""
_BODY_BESIDE = re.compile(
    r"\b(?:[Tt]he|[Aa]n?|[Ii]ts|[Tt]heir|\w+['’]s)\s"
    rf"(?:(?!(?:{any_of('preposition')})\s)[a-z-]+\s){{0,3}}(?:{any_of('body')})\s\Z"
)
"""What stands right before the name of a body: "the charity Vell"."""
_SET_DOWN = re.compile(r"[,.;:)]")
_PARTIES = {"R": "republican", "D": "democrat", "I": "independent"}


@dataclass(slots=True)
class Facts:
    """What one mention of a name tells of its bearer; ``speaks``: a verb of speech stands by it.

    ``principal`` is whom a spokesperson speaks for.
    """

    descriptions: list[Description] = field(default_factory=list)
    gender: Gender | None = None
    is_person: bool = False
    is_body: bool = False
    speaks: bool = False
    principal: str | None = None


def introductions(body: str, names: Sequence[Name], place_of: PlaceOf) -> list[Facts]:
    """Return the facts that stand around each name; the result runs parallel to ``names``."""
    titled = [name.title_start for name in names if name.title]
    facts = [_facts(body, name, titled, place_of) for name in names]
    for index, (name, following) in enumerate(itertools.pairwise(names)):
        if _sets_apart(body, name, following):
            facts[index].speaks = False
    return facts


def _sets_apart(body: str, name: Name, following: Name) -> bool:
    """Tell whether commas set apart a name behind another: "his editor at Lind House, Ann Roe,"."""
    beside = body[name.end : following.title_start] == ", "
    return beside and body[following.end : following.end + 2] == ", " and " " in following.text


def _facts(body: str, name: Name, titled: list[int], place_of: PlaceOf) -> Facts:
    after = body[name.end : name.end + _AFTER]
    facts = Facts(speaks=_speaks(body, name))
    facts.is_body = _is_told_body(body, name, after, speaks=facts.speaks)
    own = _OWN_NAME.search(body, max(0, name.start - 60), name.start)
    if own:
        facts.is_person = facts.speaks = True
        facts.gender = gender_of_pronoun(own["whose"]) if own["whose"] else None
    if name.title:
        facts.principal = on_behalf_of(name.title)
        _read_title(name.title, after, facts, place_of)
    follower = bisect_left(titled, name.end)
    if follower < len(titled):
        # The title of the next name in a list is no apposition to this one.
        after = after[: max(0, titled[follower] - name.end)]
    party = _PARTY.match(after)
    if party:
        facts.descriptions.append(_party_label(party))
        facts.is_person = True
        after = after[party.end() - 1 :] if party.group()[-1] == "," else after[party.end() :]
    if _AGE.match(after) or (_WHO.match(after) and _may_be_full(name.text)):
        facts.is_person = True
    for phrase in _phrases(body, name, after):
        facts.principal = facts.principal or on_behalf_of(phrase)
        for description in describe(phrase, place_of):
            facts.descriptions.append(description)
            facts.gender = facts.gender or description.gender
            is_body = description.noun in BODIES and not (
                " " in name.text and _opens_with_first_name(name)
            )  # "Vell, the lender,"
            facts.is_body = facts.is_body or is_body
            facts.is_person = facts.is_person or not is_body
    return facts


def _may_be_full(name: str) -> bool:
    """Tell whether a name may be somebody's in full: not "Leeds United", "the Torvale Rovers"."""
    last = name.rpartition(" ")[2].lower()
    return " " in name and last not in PLACE_WORDS | ORGANISATION_WORDS and last[-1] != "s"


def on_behalf_of(phrase: str) -> str | None:
    """Return whom a spokesperson speaks for ("a spokeswoman for the ministry"), if one is named."""
    match = _ON_BEHALF.search(phrase)
    if not match:
        return None
    principal = _EMPTY.sub("", match["after"] or match["before"])
    return strip_possessive(principal.strip(" ,")) or None


def _speaks(body: str, name: Name) -> bool:
    if SPEAKS_AFTER.match(body, name.end):
        return True
    return bool(_SPEAKS_BEFORE.search(body, max(0, name.title_start - 40), name.title_start))


def _read_title(title: str, after: str, facts: Facts, place_of: PlaceOf) -> None:
    words = fold(title).split()
    facts.gender = gender_of(words)
    if words[-1] in COURTESY and len(words) == 1:
        facts.is_person = True
        return
    home = _OF_PLACE.match(after)
    descriptions = describe(title + (home.group() if home else ""), place_of)
    descriptions += [
        Description(ANYBODY, frozenset({word}))
        for word in ("republican", "democrat")
        if word in words or (word == "democrat" and "democratic" in words)
    ]
    facts.descriptions += descriptions
    facts.is_person = bool(descriptions)


def _is_told_body(body: str, name: Name, after: str, *, speaks: bool) -> bool:
    """Tell whether the words around a name call its bearer a body: "the charity Vell said"."""
    if _BODY.match(after):
        return True
    if after[:1] == "," and _BODY_AHEAD.search(body, max(0, name.start - 100), name.start):
        return True
    if name.title or not (speaks or _SET_DOWN.match(after)) or _opens_with_first_name(name):
        return False  # "the company Ann Roe founded"
    return bool(_BODY_BESIDE.search(body, max(0, name.start - 60), name.start))


def _opens_with_first_name(name: Name) -> bool:
    return fold(name.text).split()[0] in first_names()


def _party_label(match: re.Match[str]) -> Description:
    words = {_PARTIES[match["party"][0]]}
    state = state_of(match["state"] or "")
    if state:
        words.update(state.split())
    return Description(ANYBODY, frozenset(words), frozenset(words))


def _phrases(body: str, name: Name, after: str) -> list[str]:
    """Return the noun phrases in apposition to a name, after it and before it."""
    found = []
    for pattern in (_APPOSITION, _COPULA):
        match = pattern.match(after)
        if match and not _NO_APPOSITION.match(match["phrase"]):
            found += [match["phrase"][:end] for _, end in sentences(match["phrase"])[:1]]
    if _ON_TRIAL.match(after):
        found.append("the defendant")
    before = body[max(0, name.title_start - 120) : name.title_start]
    beside = (
        before.rstrip().removesuffix(" the").endswith(",")
        or before[before.rstrip().rfind(" ") + 1 :][:1].isupper()
    )
    match = _BEFORE.search(before)
    if match and not (beside or match["former"] or is_person(match["noun"] or "")):
        match = None
    if match and not _SPOKEN.search(match["phrase"]):  # "Roe's son told The Bo Lind Show"
        # The innermost determiner whose phrase reaches up to the name.
        starts = [d.start() for d in _DETERMINER.finditer(match["phrase"])]
        found.append(match["phrase"][starts[0] if starts else 0 :])
    return found
