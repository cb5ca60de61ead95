"""Who stands outside the clause that holds a quotation, and so is not its source."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from itertools import takewhile

from quotes.attribution.nearby import ANSWER
from quotes.attribution.passives import leads_as
from quotes.attribution.proposals import Proposal
from quotes.attribution.view import Item, Passage
from quotes.english.cues import forms
from quotes.english.lexicon import (
    AUXILIARIES,
    BODIES,
    COLLECTIVES,
    CONJUNCTIONS,
    COPULAS,
    DETERMINERS,
    PERSONAL,
    PLURAL_PEOPLE,
    POSSESSIVES,
    PREPOSITIONS,
    PRONOUNS,
    RELATIVES,
    SUBORDINATORS,
    TEXTS,
    tagged,
)
from quotes.english.nouns import PERSON_NOUNS

_SPEAKING = frozenset(("say", "tell", "add", "ask", "write", "core", "manner", "writing"))
_LEADING = frozenset(("source-verb-quote", "source-conjunct-quote"))
_BEHIND = frozenset(("quote-source-verb", "quote-verb-source"))
_CALLING = forms("as") & forms("naming")
_NAMING = forms("naming", "third", "past")
_SPEAKERS = TEXTS | PERSON_NOUNS | PLURAL_PEOPLE | BODIES | COLLECTIVES
_BEFORE_OBJECT = (
    PREPOSITIONS
    | DETERMINERS
    | POSSESSIVES
    | COPULAS
    | AUXILIARIES
    | tagged("he", "she", "it", "they")
)
_LINKS = PERSONAL | {"that", "me", "him", "her", "us", "them"}
_TOLD, _PRONOUNS = 8, 3  # words behind "told", and those of them that a pronoun must be among
_BESIDE = frozenset(("adjacent", "colon", "comma", "that"))
_ADDRESSING = forms("of-somebody", "past") & forms("speech", "past")
_ASKS = _BEHIND | {"passive-agent", "according-to"}
"""Who may have put something to somebody: "Roe was asked, “…?” by Lind"."""


def without_outer(
    passage: Passage,
    quotation: int,
    proposals: Sequence[Proposal],
    surface: Sequence[Proposal],
) -> list[Proposal]:
    """Leave out who only reports, or is only spoken of, before the clause that holds a quotation.

    "Roe said Lind later wrote that “…”", "Roe accused Lind of saying “…”", "“…,” aides said Lind
    told them": the subject of the verb beside the quotation is its source. ``surface`` are the
    surface rules' proposals, which tell where that clause begins; ``quotation`` is its index.
    """
    proposals = _without_things(passage, quotation, proposals, surface)
    inner = next((p for p in surface if _is_inner(passage, quotation, p)), None)
    if inner is None:
        return list(proposals)
    position = passage.position[quotation]
    first = 0 if _is_related(passage, quotation, inner) else passage.sentence(position)[0]
    begin, end = passage.items[first].start, inner.mention.start
    if inner.rule == "possessive":
        end = passage.items[position].start  # "Roe's description of her as “…”"
    opens = _opens_sentence(passage, quotation, inner)
    leads = opens or _introduces(inner) or _tells(passage, quotation, inner)
    behind = passage.items[position].end if leads else None

    def is_outside(one: Proposal) -> bool:
        if one.mention == inner.mention:
            return False
        if begin <= one.mention.start and one.mention.end <= end:
            return True
        is_behind = behind is not None and one.mention.start >= behind
        return is_behind and (opens or _is_behind(one))

    return [proposal for proposal in proposals if not is_outside(proposal)]


def _is_behind(proposal: Proposal) -> bool:
    if proposal.rule in _BEHIND:
        return True
    return proposal.rule in ("syntax", "agree") and "right" in proposal.circumstances


def _introduces(proposal: Proposal) -> bool:
    """Tell whether only the quotation can be what is said: "Roe said, “…,” an officer said".

    Not after a colon, which may follow what was said: "Roe had one wish: “…,” she said".
    """
    return proposal.rule in _LEADING and proposal.circumstances[-1] in ("adjacent", "comma")


def of_questions(passage: Passage, quotation: int, proposals: list[Proposal]) -> list[Proposal]:
    """Keep who may have put a quotation to the subject: "Roe was asked, “…?”", by whomever.

    Where a question stands as its label, only whose answer it is may be meant: "Her advice? “…”".
    """
    answers = [p for p in proposals if p.circumstances[-1:] == (ANSWER,)]
    if answers:
        return answers
    items, at = passage.items, passage.position[quotation]
    first, _ = passage.sentence(at)
    v = at - 1
    while v > first and not items[v].is_word and items[v].quotation is None:
        v -= 1
    if v == first or items[v].low not in _ADDRESSING or items[v - 1].low not in COPULAS:
        return proposals
    return [p for p in proposals if p.rule in _ASKS]


def _without_things(
    passage: Passage,
    quotation: int,
    proposals: Sequence[Proposal],
    surface: Sequence[Proposal],
) -> Sequence[Proposal]:
    """Leave out what only shows or means something, where a source stands right behind.

    "The gap suggests “…,” according to Roe".
    """
    at = passage.items[passage.position[quotation]]
    credited = any(
        p.rule == "according-to" and p.cue and 0 <= p.cue.start - at.end < 3 for p in surface
    )
    return [p for p in proposals if not _is_thing(p)] if credited else proposals


def _is_thing(proposal: Proposal) -> bool:
    """Tell whether a mention is a noun phrase for what cannot speak: "the gap"."""
    if proposal.rule == "according-to":
        return False
    words = proposal.mention.text.split()
    head = words[-1].lower()
    named = any(word[0].isupper() for word in words[1:])
    speaks = named or head in _SPEAKERS
    return words[0].lower() in DETERMINERS and len(words) > 1 and not speaks


def _is_inner(passage: Passage, quotation: int, proposal: Proposal) -> bool:
    return (
        _opens_clause(proposal)
        or _is_related(passage, quotation, proposal)
        or _is_agent(passage, quotation, proposal)
        or _names(passage, quotation, proposal)
        or _tells(passage, quotation, proposal)
    )


def _is_related(passage: Passage, quotation: int, proposal: Proposal) -> bool:
    """Tell whether a relative clause of the mention holds the quotation.

    "Roe took over from Lind, who had promised to “…”"; not "from Lind, who warned her, and “…”",
    "people who shout in the hall “are all alike”".
    """
    cue = proposal.cue
    if cue is None or proposal.rule != "source-verb-quote" or _is_text(proposal):
        return False
    if "far" in proposal.circumstances:
        return False
    items = _before(passage, quotation, proposal.mention.end)
    leads = any(item.low in RELATIVES for item in items if item.start < cue.start)
    between = [item for item in items if item.start >= cue.end]
    if not leads or any(not item.is_word or item.low in CONJUNCTIONS for item in between):
        return False
    return not between or between[-1].low in _BEFORE_OBJECT


def _tells(passage: Passage, quotation: int, proposal: Proposal) -> bool:
    """Tell whether a verb of telling leads to the quotation.

    "aides told the mayor they “…”", "aides told the mayor the bridge was “…”".
    """
    if proposal.cue is None or proposal.rule != "source-verb-quote" or _is_text(proposal):
        return False
    if proposal.circumstances[0] != "tell":
        return False
    between = _before(passage, quotation, proposal.cue.end)
    if not 0 < len(between) <= _TOLD or not all(item.is_word for item in between):
        return False
    linked = any(re.split("['’]", item.low)[0] in _LINKS for item in between[-_PRONOUNS:])
    return linked or any(item.low in COPULAS or item.low in AUXILIARIES for item in between[2:])


def _opens_sentence(passage: Passage, quotation: int, proposal: Proposal) -> bool:
    """Tell whether the clause before the main one holds it: "When Roe called it “…,” Lind left"."""
    if not _names(passage, quotation, proposal):
        return False
    clause = _before(passage, quotation, passage.items[0].start)
    return clause[0].low in SUBORDINATORS and all(item.is_word for item in clause)


def _is_agent(passage: Passage, quotation: int, proposal: Proposal) -> bool:
    """Tell whether somebody is called “…” by the mention: "Roe was described by fans as “…”"."""
    if proposal.rule != "passive-agent" or proposal.circumstances[0] != "left":
        return False
    return leads_as(_before(passage, quotation, proposal.mention.end))


def _before(passage: Passage, quotation: int, offset: int) -> list[Item]:
    """Return the items of its sentence that stand between an offset and a quotation."""
    at = passage.position[quotation]
    first, _ = passage.sentence(at)
    behind = takewhile(lambda i: passage.items[i].start >= offset, range(at - 1, first - 1, -1))
    return [passage.items[i] for i in behind][::-1]


def _opens_clause(proposal: Proposal) -> bool:
    """Tell whether the mention is the subject of the very clause that holds the quotation."""
    match proposal.rule, proposal.circumstances:
        case ("accused-of", _) | ("quote-source-verb", ("reported", *_)):
            return True
        case ("source-participle-quote", ("text" | "absolute", *_)) | ("possessive", (_, "as")):
            return True
        case "source-conjunct-quote", (*_, group, gap):
            return group in _SPEAKING and gap in _BESIDE
        case "source-verb-quote", (group, gap):
            return group in _SPEAKING and gap in _BESIDE and not _is_text(proposal)
    return False


def _names(passage: Passage, quotation: int, proposal: Proposal) -> bool:
    """Tell whether the mention is the subject of what calls somebody or something “…”.

    "Roe said Lind had described the pact as “…”", "reports that Lind called her “…”". A pronoun
    there mostly stands for who says it: "Roe is fighting what he calls “…”".
    """
    match proposal.rule, proposal.circumstances:
        case "syntax", ("naming", _, "left", "own"):
            pass
        case "source-verb-quote", ("naming", "near"):
            return _calls(passage, quotation, proposal)
        case _:
            return False
    if proposal.cue is None or proposal.mention.text.lower() in PRONOUNS:
        return False
    return proposal.cue.text.lower() in _CALLING or _stands_as(passage, quotation)


def _calls(passage: Passage, quotation: int, proposal: Proposal) -> bool:
    """Tell the same of what no parser saw: "When Roe refers to it as “…”, Lind …"."""
    cue = proposal.cue
    if cue is None or cue.text.lower() not in _NAMING or not proposal.mention.text[0].isupper():
        return False
    clause = _before(passage, quotation, passage.items[0].start)
    return clause[0].low in SUBORDINATORS and _stands_as(passage, quotation)


def _stands_as(passage: Passage, quotation: int) -> bool:
    at = passage.position[quotation]
    return any(item.low == "as" for item in passage.items[max(0, at - 2) : at])


def _is_text(proposal: Proposal) -> bool:
    """Tell whether a text speaks: "Roe put out a statement that said …"."""
    return proposal.mention.text.rpartition(" ")[2].lower() in TEXTS


def with_own_subjects(surface: Iterable[Proposal], parsed: Iterable[Proposal]) -> list[Proposal]:
    """Leave out who shares a verb that has a subject of its own right before it.

    “Rules differ for ports and Ann Roe said it was …”: the parser may join “ports and Ann Roe”.
    """
    said = [p for p in surface if p.rule == "source-verb-quote" and p.circumstances[0] == "say"]
    cues = {p.cue.start for p in said if p.cue}
    return [p for p in parsed if not (_shares(p) and p.cue and p.cue.start in cues)]


def _shares(proposal: Proposal) -> bool:
    return proposal.circumstances[-1:] == ("shared",)
