"""What a person should look at: quotations of low confidence, with the passage and candidates."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Literal

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from quotes.database.engine.models import (
    JUDGED,
    Article,
    Attribution,
    Judgement,
    JudgementPlace,
    Outlet,
    Quotation,
    Speaker,
    stands,
)

CONTEXT = 400
"""How many characters of the article are shown on each side of a quotation."""

MOST_CANDIDATES = 9
"""One key chooses one: there are nine digits."""

KEYS = {
    "a": ("accept", "the answer is right"),
    "1-9": ("choose", "this one of those listed said it"),
    "o": ("another name", "somebody else said it: you are asked for the name"),
    "n": ("nobody named", "the article names nobody who said it"),
    "x": ("not speech", "it is not speech (a title, a nickname, a sign ...)"),
    "s": ("skip", "skip it, without a judgement"),
    "u": ("undo", "undo your last answer, and go on"),
    "?": ("keys", "show this"),
    "q": ("quit", "quit; what you answered is stored"),
}
"""What each key means, in a word and in a sentence."""

Place = tuple[int, int]

Role = Literal["quotation", "mention", "rival"]
"""What is marked in a passage."""


@dataclass(frozen=True, slots=True)
class Candidate:
    """Somebody who may have said it. ``why``: "answer", "may be meant" or "quoted here"."""

    slug: str
    name: str
    why: str


@dataclass(frozen=True, slots=True)
class Item:
    """One quotation to be looked at.

    ``passage`` is cut out of the article between words; ``quotation``, ``mention`` and ``rivals``
    (mentions that were not chosen) are (start, end) in it. ``candidates`` begin with the machine's
    answer, where it has one; ``speaker`` is that slug. ``left`` counts the quotations still to be
    looked at, this one included.
    """

    quotation_id: int
    source: str
    outlet: str | None
    published: date | None
    passage: str
    quotation: Place
    mention: Place | None
    rivals: tuple[Place, ...]
    speaker: str | None
    rule: str
    reason: str | None
    confidence: float
    candidates: tuple[Candidate, ...]
    left: int

    def pieces(self) -> Iterator[tuple[str, Role | None]]:
        """Yield the passage in pieces, with the roles of those that are marked."""
        marks: list[tuple[Place, Role]] = [(self.quotation, "quotation")]
        if self.mention:
            marks.append((self.mention, "mention"))
        marks += [(rival, "rival") for rival in self.rivals]
        at = 0
        for (start, end), role in sorted(marks):
            if start >= at:  # a mention may stand inside the quotation, or two overlap
                yield self.passage[at:start], None
                yield self.passage[start:end], role
                at = end
        yield self.passage[at:], None


def next_item(session: Session, passed: Collection[int], below: float) -> Item | None:
    """Return the least sure quotation that nobody has judged, None if there is none.

    ``passed`` are quotations that the person skipped; only those with a confidence under ``below``
    count, and only speech.
    """
    judged = (
        select(Judgement.id)
        .join(JudgementPlace, JudgementPlace.judgement_id == Judgement.id)
        .where(JudgementPlace.quotation_id == Quotation.id, stands())
    )
    query = (
        select(Attribution, Quotation, Article, Attribution.joint_confidence)
        .join(Quotation, Quotation.id == Attribution.quotation_id)
        .join(Article, Article.id == Quotation.article_id)
        .where(Quotation.kind != "none", Attribution.rule != JUDGED, ~judged.exists())
        .where(Attribution.joint_confidence < below, Attribution.rule != "enclosing")
        .order_by(Attribution.joint_confidence, Quotation.id)
    )
    if passed:
        query = query.where(Quotation.id.not_in(passed))
    found = session.execute(query.limit(1)).first()
    if found is None:
        return None
    attribution, quotation, article, sureness = found
    start, end = _passage(article.body, quotation)

    def inside(places: Iterable[tuple[int | None, int | None]]) -> tuple[Place, ...]:
        return tuple(
            (first - start, last - start)
            for first, last in places
            if first is not None and last is not None and start <= first < last <= end
        )

    mention = inside([(attribution.mention_start, attribution.mention_end)])
    outlet = session.get(Outlet, article.outlet_id) if article.outlet_id else None
    candidates = _candidates(session, attribution, article.id)
    return Item(
        quotation_id=quotation.id,
        source=article.source,
        outlet=outlet.name if outlet else None,
        published=article.published,
        passage=article.body[start:end],
        quotation=(quotation.start - start, quotation.end - start),
        mention=mention[0] if mention else None,
        rivals=inside(
            (piece["start"], piece["end"])
            for piece in attribution.evidence
            if piece["role"] == "rival"
        ),
        speaker=candidates[0].slug if attribution.speaker_id else None,
        rule=attribution.rule,
        reason=attribution.reason,
        confidence=float(sureness),
        candidates=candidates,
        left=session.scalar(query.order_by(None).with_only_columns(func.count())) or 0,
    )


def _passage(body: str, quotation: Quotation) -> Place:
    """Return the place of a quotation with its surroundings, cut between words."""
    start, end = max(0, quotation.start - CONTEXT), min(len(body), quotation.end + CONTEXT)
    if start:
        start = body.find(" ", start, quotation.start) + 1 or quotation.start
    if end < len(body):
        cut = body.rfind(" ", quotation.end, end)
        end = cut if cut >= 0 else quotation.end
    return start, end


def _candidates(session: Session, attribution: Attribution, article: int) -> tuple[Candidate, ...]:
    """Return the machine's answer, those whom the mention may mean, and whom the article quotes.

    These last come most quoted first.
    """
    named = [piece["speaker"] for piece in attribution.evidence if piece.get("speaker")]
    query = select(Speaker.slug, Speaker.name)
    quoted = (
        query.join(Attribution, Attribution.speaker_id == Speaker.id)
        .join(Quotation, Quotation.id == Attribution.quotation_id)
        .where(Quotation.article_id == article)
        .group_by(Speaker.id, Speaker.slug, Speaker.name)
        .order_by(func.count().desc(), Speaker.id)
        .limit(MOST_CANDIDATES)
    )
    found: dict[str, Candidate] = {}
    for why, rows in (
        ("the answer", query.where(Speaker.id == attribution.speaker_id)),
        ("may be meant", query.where(Speaker.slug.in_(named)).order_by(Speaker.slug)),
        ("quoted here", quoted),
    ):
        for row in session.execute(rows):
            found.setdefault(row.slug, Candidate(row.slug, row.name, why))
    return tuple(found.values())[:MOST_CANDIDATES]
