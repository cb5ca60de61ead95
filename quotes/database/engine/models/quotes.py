"""What follows by merging: renderings, variants, quotes, and the keys by which they meet."""

from __future__ import annotations

from datetime import date

from sqlalchemy import (
    BigInteger,
    CheckConstraint,
    ForeignKey,
    Index,
    String,
    Text,
    UniqueConstraint,
    text,
)
from sqlalchemy.orm import Mapped, mapped_column

from quotes.database.engine.models.base import Base, one_of
from quotes.records import Relation

_DIVERGENT = text("relation = 'divergent'")
_REWORDED = text("relation = 'reworded'")
_CANONICAL = text("relation = 'canonical'")
_DISPUTED = text("disputed")


class Rendering(Base):
    """One statement inside one quotation. Without a speaker it belongs to no variant (NULL).

    ``speaker_id`` is whom it counts to, which is what was decided for its ``voice_id``.
    ``article_id`` is that of the quotation: by it, and by its place in the article, a statement is
    found beside another one.
    """

    __tablename__ = "renderings"

    id: Mapped[int] = mapped_column(primary_key=True)
    quotation_id: Mapped[int] = mapped_column(
        ForeignKey("quotations.id", ondelete="CASCADE"), index=True
    )
    article_id: Mapped[int] = mapped_column(ForeignKey("articles.id", ondelete="CASCADE"))
    variant_id: Mapped[int | None] = mapped_column(ForeignKey("variants.id"))
    speaker_id: Mapped[int | None] = mapped_column(ForeignKey("speakers.id"), index=True)
    voice_id: Mapped[int | None] = mapped_column(ForeignKey("voices.id"), index=True)
    start: Mapped[int]
    end: Mapped[int]
    text: Mapped[str]
    relation: Mapped[Relation | None] = mapped_column(Text)
    score: Mapped[float | None]

    __table_args__ = (
        one_of("relation", Relation),
        Index(None, "variant_id", "article_id"),
        Index(None, "article_id", "start"),
        Index(None, "article_id", "end"),
        Index(
            "ix_renderings_canonical",
            "variant_id",
            sqlite_where=_CANONICAL,
            postgresql_where=_CANONICAL,
        ),
        Index(
            "ix_renderings_divergent",
            "variant_id",
            sqlite_where=_DIVERGENT,
            postgresql_where=_DIVERGENT,
        ),
        Index(
            "ix_renderings_reworded",
            "score",
            "variant_id",
            sqlite_where=_REWORDED,
            postgresql_where=_REWORDED,
        ),
    )


class Variant(Base):
    """One distinct text of a quote: renderings that fold to the same text share it.

    ``text`` is that of its canonical, else of its first published, rendering;
    ``fingerprint`` a digest of the folded text (which may be too long for an index).
    """

    __tablename__ = "variants"

    id: Mapped[int] = mapped_column(primary_key=True)
    quote_id: Mapped[int] = mapped_column(ForeignKey("quotes.id"))
    fingerprint: Mapped[str] = mapped_column(String(32))
    text: Mapped[str]

    __table_args__ = (
        UniqueConstraint("quote_id", "fingerprint"),
        {"sqlite_autoincrement": True},
    )


class Quote(Base):
    """One statement made once by one speaker; ``text`` is its canonical variant, as published.

    Quotes with the same ``component`` are reconsidered together when a new rendering fits one of
    them. ``first_published`` and ``last_published`` are kept here for sorting and filtering.
    """

    __tablename__ = "quotes"

    id: Mapped[int] = mapped_column(primary_key=True)
    speaker_id: Mapped[int] = mapped_column(ForeignKey("speakers.id"))
    component: Mapped[int] = mapped_column(index=True)
    text: Mapped[str]
    first_published: Mapped[date | None] = mapped_column(index=True)
    last_published: Mapped[date | None]

    __table_args__ = (
        Index(None, "speaker_id", "first_published"),
        {"sqlite_autoincrement": True},
    )


class FormerQuote(Base):
    """The number of a quote that is one no more, and a rendering that it held: its words are there.

    By it an address that was noted down leads to the quote that has these words now.
    """

    __tablename__ = "former_quotes"

    quote_id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    rendering_id: Mapped[int] = mapped_column(
        ForeignKey("renderings.id", ondelete="CASCADE"), index=True
    )


class RenderingKey(Base):
    """A blocking key: renderings of one speaker that share one may be the same statement.

    ``key`` is a digest of 31 bits: a fifth of the room of the words, and a rare clash only costs a
    look. So does a key that its rendering has no more: no index says which keys a rendering has.
    """

    __tablename__ = "rendering_keys"

    speaker_id: Mapped[int] = mapped_column(ForeignKey("speakers.id"), primary_key=True)
    key: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    rendering_id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)

    __table_args__ = ({"sqlite_with_rowid": False},)


class Voice(Base):
    """The renderings of one wording and day that articles give to one speaker.

    ``counts_to`` is the speaker whose words they are, all articles considered; ``disputed`` says
    that these articles are sure of ``speaker_id`` and better supported ones of ``counts_to``.
    ``articles`` counts them, ``standing`` (0 to 1) is that of the surest, see ``normaliser.voice``.
    """

    __tablename__ = "voices"

    id: Mapped[int] = mapped_column(primary_key=True)
    speaker_id: Mapped[int] = mapped_column(ForeignKey("speakers.id"), index=True)
    counts_to: Mapped[int] = mapped_column(ForeignKey("speakers.id"), index=True)
    fingerprint: Mapped[str] = mapped_column(String(32))
    published: Mapped[date | None]
    text: Mapped[str]
    articles: Mapped[int]
    standing: Mapped[float]
    disputed: Mapped[bool]

    __table_args__ = (
        Index(None, "fingerprint", "published"),
        Index("ix_voices_disputed", "id", sqlite_where=_DISPUTED, postgresql_where=_DISPUTED),
        {"sqlite_autoincrement": True},
    )


class VoiceKey(Base):
    """A key by which the words of other speakers find a voice."""

    __tablename__ = "voice_keys"

    key: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)
    voice_id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)

    __table_args__ = ({"sqlite_with_rowid": False},)


class Ambiguity(Base):
    """A fragment that fits another quote, too: it stands with the one that it fits best."""

    __tablename__ = "ambiguities"

    rendering_id: Mapped[int] = mapped_column(
        ForeignKey("renderings.id", ondelete="CASCADE"), primary_key=True
    )
    quote_id: Mapped[int] = mapped_column(
        ForeignKey("quotes.id", ondelete="CASCADE"), primary_key=True, index=True
    )

    __table_args__ = ({"sqlite_with_rowid": False},)


class Option(Base):
    """A choice that holds for the whole database: `semantic`, the normaliser compares meanings."""

    __tablename__ = "options"

    name: Mapped[str] = mapped_column(primary_key=True)

    __table_args__ = (CheckConstraint("name IN ('semantic')", name="name"),)
