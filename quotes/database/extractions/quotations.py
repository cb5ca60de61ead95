"""Quotations, who they were attributed to, and their statements: from the records to the tables."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy.orm import Session

from quotes.database.engine.bulk import insert_rows, reserve_ids
from quotes.database.engine.models import Attribution, Quotation, Rendering
from quotes.database.extractions.rows import attribution_row, quotation_row, rendering_rows
from quotes.records import ExtractedArticle


def add_quotations(session: Session, extracted: ExtractedArticle, article_id: int) -> Sequence[int]:
    """Insert the quotations of an article; return their ids in the same order."""
    found = [item.quotation for item in extracted.quotations]
    ids = reserve_ids(session, Quotation, len(found))
    insert_rows(
        session,
        Quotation,
        [
            {
                "id": key,
                "article_id": article_id,
                **quotation_row(item),
                "parent_id": None if item.parent is None else ids[item.parent],
                "continues_id": None if item.continues is None else ids[item.continues],
            }
            for key, item in zip(ids, found, strict=True)
        ],
    )
    return ids


def add_attributions(
    session: Session,
    extracted: ExtractedArticle,
    quotations: Sequence[int],
    speakers: Sequence[int | None],
    run_id: int,
) -> None:
    """Insert the attribution of each quotation (id), with its speaker (id)."""
    insert_rows(
        session,
        Attribution,
        [
            {"quotation_id": key, "run_id": run_id, "speaker_id": speaker, **attribution_row(item)}
            for key, speaker, item in zip(quotations, speakers, extracted.quotations, strict=True)
        ],
    )


def add_renderings(
    session: Session, extracted: ExtractedArticle, article_id: int, quotations: Sequence[int]
) -> list[tuple[int, int]]:
    """Insert the statements of each quotation (id); return (id, position of its quotation)."""
    found = rendering_rows(extracted)
    ids = insert_rows(
        session,
        Rendering,
        [{"quotation_id": quotations[at], "article_id": article_id, **row} for at, row in found],
    )
    return [(key, at) for key, (at, _) in zip(ids, found, strict=True)]
