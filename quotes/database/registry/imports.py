"""Speakers from outside into the database: what is new is added, contradictions are reported."""

from __future__ import annotations

from calendar import monthrange
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date

from sqlalchemy import insert, select, update
from sqlalchemy.orm import Session

from quotes.database.engine.bulk import insert_rows
from quotes.database.engine.models import Speaker, SpeakerName, SpeakerRole
from quotes.database.engine.transaction import whole
from quotes.database.registry.rows import free_slug, name_row, role_row
from quotes.english.folding import fold, slugify
from quotes.records import KnownSpeaker, Role

_YEAR = 366  # days


@dataclass(slots=True)
class Outcome:
    """What an import came to: numbers of speakers, and texts about what was not taken."""

    added: int = 0
    completed: int = 0
    unchanged: int = 0
    conflicts: list[str] = field(default_factory=list)
    bad: list[str] = field(default_factory=list)


def import_speakers(session: Session, records: Iterable[tuple[str, KnownSpeaker | str]]) -> Outcome:
    """Add the speakers of ``records``, and to known ones what is missing, in one transaction.

    ``records`` are places (file and line) with a speaker or with what is wrong there, see
    ``quotes.imports``.
    A speaker is known by Wikidata identifier, else by slug or full name. What contradicts a stored
    value is reported and left alone; importing again changes nothing.
    """
    outcome = Outcome()
    with whole(session):
        known = _Known(session)
        for place, record in records:
            if isinstance(record, str):
                outcome.bad.append(f"{place}: {record}")
                continue
            matches = known.find(record)
            if len(matches) > 1:
                listed = ", ".join(sorted(row.slug for row in matches))
                outcome.conflicts.append(
                    f"{place}: '{record.name}' may be {listed}: give the slug or the "
                    "Wikidata identifier"
                )
            elif matches:
                _complete(session, matches[0], record, place, outcome)
                known.add(matches[0], record)
            else:
                known.add(_insert(session, record, known.slugs), record)
                outcome.added += 1
    return outcome


class _Known:
    """The stored speakers by identifier, slug and full name."""

    def __init__(self, session: Session) -> None:
        self.slugs: dict[str, Speaker] = {}
        self._by_id: dict[str, Speaker] = {}
        self._by_name: dict[str, dict[int, Speaker]] = defaultdict(dict)
        rows = {row.id: row for row in session.scalars(select(Speaker))}
        for row in rows.values():
            self.slugs[row.slug] = row
            self._by_name[fold(row.name)][row.id] = row
            if row.wikidata:
                self._by_id[row.wikidata] = row
        for name in session.scalars(select(SpeakerName).where(SpeakerName.origin != "article")):
            if " " in name.folded:
                self._by_name[name.folded][name.speaker_id] = rows[name.speaker_id]

    def find(self, record: KnownSpeaker) -> list[Speaker]:
        if record.wikidata in self._by_id:
            return [self._by_id[record.wikidata]]
        if record.slug:
            return [self.slugs[record.slug]] if record.slug in self.slugs else []
        found = self._by_name.get(fold(record.name), {}).values()
        return [
            row
            for row in found
            if row.type == record.type
            and (not row.wikidata or not record.wikidata or row.wikidata == record.wikidata)
        ]

    def add(self, row: Speaker, record: KnownSpeaker) -> None:
        self.slugs[row.slug] = row
        self._by_name[fold(record.name)][row.id] = row
        if record.wikidata:
            self._by_id[record.wikidata] = row


def _insert(session: Session, record: KnownSpeaker, taken: dict[str, Speaker]) -> Speaker:
    row = Speaker(
        slug=free_slug(record.slug or slugify(record.name), taken),
        name=record.name,
        type=record.type,
        gender=record.gender,
        wikidata=record.wikidata,
        party=record.party,
        provisional=False,
        origin="person",
    )
    session.add(row)
    session.flush()
    _names(session, row.id, record)
    _roles(session, row.id, record.roles)
    return row


def _complete(
    session: Session, row: Speaker, record: KnownSpeaker, place: str, outcome: Outcome
) -> None:
    """Add to a stored speaker what the record knows more."""
    changed = _names(session, row.id, record)
    if row.type != record.type:
        outcome.conflicts.append(
            f"{place}: {row.slug} is of type {row.type}, in the file {record.type}: kept"
        )
    for name in ("gender", "wikidata", "party"):
        now, given = getattr(row, name), getattr(record, name)
        guessed = name == "gender" and row.gender_origin == "first name"
        if given is not None and (now is None or guessed):
            setattr(row, name, given)
            row.gender_origin = None if guessed else row.gender_origin
            changed = True
        elif given is not None and now != given:
            outcome.conflicts.append(
                f"{place}: {row.slug} has {name} {now}, the file {given}: kept"
            )
    if row.provisional:
        row.provisional, row.origin, changed = False, "person", True
    fresh = _fresh_roles(session, row, record.roles, place, outcome)
    _roles(session, row.id, fresh)
    session.flush()
    if changed or fresh:
        outcome.completed += 1
    else:
        outcome.unchanged += 1


Held = SpeakerRole | Role


def _fresh_roles(
    session: Session, row: Speaker, roles: Sequence[Role], place: str, outcome: Outcome
) -> list[Role]:
    """Return the offices that are new; one at the same time as a stored one has to be the same."""
    query = select(SpeakerRole).where(SpeakerRole.speaker_id == row.id)
    known: list[Held] = list(session.scalars(query))
    fresh: list[Role] = []
    for role in roles:
        alike = [one for one in known if _same_office(one, role)]
        rivals = [one for one in alike if _at_once(one, role)]
        if any(_as_known(one, role) for one in alike):
            continue
        if not rivals:
            fresh.append(role)
            known.append(role)
        for one in rivals:
            outcome.conflicts.append(
                f"{place}: {row.slug} was {one.title} {_time(one)}, in the file {_time(role)}: kept"
            )
    return fresh


def _same_office(one: Held, other: Held) -> bool:
    return (fold(one.title), fold(one.of or "")) == (fold(other.title), fold(other.of or ""))


def _as_known(known: Held, given: Held) -> bool:
    """Whether the time given, perhaps by year or month alone or not at all, is the known one."""
    if given.start is None and given.end is None:
        return True
    start, end = known.start, known.end
    starts = {
        None,
        *((start, start.replace(day=1), start.replace(month=1, day=1)) if start else ()),
    }
    ends = {end, _last_of_month(end), end.replace(month=12, day=31)} if end else {None}
    return given.start in starts and given.end in ends


def _last_of_month(day: date) -> date:
    return day.replace(day=monthrange(day.year, day.month)[1])


def _at_once(one: Held, other: Held) -> bool:
    """Whether two times are rivals; the ends of terms known by the year alone may overlap."""
    begin = max(one.start or date.min, other.start or date.min)
    shared = (min(one.end or date.max, other.end or date.max) - begin).days
    lengths = [((two.end or date.max) - (two.start or date.min)).days for two in (one, other)]
    return shared > _YEAR or shared > min(lengths) / 2


def _time(role: Held) -> str:
    return f"{role.start or '…'} to {role.end or 'today'}"


def _names(session: Session, key: int, record: KnownSpeaker) -> bool:
    """Add the spellings that are new; return whether there were any."""
    stored = {
        row.name: row
        for row in session.scalars(select(SpeakerName).where(SpeakerName.speaker_id == key))
    }
    fresh = [name for name in record.names if name not in stored]
    met = [stored[n].id for n in record.names if n in stored and stored[n].origin == "article"]
    if fresh:
        session.execute(insert(SpeakerName), [name_row(key, name, "person") for name in fresh])
    if met:
        session.execute(update(SpeakerName).where(SpeakerName.id.in_(met)).values(origin="person"))
    return bool(fresh or met)


def _roles(session: Session, key: int, roles: Sequence[Role]) -> None:
    insert_rows(session, SpeakerRole, [role_row(key, role, "person") for role in roles])
