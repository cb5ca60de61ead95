"""Extraction again over stored articles: what changes, and storing it under the judgements.

A quotation keeps its number where the new one stands at the same place or overlaps it most.
Judgements hang on places: those whose quotation is gone are found again by their anchors (see
``quotes.database.judgements.anchors``), or reported.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Collection, Mapping, Sequence

from sqlalchemy import delete, select, update
from sqlalchemy.orm import Session

from quotes.database.engine.bulk import batches, insert_rows
from quotes.database.engine.models import Attribution, Quotation, Rendering
from quotes.database.engine.transaction import reading, whole
from quotes.database.extractions import rows
from quotes.database.extractions.answers import ANSWER, new_answer
from quotes.database.extractions.changes import (
    Change,
    Report,
    StoredQuotation,
    changes,
    pair,
    stored_quotations,
)
from quotes.database.judgements.derive import derive
from quotes.database.judgements.places import placed, reanchor
from quotes.database.quotes.regroup import before_restating, recluster, regroup
from quotes.database.quotes.renderings import cluster
from quotes.database.registry.speakers import speaker_ids
from quotes.normaliser.statements import split_statements
from quotes.records import ExtractedArticle


def compare(session: Session, article_id: int, extracted: ExtractedArticle) -> list[Change]:
    """Return what storing ``extracted`` would change; nothing is written."""
    with reading(session):
        old = stored_quotations(session, article_id)
        pairs = pair(old, extracted)
        return list(changes(old, extracted, pairs))


def replace(session: Session, article_id: int, extracted: ExtractedArticle, run: int) -> Report:
    """Store what extraction found now, in one transaction; judgements stay above it."""
    with whole(session):
        return renew(session, article_id, extracted, run)


def renew(session: Session, article_id: int, extracted: ExtractedArticle, run: int) -> Report:
    """Do what ``replace`` does, within the caller's transaction."""
    old = stored_quotations(session, article_id)
    pairs = pair(old, extracted)
    report = Report(1, len(extracted.quotations), list(changes(old, extracted, pairs)))
    held = placed(session, article_id)
    _store_speakers(session, old, extracted, pairs)
    kept = set(pairs.values())
    gone = [one.row.id for at, one in enumerate(old) if at not in kept]
    ids = _write_quotations(session, article_id, old, extracted, pairs)
    _write_answers(session, old, extracted, pairs, ids, run)
    _delete(session, article_id, gone)
    session.expire_all()
    restated = _write_statements(session, article_id, extracted, ids) or bool(gone)
    found = reanchor(session, article_id, held)
    report.lost += found.lost
    moved = derive(session, ids)
    # All are clustered anew if any changed: what stands beside a statement counts.
    recluster(session, _speakers(session, {*ids} - moved if restated else set()))
    cluster(session, [], found.renderings)
    session.expire_all()
    return report


def _speakers(session: Session, quotations: Collection[int]) -> dict[int, int | None]:
    """Return to whom quotations (ids) are attributed."""
    query = select(Attribution.quotation_id, Attribution.speaker_id)
    return {
        row.quotation_id: row.speaker_id
        for part in batches(quotations)
        for row in session.execute(query.where(Attribution.quotation_id.in_(part)))
    }


def _store_speakers(
    session: Session,
    old: Sequence[StoredQuotation],
    extracted: ExtractedArticle,
    pairs: Mapping[int, int],
) -> None:
    """Store the speakers of quotations that are new or somebody else's, with their spellings."""
    fresh = [
        item
        for at, item in enumerate(extracted.quotations)
        if item.speaker
        and (at not in pairs or old[pairs[at]].found["speaker"] != item.speaker.slug)
    ]
    speaker_ids(session, fresh)


def _write_quotations(
    session: Session,
    article_id: int,
    old: Sequence[StoredQuotation],
    extracted: ExtractedArticle,
    pairs: Mapping[int, int],
) -> list[int]:
    """Insert and update quotations, but for judged kinds; return the id of each new one."""
    found = [item.quotation for item in extracted.quotations]
    ids = {at: old[one].row.id for at, one in pairs.items()}
    kinds = {at: old[one].row.kind for at, one in pairs.items()}
    session.execute(  # places are unique: those that move make room first
        update(Quotation)
        .where(Quotation.article_id == article_id)
        .values(start=-Quotation.id, end=-Quotation.id, parent_id=None, continues_id=None)
        .execution_options(synchronize_session=False)
    )
    fresh = [at for at in range(len(found)) if at not in ids]
    table = [{"article_id": article_id, **rows.quotation_row(found[at])} for at in fresh]
    ids |= dict(zip(fresh, insert_rows(session, Quotation, table), strict=True))
    known = [
        {
            "id": ids[at],
            **rows.quotation_row(item),
            "kind": kinds.get(at, item.kind),
            "parent_id": None if item.parent is None else ids[item.parent],
            "continues_id": None if item.continues is None else ids[item.continues],
        }
        for at, item in enumerate(found)
    ]
    if known:
        session.execute(update(Quotation), known)
    return [ids[at] for at in range(len(found))]


def _write_answers(
    session: Session,
    old: Sequence[StoredQuotation],
    extracted: ExtractedArticle,
    pairs: Mapping[int, int],
    ids: Sequence[int],
    run: int,
) -> None:
    """Store the machine's answers as what was found; ``derive`` then makes them count."""
    fresh, known = [], []
    for at, item in enumerate(extracted.quotations):
        row = {"run_id": run, **rows.attribution_row(item)}
        found = new_answer(item)
        if at in pairs:
            place = {name: value for name, value in row.items() if name not in ANSWER}
            known.append({"id": old[pairs[at]].attribution.id, **place, "found": found})
        else:
            fresh.append({"quotation_id": ids[at], **row, "speaker_id": None, "found": found})
    insert_rows(session, Attribution, fresh)
    if known:
        session.execute(update(Attribution), known)


def _write_statements(
    session: Session, article_id: int, extracted: ExtractedArticle, ids: Sequence[int]
) -> bool:
    """Make the renderings those of the new statements; return whether any had to change."""
    kinds = {
        row.id: row.kind
        for part in batches(ids)
        for row in session.execute(
            select(Quotation.id, Quotation.kind).where(Quotation.id.in_(part))
        )
    }
    wanted = {}
    for key, item, statements in zip(ids, extracted.quotations, extracted.statements, strict=True):
        if kinds[key] != item.quotation.kind:  # a person's word, or about to change in `derive`
            statements = split_statements(dataclasses.replace(item.quotation, kind=kinds[key]))
        wanted[key] = {(one.start, one.end): one.text for one in statements}
    stored: dict[int, dict[tuple[int, int], int]] = {key: {} for key in ids}
    for part in batches(ids):
        for row in session.scalars(select(Rendering).where(Rendering.quotation_id.in_(part))):
            stored[row.quotation_id][row.start, row.end] = row.id
    stale = [key for one in ids for place, key in stored[one].items() if place not in wanted[one]]
    fresh = [
        {
            "quotation_id": one,
            "article_id": article_id,
            "start": place[0],
            "end": place[1],
            "text": words,
        }
        for one in ids
        for place, words in wanted[one].items()
        if place not in stored[one]
    ]
    _delete_renderings(session, article_id, stale)
    if fresh:
        before_restating(session, [article_id])
    insert_rows(session, Rendering, fresh)
    return bool(stale or fresh)


def _delete(session: Session, article_id: int, quotations: Sequence[int]) -> None:
    for part in batches(quotations):
        query = select(Rendering.id).where(Rendering.quotation_id.in_(part))
        _delete_renderings(session, article_id, session.scalars(query).all())
        session.execute(delete(Attribution).where(Attribution.quotation_id.in_(part)))
        session.execute(delete(Quotation).where(Quotation.id.in_(part)))


def _delete_renderings(session: Session, article_id: int, renderings: Sequence[int]) -> None:
    """Delete renderings, and cluster anew what they leave behind."""
    if not renderings:
        return
    regroup(session, renderings, renderings)
    before_restating(session, [article_id])
    for part in batches(renderings):
        session.execute(delete(Rendering).where(Rendering.id.in_(part)))
