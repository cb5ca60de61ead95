"""What a judgement speaks of: numbers and slugs as people give them, and the anchors to be kept."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from quotes.database.engine.models import (
    Article,
    Quotation,
    Quote,
    Rendering,
    Speaker,
    Variant,
)
from quotes.database.judgements.anchors import anchor
from quotes.errors import UsageError
from quotes.ids import SORTS, parse_id


def stored_speaker(session: Session, slug: str) -> Speaker:
    """Return the stored speaker; raises UsageError if there is none."""
    row = session.scalar(select(Speaker).where(Speaker.slug == slug))
    if row is None:
        raise UsageError(f"no speaker '{slug}' is known; see `quotes speakers list --all`")
    return row


def find_quotation(session: Session, number: int) -> tuple[Quotation, dict[str, Any]]:
    """Return a quotation, and what a judgement on it holds: "anchors" and "places".

    Raises UsageError if there is none.
    """
    row = session.get(Quotation, number)
    if row is None:
        raise UsageError(
            f"there is no quotation n{number}; `quotes review` and the view quotation_list "
            "show their numbers"
        )
    body = session.scalar(select(Article.body).where(Article.id == row.article_id))
    return row, {
        "anchors": [anchor(row.article_id, body or "", row.start, row.end)],
        "places": [{"quotation_id": number}],
    }


def find_renderings(session: Session, wanted: str) -> list[int]:
    """Return the renderings that "q12" (a quote), "v34", "r56" or "n78" means.

    Of a quote it is the one that its text is from; of a variant the canonical one comes first.
    Raises UsageError if there is none, or a quotation holds several.
    """
    written = parse_id(wanted, "qvrn")
    letter = written.letter or "q"
    column = {"q": Quote.id, "v": Variant.id, "r": Rendering.id, "n": Rendering.quotation_id}[
        letter
    ]
    query = (
        select(Rendering.id)
        .join(Variant, Variant.id == Rendering.variant_id)
        .join(Quote, Quote.id == Variant.quote_id)
        .where(column == written.number)
        .order_by(Rendering.relation != "canonical", Rendering.id)
    )
    found = list(session.scalars(query))
    if not found:
        raise UsageError(
            f"there is no {SORTS[letter]} {letter}{written.number} with a speaker; "
            "`quotes search` and `quotes show` print the numbers"
        )
    if letter == "n" and len(found) > 1:
        listed = ", ".join(f"r{one}" for one in found)
        raise UsageError(f"{wanted} holds several statements: name one of {listed}")
    return found[:1] if letter == "q" else found


def pair_rows(
    session: Session, verdict: str, lefts: Sequence[int], rights: Sequence[int]
) -> list[dict[str, Any]]:
    """Return the judgements that say ``verdict`` of every pair of these renderings."""
    anchors = _anchors(session, {*lefts, *rights})
    return [
        {
            "kind": verdict,
            "anchors": [anchors[one], anchors[other]],
            "places": [{"rendering_id": one}, {"rendering_id": other}],
        }
        for one in lefts
        for other in rights
    ]


def canonical_row(session: Session, rendering: int) -> dict[str, Any]:
    """Return the judgement that a rendering stands for its quote."""
    anchors = _anchors(session, [rendering])
    return {
        "kind": "canonical",
        "anchors": [anchors[rendering]],
        "places": [{"rendering_id": rendering}],
    }


def refuse_two_speakers(session: Session, left: tuple[str, int], right: tuple[str, int]) -> None:
    """Raise UsageError if two renderings (as named, and by id) count to different speakers."""
    query = select(Speaker.name).join(Rendering, Rendering.speaker_id == Speaker.id)
    one, other = (session.scalar(query.where(Rendering.id == key)) for _, key in (left, right))
    if one != other:
        raise UsageError(
            f"{left[0]} is said by {one} and {right[0]} by {other}: correct the speaker "
            "first, with `quotes judge attribution` or `quotes speakers merge`"
        )


def refuse_two_quotes(session: Session, left: tuple[str, int], right: tuple[str, int]) -> None:
    """Raise UsageError unless two renderings (as named, and by id) are variants of one quote."""
    query = select(Variant.id, Variant.quote_id).join(Rendering, Rendering.variant_id == Variant.id)
    one, other = (
        session.execute(query.where(Rendering.id == key)).one() for _, key in (left, right)
    )
    if one.quote_id != other.quote_id:
        raise UsageError(
            f"{left[0]} belongs to q{one.quote_id} and {right[0]} to q{other.quote_id}: "
            "`quotes judge same` makes them one quote first"
        )
    if one.id == other.id:
        raise UsageError(f"{left[0]} and {right[0]} are the same variant: name two")


def _anchors(session: Session, renderings: Collection[int]) -> dict[int, dict[str, Any]]:
    query = (
        select(Rendering.id, Rendering.start, Rendering.end, Article.id, Article.body)
        .join(Quotation, Quotation.id == Rendering.quotation_id)
        .join(Article, Article.id == Quotation.article_id)
        .where(Rendering.id.in_(renderings))
    )
    return {
        key: anchor(article, body, start, end)
        for key, start, end, article, body in session.execute(query)
    }
