"""Why a speaker was chosen, as a sentence for people instead of the name of a rule."""

from __future__ import annotations

REASONS = {
    "quote-source-verb": "named right after the quotation",
    "quote-verb-source": "named right after the quotation",
    "source-verb-quote": "named right before the quotation",
    "verb-source-quote": "named right before the quotation",
    "source-participle-quote": "named before the quotation",
    "source-conjunct-quote": "subject of the clause before the quotation",
    "accused-of": "accused of having said it",
    "according-to": "named as the source (“according to”)",
    "as-source-verb": "named as the source (“as … put it”)",
    "what-source-verb": "named as the source (“what … called”)",
    "possessive": "owner of the quoted words",
    "words-of": "owner of the quoted words",
    "label": "named before a colon",
    "source-colon-quote": "named before a colon",
    "label-inside": "named at the beginning of the quotation, as in a transcript",
    "trailer": "named behind the quotation, after a dash",
    "passive-agent": "named with “by”",
    "quoted-as": "quoted by somebody else in the article",
    "sentence-subject": "subject of the sentence that holds the quotation",
    "subject-after": "named first after the quotation",
    "sentence-before": "subject of the sentence before the quotation",
    "sentence-after": "subject of the sentence after the quotation",
    "nearby": "named nearest to the quotation, a guess",
    "intro": "introduced in the paragraph before the quotation",
    "carry": "speaker of the quotation before, which this one continues",
    "carry-back": "speaker of the quotation that follows",
    "carry-open": "speaker of the paragraph before, whose quotation goes on here",
    "carry-across": "speaker of the last quotation of an earlier paragraph",
    "syntax": "subject of the verb that governs the quotation",
    "syntax-possessive": "owner of the quoted words",
    "syntax-noun-by": "author of the quoted words",
    "syntax-noun-from": "author of the quoted words",
    "agree": "found by the words around the quotation and by the grammar of the sentence",
    "echo": "speaker of the same words elsewhere in the article",
    "enclosing": "speaker of the quotation around this one",
    "judgement": "decided by a person",
    "none": "nobody is named nearby",
}
"""What each construction means, by the first part of a rule's name."""


def reason(rule: str, cue: str | None = None) -> str:
    """Return why a rule chose a speaker: "named right after the quotation (“said”)".

    ``rule`` is a rule with its circumstances ("source-verb-quote/say/adjacent"), ``cue`` the word
    that introduces the quotation. A rule that this version does not know is named as it is.
    """
    said = REASONS.get(rule.partition("/")[0], rule)
    return f"{said} (“{cue}”)" if cue and not said.endswith(")") else said


def sure_reason(rule: str, cue: str | None, confidence: float) -> str:
    """Return why, and how surely (0-1): "named right before the quotation (“said”); 97 % sure"."""
    return f"{reason(rule, cue)}; {round(100 * confidence)} % sure"
