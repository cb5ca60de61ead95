"""The current state: what the machine found, under what people decided.

Judgements are stored, everything else follows from them. The machine's answer is never lost: where
a judgement stands above it, ``attributions.found`` keeps it.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from typing import Any

from sqlalchemy import delete, or_, select, update
from sqlalchemy.orm import Session

from quotes.database.engine.bulk import batches, insert_rows
from quotes.database.engine.models import (
    JUDGED,
    Article,
    Attribution,
    Judgement,
    JudgementPlace,
    Quotation,
    Rendering,
    Speaker,
    stands,
)
from quotes.database.extractions.answers import ANSWER, answer
from quotes.database.extractions.rows import record
from quotes.database.judgements.places import reanchor
from quotes.database.judgements.standing import Verdicts
from quotes.database.quotes.regroup import before_restating, recluster
from quotes.normaliser.statements import split_statements


def derive(session: Session, quotations: Collection[int]) -> set[int]:
    """Bring attributions, kinds and quotes of these quotations up to the standing judgements.

    Returns the quotations whose speaker changed. The caller holds the transaction.
    """
    session.flush()
    verdicts = Verdicts(session)
    slugs = {row.id: row.slug for row in session.execute(select(Speaker.id, Speaker.slug))}
    ids = {slug: key for key, slug in slugs.items()}
    attributions: list[dict[str, Any]] = []
    kinds: list[dict[str, Any]] = []
    moved: dict[int, int | None] = {}
    surer: dict[int, int | None] = {}
    hushed: dict[int, None] = {}
    voiced: dict[int, None] = {}
    for part in batches(set(quotations)):
        judged = _judged(session, part)
        query = (
            select(Attribution, Quotation.kind, Quotation.kind_confidence, Article.removed)
            .join(Quotation, Quotation.id == Attribution.quotation_id)
            .join(Article, Article.id == Quotation.article_id)
            .where(Attribution.quotation_id.in_(part))
        )
        for row, kind, sure, removed in session.execute(query.order_by(Attribution.id)):
            found = row.found or answer(row, slugs.get(row.speaker_id), kind, sure)
            now = _current(found, judged.get(row.quotation_id, {}), row.mention, verdicts)
            if removed:
                now |= {"speaker": None, "rule": JUDGED, "reason": "the article was removed"}
            changed = {name: now[name] for name in ANSWER}
            changed |= {
                "speaker_id": ids.get(now["speaker"]),
                "found": None if now == found else found,
            }
            if changed["speaker_id"] != row.speaker_id:
                moved[row.quotation_id] = changed["speaker_id"]
            if any(getattr(row, name) != value for name, value in changed.items()):
                attributions.append({"id": row.id, **changed})
                surer[row.quotation_id] = changed["speaker_id"]
            answered = {"kind": now["kind"], "kind_confidence": now.get("kind_confidence")}
            if answered != {"kind": kind, "kind_confidence": sure}:
                kinds.append({"id": row.quotation_id, **answered})
            if now["kind"] != kind:
                (hushed if now["kind"] == "none" else voiced)[row.quotation_id] = None
    if attributions:
        session.execute(update(Attribution), attributions)
    if kinds:
        session.execute(update(Quotation), kinds)
    session.flush()
    session.expire_all()
    before_restating(session, _articles_of(session, {*hushed, *voiced}))
    moved |= _add_statements(session, voiced)
    recluster(session, surer | moved | hushed)
    before_restating(session, _articles_of(session, hushed))
    for part in batches(hushed):
        session.execute(delete(Rendering).where(Rendering.quotation_id.in_(part)))
    recluster(session, _speakers_around(session, {*hushed, *voiced}))
    return set(moved)


def _articles_of(session: Session, quotations: Collection[int]) -> set[int]:
    """Return the articles (ids) of quotations."""
    return {
        key
        for part in batches(quotations)
        for key in session.scalars(select(Quotation.article_id).where(Quotation.id.in_(part)))
    }


def _speakers_around(session: Session, quotations: Collection[int]) -> dict[int, int | None]:
    """Return the speakers of all quotations in the articles of these.

    What stands beside a statement helps to tell whether it is another one, see ``normaliser``.
    """
    found: dict[int, int | None] = {}
    for part in batches(_articles_of(session, quotations)):
        query = (
            select(Attribution.quotation_id, Attribution.speaker_id)
            .join(Quotation, Quotation.id == Attribution.quotation_id)
            .where(Quotation.article_id.in_(part))
        )
        found |= {row.quotation_id: row.speaker_id for row in session.execute(query)}
    return found


def _judged(session: Session, quotations: Sequence[int]) -> dict[int, dict[str, Judgement]]:
    """Return the latest standing judgement of each kind by quotation."""
    found: dict[int, dict[str, Judgement]] = {}
    query = (
        select(JudgementPlace.quotation_id, Judgement)
        .join(Judgement, Judgement.id == JudgementPlace.judgement_id)
        .where(JudgementPlace.quotation_id.in_(quotations), stands())
        .order_by(Judgement.id)
    )
    for quotation, judgement in session.execute(query):
        found.setdefault(int(quotation or 0), {})[judgement.kind] = judgement
    return found


def _current(
    found: Mapping[str, Any],
    judged: Mapping[str, Judgement],
    mention: str | None,
    verdicts: Verdicts,
) -> dict[str, Any]:
    """Return the answer that counts, in the form of the machine's."""
    now = dict(found)
    if kind := judged.get("kind"):
        now |= {"kind": kind.value, "kind_confidence": 1.0}
    if judgement := judged.get("attribution"):
        now |= {
            "speaker": verdicts.speaker(judgement.value, None),
            "rule": JUDGED,
            "confidence": 1.0,
            "reason": None if judgement.value else "a person said so",
            "speaker_rule": JUDGED if judgement.value else None,
            "speaker_confidence": 1.0 if judgement.value else None,
            "on_behalf_of": None,
        }
    else:
        now["speaker"] = verdicts.speaker(now["speaker"], mention)
    if now["kind"] == "none" and kind:
        now |= {
            "speaker": None,
            "rule": JUDGED,
            "confidence": 1.0,
            "reason": "a person said that it is not speech",
        }
    return now


def _add_statements(session: Session, quotations: Collection[int]) -> dict[int, int | None]:
    """Store the statements of quotations that were no speech so far; return their speakers."""
    rows, articles = [], set()
    for part in batches(quotations):
        query = select(Quotation).where(
            Quotation.id.in_(part),
            ~select(Rendering.id).where(Rendering.quotation_id == Quotation.id).exists(),
        )
        for row in session.scalars(query):
            articles.add(row.article_id)
            rows += [
                {
                    "quotation_id": row.id,
                    "article_id": row.article_id,
                    "start": one.start,
                    "end": one.end,
                    "text": one.text,
                }
                for one in split_statements(record(row))
            ]
    insert_rows(session, Rendering, rows)
    for article in sorted(articles):
        reanchor(session, article)
    speakers = select(Attribution.quotation_id, Attribution.speaker_id).where(
        Attribution.quotation_id.in_({row["quotation_id"] for row in rows})
    )
    return {row.quotation_id: row.speaker_id for row in session.execute(speakers)}


def quotations_in(session: Session, articles: Collection[int]) -> set[int]:
    """Return the quotations of articles (ids)."""
    return {
        key
        for part in batches(articles)
        for key in session.scalars(select(Quotation.id).where(Quotation.article_id.in_(part)))
    }


def quotations_of(session: Session, slugs: Collection[str]) -> set[int]:
    """Return the quotations that people or the machine give to these speakers."""
    query = (
        select(Attribution.quotation_id)
        .outerjoin(Speaker, Speaker.id == Attribution.speaker_id)
        .where(
            or_(
                Speaker.slug.in_(slugs),
                Attribution.found["speaker"].as_string().in_(slugs),
            )
        )
    )
    return set(session.scalars(query))
