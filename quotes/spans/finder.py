"""Find the quotations of an article: marks, pairs by paragraph, nesting, continued speech."""

from __future__ import annotations

import itertools
from collections.abc import Iterator

from quotes.english.document import Document
from quotes.english.zones import Zone
from quotes.records import Quotation
from quotes.spans.context import Context
from quotes.spans.kinds import Against, joined, reason_against, ruled_out, weigh
from quotes.spans.marks import Mark, find_marks
from quotes.spans.pairing import Pair, pair_marks

CROWD = 1_000  # quotations in one paragraph ...
ELBOW_ROOM = 20  # ... with fewer characters each on the average than this: no prose


def find_quotations(document: Document) -> list[Quotation]:
    """Return every quotation of a document in order, outer before inner.

    ``parent`` and ``continues`` are indices into the list. Spans of one level never overlap, and a
    lost mark changes nothing outside its own paragraph. Linear in the length of the text.
    """
    body = document.text
    found: list[Quotation] = []
    open_speech: tuple[int, int] | None = None  # (paragraph, index) of speech that runs on
    for number, start, end, marks in _by_paragraph(document):
        zone = document.zones[number]
        pairs = pair_marks(body, marks, start, end)
        continues = None
        if (
            open_speech
            and _follows(document, open_speech[0], number)
            and pairs
            and pairs[0].start == start
        ):
            continues = open_speech[1]
        first = len(found)
        found.extend(_records(body, pairs, (start, end), zone, first, continues))
        runs_on = [at for at, pair in enumerate(pairs, first) if pair.runs_on]
        open_speech = (number, runs_on[-1]) if runs_on else None
    return found


def _follows(document: Document, one: int, other: int) -> bool:
    """Tell whether nothing but headings and links stands between two paragraphs."""
    return "text" not in document.zones[one + 1 : other]


def _by_paragraph(document: Document) -> Iterator[tuple[int, int, int, list[Mark]]]:
    """Yield (number, start, end, marks) of every paragraph that has quotation marks."""
    index = document.paragraphs
    marks = find_marks(document.text)
    for number, inside in itertools.groupby(marks, lambda mark: index.index(mark.start)):
        yield number, *index.pieces[number], list(inside)


def _records(
    body: str,
    pairs: list[Pair],
    paragraph: tuple[int, int],
    zone: Zone,
    first: int,
    continues: int | None,
) -> Iterator[Quotation]:
    around: list[int] = []
    crowded = _is_crowded(pairs)
    against: Against | None = None  # the rule that named the quotation before as no speech
    for at, pair in enumerate(pairs):
        while around and pairs[around[-1]].end <= pair.start:
            around.pop()
        parent = first + around[-1] if around else None
        carried = continues if at == 0 else None
        context = _context(body, pair, paragraph, zone, carried is not None or pair.runs_on)
        if crowded:
            against = "no-prose"
        elif not (against and joined(body, pairs[at - 1].end, context)):
            against = reason_against(context)
        kind, rule, confidence = ruled_out(against) if against else weigh(context)
        yield Quotation(
            start=pair.start,
            end=pair.end,
            text=body[pair.start : pair.end],
            inner_start=pair.inner_start,
            inner_end=pair.inner_end,
            kind=kind,
            kind_rule=rule,
            kind_confidence=round(confidence, 4),
            opened=pair.opened,
            closed=pair.closed,
            parent=parent,
            continues=carried,
        )
        around.append(at)


def _is_crowded(pairs: list[Pair]) -> bool:
    return len(pairs) > CROWD and pairs[-1].end - pairs[0].start < ELBOW_ROOM * len(pairs)


def _context(
    body: str, pair: Pair, paragraph: tuple[int, int], zone: Zone, continued: bool
) -> Context:
    return Context(
        body,
        pair.start,
        pair.end,
        pair.inner_start,
        pair.inner_end,
        *paragraph,
        opened=pair.opened,
        closed=pair.closed,
        continued=continued,
        zone=zone,
    )
