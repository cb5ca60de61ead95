"""What people decided, and where in the articles it holds."""

from __future__ import annotations

from datetime import datetime
from typing import Any, Literal

from sqlalchemy import JSON, ColumnElement, ForeignKey, Integer, Text, column, select, table
from sqlalchemy.orm import Mapped, mapped_column

from quotes.database.engine.models.base import Base, UTCDateTime, now, one_of

JUDGED = "judgement"
"""The rule of an attribution that a person made."""

JudgementKind = Literal[
    "attribution",
    "same",
    "different",
    "canonical",
    "meaning",
    "kind",
    "add",
    "alias",
    "rename",
    "confirm",
    "merge",
    "apart",
    "split",
    "edit",
    "remove",
    "rename-outlet",
    "merge-outlet",
    "undo",
]


class Judgement(Base):
    """What a person decided: only ever added (the database refuses more), and it always wins.

    "attribution" (``value``: slug, NULL for nobody) and "kind" (``value``: the kind) speak of a
    quotation; "same", "different" and "meaning" (``value``: changed or same) of two
    renderings, "canonical" of one; "edit" and "remove" of
    an article ("edit" also of ``outlet``, a slug), "rename-outlet" and "merge-outlet" of it, see
    ``quotes.database.judgements.sources``; the others of ``speaker`` (a slug), see
    ``quotes.database.judgements.people``. ``anchors`` are W3C text-quote selectors of the places
    spoken of; ``judgement_places`` says where they are now. ``batch`` is the id of the first
    judgement of one decision; "undo" undoes the decision that begins with ``undoes``, or restores
    it where that is an "undo" itself. The view ``judgement_list`` tells which judgements stand.
    """

    __tablename__ = "judgements"

    id: Mapped[int] = mapped_column(primary_key=True)
    kind: Mapped[JudgementKind] = mapped_column(Text)
    value: Mapped[str | None]
    why: Mapped[str | None]
    by: Mapped[str]
    at: Mapped[datetime] = mapped_column(default=now)
    batch: Mapped[int | None] = mapped_column(index=True)
    undoes: Mapped[int | None] = mapped_column(ForeignKey("judgements.id"), index=True)
    speaker: Mapped[str | None] = mapped_column(index=True)
    outlet: Mapped[str | None] = mapped_column(index=True)
    details: Mapped[dict[str, Any] | None] = mapped_column(JSON(none_as_null=True))
    anchors: Mapped[list[dict[str, Any]] | None] = mapped_column(JSON(none_as_null=True))

    __table_args__ = (one_of("kind", JudgementKind),)


class JudgementPlace(Base):
    """Where a judgement holds: in each version of the article one place for each of its anchors.

    Derived from ``judgements.anchors`` (``anchor`` is the index there) whenever an article is
    extracted; ``quotation_id`` or ``rendering_id`` is NULL where the words are not found.
    """

    __tablename__ = "judgement_places"

    judgement_id: Mapped[int] = mapped_column(ForeignKey("judgements.id"), primary_key=True)
    anchor: Mapped[int] = mapped_column(primary_key=True)
    article_id: Mapped[int] = mapped_column(
        ForeignKey("articles.id", ondelete="CASCADE"), primary_key=True, index=True
    )
    quotation_id: Mapped[int | None] = mapped_column(
        ForeignKey("quotations.id", ondelete="SET NULL"), index=True
    )
    rendering_id: Mapped[int | None] = mapped_column(
        ForeignKey("renderings.id", ondelete="SET NULL"), index=True
    )


JUDGEMENT_LIST = table(
    "judgement_list",
    column("id", Integer),
    column("undone_by", Text),
    column("undone_at", UTCDateTime()),
)
"""The view that tells who undid which judgement."""

MERGE_LIST = table("merge_list", column("speaker_slug", Text), column("merged_into", Text))
"""The view that tells into whom speakers were merged in the end."""


def stands() -> ColumnElement[bool]:
    """Return the condition that nobody took a judgement back."""
    view = JUDGEMENT_LIST.c
    standing = select(view.id).where(view.id == Judgement.id, view.undone_at.is_(None))
    return standing.exists()
