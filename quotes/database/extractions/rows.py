"""Records of the extraction stages as rows of the tables (without the ids that link them)."""

from __future__ import annotations

from typing import Any

from quotes.database.engine import models
from quotes.errors import ArticleError
from quotes.records import Article, AttributedQuotation, ExtractedArticle, Quotation, Span

LONGEST_ADDRESS = 2000
LONGEST_OUTLET = 300


def check(article: Article) -> None:
    """Raise ArticleError if a database could not hold the article exactly as it is."""
    facts = (article.title, article.outlet, article.url, article.byline, article.archived)
    texts = (article.body, article.original, *facts)
    if any("\x00" in text for text in texts if text):
        raise ArticleError(article.source, "contains a NUL character; save it as plain text")
    try:
        for text in texts:
            (text or "").encode()
    except UnicodeEncodeError:
        raise ArticleError(
            article.source,
            "contains half a surrogate pair; save it as UTF-8",
        ) from None
    if len(article.url or "") > LONGEST_ADDRESS:
        raise ArticleError(
            article.source, f"the url is longer than {LONGEST_ADDRESS:,} characters: shorten it"
        )
    if len(article.outlet or "") > LONGEST_OUTLET:
        raise ArticleError(
            article.source,
            f"the outlet is longer than {LONGEST_OUTLET} characters: name it shorter",
        )


def article_row(article: Article) -> dict[str, Any]:
    """Return the columns of ``articles`` that come from the record."""
    return {
        "source": article.source,
        "url": article.url,
        "address": article.address,
        "content_hash": article.content_hash,
        "title": article.title,
        "byline": article.byline,
        "language": article.language,
        "published": article.published,
        "archived": article.archived,
        "raw_hash": article.raw_hash,
        "form": article.form,
        "provenance": article.provenance,
        "body": article.body,
        "removed": False,
        "original": article.original,
    }


def quotation_row(quotation: Quotation) -> dict[str, Any]:
    """Return the columns of ``quotations`` but for the article, parent and continuation."""
    return {
        "start": quotation.start,
        "end": quotation.end,
        "inner_start": quotation.inner_start,
        "inner_end": quotation.inner_end,
        "text": quotation.text,
        "kind": quotation.kind,
        "kind_rule": quotation.kind_rule,
        "kind_confidence": quotation.kind_confidence,
        "opened": quotation.opened,
        "closed": quotation.closed,
    }


def attribution_row(item: AttributedQuotation) -> dict[str, Any]:
    """Return the columns of ``attributions`` but for the quotation, speaker and run."""
    attribution, speaker = item.attribution, item.speaker
    return {
        **_span("mention", attribution.mention),
        **_span("cue", attribution.cue),
        **_span("reporter", attribution.reporter),
        "rule": attribution.rule,
        "confidence": attribution.confidence,
        "reason": attribution.reason,
        "evidence": [piece.fields() for piece in attribution.evidence],
        "speaker_rule": speaker.rule if speaker else None,
        "speaker_confidence": speaker.confidence if speaker else None,
        "speaker_evidence": [piece.fields() for piece in speaker.evidence] if speaker else [],
        "on_behalf_of": speaker.on_behalf_of if speaker else None,
    }


def rendering_rows(extracted: ExtractedArticle) -> list[tuple[int, dict[str, Any]]]:
    """Return (index of the quotation, columns of ``renderings``) for every statement."""
    return [
        (at, {"start": statement.start, "end": statement.end, "text": statement.text})
        for at, statements in enumerate(extracted.statements)
        for statement in statements
    ]


def record(row: models.Quotation) -> Quotation:
    """Return a stored quotation as the stages know it (without its links)."""
    return Quotation(
        start=row.start,
        end=row.end,
        text=row.text,
        inner_start=row.inner_start,
        inner_end=row.inner_end,
        kind=row.kind,
        kind_rule=row.kind_rule,
        opened=row.opened,
        closed=row.closed,
    )


def _span(name: str, span: Span | None) -> dict[str, Any]:
    start, end, text = (span.start, span.end, span.text) if span else (None, None, None)
    return {name: text, f"{name}_start": start, f"{name}_end": end}
