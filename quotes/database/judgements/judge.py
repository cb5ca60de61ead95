"""A person's word: recorded with name, time and reason, taken back, and restored.

Every function of ``Judge`` is one transaction: the judgement is added and the state that follows
from it (see ``quotes.database.judgements.derive``) is brought up to date. Nothing is ever changed
or deleted in the table: an undo is a judgement, too.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from typing import Any, Literal

from sqlalchemy import select
from sqlalchemy.orm import InstrumentedAttribute, Session

from quotes.database.engine.models import Judgement, JudgementPlace, stands
from quotes.database.engine.transaction import whole
from quotes.database.judgements import people, sources
from quotes.database.judgements.derive import (
    derive,
    quotations_in,
    quotations_of,
)
from quotes.database.judgements.effects import Concern, Effect, State, compare, look
from quotes.database.judgements.log import add_judgements, batch_of
from quotes.database.judgements.places import inherit_later
from quotes.database.judgements.subjects import (
    canonical_row,
    find_quotation,
    find_renderings,
    pair_rows,
    refuse_two_quotes,
    refuse_two_speakers,
    stored_speaker,
)
from quotes.database.quotes.regroup import redated
from quotes.database.quotes.renderings import cluster
from quotes.errors import UsageError
from quotes.records import Kind, SpeakerType

Verdict = Literal["same", "different"]
Meaning = Literal["changed", "same"]


class Judge:
    """Records what one person (``by``) decides, over one session.

    ``again`` extracts a stored article (id) anew, in the transaction of the judgement: it is called
    where a date or an author was corrected. ``effects`` are what the latest judgement changed.
    """

    def __init__(
        self, session: Session, by: str, again: Callable[[Session, int], None] | None = None
    ) -> None:
        if not by.strip():
            raise UsageError("a judgement needs a name: give one with --by")
        self._session = session
        self._by = by.strip()
        self._again = again
        self.effects: list[Effect] = []

    def attribution(self, quotation: int, speaker: str | None, why: str | None = None) -> int:
        """Say that ``quotation`` is ``speaker``'s (a slug), or nobody's; return the judgement.

        A speaker makes a quotation of kind "none" a direct one. Raises UsageError if the quotation
        or the speaker does not exist.
        """
        with whole(self._session):
            row, about = find_quotation(self._session, quotation)
            if speaker is not None:
                stored_speaker(self._session, speaker)
            rows = [{"kind": "attribution", "value": speaker, **about}]
            if speaker is not None and row.kind == "none":
                rows.append({"kind": "kind", "value": "direct", **about})
            return self._decide(rows, why)

    def kind(self, quotation: int, kind: Kind, why: str | None = None) -> int:
        """Say what kind of quotation ``quotation`` is; return the judgement.

        One of kind "none" is nobody's. Raises UsageError if there is no such quotation.
        """
        with whole(self._session):
            _, about = find_quotation(self._session, quotation)
            return self._decide([{"kind": "kind", "value": kind, **about}], why)

    def pair(self, verdict: Verdict, left: str, right: str, why: str | None = None) -> int:
        """Say that two statements are the same one, or are not; return the judgement.

        ``left`` and ``right`` are numbers of quotes (``12``), variants (``v34``) or renderings
        (``r56``). Raises UsageError if one does not exist, both are one, or the speakers differ.
        """
        with whole(self._session):
            lefts, rights = (find_renderings(self._session, one) for one in (left, right))
            if set(lefts) & set(rights):
                raise UsageError(f"{left} and {right} are the same rendering: name two")
            refuse_two_speakers(self._session, (left, lefts[0]), (right, rights[0]))
            if verdict == "same":
                lefts, rights = lefts[:1], rights[:1]
            rows = pair_rows(self._session, verdict, lefts, rights)
            return self._decide(rows, why)

    def meaning(self, verdict: Meaning, left: str, right: str, why: str | None = None) -> int:
        """Say whether two variants of a quote differ in meaning; return the judgement.

        ``left`` and ``right`` are numbers of variants (``v34``) or renderings (``r56``). Raises
        UsageError if one does not exist, both are one wording, or they are of two quotes.
        """
        with whole(self._session):
            one, other = (find_renderings(self._session, given)[0] for given in (left, right))
            refuse_two_quotes(self._session, (left, one), (right, other))
            (row,) = pair_rows(self._session, "meaning", [one], [other])
            return self._decide([{**row, "value": verdict}], why)

    def canonical(self, wanted: str, why: str | None = None) -> int:
        """Say which variant stands for its quote; return the judgement.

        ``wanted`` is the number of a variant (``v34``) or rendering (``r56``). Raises UsageError if
        it does not exist, or is that of a quote.
        """
        with whole(self._session):
            if wanted.strip().lower().removeprefix("q").isdigit():
                raise UsageError(
                    f"{wanted} is the number of a quote: name one of its variants (v34) or "
                    "renderings (r56), which `quotes show` prints"
                )
            rendering = find_renderings(self._session, wanted)[0]
            return self._decide([canonical_row(self._session, rendering)], why)

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

    def apart(self, speaker: str, other: str, why: str | None = None) -> int:
        """Say that two speakers (slugs) are two people; return the judgement."""
        with whole(self._session):
            return self._decide([people.apart_row(self._session, speaker, other)], why)

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
            parted = stored_speaker(self._session, speaker)
            new = people.other(self._session, speaker, name)
            if new is None:
                rows.append(people.add_row(self._session, name, parted.type))
                new = str(rows[0]["speaker"])
            if spelling is not None:
                rows.append(people.split_row(speaker, new, spelling))
            for quotation in sorted(quotations):
                _, about = find_quotation(self._session, quotation)
                rows.append({"kind": "attribution", "value": new, **about})
            if spelling is None and not quotations:
                raise UsageError("say what to split off: give --spelling or --quotation")
            return self._decide(rows, why)

    def edit(self, article: int, facts: Mapping[str, Any], why: str | None = None) -> int:
        """Say that these facts (``EDITABLE`` ones) hold of an article; return the judgement."""
        with whole(self._session):
            return self._decide([sources.edit_row(self._session, article, facts)], why)

    def remove(self, article: int, why: str | None = None) -> int:
        """Say that an article is not to count; return the judgement."""
        with whole(self._session):
            return self._decide([sources.remove_row(self._session, article)], why)

    def rename_outlet(self, outlet: str, name: str, why: str | None = None) -> int:
        """Say that ``outlet`` (a slug, which stays) is called ``name``; return the judgement."""
        with whole(self._session):
            return self._decide([sources.rename_outlet_row(self._session, outlet, name)], why)

    def merge_outlet(self, outlet: str, into: str, why: str | None = None) -> int:
        """Say that everything of ``outlet`` is ``into``'s (slugs); return the judgement."""
        with whole(self._session):
            return self._decide([sources.merge_outlet_row(self._session, outlet, into)], why)

    def edit_outlet(self, outlet: str, provenance: str | None, why: str | None = None) -> int:
        """Say where the words of ``outlet`` (a slug) come from; return the judgement."""
        with whole(self._session):
            return self._decide([sources.edit_outlet_row(self._session, outlet, provenance)], why)

    def undo(self, judgement: int, why: str | None = None) -> int:
        """Undo a decision: the state is what it was without it; return the judgement.

        To undo an undo restores the decision. Raises UsageError if there is no such judgement,
        or it does not stand.
        """
        with whole(self._session):
            taken, decision = self._to_undo(judgement)
            rows = batch_of(self._session, decision.id)
            concern = self._concern(rows)
            before = look(self._session, concern)
            undo = add_judgements(
                self._session, self._by, [{"kind": "undo", "undoes": taken.id, "why": why}]
            )
            if taken is decision:
                people.restore(self._session, rows)
            else:
                people.refuse_conflicts(self._session, rows)
                sources.refuse_conflicts(self._session, rows)
                people.reapply(self._session)
            self._settle(rows, concern, before)
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
                f"judgement {number} was undone by {last.by} already: "
                f"`quotes judge undo {last.id}` restores it"
            )
        return taken, decision

    def _decide(self, rows: Sequence[dict[str, Any]], why: str | None) -> int:
        """Store a decision and bring everything up to it; return the number of its first row."""
        given = ({**row, "why": why} for row in rows)
        first = add_judgements(self._session, self._by, given)
        added = batch_of(self._session, first)
        inherit_later(self._session, [row.id for row in added])
        concern = self._concern(added)
        before = look(self._session, concern)
        people.apply(self._session, added)
        self._settle(added, concern, before)
        return first

    def _concern(self, rows: Sequence[Judgement]) -> Concern:
        """Return all that these judgements may change."""
        articles = sources.articles_of(self._session, rows)
        places = _places(self._session, rows, JudgementPlace.rendering_id)
        slugs = {slug for row in rows for slug in (row.speaker, row.value) if slug and row.speaker}
        return Concern(
            quotations=_quotations(self._session, rows) | quotations_in(self._session, articles),
            renderings=places,
            articles=articles,
            speakers=slugs,
            outlets={
                slug for row in rows for slug in (row.outlet, row.value) if slug and row.outlet
            },
        )

    def _settle(self, rows: Sequence[Judgement], concern: Concern, before: State) -> None:
        """Bring everything up to what these judgements say, or said."""
        with redated(self._session, concern.articles):
            dated = sources.apply_sources(self._session, rows)
            self._session.flush()
        if self._again:
            for article in sorted(dated):
                self._again(self._session, article)
        quotations = concern.quotations | _quotations(self._session, rows)
        quotations |= quotations_in(self._session, concern.articles)
        derive(self._session, quotations)
        self._session.expire_all()
        pairs = _places(self._session, rows, JudgementPlace.rendering_id)
        if pairs:
            cluster(self._session, [], pairs)
        self._session.expire_all()
        self.effects = compare(before, look(self._session, concern))


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
