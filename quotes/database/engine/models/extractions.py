"""What was found in the articles: texts, quotations, attributions, and the runs that made them."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from sqlalchemy import JSON, Computed, ForeignKey, Index, String, Text, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from quotes.database.engine.models.base import Base, now, one_of
from quotes.records import Form, Kind, Provenance

_REMOVED = text("removed")


class Run(Base):
    """One go of the extraction over some articles: which program, which model, how much."""

    __tablename__ = "runs"

    id: Mapped[int] = mapped_column(primary_key=True)
    program: Mapped[str]
    model: Mapped[str]
    started: Mapped[datetime] = mapped_column(default=now)
    finished: Mapped[datetime | None]
    articles: Mapped[int] = mapped_column(default=0)
    unchanged: Mapped[int] = mapped_column(default=0)
    failed: Mapped[int] = mapped_column(default=0)
    quotations: Mapped[int] = mapped_column(default=0)


class Article(Base):
    """One text of one outlet.

    ``address`` is what tells equal texts apart: the URL, else the outlet's name and the day.
    A URL whose text has changed is stored again as a new version; ``first_id`` points at the first
    one. Both versions count as evidence: what was printed was printed. ``original`` is the text as
    it was read, where ``body`` is a repaired form of it; ``raw_hash`` the SHA-256 of the page that
    it is from, ``archived`` the address of a copy of it in an archive. ``provenance`` is where its
    words come from; where it says nothing, that of its outlet holds.

    What people correct stands in the columns, while ``found`` keeps the facts as they were read;
    ``address`` stays, so that reading the same file again finds the article. An article that
    people ``removed`` is in no view, and none of its statements in a quote.
    """

    __tablename__ = "articles"

    id: Mapped[int] = mapped_column(primary_key=True)
    source: Mapped[str]
    url: Mapped[str | None]
    address: Mapped[str]
    content_hash: Mapped[str] = mapped_column(String(64))
    version: Mapped[int]
    first_id: Mapped[int | None] = mapped_column(ForeignKey("articles.id"))
    outlet_id: Mapped[int | None] = mapped_column(ForeignKey("outlets.id"))
    title: Mapped[str | None]
    byline: Mapped[str | None]
    language: Mapped[str | None]
    published: Mapped[date | None] = mapped_column(index=True)
    archived: Mapped[str | None]
    raw_hash: Mapped[str | None] = mapped_column(String(64))
    form: Mapped[Form] = mapped_column(Text)
    added: Mapped[datetime] = mapped_column(default=now)
    body: Mapped[str]
    original: Mapped[str | None]
    removed: Mapped[bool] = mapped_column(default=False)
    found: Mapped[dict[str, Any] | None] = mapped_column(JSON(none_as_null=True))
    provenance: Mapped[Provenance | None] = mapped_column(Text)

    __table_args__ = (
        UniqueConstraint("content_hash", "address"),
        Index(None, "url", "version", unique=True),
        Index(None, "outlet_id", "published", "removed"),
        Index(None, "removed", sqlite_where=_REMOVED, postgresql_where=_REMOVED),
        one_of("form", Form),
        one_of("provenance", Provenance),
    )


class Quotation(Base):
    """One stretch between quotation marks (marks included); ``text`` is ``body[start:end]``.

    ``kind_confidence`` is the probability that it is speech, or, where ``kind`` is "none", that it
    is not; 1 where a person decided, NULL where the article was stored by an older program.
    """

    __tablename__ = "quotations"

    id: Mapped[int] = mapped_column(primary_key=True)
    article_id: Mapped[int] = mapped_column(ForeignKey("articles.id", ondelete="CASCADE"))
    start: Mapped[int]
    end: Mapped[int]
    inner_start: Mapped[int]
    inner_end: Mapped[int]
    text: Mapped[str]
    kind: Mapped[Kind] = mapped_column(Text)
    kind_rule: Mapped[str]
    kind_confidence: Mapped[float | None]
    opened: Mapped[bool]
    closed: Mapped[bool]
    parent_id: Mapped[int | None] = mapped_column(ForeignKey("quotations.id"))
    continues_id: Mapped[int | None] = mapped_column(ForeignKey("quotations.id"))

    __table_args__ = (UniqueConstraint("article_id", "start", "end"), one_of("kind", Kind))


class Attribution(Base):
    """Who a quotation belongs to, and why: mention, cue, rule, evidence, resolved speaker.

    ``confidence`` is that of the mention, ``speaker_confidence`` that of its resolution alone;
    ``joint_confidence``, which the database computes, is how sure the speaker is: both together.
    ``reason`` says why nobody was found. ``evidence`` and ``speaker_evidence`` are lists of
    ``{"role", "start", "end", "text"}``. Where a person's judgement stands above the machine's
    answer, ``found`` keeps the latter.
    """

    __tablename__ = "attributions"

    id: Mapped[int] = mapped_column(primary_key=True)
    quotation_id: Mapped[int] = mapped_column(
        ForeignKey("quotations.id", ondelete="CASCADE"), unique=True
    )
    run_id: Mapped[int] = mapped_column(ForeignKey("runs.id"), index=True)
    mention: Mapped[str | None]
    mention_start: Mapped[int | None]
    mention_end: Mapped[int | None]
    cue: Mapped[str | None]
    cue_start: Mapped[int | None]
    cue_end: Mapped[int | None]
    reporter: Mapped[str | None]
    reporter_start: Mapped[int | None]
    reporter_end: Mapped[int | None]
    rule: Mapped[str]
    confidence: Mapped[float]
    reason: Mapped[str | None]
    evidence: Mapped[list[dict[str, Any]]] = mapped_column(JSON)
    speaker_id: Mapped[int | None] = mapped_column(ForeignKey("speakers.id"), index=True)
    speaker_rule: Mapped[str | None]
    speaker_confidence: Mapped[float | None]
    speaker_evidence: Mapped[list[dict[str, Any]]] = mapped_column(JSON)
    on_behalf_of: Mapped[str | None]
    found: Mapped[dict[str, Any] | None] = mapped_column(JSON(none_as_null=True))
    joint_confidence: Mapped[float] = mapped_column(
        Computed("confidence * coalesce(speaker_confidence, 1.0)", persisted=True)
    )

    __table_args__ = (
        Index("ix_attributions_joint_confidence", "joint_confidence", "quotation_id"),
    )
