"""The current state: what the machine found, under what people decided.

Judgements are stored, everything else follows from them. The machine's answer is never lost: where
a judgement stands above it, ``attributions.found`` keeps it.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from typing import Any

from sqlalchemy import delete, or_, select, update
from sqlalchemy.orm import Session

from quotes import records
from quotes.database.bulk import batches, insert_rows
from quotes.database.echoes import forget
from quotes.database.models import (
    JUDGED,
    Attribution,
    Judgement,
    JudgementKind,
    JudgementPlace,
    Quotation,
    Quote,
    Rendering,
    RenderingKey,
    Speaker,
    Variant,
    stands,
)
from quotes.database.reanchor import reanchor
from quotes.database.renderings import StoredRenderings, cluster
from quotes.english.folding import fold
from quotes.english.names import find_names
from quotes.normaliser.statements import split_statements

ANSWER = (
    "rule",
    "confidence",
    "reason",
    "speaker_rule",
    "speaker_confidence",
    "on_behalf_of",
)
"""The columns of ``attributions`` that a judgement may overrule, next to the speaker."""


def standing(session: Session, *kinds: JudgementKind) -> Sequence[Judgement]:
    """Return the judgements of these kinds that nobody took back, in order."""
    query = select(Judgement).where(Judgement.kind.in_(kinds), stands())
    return session.scalars(query.order_by(Judgement.id)).all()


def merged_into(session: Session) -> dict[str, str]:
    """Return, for every speaker (slug) that was merged, into whom in the end."""
    direct = {row.speaker: row.value for row in standing(session, "merge")}
    return {slug: _follow(direct, slug) for slug in direct if slug is not None}


def _follow(direct: Mapping[str | None, str | None], slug: str) -> str:
    seen: set[str] = set()
    while (into := direct.get(slug)) is not None and slug not in seen:
        seen.add(slug)
        slug = into
    return slug


class Verdicts:
    """Who speaks, by the standing judgements that do not speak of one quotation alone."""

    def __init__(self, session: Session) -> None:
        self._merged = merged_into(session)
        self._splits = [
            (row.speaker, fold(str((row.details or {}).get("spelling", ""))), row.value)
            for row in standing(session, "split")
        ]

    def speaker(self, slug: str | None, mention: str | None) -> str | None:
        """Return whom people mean where the machine says ``slug`` for the words ``mention``."""
        if slug is None:
            return None
        if mention is not None:
            for old, spelling, new in reversed(self._splits):
                if old == slug and new is not None and spelling in _spellings(mention):
                    slug = new
                    break
        return self._merged.get(slug, slug)


def _spellings(mention: str) -> set[str]:
    return {fold(mention), *(fold(name.text) for name in find_names(mention))}


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
            select(Attribution, Quotation.kind, Quotation.kind_confidence)
            .join(Quotation, Quotation.id == Attribution.quotation_id)
            .where(Attribution.quotation_id.in_(part))
        )
        for row, kind, sure in session.execute(query.order_by(Attribution.id)):
            found = row.found or answer(row, slugs.get(row.speaker_id), kind, sure)
            now = _current(found, judged.get(row.quotation_id, {}), row.mention, verdicts)
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
    moved |= _add_statements(session, voiced)
    recluster(session, surer | moved | hushed)
    for part in batches(hushed):
        session.execute(delete(Rendering).where(Rendering.quotation_id.in_(part)))
    recluster(session, _speakers_around(session, {*hushed, *voiced}))
    return set(moved)


def _speakers_around(session: Session, quotations: Collection[int]) -> dict[int, int | None]:
    """Return the speakers of all quotations in the articles of these.

    What stands beside a statement helps to tell whether it is another one, see ``normaliser``.
    """
    found: dict[int, int | None] = {}
    for part in batches(quotations):
        articles = select(Quotation.article_id).where(Quotation.id.in_(part))
        query = (
            select(Attribution.quotation_id, Attribution.speaker_id)
            .join(Quotation, Quotation.id == Attribution.quotation_id)
            .where(Quotation.article_id.in_(articles))
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


def answer(
    row: Attribution, speaker: str | None, kind: str, kind_confidence: float | None
) -> dict[str, Any]:
    """Return the machine's answer, as ``attributions.found`` keeps it."""
    return {
        "speaker": speaker,
        "kind": kind,
        "kind_confidence": kind_confidence,
        **{name: getattr(row, name) for name in ANSWER},
    }


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
        now |= {"speaker": None, "rule": JUDGED, "confidence": 1.0, "reason": "no speech"}
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
                {"quotation_id": row.id, "start": one.start, "end": one.end, "text": one.text}
                for one in split_statements(record(row))
            ]
    insert_rows(session, Rendering, rows)
    for article in sorted(articles):
        reanchor(session, article)
    speakers = select(Attribution.quotation_id, Attribution.speaker_id).where(
        Attribution.quotation_id.in_({row["quotation_id"] for row in rows})
    )
    return {row.quotation_id: row.speaker_id for row in session.execute(speakers)}


def record(row: Quotation) -> records.Quotation:
    """Return a stored quotation as the stages know it (without its links)."""
    return records.Quotation(
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


def recluster(session: Session, moved: Mapping[int, int | None]) -> None:
    """Cluster anew the renderings of quotations (ids) whose speaker is another one now."""
    query = select(Rendering.id, Rendering.quotation_id)
    rows = [
        row
        for part in batches(moved)
        for row in session.execute(query.where(Rendering.quotation_id.in_(part)))
    ]
    silent = {row.id for row in rows if moved[row.quotation_id] is None}
    regroup(session, {row.id for row in rows}, silent)


def regroup(session: Session, renderings: Collection[int], silent: Collection[int]) -> None:
    """Cluster renderings anew together with what they were clustered with.

    Those that are ``silent`` belong to no quote any more.
    """
    if not renderings:
        return
    left = {item.key for item in StoredRenderings(session).component(renderings)} - {*renderings}
    orphans: set[int] = set()
    for part in batches(renderings):
        query = select(Rendering.variant_id).where(Rendering.id.in_(part))
        orphans.update(session.scalars(query.where(Rendering.variant_id.is_not(None))))
        session.execute(delete(RenderingKey).where(RenderingKey.rendering_id.in_(part)))
    for part in batches(silent):
        session.execute(
            update(Rendering)
            .where(Rendering.id.in_(part))
            .values(variant_id=None, relation=None, score=None)
        )
    cluster(session, {*renderings} - {*silent}, left, forget(session, silent))
    sweep(session, orphans)


def sweep(session: Session, variants: Collection[int]) -> None:
    """Delete those of ``variants`` that hold no rendering, and the quotes that this empties."""
    for part in batches(variants):
        empty = select(Variant.id).where(
            Variant.id.in_(part),
            ~select(Rendering.id).where(Rendering.variant_id == Variant.id).exists(),
        )
        gone = session.execute(select(Variant.id, Variant.quote_id).where(Variant.id.in_(empty)))
        for row in gone.all():
            session.execute(delete(Variant).where(Variant.id == row.id))
            session.execute(
                delete(Quote).where(
                    Quote.id == row.quote_id,
                    ~select(Variant.id).where(Variant.quote_id == row.quote_id).exists(),
                )
            )


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
