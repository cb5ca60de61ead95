"""What a new extraction of a stored article answers otherwise than the stored one."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Literal

from sqlalchemy import select
from sqlalchemy.orm import Session

from quotes.database.engine.models import Attribution, Quotation, Speaker
from quotes.database.extractions.answers import answer
from quotes.database.extractions.pairing import pair_places
from quotes.errors import ArticleError
from quotes.records import AttributedQuotation, ExtractedArticle

Sort = Literal["gained", "lost", "changed", "new", "gone", "moved"]


@dataclass(frozen=True, slots=True)
class Change:
    """What extraction answers now, and what it answered before, for one quotation.

    "gained", "lost" and "changed" speak of the machine's speaker; "new" and "gone" of the
    quotation itself; "moved" of its ends or kind. ``judged``: a person's word stands above it.
    """

    sort: Sort
    source: str
    text: str
    before: str | None
    after: str | None
    judged: bool = False


@dataclass(slots=True)
class Report:
    """What a run of reprocessing came to. ``lost`` are judgements that found no place again.

    ``failed`` are the articles that could not be extracted or stored again, with the reasons.
    """

    articles: int = 0
    quotations: int = 0
    changes: list[Change] = field(default_factory=list)
    lost: list[int] = field(default_factory=list)
    failed: list[ArticleError] = field(default_factory=list)

    @property
    def counts(self) -> Counter[str]:
        """How many changes there are of each sort."""
        return Counter(change.sort for change in self.changes)


@dataclass(frozen=True, slots=True)
class StoredQuotation:
    """A stored quotation with the machine's answer (``found``), whatever people decided since."""

    row: Quotation
    attribution: Attribution
    found: dict[str, Any]


def stored_quotations(session: Session, article_id: int) -> list[StoredQuotation]:
    """Return the quotations of an article in the order of the text."""
    query = (
        select(Quotation, Attribution, Speaker.slug)
        .join(Attribution, Attribution.quotation_id == Quotation.id)
        .outerjoin(Speaker, Speaker.id == Attribution.speaker_id)
        .where(Quotation.article_id == article_id)
        .order_by(Quotation.start, Quotation.end)
    )
    return [
        StoredQuotation(
            row,
            attribution,
            attribution.found or answer(attribution, slug, row.kind, row.kind_confidence),
        )
        for row, attribution, slug in session.execute(query)
    ]


def pair(old: Sequence[StoredQuotation], extracted: ExtractedArticle) -> dict[int, int]:
    """Return which new quotation (by position) goes on with which stored one."""
    return pair_places(
        [(one.row.start, one.row.end) for one in old],
        [(item.quotation.start, item.quotation.end) for item in extracted.quotations],
    )


def changes(
    old: Sequence[StoredQuotation], extracted: ExtractedArticle, pairs: Mapping[int, int]
) -> Iterator[Change]:
    """Yield what the new extraction answers otherwise: the new quotations first, then the gone."""
    source = extracted.article.source
    for at, item in enumerate(extracted.quotations):
        if at in pairs:
            yield from _differences(old[pairs[at]], item, source)
        else:
            speaker = item.speaker.slug if item.speaker else None
            yield Change("new", source, item.quotation.text, None, speaker)
    kept = set(pairs.values())
    for at, one in enumerate(old):
        if at not in kept:
            judged = one.attribution.found is not None
            yield Change("gone", source, one.row.text, one.found["speaker"], None, judged)


def _differences(one: StoredQuotation, item: AttributedQuotation, source: str) -> Iterator[Change]:
    quotation = item.quotation
    before, after = one.found["speaker"], item.speaker.slug if item.speaker else None
    judged = one.attribution.found is not None
    if before != after:
        sort: Sort = "gained" if before is None else "lost" if after is None else "changed"
        yield Change(sort, source, quotation.text, before, after, judged)
    place = one.row.start, one.row.end, one.found["kind"]
    if place != (quotation.start, quotation.end, quotation.kind):
        was = f"{one.found['kind']}: {one.row.text}"
        now = f"{quotation.kind}: {quotation.text}"
        yield Change("moved", source, quotation.text, was, now, judged)
