"""The tables, as typed SQLAlchemy models. Offsets are code points into ``articles.body``.

People who write SQL should start from the views ``quotation_list``, ``quote_list``,
``variant_list`` and ``rendering_list`` (made in the migrations).
"""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any, ClassVar, Literal, get_args

from sqlalchemy import (
    JSON,
    BigInteger,
    CheckConstraint,
    ColumnElement,
    DateTime,
    Dialect,
    Double,
    ForeignKey,
    Index,
    Integer,
    MetaData,
    String,
    Text,
    TypeDecorator,
    UniqueConstraint,
    column,
    func,
    select,
    table,
)
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column

from quotes.records import Gender, Kind, Relation, SpeakerType

NAMING = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s_%(referred_table_name)s",
    "pk": "pk_%(table_name)s",
}


class UTCDateTime(TypeDecorator[datetime]):
    """A moment, always with its time zone in Python (SQLite itself would forget it)."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, _dialect: Dialect) -> datetime | None:
        """Hand every moment to the database in UTC."""
        return None if value is None else value.astimezone(UTC)

    def process_result_value(self, value: datetime | None, _dialect: Dialect) -> datetime | None:
        """Return the moment in UTC."""
        if value is None or value.tzinfo is not None:
            return value
        return value.replace(tzinfo=UTC)


class Base(DeclarativeBase):
    """Base of all models: constraint names follow one convention, so migrations can name them."""

    metadata = MetaData(naming_convention=NAMING)
    type_annotation_map: ClassVar = {
        str: Text(),
        float: Double(),
        datetime: UTCDateTime(),
    }


def one_of(column: str, choices: Any) -> CheckConstraint:
    """Return the constraint that ``column`` is NULL or one of a Literal's values."""
    listed = ", ".join(f"'{choice}'" for choice in get_args(choices))
    return CheckConstraint(f"{column} IN ({listed})", name=column)


def now() -> datetime:
    """Return this moment in UTC."""
    return datetime.now(UTC)


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


class Outlet(Base):
    """A publication. ``names`` and ``domains`` hold the other spellings and the web addresses."""

    __tablename__ = "outlets"

    id: Mapped[int] = mapped_column(primary_key=True)
    slug: Mapped[str] = mapped_column(unique=True)
    name: Mapped[str]
    names: Mapped[list[Any]] = mapped_column(JSON)
    domains: Mapped[list[Any]] = mapped_column(JSON)
    country: Mapped[str | None]
    origin: Mapped[str]

    __table_args__ = (CheckConstraint("origin IN ('seed', 'article', 'person')", name="origin"),)


class Article(Base):
    """One text of one outlet.

    ``address`` is what tells equal texts apart: the URL, else the outlet's name, else the day.
    A URL whose text has changed is stored again as a new version; ``first_id`` points at the first
    one. Both versions count as evidence: what was printed was printed.
    """

    __tablename__ = "articles"

    id: Mapped[int] = mapped_column(primary_key=True)
    source: Mapped[str]
    url: Mapped[str | None]
    address: Mapped[str]
    content_hash: Mapped[str] = mapped_column(String(64))
    version: Mapped[int]
    first_id: Mapped[int | None] = mapped_column(ForeignKey("articles.id"))
    outlet_id: Mapped[int | None] = mapped_column(ForeignKey("outlets.id"), index=True)
    title: Mapped[str | None]
    byline: Mapped[str | None]
    language: Mapped[str | None]
    published: Mapped[date | None] = mapped_column(index=True)
    added: Mapped[datetime] = mapped_column(default=now)
    body: Mapped[str]

    __table_args__ = (
        UniqueConstraint("content_hash", "address"),
        Index(None, "url", "version", unique=True),
    )


class Speaker(Base):
    """A person, organisation or group, across articles.

    ``provisional``: met in an article, not (yet) in the registry. ``origin`` tells who wrote the
    record last; what a person wrote is never overwritten by a seed file.
    """

    __tablename__ = "speakers"

    id: Mapped[int] = mapped_column(primary_key=True)
    slug: Mapped[str] = mapped_column(unique=True)
    name: Mapped[str]
    type: Mapped[SpeakerType] = mapped_column(Text)
    gender: Mapped[Gender | None] = mapped_column(Text)
    wikidata: Mapped[str | None]
    party: Mapped[str | None]
    provisional: Mapped[bool]
    origin: Mapped[str]

    __table_args__ = (
        one_of("type", SpeakerType),
        one_of("gender", Gender),
        CheckConstraint("origin IN ('seed', 'article', 'person')", name="origin"),
    )


class SpeakerName(Base):
    """A spelling in use for a speaker; ``uses`` counts the mentions met in articles."""

    __tablename__ = "speaker_names"

    id: Mapped[int] = mapped_column(primary_key=True)
    speaker_id: Mapped[int] = mapped_column(ForeignKey("speakers.id", ondelete="CASCADE"))
    name: Mapped[str]
    folded: Mapped[str] = mapped_column(index=True)
    uses: Mapped[int] = mapped_column(default=0)
    origin: Mapped[str]

    __table_args__ = (
        UniqueConstraint("speaker_id", "name"),
        CheckConstraint("origin IN ('seed', 'article', 'person')", name="origin"),
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
    origin: Mapped[str]

    __table_args__ = (CheckConstraint("origin IN ('seed', 'article', 'person')", name="origin"),)


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

    ``confidence`` is that of the mention, ``speaker_confidence`` that of its resolution alone; the
    views multiply them. ``reason`` says why nobody was found. ``evidence`` and
    ``speaker_evidence`` are lists of ``{"role", "start", "end", "text"}``. Where a person's
    judgement stands above the machine's answer, ``found`` keeps the latter.
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
    evidence: Mapped[list[Any]] = mapped_column(JSON)
    speaker_id: Mapped[int | None] = mapped_column(ForeignKey("speakers.id"), index=True)
    speaker_rule: Mapped[str | None]
    speaker_confidence: Mapped[float | None]
    speaker_evidence: Mapped[list[Any]] = mapped_column(JSON)
    on_behalf_of: Mapped[str | None]
    found: Mapped[dict[str, Any] | None] = mapped_column(JSON(none_as_null=True))


class Quote(Base):
    """One statement made once by one speaker; ``text`` is its canonical, really printed wording.

    Quotes with the same ``component`` are reconsidered together when a new rendering fits one of
    them. ``first_published`` and ``last_published`` are kept here for sorting and filtering.
    """

    __tablename__ = "quotes"

    id: Mapped[int] = mapped_column(primary_key=True)
    speaker_id: Mapped[int] = mapped_column(ForeignKey("speakers.id"), index=True)
    component: Mapped[int] = mapped_column(index=True)
    text: Mapped[str]
    first_published: Mapped[date | None] = mapped_column(index=True)
    last_published: Mapped[date | None]

    __table_args__ = ({"sqlite_autoincrement": True},)


class Variant(Base):
    """One distinct wording of a quote: renderings that fold to the same text share it.

    ``text`` is the wording as its canonical, else its first published, rendering printed it;
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


class Rendering(Base):
    """One statement inside one quotation. Without a speaker it belongs to no variant (NULL).

    ``speaker_id`` is whom it counts to: the speaker of the attribution, or where that is unsure, a
    surer one whom another article names for the same words (no foreign key: SQLite could not drop
    the column again). See ``quotes.database.echoes``.
    """

    __tablename__ = "renderings"

    id: Mapped[int] = mapped_column(primary_key=True)
    quotation_id: Mapped[int] = mapped_column(
        ForeignKey("quotations.id", ondelete="CASCADE"), index=True
    )
    variant_id: Mapped[int | None] = mapped_column(ForeignKey("variants.id"), index=True)
    speaker_id: Mapped[int | None] = mapped_column(index=True)
    start: Mapped[int]
    end: Mapped[int]
    text: Mapped[str]
    relation: Mapped[Relation | None] = mapped_column(Text)
    score: Mapped[float | None]

    __table_args__ = (one_of("relation", Relation),)


class RenderingKey(Base):
    """A blocking key: renderings of one speaker that share one may be the same statement.

    ``key`` is a 64-bit digest: half the room of the words, and a rare clash only costs a look.
    """

    __tablename__ = "rendering_keys"

    speaker_id: Mapped[int] = mapped_column(ForeignKey("speakers.id"), primary_key=True)
    key: Mapped[int] = mapped_column(BigInteger, primary_key=True)
    rendering_id: Mapped[int] = mapped_column(
        ForeignKey("renderings.id", ondelete="CASCADE"), primary_key=True, index=True
    )

    __table_args__ = ({"sqlite_with_rowid": False},)


class RenderingEcho(Base):
    """A key by which the words of other speakers find a rendering that has a speaker."""

    __tablename__ = "rendering_echoes"

    key: Mapped[int] = mapped_column(BigInteger, primary_key=True)
    rendering_id: Mapped[int] = mapped_column(
        ForeignKey("renderings.id", ondelete="CASCADE"), primary_key=True, index=True
    )

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


JUDGED = "judgement"
"""The rule of an attribution that a person made."""

JudgementKind = Literal[
    "attribution",
    "same",
    "different",
    "kind",
    "add",
    "alias",
    "rename",
    "confirm",
    "merge",
    "split",
    "undo",
]


class Judgement(Base):
    """What a person decided: only ever added (the database refuses more), and it always wins.

    "attribution" (``value``: slug, NULL for nobody) and "kind" (``value``: the kind) speak of a
    quotation; "same" and "different" of two renderings; the others of ``speaker`` (a slug), see
    ``quotes.database.people``. ``anchors`` are W3C text-quote selectors of the places spoken of;
    ``judgement_places`` says where they are now. ``batch`` is the id of the first judgement of one
    decision; "undo" takes the decision back that begins with ``undoes``, or restores it where that
    is an "undo" itself. The view ``judgement_list`` tells which judgements stand.
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
    details: Mapped[dict[str, Any] | None] = mapped_column(JSON(none_as_null=True))
    anchors: Mapped[list[Any] | None] = mapped_column(JSON(none_as_null=True))

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
"""The view that tells who took which judgement back."""


CONFIDENCE = Attribution.confidence * func.coalesce(Attribution.speaker_confidence, 1.0)
"""How sure it is that the speaker said it (0-1): the words that name him, and who they mean."""


def stands() -> ColumnElement[bool]:
    """Return the condition that nobody took a judgement back."""
    view = JUDGEMENT_LIST.c
    standing = select(view.id).where(view.id == Judgement.id, view.undone_at.is_(None))
    return standing.exists()
