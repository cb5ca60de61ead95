"""Makes extracted articles by hand, without any NLP: ``article`` lays out, ``says`` describes."""

from __future__ import annotations

import dataclasses
from dataclasses import dataclass
from datetime import date

from quotes.records import (
    Article,
    AttributedQuotation,
    Attribution,
    Evidence,
    ExtractedArticle,
    Kind,
    Quotation,
    Span,
    Speaker,
    SpeakerType,
    Statement,
)

HARBOUR = "We won’t sell the long-term lease of the harbour to anyone."


@dataclass(frozen=True)
class Said:
    """One quotation to lay out: ``statements`` between marks, then the cue and the mention."""

    speaker: str | None
    statements: tuple[str, ...]
    mention: str | None
    kind: Kind
    confidence: float
    type: SpeakerType
    rule: str


def says(
    speaker: str | None,
    *statements: str,
    mention: str | None = None,
    kind: Kind = "direct",
    confidence: float = 0.9,
    type: SpeakerType = "person",  # noqa: A002
    rule: str = "full-name",
) -> Said:
    """Describe a quotation of ``speaker`` (a full name; None: nobody is named)."""
    return Said(speaker, statements, mention or speaker, kind, confidence, type, rule)


def article(
    *items: Said,
    outlet: str | None = None,
    published: date | None = None,
    url: str | None = None,
    source: str = "article.txt",
    title: str | None = None,
) -> ExtractedArticle:
    """Return an article whose body holds ``items``, one a paragraph, all offsets being right."""
    body = ""
    quotations: list[AttributedQuotation] = []
    statements: list[tuple[Statement, ...]] = []
    for item in items:
        body += "\n\n" if body else ""
        start = len(body)
        body += "“"
        found = []
        for at, text in enumerate(item.statements):
            body += " " if at else ""
            found.append(Statement(len(body), len(body) + len(text), text))
            body += text
        body += "”"
        quotation = Quotation(
            start=start,
            end=len(body),
            text=body[start:],
            inner_start=start + 1,
            inner_end=len(body) - 1,
            kind=item.kind,
            kind_rule="by-hand",
            kind_confidence=0.9,
        )
        body, attribution = _attribute(body, item)
        quotations.append(AttributedQuotation(quotation, attribution, _speaker(item)))
        statements.append(tuple(found) if item.kind != "none" else ())
    record = Article(
        source=source, body=body, title=title, outlet=outlet, url=url, published=published
    )
    return ExtractedArticle(record, tuple(quotations), tuple(statements), "no-model 1.0")


def _attribute(body: str, item: Said) -> tuple[str, Attribution]:
    if item.mention is None:
        return body, Attribution(None, None, "none", item.confidence, reason="no source named")
    cue = Span(len(body) + 1, len(body) + 5, "said")
    mention = Span(cue.end + 1, cue.end + 1 + len(item.mention), item.mention)
    evidence = (Evidence("cue", cue.start, cue.end, cue.text),)
    found = Attribution(mention, cue, "subject", item.confidence, evidence)
    return f"{body} said {item.mention}.", found


def _speaker(item: Said) -> Speaker | None:
    if item.speaker is None:
        return None
    slug = item.speaker.lower().replace(" ", "-")
    return Speaker(slug, item.speaker, item.type, True, item.rule, 1.0)


def with_links(extracted: ExtractedArticle, child: int, parent: int) -> ExtractedArticle:
    """Return ``extracted`` with quotation ``child`` inside ``parent`` and continuing it."""
    found = list(extracted.quotations)
    quotation = dataclasses.replace(found[child].quotation, parent=parent, continues=parent)
    found[child] = dataclasses.replace(found[child], quotation=quotation)
    return dataclasses.replace(extracted, quotations=tuple(found))


TOWN = [
    article(
        says("Ada Quill", HARBOUR, "The old bridge stays open all winter."),
        says(None, "Nobody near the café knew it.", confidence=0.3),
        says("Ada Quill", "Queen of the Quay", kind="none", confidence=0.2),
        outlet="Daily Lantern",
        published=date(2025, 3, 1),
        url="https://lantern.example/harbour",
        title="Harbour stays",
        source="lantern.txt",
    ),
    article(
        says("Ada Quill", "We will not sell the long-term lease of the harbour to anyone"),
        outlet="Evening Post",
        published=date(2025, 3, 2),
        url="https://post.example/1",
        source="post.txt",
    ),
    article(
        says("Ada Quill", "We will sell the long-term lease of the harbour to anyone."),
        says("Bruno Quill", "My sister and I haven't spoken about ferries.", confidence=0.5),
        published=date(2025, 3, 5),
        url="https://nowhere.example/1",
        source="nowhere.txt",
    ),
    article(
        says("Zoë Åkerlund", "A résumé of the ferry timetable is not a timetable."),
        outlet="Evening Post",
        source="undated.txt",
    ),
]
"""Four articles about an invented town."""
