"""What a judgement changes: the state of all that it concerns, before and after, in words."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field, replace
from typing import cast

from sqlalchemy import select
from sqlalchemy.orm import Session, aliased

from quotes.database.engine.bulk import batches
from quotes.database.engine.models import (
    Article,
    Attribution,
    Outlet,
    Quotation,
    Quote,
    Rendering,
    Speaker,
    SpeakerName,
    Variant,
)
from quotes.ids import SORTS, Letter

Properties = dict[str, str]
State = dict[str, tuple[str, Properties]]
"""By identifier what people know it by, and its properties."""

_SHORT = 60

MOST_ALIKE = 5
"""So many changes of one sort are told one by one."""


@dataclass(frozen=True, slots=True)
class Effect:
    """One property that a judgement changed, such as the speaker of a quotation.

    ``about`` names the thing as people know it, ``before`` and ``after`` are None for nothing.
    """

    about: str
    what: str
    before: str | None
    after: str | None

    def __str__(self) -> str:
        return f"{self.about}: {self.what} {self.before or 'none'} → {self.after or 'none'}"


@dataclass(slots=True)
class Concern:
    """What a judgement may change: numbers of quotations, renderings, articles; slugs."""

    quotations: set[int] = field(default_factory=set)
    renderings: set[int] = field(default_factory=set)
    articles: set[int] = field(default_factory=set)
    speakers: set[str] = field(default_factory=set)
    outlets: set[str] = field(default_factory=set)


def look(session: Session, concern: Concern) -> State:
    """Return the present state of all that a judgement may change."""
    state: State = {}
    for part in batches(concern.speakers):
        state |= _speakers(session, part)
    for part in batches(concern.outlets):
        state |= _outlets(session, part)
    for part in batches(concern.articles):
        state |= _articles(session, part)
    for part in batches(concern.renderings):
        state |= _renderings(session, part)
    for part in batches(concern.quotations):
        state |= _quotations(session, part)
    return state


def compare(before: State, after: State) -> list[Effect]:
    """Return what differs between two states, in the order of the later one.

    Of an article that comes or goes, its quotations are not listed one by one.
    """
    moved = {
        key
        for key in after.keys() & before.keys()
        if after[key][1].get("article") != before[key][1].get("article")
    }
    effects: list[Effect] = []
    for key in {**after, **before}:
        about, now = after.get(key, ("", {}))
        known, was = before.get(key, ("", {}))
        if now.get("in") in moved:
            continue
        effects += [
            Effect(about or known, what, was.get(what), now.get(what))
            for what in {**now, **was}
            if was.get(what) != now.get(what)
        ]
    return effects


def grouped(effects: Sequence[Effect]) -> list[Effect]:
    """Return the effects, those that are many and alike as one."""
    alike: dict[tuple[str, str, str | None, str | None], list[Effect]] = {}
    for effect in effects:
        sort = effect.about[:1] if effect.about[1:2].isdigit() else effect.about  # n12 …
        key = (sort, effect.what, effect.before, effect.after)
        alike.setdefault(key, []).append(effect)
    told: list[Effect] = []
    for (sort, *_), found in alike.items():
        if len(found) > MOST_ALIKE:
            about = f"{len(found):,} {SORTS.get(cast(Letter, sort), sort)}s"
            found = [replace(found[0], about=about)]
        told += found
    return told


def _quotations(session: Session, numbers: Collection[int]) -> State:
    query = (
        select(Quotation, Speaker.name, Speaker.slug, Outlet.name)
        .join(Attribution, Attribution.quotation_id == Quotation.id)
        .join(Article, Article.id == Quotation.article_id)
        .outerjoin(Outlet, Outlet.id == Article.outlet_id)
        .outerjoin(Speaker, Speaker.id == Attribution.speaker_id)
        .where(Quotation.id.in_(numbers))
        .order_by(Quotation.id)
    )
    return {
        f"n{row.id}": (
            f"n{row.id} {_words(row.text)} ({_place(outlet, row.article_id)})",
            {
                "speaker": f"{name} ({slug})" if slug else "nobody",
                "kind": row.kind,
                "in": f"a{row.article_id}",
            },
        )
        for row, name, slug, outlet in session.execute(query)
    }


def _renderings(session: Session, numbers: Collection[int]) -> State:
    query = (
        select(Rendering.id, Rendering.text, Quote.id.label("quote"), Quote.text.label("canonical"))
        .outerjoin(Variant, Variant.id == Rendering.variant_id)
        .outerjoin(Quote, Quote.id == Variant.quote_id)
        .where(Rendering.id.in_(numbers))
        .order_by(Rendering.id)
    )
    return {
        f"r{row.id}": (
            f"r{row.id} {_words(row.text)}",
            {"quote": f"q{row.quote} {_words(row.canonical)}" if row.quote else "none"},
        )
        for row in session.execute(query)
    }


def _articles(session: Session, numbers: Collection[int]) -> State:
    query = (
        select(Article, Outlet.name)
        .outerjoin(Outlet, Outlet.id == Article.outlet_id)
        .where(Article.id.in_(numbers))
        .order_by(Article.id)
    )
    return {
        f"a{row.id}": (
            f"a{row.id} {_words(row.title or row.source)}",
            {
                "outlet": outlet or "unknown",
                "published": str(row.published or "unknown"),
                **{name: getattr(row, name) or "unknown" for name in _TEXTS},
                "article": "removed" if row.removed else "stored",
            },
        )
        for row, outlet in session.execute(query)
    }


_TEXTS = ("title", "url", "byline", "language", "provenance")


def _speakers(session: Session, slugs: Collection[str]) -> State:
    query = select(Speaker).where(Speaker.slug.in_(slugs)).order_by(Speaker.slug)
    state: State = {}
    for row in session.scalars(query):
        names = select(SpeakerName.name).where(
            SpeakerName.speaker_id == row.id, SpeakerName.origin != "article"
        )
        properties = {
            "name": row.name,
            "type": row.type,
            "standing": "provisional" if row.provisional else "known",
            "spellings": ", ".join(session.scalars(names.order_by(SpeakerName.name))) or "none",
        }
        state[f"speaker {row.slug}"] = (row.slug, properties)
    return state


def _outlets(session: Session, slugs: Collection[str]) -> State:
    into = aliased(Outlet)
    query = (
        select(Outlet.slug, Outlet.name, Outlet.provenance, into.name.label("into"))
        .outerjoin(into, into.id == Outlet.merged_into)
        .where(Outlet.slug.in_(slugs))
        .order_by(Outlet.slug)
    )
    return {
        f"outlet {row.slug}": (
            row.slug,
            {
                "name": row.name,
                "merged into": row.into or "none",
                "provenance": row.provenance or "unknown",
            },
        )
        for row in session.execute(query)
    }


def _place(outlet: str | None, article: int) -> str:
    return f"{outlet}, a{article}" if outlet else f"a{article}"


def _words(text: str) -> str:
    text = " ".join(text.split()).strip("\"“”„«»‘’'")
    return f"“{text if len(text) <= _SHORT else text[: _SHORT - 1].rstrip() + '…'}”"
