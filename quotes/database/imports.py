"""Speakers from outside: CSV, JSON lines, Wikidata's entity JSON, Popolo.

``read_speakers`` turns a file into records of one shape, one bad line never stopping the rest;
``import_speakers`` adds what is new to the stored speakers and reports what contradicts them.
"""

from __future__ import annotations

import csv
import io
import json
import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any, TextIO, get_args

from sqlalchemy import insert, select, update
from sqlalchemy.orm import Session

from quotes.database.bulk import insert_rows
from quotes.database.models import Speaker, SpeakerName, SpeakerRole
from quotes.database.writing import whole
from quotes.errors import SeedError
from quotes.records import Gender, KnownSpeaker, Role, SpeakerType
from quotes.speakers.folding import fold, slugify

Numbered = Iterator[tuple[int, KnownSpeaker | str]]
"""Line (or record) numbers with a record, or with what is wrong there."""

_DAY = re.compile(r"\+?(\d{4})(?:-(\d{2}))?(?:-(\d{2}))?")
_OF_PHRASE = re.compile(r"(.+?) (?:of|for) (?:the )?(.+)", re.IGNORECASE)
_GENDERS: dict[str, Gender] = {
    "male": "male", "female": "female", "m": "male", "f": "female",
    "Q6581097": "male", "Q6581072": "female", "Q2449503": "male", "Q1052281": "female",
}  # fmt: skip
_HUMAN = "Q5"


@dataclass(slots=True)
class Outcome:
    """What an import came to: numbers of speakers, and texts about what was not taken."""

    added: int = 0
    completed: int = 0
    unchanged: int = 0
    conflicts: list[str] = field(default_factory=list)
    bad: list[str] = field(default_factory=list)


def read_speakers(path: Path) -> Numbered:
    """Yield the speakers of ``path`` with their line (or record) numbers, bad ones as a text.

    The format follows from the name and the first character: ``.csv``, JSON lines, Wikidata
    entities (dump lines or Special:EntityData) or Popolo. Raises SeedError if the file as a whole
    cannot be read.
    """
    try:
        text = path.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise SeedError(f"{path}: cannot be read as UTF-8 text ({error})") from error
    if path.suffix.lower() == ".csv":
        return _numbered(_csv_rows(text), _flat)
    try:
        whole_file = json.loads(text)
    except ValueError:
        return _objects(list(_json_lines(text)))
    if isinstance(whole_file, dict) and isinstance(whole_file.get("persons"), list):
        return _popolo(whole_file)
    if isinstance(whole_file, dict) and isinstance(whole_file.get("entities"), dict):
        return _objects(list(enumerate(whole_file["entities"].values(), start=1)))
    if isinstance(whole_file, list):
        return _objects(list(enumerate(whole_file, start=2)))
    return _objects(list(_json_lines(text)))


def _numbered(rows: Iterable[tuple[int, Any]], make: Callable[[Any], KnownSpeaker]) -> Numbered:
    for number, row in rows:
        try:
            if isinstance(row, Exception):
                raise row
            yield number, make(row)
        except (ValueError, KeyError, TypeError, AttributeError) as error:
            yield number, str(error) or "has another form than expected"


def _csv_rows(text: str) -> Iterator[tuple[int, Any]]:
    reader = csv.DictReader(io.StringIO(text))
    for row in reader:
        extra = row.pop(None, None)
        yield reader.line_num, ValueError("has more cells than the header") if extra else row


def _json_lines(text: str) -> Iterator[tuple[int, Any]]:
    for number, line in enumerate(text.splitlines(), start=1):
        line = line.strip().rstrip(",")  # as in Wikidata's dumps, one big array
        if line and line not in "[]":
            try:
                yield number, json.loads(line)
            except ValueError as error:
                yield number, ValueError(f"is no JSON ({error})")


def _objects(rows: Sequence[tuple[int, Any]]) -> Numbered:
    """Yield the speakers of JSON objects; entities that are offices of others only name these."""
    entities = {row["id"]: row for _, row in rows if isinstance(row, dict) and "labels" in row}
    held = {
        _id(claim["mainsnak"])
        for row in entities.values()
        for claim in (row.get("claims") or {}).get("P39", ())
    }
    for number, row in rows:
        if isinstance(row, dict) and row.get("id") in held:
            continue
        if isinstance(row, dict) and "labels" in row:
            yield from _numbered([(number, row)], lambda row: _wikidata(row, entities))
            for claim in (row.get("claims") or {}).get("P39", ()):
                if (office := _id(claim["mainsnak"])) not in entities:
                    yield number, f"office {office} is not in the file: left out"
        else:
            yield from _numbered([(number, row)], _object)


def _object(row: Any) -> KnownSpeaker:
    if not isinstance(row, dict):
        raise ValueError("is no JSON object")
    return _flat(row)


def _flat(row: dict[str, Any]) -> KnownSpeaker:
    """Return the speaker of a CSV row or JSON line: the fields of a seed record."""
    name = _text(row.get("name"))
    if not name or not fold(name):
        raise ValueError("has no name")
    kind = _text(row.get("type")) or "person"
    if kind not in get_args(SpeakerType):
        raise ValueError(f"type '{kind}' is none of {', '.join(get_args(SpeakerType))}")
    roles = row.get("roles") or ()
    if not isinstance(roles, list | tuple):
        raise ValueError("roles is no list (in CSV, use title, of, start and end)")
    if title := _text(row.get("title")):
        roles = [{**row, "title": title}]
    return _speaker(
        name,
        kind,  # type: ignore[arg-type]
        _list(row.get("names") or row.get("aliases")),
        slug=_text(row.get("slug")),
        gender=_gender(row.get("gender")),
        wikidata=_text(row.get("wikidata")),
        party=_text(row.get("party")),
        roles=[
            Role(
                str(one["title"]),
                _text(one.get("of")),
                _day(one.get("start")),
                _day(one.get("end")),
            )
            for one in roles
        ],
    )


def _speaker(
    name: str,
    kind: SpeakerType,
    names: Sequence[str],
    *,
    slug: str | None = None,
    roles: Sequence[Role] = (),
    gender: Gender | None = None,
    wikidata: str | None = None,
    party: str | None = None,
) -> KnownSpeaker:
    if wikidata is not None and not re.fullmatch(r"Q[1-9]\d*", wikidata):
        raise ValueError(f"'{wikidata}' is no Wikidata identifier such as Q42")
    return KnownSpeaker(
        slug or "", name, kind, tuple(dict.fromkeys((name, *names))), gender, wikidata, party,
        tuple(roles),
    )  # fmt: skip


def _label(entity: dict[str, Any]) -> str:
    labels = entity.get("labels") or {}
    label = labels.get("en") or labels.get("mul") or next(iter(labels.values()), None)
    if not label:
        raise ValueError(f"entity {entity.get('id')} has no label")
    return str(label["value"])


def _wikidata(entity: dict[str, Any], entities: Mapping[str, dict[str, Any]]) -> KnownSpeaker:
    """Return the speaker of a Wikidata entity (JSON data model of Wikibase).

    A position is named by its identifier alone: ``entities`` of the same file hold the names.
    """
    name = _label(entity)
    aliases = [one["value"] for one in (entity.get("aliases") or {}).get("en", ())]
    claims = entity.get("claims") or {}
    kinds = {_id(one["mainsnak"]) for one in claims.get("P31", ())}
    genders = [_GENDERS.get(_id(one["mainsnak"]) or "") for one in claims.get("P21", ())]
    return _speaker(
        name,
        "person" if _HUMAN in kinds or not kinds else "organisation",
        aliases,
        gender=next((one for one in genders if one), None),
        wikidata=str(entity["id"]),
        roles=[role for claim in claims.get("P39", ()) if (role := _position(claim, entities))],
    )


def _position(claim: dict[str, Any], entities: Mapping[str, dict[str, Any]]) -> Role | None:
    """Return a "position held" (P39) with its start (P580) and end (P582)."""
    office = entities.get(_id(claim["mainsnak"]) or "")
    if office is None or claim.get("rank") == "deprecated":
        return None
    qualifiers = claim.get("qualifiers") or {}
    days = [
        next((_day(one["datavalue"]["value"]["time"]) for one in qualifiers.get(key, ())
              if "datavalue" in one), None)
        for key in ("P580", "P582")
    ]  # fmt: skip
    title, of = _office(_label(office))
    return Role(title, of, *days)


def _office(label: str) -> tuple[str, str | None]:
    match = _OF_PHRASE.fullmatch(label.strip())
    title, of = (match[1], match[2]) if match else (label.strip(), None)
    return title[:1].lower() + title[1:], of


def _id(snak: dict[str, Any]) -> str | None:
    value = snak.get("datavalue", {}).get("value", {})
    return value.get("id") if isinstance(value, dict) else None


def _popolo(data: dict[str, Any]) -> Numbered:
    """Yield the persons of a Popolo file with their memberships as roles."""
    bodies = {one.get("id"): one.get("name") for one in data.get("organizations") or ()}
    posts = {one.get("id"): one for one in data.get("posts") or ()}
    held: dict[Any, list[dict[str, Any]]] = defaultdict(list)
    for one in data.get("memberships") or ():
        held[one.get("person_id")].append(one)

    def make(person: dict[str, Any]) -> KnownSpeaker:
        name = _text(person.get("name"))
        if not name or not fold(name):
            raise ValueError("has no name")
        schemes = {
            one.get("scheme"): one.get("identifier") for one in person.get("identifiers") or ()
        }
        roles = []
        for one in held[person.get("id")]:
            post = posts.get(one.get("post_id"), {})
            title = _text(one.get("role") or post.get("role") or post.get("label"))
            if title:
                of = bodies.get(one.get("organization_id") or post.get("organization_id"))
                roles.append(
                    Role(title.lower(), of, _day(one.get("start_date")), _day(one.get("end_date")))
                )
        return _speaker(
            name,
            "person",
            [one["name"] for one in person.get("other_names") or () if one.get("name")],
            gender=_gender(person.get("gender")),
            wikidata=_text(schemes.get("wikidata")),
            roles=roles,
        )

    return _numbered(enumerate(data["persons"], start=1), make)


def _text(value: Any) -> str | None:
    return " ".join(str(value).split()) or None if value is not None else None


def _list(value: Any) -> list[str]:
    if value is None:
        return []
    parts = value if isinstance(value, list) else re.split(r"[|;]", str(value))
    return [text for part in parts if (text := _text(part))]


def _gender(value: Any) -> Gender | None:
    text = (_text(value) or "").lower()
    if text and text not in _GENDERS:
        raise ValueError(f"gender '{text}' is neither female nor male")
    return _GENDERS.get(text)


def _day(value: Any) -> date | None:
    """Return a date of which the month or day may be unknown; the first one is taken then."""
    text = _text(value)
    if text is None:
        return None
    match = _DAY.match(text)
    if match is None:
        raise ValueError(f"'{text}' is no date such as 2021-05-31")
    year, month, day = (int(part or 1) or 1 for part in match.groups())
    return date(year, month, day)


def import_speakers(session: Session, records: Numbered, source: str) -> Outcome:
    """Add the speakers of ``records``, and to known ones what is missing, in one transaction.

    A speaker is known by Wikidata identifier, else by slug or full name. What contradicts a stored
    value is reported and left alone; importing again changes nothing.
    """
    outcome = Outcome()
    with whole(session):
        known = _Known(session)
        for number, record in records:
            if isinstance(record, str):
                outcome.bad.append(f"{source}:{number}: {record}")
                continue
            matches = known.find(record)
            if len(matches) > 1:
                listed = ", ".join(sorted(row.slug for row in matches))
                outcome.conflicts.append(
                    f"{source}:{number}: '{record.name}' may be {listed}: give the slug or the "
                    "Wikidata identifier"
                )
            elif matches:
                _complete(session, matches[0], record, f"{source}:{number}", outcome)
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
    wanted = slug = record.slug or slugify(record.name)
    number = 2
    while slug in taken:
        slug, number = f"{wanted}-{number}", number + 1
    row = Speaker(
        slug=slug, name=record.name, type=record.type, gender=record.gender,
        wikidata=record.wikidata, party=record.party, provisional=False, origin="person",
    )  # fmt: skip
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
    for name in ("gender", "wikidata", "party"):
        now, given = getattr(row, name), getattr(record, name)
        if given is not None and now is None:
            setattr(row, name, given)
            changed = True
        elif given is not None and now != given:
            outcome.conflicts.append(
                f"{place}: {row.slug} has {name} {now}, the file {given}: kept"
            )
    if row.provisional:
        row.provisional, row.origin, changed = False, "person", True
    stored = session.scalars(select(SpeakerRole).where(SpeakerRole.speaker_id == row.id)).all()
    fresh = []
    for role in record.roles:
        alike = [one for one in stored if _same_office(one, role)]
        if not alike:
            fresh.append(role)
        elif not any((one.start, one.end) == (role.start, role.end) for one in alike):
            if any(one.start == role.start for one in alike):
                outcome.conflicts.append(
                    f"{place}: {row.slug} was {role.title} to "
                    f"{' or '.join(str(one.end or 'today') for one in alike)}, in the file to "
                    f"{role.end or 'today'}: kept"
                )
            else:
                fresh.append(role)
    _roles(session, row.id, fresh)
    session.flush()
    if changed or fresh:
        outcome.completed += 1
    else:
        outcome.unchanged += 1


def _same_office(stored: SpeakerRole, role: Role) -> bool:
    return (fold(stored.title), fold(stored.of or "")) == (fold(role.title), fold(role.of or ""))


def _names(session: Session, key: int, record: KnownSpeaker) -> bool:
    """Add the spellings that are new; return whether there were any."""
    stored = {
        row.name: row
        for row in session.scalars(select(SpeakerName).where(SpeakerName.speaker_id == key))
    }
    fresh = [name for name in record.names if name not in stored]
    met = [stored[n].id for n in record.names if n in stored and stored[n].origin == "article"]
    if fresh:
        session.execute(
            insert(SpeakerName),
            [
                {
                    "speaker_id": key,
                    "name": name,
                    "folded": fold(name),
                    "uses": 0,
                    "origin": "person",
                }
                for name in fresh
            ],
        )
    if met:
        session.execute(update(SpeakerName).where(SpeakerName.id.in_(met)).values(origin="person"))
    return bool(fresh or met)


def _roles(session: Session, key: int, roles: Sequence[Role]) -> None:
    insert_rows(
        session,
        SpeakerRole,
        [
            {
                "speaker_id": key,
                "title": role.title,
                "of": role.of,
                "start": role.start,
                "end": role.end,
                "origin": "person",
            }
            for role in roles
        ],
    )


_COLUMNS = ("slug", "name", "type", "names", "gender", "wikidata", "party")
_ROLE = ("title", "of", "start", "end")


def write_speakers(speakers: Iterable[KnownSpeaker], form: str, file: TextIO) -> None:
    """Write speakers as "csv" (a row an office, and one for who has none) or "jsonl"."""
    if form == "jsonl":
        for one in speakers:
            facts = {name: getattr(one, name) for name in _COLUMNS}
            facts["roles"] = [{name: getattr(role, name) for name in _ROLE} for role in one.roles]
            file.write(json.dumps(facts, ensure_ascii=False, default=str) + "\n")
        return
    writer = csv.writer(file, lineterminator="\n")
    writer.writerow((*_COLUMNS, *_ROLE))
    for one in speakers:
        row = [getattr(one, name) for name in _COLUMNS]
        row[3] = "|".join(one.names)
        for role in one.roles or (None,):
            writer.writerow((*row, *(getattr(role, name, None) for name in _ROLE)))
