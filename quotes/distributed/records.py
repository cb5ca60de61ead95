"""Articles and what was found in them, from the records of the stages to rows and back."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import Any

from quotes.distributed.schema import article_id, month_of
from quotes.records import (
    Article,
    AttributedQuotation,
    Attribution,
    Evidence,
    ExtractedArticle,
    Quotation,
    Span,
    Speaker,
    Statement,
)

Row = Mapping[str, Any]

_FACTS = (
    "source",
    "url",
    "title",
    "byline",
    "language",
    "published",
    "outlet",
    "archived",
    "raw_hash",
    "form",
    "provenance",
    "body",
    "original",
)
_PLACE = (
    "start",
    "end",
    "text",
    "inner_start",
    "inner_end",
    "kind",
    "kind_rule",
    "kind_confidence",
    "opened",
    "closed",
    "parent",
    "continues",
)


def article_row(article: Article, number: int, outlet_slug: str | None) -> dict[str, Any]:
    """Return an article, the ``number``-th of its source, as a row of ``TEXTS``."""
    address, content = article.address, article.content_hash
    return {
        **{name: getattr(article, name) for name in _FACTS},
        "article_id": article_id(content, address),
        "number": number,
        "month": month_of(article),
        "address": address,
        "content_hash": content,
        "outlet_slug": outlet_slug,
        "words": article.body.count(" ") + 1,
    }


def article_of(row: Row) -> Article:
    """Return the article that a row holds."""
    return Article(**{name: row[name] for name in _FACTS})


def found_rows(extracted: ExtractedArticle) -> list[dict[str, Any]]:
    """Return the quotations of an article as they stand in a row of ``EXTRACTED``."""
    return [
        _found_row(at, item, statements)
        for at, (item, statements) in enumerate(
            zip(extracted.quotations, extracted.statements, strict=True)
        )
    ]


def extracted_of(row: Row) -> ExtractedArticle:
    """Return the article of a row of ``EXTRACTED`` with everything that was found in it."""
    found = row["quotations"]
    return ExtractedArticle(
        article_of(row),
        tuple(map(_item_of, found)),
        tuple(
            tuple(Statement(one["start"], one["end"], one["text"]) for one in item["statements"])
            for item in found
        ),
        row["model"],
    )


def quotation_of(row: Row) -> Quotation:
    """Return the quotation in a row of ``QUOTATIONS``."""
    return Quotation(**{name: row[name] for name in _PLACE})


def _found_row(
    at: int, item: AttributedQuotation, statements: Sequence[Statement]
) -> dict[str, Any]:
    attribution, speaker = item.attribution, item.speaker
    return {
        "position": at,
        **{name: getattr(item.quotation, name) for name in _PLACE},
        **_span_row("mention", attribution.mention),
        **_span_row("cue", attribution.cue),
        **_span_row("reporter", attribution.reporter),
        "rule": attribution.rule,
        "confidence": attribution.confidence,
        "reason": attribution.reason,
        "evidence": _packed(attribution.evidence),
        "speaker": speaker and speaker.name,
        "speaker_slug": speaker and speaker.slug,
        "speaker_type": speaker and speaker.type,
        "provisional": speaker and speaker.provisional,
        "speaker_rule": speaker and speaker.rule,
        "speaker_confidence": speaker and speaker.confidence,
        "speaker_evidence": _packed(speaker.evidence if speaker else ()),
        "on_behalf_of": speaker and speaker.on_behalf_of,
        "statements": [
            {"start": one.start, "end": one.end, "text": one.text} for one in statements
        ],
    }


def _item_of(row: Row) -> AttributedQuotation:
    attribution = Attribution(
        _span_of("mention", row),
        _span_of("cue", row),
        row["rule"],
        row["confidence"],
        _unpacked(row["evidence"]),
        row["reason"],
        _span_of("reporter", row),
    )
    speaker = row["speaker_slug"] and Speaker(
        row["speaker_slug"],
        row["speaker"],
        row["speaker_type"],
        row["provisional"],
        row["speaker_rule"],
        row["speaker_confidence"],
        _unpacked(row["speaker_evidence"]),
        row["on_behalf_of"],
    )
    return AttributedQuotation(quotation_of(row), attribution, speaker)


def _span_row(name: str, span: Span | None) -> dict[str, Any]:
    start, end, text = (span.start, span.end, span.text) if span else (None, None, None)
    return {name: text, f"{name}_start": start, f"{name}_end": end}


def _span_of(name: str, row: Row) -> Span | None:
    if row[name] is None:
        return None
    return Span(row[f"{name}_start"], row[f"{name}_end"], row[name])


def _packed(evidence: Sequence[Evidence]) -> str:
    return json.dumps([piece.fields() for piece in evidence], ensure_ascii=False)


def _unpacked(packed: str) -> tuple[Evidence, ...]:
    return tuple(Evidence(**piece) for piece in json.loads(packed))
