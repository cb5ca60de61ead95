"""What people say about speakers: new ones, spellings, names, and who is whom.

Judgements of these kinds speak of ``speaker``, a slug, which never changes:

======== ====================================================================================
add      a new speaker; ``value`` is the name, ``details`` holds the type
alias    ``value`` is one more spelling
rename   ``value`` is the name from now on
confirm  a provisional speaker is a known one from now on
merge    everything of ``speaker`` is ``value``'s (a slug)
apart    ``value`` (a slug) is another person, not to be asked about again
split    what the spelling in ``details`` names is ``value``'s (a slug), not ``speaker``'s
======== ====================================================================================

``details["was"]`` is what stood there before.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any, get_args

from sqlalchemy import delete, func, or_, select, update
from sqlalchemy.orm import Session

from quotes.database.engine.bulk import insert_rows
from quotes.database.engine.models import (
    Attribution,
    Judgement,
    Quote,
    Speaker,
    SpeakerName,
    stands,
)
from quotes.database.judgements.derive import derive, quotations_of
from quotes.database.judgements.standing import merged_into, standing
from quotes.database.judgements.subjects import stored_speaker
from quotes.database.registry.rows import free_slug, guessed_gender, name_row
from quotes.english.folding import fold, slugify
from quotes.errors import UsageError
from quotes.records import SpeakerType


def add_row(session: Session, name: str, type_: str) -> dict[str, Any]:
    """Return the judgement that adds a speaker; raises UsageError for a name that is no name."""
    name = clean(name)
    if type_ not in get_args(SpeakerType):
        raise UsageError(f"'{type_}' is no type of speaker: {', '.join(get_args(SpeakerType))}")
    slug = slugify(name)
    taken = {row.slug: row for row in session.execute(select(Speaker.slug, Speaker.provisional))}
    if slug in taken and taken[slug].provisional:
        raise UsageError(
            f"'{slug}' was met in articles already: `quotes speakers confirm {slug}` makes it known"
        )
    slug = free_slug(slug, taken)
    return {"kind": "add", "speaker": slug, "value": name, "details": {"type": type_}}


def alias_row(session: Session, slug: str, name: str) -> dict[str, Any]:
    """Return the judgement that gives a speaker one more spelling."""
    row = stored_speaker(session, slug)
    stored = session.scalar(
        select(SpeakerName).where(SpeakerName.speaker_id == row.id, SpeakerName.name == clean(name))
    )
    was = stored.origin if stored else None
    if was in ("seed", "person"):
        raise UsageError(f"'{name}' is a spelling of {slug} already")
    return {"kind": "alias", "speaker": slug, "value": clean(name), "details": {"was": was}}


def rename_row(session: Session, slug: str, name: str) -> dict[str, Any]:
    """Return the judgement that gives a speaker another name."""
    row = stored_speaker(session, slug)
    if row.name == clean(name):
        raise UsageError(f"{slug} is called '{row.name}' already")
    return {"kind": "rename", "speaker": slug, "value": clean(name), "details": {"was": row.name}}


def confirm_row(session: Session, slug: str) -> dict[str, Any]:
    """Return the judgement that a provisional speaker is a known one."""
    if not stored_speaker(session, slug).provisional:
        raise UsageError(f"{slug} is a known speaker already")
    return {"kind": "confirm", "speaker": slug}


def merge_row(session: Session, slug: str, into: str) -> dict[str, Any]:
    """Return the judgement that everything of ``slug`` is ``into``'s."""
    stored_speaker(session, slug), stored_speaker(session, into)
    merged = merged_into(session)
    into = merged.get(into, into)
    if slug == into:
        raise UsageError(f"{slug} cannot be merged into itself: name two speakers")
    if slug in merged:
        raise UsageError(
            f"{slug} is merged into {merged[slug]} already: take that back with "
            "`quotes judge undo` first"
        )
    return {"kind": "merge", "speaker": slug, "value": into}


def apart_row(session: Session, slug: str, other_slug: str) -> dict[str, Any]:
    """Return the judgement that two speakers are two people."""
    stored_speaker(session, slug), stored_speaker(session, other_slug)
    if slug == other_slug:
        raise UsageError(f"{slug} is one speaker: name two")
    merged = merged_into(session)
    if merged.get(slug, slug) == merged.get(other_slug, other_slug):
        raise UsageError(
            f"{slug} and {other_slug} were merged: undo that first; `quotes judge log` has the "
            "number"
        )
    return {"kind": "apart", "speaker": slug, "value": other_slug}


def other(session: Session, slug: str, name: str) -> str | None:
    """Return the stored speaker, by slug or name, who is to be split from ``slug``.

    None if there is nobody of that name. Raises UsageError if that is ``slug``, or merged.
    """
    named = select(Speaker.slug).where(or_(Speaker.slug == name, Speaker.name == clean(name)))
    new = session.scalar(named.where(Speaker.type != "anonymous").order_by(Speaker.slug != name))
    if new == slug:
        raise UsageError(f"{slug} cannot be split from itself: give another name")
    if new is not None and (into := merged_into(session).get(new)):
        raise UsageError(
            f"{new} is merged into {into}: take that back first; `quotes judge log` has the number"
        )
    return new


def split_row(slug: str, new: str, spelling: str) -> dict[str, Any]:
    """Return the judgement that what ``spelling`` names is not ``slug``'s but ``new``'s."""
    details = {"spelling": clean(spelling)}
    return {"kind": "split", "speaker": slug, "value": new, "details": details}


def clean(name: str) -> str:
    """Return ``name`` in single spaces; raises UsageError if it holds no letter."""
    name = " ".join(name.split())
    if not fold(name) or "\x00" in name:
        raise UsageError(f"'{name}' is no name: it needs letters")
    return name


def apply(session: Session, rows: Iterable[Judgement]) -> None:
    """Bring speakers and their names up to these judgements, in order; merges need ``derive``."""
    for row in rows:
        if row.speaker is None:
            continue
        if row.kind == "add":
            _insert(session, row)
        elif row.kind in ("alias", "rename"):
            _name(session, row.speaker, str(row.value))
            if row.kind == "rename":
                _set(session, row.speaker, name=row.value)
        elif row.kind == "confirm":
            _set(session, row.speaker, provisional=False, origin="person")


def refuse_conflicts(session: Session, rows: Iterable[Judgement]) -> None:
    """Raise UsageError if judgements that are to hold again contradict later ones."""
    added = {row.speaker for row in rows if row.kind == "add"}
    direct = {row.speaker: row.value for row in standing(session, "merge")}
    for row in rows:
        slugs = {row.speaker, row.value if row.kind in ("merge", "split", "attribution") else None}
        for slug in slugs - added - {None}:
            stored_speaker(session, str(slug))
        if row.kind == "merge" and row.speaker is not None:
            into = direct.get(row.speaker)
            if into != row.value:
                raise UsageError(
                    f"{row.speaker} is merged into {into} meanwhile: take that back first"
                )
            if row.speaker not in merged_into(session):
                raise UsageError(
                    f"{row.value} is merged into {row.speaker} meanwhile: take that back first"
                )


def reapply(session: Session) -> None:
    """Apply all standing judgements again, after the speakers were written by somebody else."""
    apply(session, standing(session, "add", "alias", "rename", "confirm"))


def restore(session: Session, rows: Sequence[Judgement]) -> None:
    """Undo the effects of judgements that were just taken back, latest first.

    Raises UsageError where a speaker cannot go because standing judgements name it.
    """
    for row in sorted(rows, key=lambda row: -row.id):
        if row.speaker is None:
            continue
        if row.kind == "add":
            _remove(session, row)
        elif row.kind in ("alias", "rename"):
            _forget(session, row)
        elif row.kind == "confirm":
            _set(session, row.speaker, provisional=True, origin="article")
    reapply(session)


def _insert(session: Session, row: Judgement) -> None:
    stored = session.scalar(select(Speaker.id).where(Speaker.slug == row.speaker))
    if stored is None:
        kind = (row.details or {}).get("type", "person")
        facts = {
            "slug": row.speaker,
            "name": row.value,
            "type": kind,
            **guessed_gender(str(row.value), kind),
            "provisional": False,
            "origin": "person",
        }
        insert_rows(session, Speaker, [facts])
    else:
        _set(session, str(row.speaker), provisional=False, origin="person")
    _name(session, str(row.speaker), str(row.value))


def _name(session: Session, slug: str, name: str) -> None:
    key = stored_speaker(session, slug).id
    stored = session.scalar(
        select(SpeakerName).where(SpeakerName.speaker_id == key, SpeakerName.name == name)
    )
    if stored is None:
        session.add(SpeakerName(**name_row(key, name, "person")))
    elif stored.origin == "article":
        stored.origin = "person"
    session.flush()


def _set(session: Session, slug: str, **values: object) -> None:
    session.execute(update(Speaker).where(Speaker.slug == slug).values(**values))


def _forget(session: Session, row: Judgement) -> None:
    """Take a spelling away that only this judgement gave, and the name with it."""
    key = stored_speaker(session, str(row.speaker)).id
    was = (row.details or {}).get("was")
    mine = (SpeakerName.speaker_id == key) & (SpeakerName.name == row.value)
    if row.kind == "rename":
        # What earlier judgements say is applied again afterwards; this is what stood before all.
        first = session.scalars(
            select(Judgement)
            .where(Judgement.kind == "rename", Judgement.speaker == row.speaker)
            .order_by(Judgement.id)
        ).first()
        original = (first.details or {}).get("was") if first else was
        _set(session, str(row.speaker), name=original)
        session.execute(delete(SpeakerName).where(mine, SpeakerName.uses == 0))
        session.execute(update(SpeakerName).where(mine).values(origin="article"))
    elif was is None:
        session.execute(delete(SpeakerName).where(mine, SpeakerName.uses == 0))
        session.execute(update(SpeakerName).where(mine).values(origin="article"))
    else:
        session.execute(update(SpeakerName).where(mine).values(origin=was))


def _remove(session: Session, row: Judgement) -> None:
    """Remove a speaker that a person added, unless articles met it since."""
    slug = str(row.speaker)
    named = session.scalars(
        select(Judgement.id)
        .where(stands(), Judgement.id != row.id)
        .where(or_(Judgement.speaker == slug, Judgement.value == slug))
        .order_by(Judgement.id)
    ).all()
    if named:
        raise UsageError(
            f"{slug} is named by judgement {', '.join(map(str, named))}: take back "
            f"{'that' if len(named) == 1 else 'those'} first"
        )
    derive(session, quotations_of(session, [slug]))
    key = stored_speaker(session, slug).id
    used = session.scalar(
        select(func.count()).select_from(Attribution).where(Attribution.speaker_id == key)
    ) or session.scalar(select(func.count()).select_from(Quote).where(Quote.speaker_id == key))
    if used:
        _set(session, slug, provisional=True, origin="article")
    else:
        session.execute(delete(Speaker).where(Speaker.id == key))
