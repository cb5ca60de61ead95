"""A person's word: recorded with name, time and reason, taken back, and restored.

Every function of ``Judge`` is one transaction: the judgement is added and the state that follows
from it (see ``quotes.database.derive``) is brought up to date. Nothing is ever changed or deleted
in the table: taking back is a judgement, too.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Sequence
from typing import Any, Literal

from sqlalchemy import or_, select
from sqlalchemy.orm import InstrumentedAttribute, Session

from quotes.database import people
from quotes.database.anchors import anchor
from quotes.database.derive import derive, quotations_of
from quotes.database.models import (
    Article,
    Judgement,
    JudgementPlace,
    Quotation,
    Quote,
    Rendering,
    Speaker,
    Variant,
    stands,
)
from quotes.database.reanchor import inherit_later
from quotes.database.renderings import cluster
from quotes.database.writing import whole
from quotes.errors import UsageError
from quotes.records import Kind, SpeakerType

Verdict = Literal["same", "different"]

_WANTED = re.compile(r"([vr]?)([1-9]\d{0,17})")
_NAMES = {"": "quote", "v": "variant", "r": "rendering"}


class Judge:
    """Records what one person (``by``) decides, over one session."""

    def __init__(self, session: Session, by: str) -> None:
        if not by.strip():
            raise UsageError("a judgement needs a name: give one with --by")
        self._session = session
        self._by = by.strip()

    def attribution(self, quotation: int, speaker: str | None, why: str | None = None) -> int:
        """Say that ``quotation`` is ``speaker``'s (a slug), or nobody's; return the judgement.

        A speaker makes a quotation of kind "none" a direct one. Raises UsageError if the quotation
        or the speaker does not exist.
        """
        with whole(self._session):
            row, about = self._quotation(quotation)
            if speaker is not None:
                self._speaker(speaker)
            rows = [{"kind": "attribution", "value": speaker, **about}]
            if speaker is not None and row.kind == "none":
                rows.append({"kind": "kind", "value": "direct", **about})
            return self._decide(rows, why)

    def kind(self, quotation: int, kind: Kind, why: str | None = None) -> int:
        """Say what kind of quotation ``quotation`` is; return the judgement.

        One of kind "none" is nobody's. Raises UsageError if there is no such quotation.
        """
        with whole(self._session):
            _, about = self._quotation(quotation)
            return self._decide([{"kind": "kind", "value": kind, **about}], why)

    def pair(self, verdict: Verdict, left: str, right: str, why: str | None = None) -> int:
        """Say that two statements are the same one, or are not; return the judgement.

        ``left`` and ``right`` are numbers of quotes (``12``), variants (``v34``) or renderings
        (``r56``). Raises UsageError if one does not exist, both are one, or the speakers differ.
        """
        with whole(self._session):
            lefts, rights = self._renderings(left), self._renderings(right)
            if set(lefts) & set(rights):
                raise UsageError(f"{left} and {right} are the same printing: name two")
            self._refuse_two_speakers(left, lefts, right, rights)
            if verdict == "same":
                lefts, rights = lefts[:1], rights[:1]
            anchors = self._rendering_anchors({*lefts, *rights})
            rows = [
                {
                    "kind": verdict,
                    "anchors": [anchors[one], anchors[other]],
                    "places": [{"rendering_id": one}, {"rendering_id": other}],
                }
                for one in lefts
                for other in rights
            ]
            return self._decide(rows, why)

    def add(self, name: str, kind: SpeakerType, why: str | None = None) -> int:
        """Add a speaker that nobody has met yet; return the judgement."""
        with whole(self._session):
            return self._decide([people.add_row(self._session, name, kind)], why)

    def alias(self, speaker: str, name: str, why: str | None = None) -> int:
        """Say that ``speaker`` (a slug) is spelled ``name``, too; return the judgement."""
        with whole(self._session):
            return self._decide([people.alias_row(self._session, speaker, name)], why)

    def rename(self, speaker: str, name: str, why: str | None = None) -> int:
        """Say that ``speaker`` (a slug, which stays) is called ``name``; return the judgement."""
        with whole(self._session):
            return self._decide([people.rename_row(self._session, speaker, name)], why)

    def confirm(self, speaker: str, why: str | None = None) -> int:
        """Make a speaker met in articles a known one; return the judgement."""
        with whole(self._session):
            return self._decide([people.confirm_row(self._session, speaker)], why)

    def merge(self, speaker: str, into: str, why: str | None = None) -> int:
        """Say that everything of ``speaker`` is ``into``'s (slugs); return the judgement."""
        with whole(self._session):
            return self._decide([people.merge_row(self._session, speaker, into)], why)

    def split(
        self,
        speaker: str,
        name: str,
        *,
        spelling: str | None = None,
        quotations: Collection[int] = (),
        why: str | None = None,
    ) -> int:
        """Say that somebody called ``name`` was taken for ``speaker``; return the judgement.

        What is named by ``spelling``, and ``quotations``, is theirs. ``name`` may be the slug or
        name of a stored speaker; any other one makes a new speaker. Raises UsageError if neither
        spelling nor quotations are given, or the other speaker is merged.
        """
        with whole(self._session):
            rows = []
            people.speaker(self._session, speaker)
            new = people.other(self._session, speaker, name)
            if new is None:
                rows.append(people.add_row(self._session, name, self._type(speaker)))
                new = str(rows[0]["speaker"])
            if spelling is not None:
                rows.append(people.split_row(speaker, new, spelling))
            for quotation in sorted(quotations):
                _, about = self._quotation(quotation)
                rows.append({"kind": "attribution", "value": new, **about})
            if spelling is None and not quotations:
                raise UsageError("say what to split off: give --spelling or --quotation")
            return self._decide(rows, why)

    def _type(self, slug: str) -> SpeakerType:
        return people.speaker(self._session, slug).type

    def undo(self, judgement: int, why: str | None = None) -> int:
        """Take a decision back: the state is what it was without it; return the judgement.

        To take an undo back restores the decision. Raises UsageError if there is no such judgement,
        or it does not stand.
        """
        with whole(self._session):
            taken, decision = self._to_undo(judgement)
            rows = self._batch(decision.id)
            touched = _quotations(self._session, rows)
            undo = self._add([{"kind": "undo", "undoes": taken.id, "why": why}])
            if taken is decision:
                people.restore(self._session, rows)
            else:
                people.refuse_conflicts(self._session, rows)
                people.reapply(self._session)
            self._settle(rows, touched)
        return undo

    def _to_undo(self, number: int) -> tuple[Judgement, Judgement]:
        """Return what is taken back, and the decision that this concerns (both by first row)."""
        row = self._session.get(Judgement, number)
        if row is None:
            raise UsageError(f"there is no judgement {number}; see `quotes judge log`")
        taken = decision = self._session.get_one(Judgement, row.batch or row.id)
        if taken.undoes is not None:
            decision = self._session.get_one(Judgement, taken.undoes)
        if decision.undoes is not None:  # what was restored is undone once more
            taken = decision = self._session.get_one(Judgement, decision.undoes)
        last = self._session.scalar(
            select(Judgement)
            .where(Judgement.undoes == taken.id)
            .order_by(Judgement.id.desc())
            .limit(1)
        )
        if last and not self._session.scalar(select(stands()).where(Judgement.id == taken.id)):
            raise UsageError(
                f"judgement {number} was taken back by {last.by} already: "
                f"`quotes judge undo {last.id}` takes that back"
            )
        return taken, decision

    def _batch(self, first: int) -> Sequence[Judgement]:
        """Return all judgements of the decision that begins with ``first``."""
        query = select(Judgement).where(or_(Judgement.id == first, Judgement.batch == first))
        return self._session.scalars(query.order_by(Judgement.id)).all()

    def _decide(self, rows: Sequence[dict[str, Any]], why: str | None) -> int:
        """Store a decision and bring everything up to it; return the number of its first row."""
        first = self._add({**row, "why": why} for row in rows)
        added = self._batch(first)
        inherit_later(self._session, [row.id for row in added])
        people.apply(self._session, added)
        self._settle(added)
        return first

    def _settle(self, rows: Sequence[Judgement], touched: Collection[int] = ()) -> None:
        """Bring everything up to what these judgements say, or said (``touched``: quotations)."""
        derive(self._session, {*touched, *_quotations(self._session, rows)})
        self._session.expire_all()
        pairs = _places(self._session, rows, JudgementPlace.rendering_id)
        if pairs:
            cluster(self._session, [], pairs)

    def _add(self, rows: Iterable[dict[str, Any]]) -> int:
        """Store the judgements of one decision; return the number of the first."""
        return add_judgements(self._session, self._by, rows)

    def _quotation(self, number: int) -> tuple[Quotation, dict[str, Any]]:
        row = self._session.get(Quotation, number)
        if row is None:
            raise UsageError(
                f"there is no quotation {number}; `quotes review` and the view quotation_list "
                "show their numbers"
            )
        body = self._session.scalar(select(Article.body).where(Article.id == row.article_id))
        return row, {
            "anchors": [anchor(row.article_id, body or "", row.start, row.end)],
            "places": [{"quotation_id": number}],
        }

    def _speaker(self, slug: str) -> None:
        if self._session.scalar(select(Speaker.id).where(Speaker.slug == slug)) is None:
            raise UsageError(f"there is no speaker '{slug}': add one with `quotes speakers add`")

    def _renderings(self, wanted: str) -> list[int]:
        """Return the renderings meant, the one whose wording stands for them first."""
        match = _WANTED.fullmatch(wanted.strip().lower())
        if match is None:
            raise UsageError(
                f"'{wanted}' is no number of a quote (12), variant (v34) or rendering (r56)"
            )
        column = {"": Quote.id, "v": Variant.id, "r": Rendering.id}[match[1]]
        query = (
            select(Rendering.id)
            .join(Variant, Variant.id == Rendering.variant_id)
            .join(Quote, Quote.id == Variant.quote_id)
            .where(column == int(match[2]))
            .order_by(Rendering.relation != "canonical", Rendering.id)
        )
        found = list(self._session.scalars(query))
        if not found:
            raise UsageError(
                f"there is no {_NAMES[match[1]]} {match[2]} with a speaker; "
                "`quotes search` and `quotes show` print the numbers"
            )
        return found if match[1] != "" else found[:1]

    def _refuse_two_speakers(
        self, left: str, lefts: Sequence[int], right: str, rights: Sequence[int]
    ) -> None:
        query = select(Speaker.name).join(Rendering, Rendering.speaker_id == Speaker.id)
        names = [
            self._session.scalar(query.where(Rendering.id == group[0])) for group in (lefts, rights)
        ]
        if names[0] != names[1]:
            raise UsageError(
                f"{left} is said by {names[0]} and {right} by {names[1]}: correct the speaker "
                "first, with `quotes judge attribution` or `quotes speakers merge`"
            )

    def _rendering_anchors(self, renderings: Collection[int]) -> dict[int, dict[str, Any]]:
        query = (
            select(Rendering.id, Rendering.start, Rendering.end, Article.id, Article.body)
            .join(Quotation, Quotation.id == Rendering.quotation_id)
            .join(Article, Article.id == Quotation.article_id)
            .where(Rendering.id.in_(renderings))
        )
        return {
            key: anchor(article, body, start, end)
            for key, start, end, article, body in self._session.execute(query)
        }


def add_judgements(session: Session, by: str, rows: Iterable[dict[str, Any]]) -> int:
    """Store the judgements of one decision; return the number of the first.

    A row holds the columns of ``judgements``, and under "places" the quotation or rendering that
    each of its anchors stands for.
    """
    first: int | None = None
    for row in rows:
        places = row.pop("places", ())
        judgement = Judgement(by=by, batch=first, **row)
        session.add(judgement)
        session.flush()
        first = first or judgement.id
        session.add_all(
            JudgementPlace(
                judgement_id=judgement.id, anchor=at, article_id=words["article"], **place
            )
            for at, (words, place) in enumerate(zip(row.get("anchors", ()), places, strict=True))
        )
    if first is None:
        raise UsageError("there is nothing to judge")
    session.flush()
    return first


def _places(
    session: Session, rows: Sequence[Judgement], column: InstrumentedAttribute[int | None]
) -> set[int]:
    """Return the quotations or renderings (``column``) in which these judgements hold."""
    query = select(column).where(
        JudgementPlace.judgement_id.in_([row.id for row in rows]), column.is_not(None)
    )
    return {key for key in session.scalars(query) if key is not None}


def _quotations(session: Session, rows: Sequence[Judgement]) -> set[int]:
    """Return the quotations whose state may hang on these judgements."""
    slugs = {slug for row in rows for slug in (row.speaker, row.value) if slug and row.speaker}
    named = _places(session, rows, JudgementPlace.quotation_id)
    return named | (quotations_of(session, slugs) if slugs else set())
