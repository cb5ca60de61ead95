"""Who speaks and who publishes: speakers with their spellings and offices, outlets."""

from __future__ import annotations

from datetime import date
from typing import Any, Literal

from sqlalchemy import JSON, ForeignKey, Text, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from quotes.database.engine.models.base import Base, one_of
from quotes.records import Gender, Provenance, SpeakerType

Origin = Literal["seed", "article", "person"]
"""Who wrote a record last: a seed file, an article that was read, or a person."""

_NONE = text("0")


class Outlet(Base):
    """A publication. ``names`` and ``domains`` hold the other spellings and the web addresses.

    ``merged_into`` is the outlet that people say it is, ``provenance`` where the words of its
    articles come from, as people say. Where a person gave it another name, ``found`` keeps the
    former "name" and "names".
    """

    __tablename__ = "outlets"

    id: Mapped[int] = mapped_column(primary_key=True)
    slug: Mapped[str] = mapped_column(unique=True)
    name: Mapped[str]
    names: Mapped[list[str]] = mapped_column(JSON)
    domains: Mapped[list[str]] = mapped_column(JSON)
    country: Mapped[str | None]
    origin: Mapped[Origin] = mapped_column(Text)
    merged_into: Mapped[int | None] = mapped_column(ForeignKey("outlets.id"))
    found: Mapped[dict[str, Any] | None] = mapped_column(JSON(none_as_null=True))
    provenance: Mapped[Provenance | None] = mapped_column(Text)

    __table_args__ = (one_of("origin", Origin), one_of("provenance", Provenance))


class Speaker(Base):
    """A person, organisation or group, across articles.

    ``provisional``: met in an article, not (yet) in the registry. ``origin`` tells who wrote the
    record last; what a person wrote is never overwritten by a seed file. ``gender_origin`` is
    "first name" where nothing but that tells the gender. ``quotes`` and ``quotations`` count what
    the speaker has of them (``attributions`` tells whose a quotation is): the database itself does,
    whenever one is written.
    """

    __tablename__ = "speakers"

    id: Mapped[int] = mapped_column(primary_key=True)
    slug: Mapped[str] = mapped_column(unique=True)
    name: Mapped[str]
    type: Mapped[SpeakerType] = mapped_column(Text)
    gender: Mapped[Gender | None] = mapped_column(Text)
    gender_origin: Mapped[Literal["first name"] | None] = mapped_column(Text)
    wikidata: Mapped[str | None]
    party: Mapped[str | None]
    provisional: Mapped[bool]
    origin: Mapped[Origin] = mapped_column(Text)
    quotes: Mapped[int] = mapped_column(server_default=_NONE)
    quotations: Mapped[int] = mapped_column(server_default=_NONE)

    __table_args__ = (
        one_of("type", SpeakerType),
        one_of("gender", Gender),
        one_of("gender_origin", Literal["first name"]),
        one_of("origin", Origin),
    )


class SpeakerName(Base):
    """A spelling in use for a speaker; ``uses`` counts the mentions met in articles."""

    __tablename__ = "speaker_names"

    id: Mapped[int] = mapped_column(primary_key=True)
    speaker_id: Mapped[int] = mapped_column(ForeignKey("speakers.id", ondelete="CASCADE"))
    name: Mapped[str]
    folded: Mapped[str] = mapped_column(index=True)
    uses: Mapped[int] = mapped_column(default=0)
    origin: Mapped[Origin] = mapped_column(Text)

    __table_args__ = (
        UniqueConstraint("speaker_id", "name"),
        one_of("origin", Origin),
    )


class SpeakerRole(Base):
    """An office that a speaker held from ``start`` to ``end`` (NULL: unknown, or still)."""

    __tablename__ = "speaker_roles"

    id: Mapped[int] = mapped_column(primary_key=True)
    speaker_id: Mapped[int] = mapped_column(
        ForeignKey("speakers.id", ondelete="CASCADE"), index=True
    )
    title: Mapped[str]
    of: Mapped[str | None]
    start: Mapped[date | None]
    end: Mapped[date | None]
    origin: Mapped[Origin] = mapped_column(Text)

    __table_args__ = (one_of("origin", Origin),)
