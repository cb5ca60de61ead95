"""Frozen records that pass between the stages, and the one that programs get.

Offsets are Unicode code points into ``Article.body``; for every span of an article
``body[span.start:span.end] == span.text`` holds.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, fields
from datetime import date
from typing import Any

from quotes.basics import Evidence as Evidence
from quotes.basics import Form as Form
from quotes.basics import Gender as Gender
from quotes.basics import Kind as Kind
from quotes.basics import Provenance as Provenance
from quotes.basics import Relation as Relation
from quotes.basics import Role as Role
from quotes.basics import Span as Span
from quotes.basics import SpeakerType as SpeakerType

EDITABLE = ("outlet", "published", "title", "url", "byline", "language", "provenance")
"""What people can correct of an article."""


@dataclass(frozen=True, slots=True)
class Article:
    """One text of one outlet; ``body`` is kept exactly as read.

    ``source`` is the path or id as the user gave it. ``language`` is an ISO 639-1 code.
    ``original`` is the text as it was read, where ``body`` is a repaired form of it; ``raw_hash``
    the SHA-256 of the web page it is from, ``archived`` the address of a copy in an archive.
    In a ``form`` of "transcript" labels say who speaks; it needs no quotation marks.
    ``provenance`` is where its words come from, where somebody says so.
    """

    source: str
    body: str
    title: str | None = None
    outlet: str | None = None
    url: str | None = None
    published: date | None = None
    byline: str | None = None
    language: str | None = None
    original: str | None = None
    raw_hash: str | None = None
    archived: str | None = None
    form: Form = "article"
    provenance: Provenance | None = None

    @property
    def content_hash(self) -> str:
        """SHA-256 of the body, in hexadecimal."""
        return hashlib.sha256(self.body.encode("utf-8", "surrogatepass")).hexdigest()

    @property
    def address(self) -> str:
        """What tells equal texts apart: the URL, else the outlet's name and the day."""
        outlet = (self.outlet or "").strip().casefold()
        day = self.published.isoformat() if self.published else ""
        return self.url or f"{outlet} {day}".strip()


@dataclass(frozen=True, slots=True)
class Quotation:
    """One stretch between quotation marks, marks included in ``start``/``end``/``text``.

    ``inner_start``/``inner_end`` bound the words between the marks. ``opened``/``closed`` are
    False where that mark was lost (or left out by custom, as in multi-paragraph speech).
    ``parent`` is the index, in the article's list of quotations, of the quotation that encloses
    this one; ``continues`` the index of the one whose speech this paragraph carries on.
    ``kind_confidence`` (0-1) is the calibrated probability that the quotation is speech, or, where
    ``kind`` is "none", that it is not.
    """

    start: int
    end: int
    text: str
    inner_start: int
    inner_end: int
    kind: Kind
    kind_rule: str
    kind_confidence: float = 1.0
    opened: bool = True
    closed: bool = True
    parent: int | None = None
    continues: int | None = None

    @property
    def inner(self) -> str:
        """The words between the marks."""
        return self.text[self.inner_start - self.start : self.inner_end - self.start]


@dataclass(frozen=True, slots=True)
class Attribution:
    """Which words of the article name the source of a quotation, and why.

    ``rule`` is the name of the rule that carried the decision; ``confidence`` (0-1) is the
    calibrated probability that the mention names the right person. ``reason`` says why nobody
    was found; ``reporter`` is the outer source in double attribution ("..., he told CNN, *The
    Hill* reported").
    """

    mention: Span | None
    cue: Span | None
    rule: str
    confidence: float
    evidence: tuple[Evidence, ...] = ()
    reason: str | None = None
    reporter: Span | None = None


@dataclass(frozen=True, slots=True)
class KnownSpeaker:
    """A person, organisation or group of the registry. ``names`` holds every spelling in use."""

    slug: str
    name: str
    type: SpeakerType
    names: tuple[str, ...] = ()
    gender: Gender | None = None
    wikidata: str | None = None
    party: str | None = None
    roles: tuple[Role, ...] = ()


@dataclass(frozen=True, slots=True)
class Speaker:
    """Who stands behind a mention: a registry record or a provisional one found in the article.

    ``rule`` names how the mention was resolved ("full-name", "surname", "role", "pronoun" ...);
    ``confidence`` (0-1) is about this step alone, given that the mention is right.
    ``on_behalf_of`` is the name of the person or organisation a spokesperson speaks for.
    """

    slug: str
    name: str
    type: SpeakerType
    provisional: bool
    rule: str
    confidence: float
    evidence: tuple[Evidence, ...] = ()
    on_behalf_of: str | None = None


@dataclass(frozen=True, slots=True)
class AttributedQuotation:
    """A quotation with its attribution and, where the mention could be resolved, its speaker."""

    quotation: Quotation
    attribution: Attribution
    speaker: Speaker | None

    @property
    def confidence(self) -> float:
        """Confidence (0-1) in the resolved speaker: mention and resolution together."""
        return self.attribution.confidence * (self.speaker.confidence if self.speaker else 1.0)


@dataclass(frozen=True, slots=True, repr=False)
class ExtractedQuotation:
    """One quotation and who said it, as programs get it: the shape of ``quotes extract``.

    ``article`` is the name of the text (None: it has none); ``start`` and ``end`` count its
    characters from 0, quotation marks included. ``kind_confidence`` (0-1) is that in ``kind``;
    ``confidence`` (0-1) that in ``speaker``, which is None where nobody was found. ``mention`` are
    the words that name the source, ``cue`` those that introduce the speech; ``rule`` and
    ``evidence`` tell why.
    """

    article: str | None
    start: int
    end: int
    text: str
    kind: Kind
    kind_confidence: float
    speaker: str | None
    speaker_slug: str | None
    speaker_type: SpeakerType | None
    mention: Span | None
    cue: Span | None
    rule: str
    confidence: float
    evidence: tuple[Evidence, ...]

    @classmethod
    def of(cls, item: AttributedQuotation, article: str | None) -> ExtractedQuotation:
        """Return what the stages found out about one quotation; confidences have four decimals."""
        quotation, attribution, speaker = item.quotation, item.attribution, item.speaker
        return cls(
            article=article,
            start=quotation.start,
            end=quotation.end,
            text=quotation.text,
            kind=quotation.kind,
            kind_confidence=round(quotation.kind_confidence, 4),
            speaker=speaker.name if speaker else None,
            speaker_slug=speaker.slug if speaker else None,
            speaker_type=speaker.type if speaker else None,
            mention=attribution.mention,
            cue=attribution.cue,
            rule=attribution.rule,
            confidence=round(item.confidence, 4),
            evidence=(*attribution.evidence, *(speaker.evidence if speaker else ())),
        )

    def to_dict(self) -> dict[str, Any]:
        """Return the fields, ready for JSON; ``article`` is left out where there is none."""
        row = {field.name: getattr(self, field.name) for field in fields(self)}
        row["mention"] = self.mention and self.mention.to_dict()
        row["cue"] = self.cue and self.cue.to_dict()
        row["evidence"] = [piece.fields() for piece in self.evidence]
        if self.article is None:
            del row["article"]
        return row

    @classmethod
    def from_dict(cls, row: Mapping[str, Any]) -> ExtractedQuotation:
        """Return the quotation that ``to_dict`` was called on."""
        known: dict[str, Any] = {field.name: row.get(field.name) for field in fields(cls)}
        known["mention"] = Span(**row["mention"]) if row["mention"] else None
        known["cue"] = Span(**row["cue"]) if row["cue"] else None
        known["evidence"] = tuple(Evidence(**piece) for piece in row["evidence"])
        return cls(**known)

    def __repr__(self) -> str:
        place = f"{self.start}, {self.end}, {self.text!r}"
        return f"{type(self).__name__}({place}, speaker={self.speaker!r})"


@dataclass(frozen=True, slots=True)
class Statement:
    """One statement inside one quotation, offsets into the article's body (a future rendering)."""

    start: int
    end: int
    text: str


@dataclass(frozen=True, slots=True)
class ExtractedArticle:
    """Everything the extraction stages found in one article.

    ``statements`` runs parallel to ``quotations``: the renderings that each one holds
    (empty for ``kind == "none"``).
    """

    article: Article
    quotations: tuple[AttributedQuotation, ...]
    statements: tuple[tuple[Statement, ...], ...]
    model: str

    def listed(self, *, everything: bool = False) -> list[ExtractedQuotation]:
        """Return the quotations as programs get them; ``everything``: also those of kind "none"."""
        name = self.article.source or None
        return [
            ExtractedQuotation.of(item, name)
            for item in self.quotations
            if everything or item.quotation.kind != "none"
        ]


@dataclass(frozen=True, slots=True)
class Stored:
    """An article that is now in the database. ``version`` above 1: its URL had another text.

    ``lost`` are judgements on former versions whose words are not found in this one.
    """

    article_id: int
    version: int
    quotations: int
    attributed: int
    lost: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Completed:
    """An article that was there already, with the ``facts`` that were learnt about it now.

    It was extracted again with them; ``lost`` are judgements whose words are not quoted any more.
    """

    article_id: int
    facts: tuple[str, ...]
    quotations: int
    lost: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Unchanged:
    """An article that was there already: the same text, and nothing new is known about it."""

    article_id: int
