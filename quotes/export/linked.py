"""Linked data: quotes as schema.org Quotation and Claim, quotations as W3C annotations.

A quote is a ``Quotation`` (https://schema.org/Quotation) and a ``Claim``
(https://schema.org/Claim), whose ``author``, ``datePublished``, ``firstAppearance`` and
``appearance`` are what ClaimReview needs. A quotation is an annotation of its article with a
text-quote and a text-position selector (https://www.w3.org/TR/annotation-model/).
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from quotes.export.collected import CollectedQuote, Source
from quotes.search.doubt import certainty

_TYPES = {"person": "Person", "organisation": "Organization", "group": "Organization"}


def quotes_document(quotes: Iterable[CollectedQuote]) -> dict[str, Any]:
    """Return a JSON-LD document with one object a quote."""
    return {"@context": "https://schema.org", "@graph": [_quote(quote) for quote in quotes]}


def annotations_document(columns: Sequence[str], rows: Iterable[Sequence[Any]]) -> dict[str, Any]:
    """Return a JSON-LD document with one annotation a quotation, of the rows of an export."""
    items = [_annotation(dict(zip(columns, row, strict=True))) for row in rows]
    return {
        "@context": ["http://www.w3.org/ns/anno.jsonld", {"schema": "https://schema.org/"}],
        "type": "AnnotationCollection",
        "total": len(items),
        "items": items,
    }


def _quote(quote: CollectedQuote) -> dict[str, Any]:
    sources = quote.sources
    who = _without_none(
        {
            "@type": _TYPES.get(quote.speaker_type, "Thing"),
            "name": quote.speaker,
            "identifier": quote.speaker_slug,
            "gender": quote.gender,
            "sameAs": f"https://www.wikidata.org/entity/{quote.wikidata}"
            if quote.wikidata
            else None,
        }
    )
    return _without_none(
        {
            "@type": ["Quotation", "Claim"],
            "@id": f"urn:quotes:q{quote.id}",
            "text": quote.text,
            "author": who,
            "spokenByCharacter": who,
            "datePublished": _day(quote.first_published),
            "firstAppearance": _article(sources[0]) if sources else None,
            "appearance": [_article(source) for source in sources],
            "alternateName": [one.text for one in quote.variants if one.text != quote.text] or None,
            "additionalProperty": [
                _property("confidence", round(quote.confidence, 4)),
                _property("certainty of the speaker", certainty(quote.confidence)),
                *(_property("remark", remark) for remark in quote.remarks),
            ],
        }
    )


def _article(source: Source) -> dict[str, Any]:
    return _without_none(
        {
            "@type": "NewsArticle",
            "url": source.url,
            "headline": source.title,
            "datePublished": _day(source.published),
            "publisher": {"@type": "Organization", "name": source.outlet}
            if source.outlet
            else None,
            "text": source.text,
        }
    )


def _annotation(row: dict[str, Any]) -> dict[str, Any]:
    speaker = row["speaker"]
    body = _without_none(
        {
            "type": f"schema:{_TYPES.get(row['speaker_type'] or '', 'Thing')}" if speaker else None,
            "schema:name": speaker,
            "schema:identifier": row["speaker_slug"],
            "quotes:confidence": round(row["confidence"], 4),
            "quotes:certainty": row["certainty"],
            "quotes:kind": row["kind"],
            "quotes:rule": row["rule"],
        }
    )
    return {
        "id": f"urn:quotes:n{row['id']}",
        "type": "Annotation",
        "motivation": "identifying",
        "body": body,
        "target": {
            "source": row["url"] or row["article"],
            "selector": [
                {"type": "TextQuoteSelector", "exact": row["text"]},
                {"type": "TextPositionSelector", "start": row["start"], "end": row["end"]},
            ],
        },
    }


def _property(name: str, value: object) -> dict[str, Any]:
    return {"@type": "PropertyValue", "name": name, "value": value}


def _day(day: Any) -> str | None:
    return day.isoformat() if day else None


def _without_none(found: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in found.items() if value is not None}
