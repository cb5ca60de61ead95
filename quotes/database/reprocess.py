"""Extraction again over stored articles: what changes, and storing it under the judgements.

A quotation keeps its number where the new one stands at the same place or overlaps it most.
Judgements hang on places: those whose quotation is gone are found again by their anchors (see
``quotes.database.anchors``), or reported.
"""

from __future__ import annotations

import dataclasses
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Literal

from sqlalchemy import delete, select, update
from sqlalchemy.orm import Session

from quotes import records
from quotes.database import rows
from quotes.database.bulk import batches, insert_rows
from quotes.database.derive import ANSWER, answer, derive, recluster, regroup
from quotes.database.models import Article, Attribution, Outlet, Quotation, Rendering, Speaker
from quotes.database.reanchor import placed, reanchor
from quotes.database.renderings import cluster
from quotes.database.speakers import speaker_ids
from quotes.database.writing import whole
from quotes.normaliser.statements import split_statements
from quotes.records import ExtractedArticle

Sort = Literal["gained", "lost", "changed", "new", "gone", "moved"]

SAME_PLACE = 0.5
"""Least share of the longer of two overlapping quotations for them to be one."""


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
    """What a run of reprocessing came to. ``lost`` are judgements that found no place again."""

    articles: int = 0
    quotations: int = 0
    changes: list[Change] = field(default_factory=list)
    lost: list[int] = field(default_factory=list)

    @property
    def counts(self) -> Counter[str]:
        """How many changes there are of each sort."""
        return Counter(change.sort for change in self.changes)


@dataclass(frozen=True, slots=True)
class _Old:
    """A stored quotation with the machine's answer."""

    row: Quotation
    attribution: Attribution
    found: dict[str, Any]


def stored_articles(session: Session) -> Iterator[tuple[int, records.Article]]:
    """Yield the stored articles with their ids, one at a time."""
    with session.begin():
        ids = session.scalars(select(Article.id).order_by(Article.id)).all()
    for key in ids:
        with session.begin():
            row = session.get_one(Article, key)
            outlet = session.get(Outlet, row.outlet_id) if row.outlet_id else None
        yield (
            key,
            records.Article(
                source=row.source,
                body=row.body,
                title=row.title,
                outlet=outlet.name if outlet else None,
                url=row.url,
                published=row.published,
                byline=row.byline,
                language=row.language,
            ),
        )
        session.expunge_all()


def compare(session: Session, article_id: int, extracted: ExtractedArticle) -> list[Change]:
    """Return what storing ``extracted`` would change; nothing is written."""
    with session.begin():
        old = _stored(session, article_id)
        pairs = _pairs(old, extracted)
        return list(_changes(old, extracted, pairs))


def replace(session: Session, article_id: int, extracted: ExtractedArticle, run: int) -> Report:
    """Store what extraction found now, in one transaction; judgements stay above it."""
    with whole(session):
        old = _stored(session, article_id)
        pairs = _pairs(old, extracted)
        report = Report(1, len(extracted.quotations), list(_changes(old, extracted, pairs)))
        held = placed(session, article_id)
        _store_speakers(session, old, extracted, pairs)
        gone = [one.row.id for at, one in enumerate(old) if at not in pairs.values()]
        ids = _write_quotations(session, article_id, old, extracted, pairs)
        _write_answers(session, old, extracted, pairs, ids, run)
        _delete(session, gone)
        session.expire_all()
        # All are clustered anew if any changed: what stands beside a statement counts.
        restated = {*ids} if _write_statements(session, extracted, ids) or gone else set()
        found = reanchor(session, article_id, held)
        report.lost += found.lost
        moved = derive(session, ids)
        speakers = select(Attribution.quotation_id, Attribution.speaker_id).where(
            Attribution.quotation_id.in_(restated - moved)
        )
        recluster(session, {row.quotation_id: row.speaker_id for row in session.execute(speakers)})
        cluster(session, [], found.renderings)
        session.expire_all()
    return report


def _stored(session: Session, article_id: int) -> list[_Old]:
    query = (
        select(Quotation, Attribution, Speaker.slug)
        .join(Attribution, Attribution.quotation_id == Quotation.id)
        .outerjoin(Speaker, Speaker.id == Attribution.speaker_id)
        .where(Quotation.article_id == article_id)
        .order_by(Quotation.start, Quotation.end)
    )
    return [
        _Old(
            row,
            attribution,
            attribution.found or answer(attribution, slug, row.kind, row.kind_confidence),
        )
        for row, attribution, slug in session.execute(query)
    ]


def _pairs(old: Sequence[_Old], extracted: ExtractedArticle) -> dict[int, int]:
    """Return which new quotation (by position) goes on with which stored one."""
    new = [item.quotation for item in extracted.quotations]
    exact = {(one.row.start, one.row.end): at for at, one in enumerate(old)}
    pairs = {
        at: exact[item.start, item.end]
        for at, item in enumerate(new)
        if (item.start, item.end) in exact
    }
    free = sorted(set(range(len(old))) - set(pairs.values()))
    for at, item in enumerate(new):
        if at not in pairs and free:
            best = max(free, key=lambda one: _overlap(old[one].row, item))
            if _overlap(old[best].row, item) >= SAME_PLACE:
                pairs[at] = best
                free.remove(best)
    return pairs


def _overlap(one: Quotation, other: records.Quotation) -> float:
    shared = min(one.end, other.end) - max(one.start, other.start)
    return max(0, shared) / max(one.end - one.start, other.end - other.start)


def _changes(
    old: Sequence[_Old], extracted: ExtractedArticle, pairs: Mapping[int, int]
) -> Iterator[Change]:
    source = extracted.article.source
    for at, item in enumerate(extracted.quotations):
        speaker = item.speaker.slug if item.speaker else None
        if at not in pairs:
            yield Change("new", source, item.quotation.text, None, speaker)
            continue
        one = old[pairs[at]]
        before, judged = one.found["speaker"], one.attribution.found is not None
        if before != speaker:
            sort: Sort = "gained" if before is None else "lost" if speaker is None else "changed"
            yield Change(sort, source, item.quotation.text, before, speaker, judged)
        place = one.row.start, one.row.end, one.found["kind"]
        if place != (item.quotation.start, item.quotation.end, item.quotation.kind):
            now = f"{item.quotation.kind}: {item.quotation.text}"
            was = f"{one.found['kind']}: {one.row.text}"
            yield Change("moved", source, item.quotation.text, was, now, judged)
    for at, one in enumerate(old):
        if at not in pairs.values():
            judged = one.attribution.found is not None
            yield Change("gone", source, one.row.text, one.found["speaker"], None, judged)


def _store_speakers(
    session: Session, old: Sequence[_Old], extracted: ExtractedArticle, pairs: Mapping[int, int]
) -> None:
    """Store the speakers of quotations that are new or somebody else's, with their spellings."""
    fresh = tuple(
        item
        for at, item in enumerate(extracted.quotations)
        if item.speaker
        and (at not in pairs or old[pairs[at]].found["speaker"] != item.speaker.slug)
    )
    speaker_ids(session, dataclasses.replace(extracted, quotations=fresh))


def _write_quotations(
    session: Session,
    article_id: int,
    old: Sequence[_Old],
    extracted: ExtractedArticle,
    pairs: Mapping[int, int],
) -> list[int]:
    """Insert and update quotations, but for judged kinds; return the id of each new one."""
    found = [item.quotation for item in extracted.quotations]
    ids = {at: old[one].row.id for at, one in pairs.items()}
    kinds = {at: old[one].row.kind for at, one in pairs.items()}
    for one in old:  # places are unique: those that move make room first
        session.execute(
            update(Quotation)
            .where(Quotation.id == one.row.id)
            .values(start=-one.row.id, end=-one.row.id, parent_id=None, continues_id=None)
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
    old: Sequence[_Old],
    extracted: ExtractedArticle,
    pairs: Mapping[int, int],
    ids: Sequence[int],
    run: int,
) -> None:
    """Store the machine's answers as what was found; ``derive`` then makes them count."""
    fresh, known = [], []
    for at, item in enumerate(extracted.quotations):
        row = {"run_id": run, **rows.attribution_row(item)}
        found = {
            "speaker": item.speaker.slug if item.speaker else None,
            "kind": item.quotation.kind,
            "kind_confidence": item.quotation.kind_confidence,
            **{name: row[name] for name in ANSWER},
        }
        if at in pairs:
            place = {name: value for name, value in row.items() if name not in ANSWER}
            known.append({"id": old[pairs[at]].attribution.id, **place, "found": found})
        else:
            fresh.append({"quotation_id": ids[at], **row, "speaker_id": None, "found": found})
    insert_rows(session, Attribution, fresh)
    if known:
        session.execute(update(Attribution), known)


def _write_statements(session: Session, extracted: ExtractedArticle, ids: Sequence[int]) -> bool:
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
        {"quotation_id": one, "start": place[0], "end": place[1], "text": words}
        for one in ids
        for place, words in wanted[one].items()
        if place not in stored[one]
    ]
    _delete_renderings(session, stale)
    insert_rows(session, Rendering, fresh)
    return bool(stale or fresh)


def _delete(session: Session, quotations: Sequence[int]) -> None:
    for part in batches(quotations):
        query = select(Rendering.id).where(Rendering.quotation_id.in_(part))
        _delete_renderings(session, session.scalars(query).all())
        session.execute(delete(Attribution).where(Attribution.quotation_id.in_(part)))
        session.execute(delete(Quotation).where(Quotation.id.in_(part)))


def _delete_renderings(session: Session, renderings: Sequence[int]) -> None:
    """Delete renderings, and cluster anew what they leave behind."""
    regroup(session, renderings, renderings)
    for part in batches(renderings):
        session.execute(delete(Rendering).where(Rendering.id.in_(part)))
