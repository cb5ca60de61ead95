"""Copies of a story: the thousandth joins the quotes of the others, and costs what the tenth did.

Two articles of one day that print the same statements of the same speakers in the same order are
*twins*. A third one links nothing that these two do not link, so its renderings join the variants
of theirs without any comparison. What may change is which wording the outlets support: where that,
a person's judgement or a changed meaning leaves a doubt, everything is clustered as usual.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import (
    ColumnElement,
    bindparam,
    case,
    func,
    insert,
    literal,
    literal_column,
    select,
    update,
)
from sqlalchemy.orm import Session

from quotes.database.engine.bulk import among
from quotes.database.engine.models import (
    Ambiguity,
    Article,
    JudgementPlace,
    Outlet,
    Quote,
    Rendering,
    Variant,
)
from quotes.database.quotes.clusters import StoredRow
from quotes.database.quotes.reading import FROM_SAID, as_rendering, read_rows, stored_rows
from quotes.normaliser.canonical import Support, distance, most_complete, standing_order
from quotes.normaliser.compare import Wording
from quotes.normaliser.fold import fold
from quotes.records import Relation

NEAREST = 8
"""So many of the latest articles with the same words are looked at for twins."""

TWINS = 2
"""With one copy alone, nothing stands beside the same statement in another article."""

_FIRST = (
    select(Article.id, Article.outlet_id, Rendering.voice_id)
    .join(Article, Article.id == Rendering.article_id)
    .where(among(Rendering.id))
    .order_by(Rendering.start, Rendering.id)
    .limit(1)
)
_SAME_WORDS = (
    select(Rendering.article_id)
    .where(Rendering.voice_id == bindparam("voice"), Rendering.article_id != bindparam("article"))
    .order_by(Rendering.id.desc())
    .limit(NEAREST)
)


@dataclass(frozen=True, slots=True)
class _Copy:
    """A new article that may be a copy: its outlet (id), and its renderings in their order.

    ``alike`` are the latest other articles (ids) that begin with the same words of one voice.
    """

    outlet: int | None
    alike: frozenset[int]
    rows: Sequence[StoredRow]


@dataclass(frozen=True, slots=True)
class _Quote:
    """A quote that a copy joins: the texts of its variants (by id), the canonical rendering."""

    texts: Mapping[int, str]
    canonical: StoredRow
    divergent: frozenset[int]


Pair = tuple[StoredRow, StoredRow]
"""A new rendering, and that of the twin which it equals."""


def join_twins(session: Session, new: Collection[int]) -> bool:
    """Let the renderings of a new article (ids) join the quotes of its twins; False: it has none.

    They count to speakers. Nothing is written where it is not certain that clustering everything
    would come to the same.
    """
    copy = _copy(session, new)
    twin = _twin(session, copy) if copy else None
    if copy is None or twin is None:
        return False
    pairs = list(zip(copy.rows, twin, strict=True))
    quotes = _quotes(session, {row.quote for row in twin})
    if not all(_stays(session, copy.outlet, key, quotes[key], pairs) for key in quotes):
        return False
    _join(session, pairs)
    for quote in quotes.values():
        _print_first(session, quote, pairs)
    return True


def _copy(session: Session, new: Collection[int]) -> _Copy | None:
    """Return the article of some renderings, if there may be twins of it.

    Most articles are like no other, which shows before anything is read of them but one row.
    """
    own = session.connection().execute(_FIRST, {"ids": [*new]}).one_or_none()
    alike = _alike(session, own.id, own.voice_id) if own else frozenset()
    if own is None or len(alike) < TWINS:
        return None
    rows = _in_order(read_rows(session, stored_rows().where(Rendering.id.in_(new))))
    if len(rows) < len(new) or any(row.variant is not None for row in rows):
        return None
    same = {row.article for row in rows}
    return _Copy(own.outlet_id, alike, rows) if len(same) == 1 else None


def _alike(session: Session, article: int, voice: int | None) -> frozenset[int]:
    """Return the latest other articles (ids) that print the words of a voice."""
    given = {"voice": voice, "article": article}
    return frozenset(session.connection().scalars(_SAME_WORDS, given))


def _in_order(rows: Iterable[StoredRow]) -> list[StoredRow]:
    return sorted(rows, key=lambda row: (row.start, row.key))


def _twin(session: Session, copy: _Copy) -> list[StoredRow] | None:
    """Return the renderings of a twin in their order, if there are two that stand in one place."""
    by_article: dict[str, list[StoredRow]] = defaultdict(list)
    for row in read_rows(session, stored_rows().where(Rendering.article_id.in_(copy.alike))):
        by_article[row.article].append(row)
    printed = [*map(_printed, copy.rows)]
    twins = [
        rows
        for rows in map(_in_order, by_article.values())
        if [*map(_printed, rows)] == printed and all(row.variant is not None for row in rows)
    ]
    homes = {tuple(row.variant for row in rows) for rows in twins}
    return twins[0] if len(twins) >= TWINS and len(homes) == 1 else None


def _printed(row: StoredRow) -> tuple[object, ...]:
    """Return what the renderings of twins have in common."""
    return row.speaker, row.text, row.published, row.before, row.after, distance(row.provenance)


def _quotes(session: Session, ids: Collection[int | None]) -> dict[int, _Quote]:
    texts: dict[int, dict[int, str]] = defaultdict(dict)
    query = select(Variant.quote_id, Variant.id, Variant.text).where(Variant.quote_id.in_(ids))
    for quote, variant, text in session.execute(query):
        texts[quote][variant] = text
    variants = {variant for own in texts.values() for variant in own}
    odd = select(Rendering.variant_id).where(Rendering.variant_id.in_(variants), _is("divergent"))
    divergent = {*session.scalars(odd.distinct())}
    canonical = stored_rows().where(Rendering.variant_id.in_(variants), _is("canonical"))
    return {
        row.quote: _Quote(texts[row.quote], row, frozenset(texts[row.quote].keys() & divergent))
        for row in read_rows(session, canonical)
        if row.quote is not None
    }


def _is(relation: Relation) -> ColumnElement[bool]:
    """Return a condition in which the database sees that an index is made for it."""
    return Rendering.relation == literal_column(f"'{relation}'")


def _stays(
    session: Session, outlet: int | None, key: int, quote: _Quote, pairs: Sequence[Pair]
) -> bool:
    """Whether the canonical wording of a quote (id) is certain to stay when a copy joins it."""
    judged = (
        select(JudgementPlace.rendering_id)
        .join(Rendering, Rendering.id == JudgementPlace.rendering_id)
        # By a sum, or the database would go through all the renderings of a quote.
        .where((Rendering.variant_id + 0).in_(quote.texts))
    )
    if session.scalar(judged.limit(1)) is not None:
        return False
    if len(quote.texts) == 1:
        return True
    joined = {twin.variant for _, twin in pairs if twin.quote == key}
    supports = _supports(session, quote, outlet, joined)
    chosen = next(one for variant, one in supports.items() if variant == quote.canonical.variant)
    against = sum(supports[variant].outlets for variant in quote.divergent)
    return most_complete(supports.values()) == chosen and (
        not quote.divergent or chosen.outlets > against
    )


def _supports(
    session: Session, quote: _Quote, outlet: int | None, joined: Collection[int | None]
) -> dict[int, Support]:
    """Return the support of each variant when one more ``outlet`` (id) has ``joined`` some."""
    query = (
        select(
            Rendering.variant_id,
            func.count(func.coalesce(Article.outlet_id, -Article.id).distinct()),
            func.max(case((Article.outlet_id == (outlet or 0), 1), else_=0)),
            func.min(Article.published),
            func.min(FROM_SAID),
        )
        .join(Article, Article.id == Rendering.article_id)
        .outerjoin(Outlet, Outlet.id == Article.outlet_id)
        .where(Rendering.variant_id.in_(quote.texts))
        .group_by(Rendering.variant_id)
    )
    found = {}
    for variant, outlets, has, first, far in session.execute(query):
        wording = Wording(fold(quote.texts[variant]))
        many = outlets + (variant in joined and not has)
        found[variant] = Support(wording.bits, many, first or date.max, wording.folded, far)
    return found


def _join(session: Session, pairs: Sequence[Pair]) -> None:
    """Write the variants, relations and doubts of a twin's renderings to the new ones."""
    rows = [
        {
            "id": row.key,
            "variant_id": twin.variant,
            "relation": "identical" if twin.relation == "canonical" else twin.relation,
            "score": twin.score,
        }
        for row, twin in pairs
    ]
    session.execute(update(Rendering), rows)
    for row, twin in pairs:
        doubts = select(literal(row.key), Ambiguity.quote_id).where(
            Ambiguity.rendering_id == twin.key
        )
        session.execute(insert(Ambiguity).from_select(["rendering_id", "quote_id"], doubts))


def _print_first(session: Session, quote: _Quote, pairs: Sequence[Pair]) -> None:
    """Let a new rendering stand for its quote, if of all that print its words it comes first."""
    former = as_rendering(quote.canonical)
    same = [
        row
        for row, twin in pairs
        if twin.variant == quote.canonical.variant
        and row.published == former.published
        and as_rendering(row).names == former.names
    ]
    first = min([quote.canonical, *same], key=lambda row: standing_order(as_rendering(row)))
    if first is quote.canonical:
        return
    rows = [
        {"id": quote.canonical.key, "relation": "identical"},
        {"id": first.key, "relation": "canonical"},
    ]
    session.execute(update(Rendering), rows)
    if first.text != former.text:
        for table, key in ((Quote, quote.canonical.quote), (Variant, quote.canonical.variant)):
            session.execute(update(table).where(table.id == key).values(text=first.text))
