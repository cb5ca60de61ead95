"""Transcripts: labels say who speaks, no quotation marks are needed.

For an article of the form "transcript" this takes the place of the stages spans and attribution:
every paragraph of a turn is a direct quotation with the rule "transcript".
"""

from __future__ import annotations

from quotes.english.document import Document
from quotes.english.turns import Turn, find_turns, part_of
from quotes.records import Attribution, Evidence, Quotation, Span

RULE = "transcript"
CONFIDENCE = 0.97
"""Of a label that names somebody."""
ANSWER_CONFIDENCE = 0.8
"""Of an answer, given to the only person whom the heading names."""

Found = tuple[list[Quotation], list[Attribution]]


def read_transcript(document: Document) -> Found:
    """Return the quotations of a transcript and who said each, in the order of the text."""
    text = document.text
    turns = find_turns(text if document.laid.starts is not None else document.laid.body)
    asked = _asked(document, turns)
    quotations: list[Quotation] = []
    attributions: list[Attribution] = []
    for turn in turns:
        attribution = _attribution(turn, asked)
        for number, (start, end) in enumerate(turn.paragraphs):
            before = len(quotations) - 1 if number else None
            quotations.append(_quotation(text, start, end, before))
            attributions.append(attribution)
    return quotations, attributions


def _quotation(text: str, start: int, end: int, continues: int | None) -> Quotation:
    return Quotation(
        start,
        end,
        text[start:end],
        start,
        end,
        "direct",
        RULE,
        opened=False,
        closed=False,
        continues=continues,
    )


def _attribution(turn: Turn, asked: Span | None) -> Attribution:
    label = turn.label
    if label is None:
        return Attribution(None, None, RULE, 0.0, reason="another speaker, without a label")
    evidence = (Evidence("label", label.start, label.end, label.text),)
    part = part_of(label.text)
    if part is None:
        return Attribution(label, None, RULE, CONFIDENCE, evidence)
    if part == "answer" and asked is not None:
        return Attribution(asked, None, RULE, ANSWER_CONFIDENCE, evidence)
    return Attribution(None, None, RULE, 0.0, evidence, reason="the label names nobody")


def _asked(document: Document, turns: list[Turn]) -> Span | None:
    """Return the only full name before the first turn: whoever answers the questions."""
    first = next((turn.label for turn in turns if turn.label), None)
    if first is None:
        return None
    names = [name for name in document.names if name.end <= first.start and " " in name.text]
    spellings = {name.text.casefold() for name in names}
    if len(spellings) != 1:
        return None
    return Span(names[0].start, names[0].end, names[0].text)
