"""Why a speaker was chosen, as a sentence for people instead of the name of a rule."""

from __future__ import annotations

from typing import TYPE_CHECKING

from quotes.search.doubt import percent

if TYPE_CHECKING:
    from quotes.search.reading import Record

REASONS = {
    "quote-source-verb": "named right after the quotation",
    "quote-verb-source": "named right after the quotation",
    "source-verb-quote": "named right before the quotation",
    "verb-source-quote": "named right before the quotation",
    "source-participle-quote": "named before the quotation",
    "source-conjunct-quote": "named as the subject of the clause before the quotation",
    "accused-of": "accused of having said it",
    "according-to": "named as the source (“according to”)",
    "as-source-verb": "named as the source (“as … put it”)",
    "what-source-verb": "named as the source (“what … called”)",
    "possessive": "named as the owner of the quoted words",
    "words-of": "named as the owner of the quoted words",
    "label": "named before a colon",
    "source-colon-quote": "named before a colon",
    "label-inside": "named at the beginning of the quotation, as in a transcript",
    "trailer": "named behind the quotation, after a dash",
    "passive-agent": "named with “by”",
    "quoted-as": "quoted by somebody else in the article",
    "sentence-subject": "named as the subject of the sentence that holds the quotation",
    "subject-after": "named first after the quotation",
    "sentence-before": "named as the subject of the sentence before the quotation",
    "sentence-after": "named as the subject of the sentence after the quotation",
    "nearby": "named nearest to the quotation, a guess",
    "intro": "introduced in the paragraph before the quotation",
    "carry": "taken from the quotation before, which this one continues",
    "carry-back": "taken from the quotation that follows",
    "carry-open": "taken from the paragraph before, whose quotation goes on here",
    "carry-across": "taken from the last quotation of an earlier paragraph",
    "syntax": "named as the subject of the verb that governs the quotation",
    "syntax-possessive": "named as the owner of the quoted words",
    "syntax-noun-by": "named as the author of the quoted words",
    "syntax-noun-from": "named as the author of the quoted words",
    "agree": "found by the words around the quotation and by the grammar of the sentence",
    "echo": "taken from the same words elsewhere in the article",
    "transcript": "named by the label of the transcript",
    "enclosing": "taken from the quotation around this one",
    "judgement": "decided by a person",
    "none": "no source named nearby",
}
"""What each construction says of the speaker, by the first part of a rule's name."""


def reason(rule: str, cue: str | None = None) -> str:
    """Return why a rule chose a speaker: "named right after the quotation (“said”)".

    ``rule`` is a rule with its circumstances ("source-verb-quote/say/adjacent"), ``cue`` the word
    that introduces the quotation. A rule that this version does not know is named as it is.
    """
    said = REASONS.get(rule.partition("/")[0], rule)
    return f"{said} (“{cue}”)" if cue and not said.endswith(")") else said


def why_speaker(
    rule: str,
    confidence: float,
    *,
    cue: str | None = None,
    mention: str | None = None,
    meaning: str | None = None,
) -> str:
    """Return the reason as what follows a name or the word "speaker", and how sure (0-1) it is.

    "named right before the quotation (“said”): “he”, meaning “Roe”; 97 % sure": ``mention`` are the
    words that name the source, ``meaning`` those that tell who that is.
    """
    if rule.partition("/")[0] == "judgement":
        return reason(rule)
    words = f": “{mention}”" if mention else ""
    if mention and meaning and meaning not in mention:
        words += f", meaning “{meaning}”"
    return f"{reason(rule, cue)}{words}; {percent(confidence)} sure"


def why(
    rule: str,
    confidence: float,
    *,
    speaker: str | None,
    found: str | None = None,
    cue: str | None = None,
    mention: str | None = None,
    meaning: str | None = None,
) -> str:
    """Return the reason as a sentence of its own; ``found`` is why there is no ``speaker``.

    "speaker named right before the quotation (“said”): “he”, meaning “Roe”; 97 % sure".
    """
    if speaker is not None:
        words = why_speaker(rule, confidence, cue=cue, mention=mention, meaning=meaning)
        return f"speaker {words}"
    if mention:
        return f"who “{mention}” is remains open" + (f": {found}" if found else "")
    return found or reason(rule)


def why_of(row: Record, meaning: str | None = None) -> str:
    """Return the reason of a row that has the columns of an attribution and its ``speaker``."""
    return why(
        row.rule,
        row.confidence,
        speaker=row.speaker,
        found=row.reason,
        cue=row.cue,
        mention=row.mention,
        meaning=meaning,
    )
