"""Wikidata's entities, as in its JSON dumps and Special:EntityData (Wikibase JSON data model).

A position is named by its identifier alone: the entity of the office, in the same file or in
another one that is read with it, tells its name.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from typing import Any

from quotes.imports.values import day_of, speaker
from quotes.records import Gender, KnownSpeaker, Role

Entity = Mapping[str, Any]

_OF_PHRASE = re.compile(r"(.+?) (?:of|for) (?:the )?(.+)", re.IGNORECASE)
_TIME = re.compile(r"\+0*(\d{4})-(\d{2})-(\d{2})T.*")
_HUMAN = "Q5"
_GENDERS: dict[str, Gender] = {
    "Q6581097": "male", "Q6581072": "female", "Q2449503": "male", "Q1052281": "female",
}  # fmt: skip
_YEAR, _MONTH = 9, 10
"""The precisions of a time that is known to the year, and to the month."""


def is_entity(row: Any) -> bool:
    """Whether a JSON object is an entity of Wikidata."""
    return isinstance(row, dict) and "labels" in row and isinstance(row.get("id"), str)


def offices(rows: Iterable[Any]) -> set[str]:
    """Return the identifiers of all positions that somebody among these objects held."""
    return {office for row in rows if is_entity(row) for office in _positions(row)}


def missing_offices(entity: Entity, entities: Mapping[str, Entity]) -> list[str]:
    """Return the identifiers of the positions whose names are not among ``entities``."""
    return [office for office in dict.fromkeys(_positions(entity)) if office not in entities]


def read_entity(entity: Entity, entities: Mapping[str, Entity]) -> KnownSpeaker:
    """Return the speaker of an entity; raises ValueError."""
    kinds = {_id(claim) for claim in _claims(entity, "P31")}
    genders = [_GENDERS.get(_id(claim) or "") for claim in _claims(entity, "P21")]
    roles = [
        role for claim in _claims(entity, "P39") if (role := _role(claim, entities)) is not None
    ]
    aliases = entity.get("aliases") or {}
    return speaker(
        _label(entity),
        "person" if _HUMAN in kinds or not kinds else "organisation",
        [str(one["value"]) for code in ("en", "mul") for one in aliases.get(code, ())],
        gender=next((one for one in genders if one), None),
        wikidata=str(entity["id"]),
        roles=roles,
    )


def _claims(entity: Entity, property_: str) -> Iterator[Mapping[str, Any]]:
    """Yield the statements of a property that count: not deprecated, with a value."""
    claims = entity.get("claims")
    found = claims.get(property_) if isinstance(claims, dict) else None
    for claim in found if isinstance(found, list) else ():
        if isinstance(claim, dict) and claim.get("rank") != "deprecated" and _id(claim):
            yield claim


def _positions(entity: Entity) -> Iterator[str]:
    yield from (office for claim in _claims(entity, "P39") if (office := _id(claim)))


def _id(claim: Mapping[str, Any]) -> str | None:
    """Return the item that a statement names; None for "unknown value" and "no value"."""
    found: Any = claim
    for name in ("mainsnak", "datavalue", "value", "id"):
        found = found.get(name) if isinstance(found, dict) else None
    return found if isinstance(found, str) and found else None


def _label(entity: Entity) -> str:
    labels = entity.get("labels") or {}
    label = labels.get("en") or labels.get("mul") or next(iter(labels.values()), None)
    if not label:
        raise ValueError(f"entity {entity.get('id')} has no label")
    return str(label["value"])


def _role(claim: Mapping[str, Any], entities: Mapping[str, Entity]) -> Role | None:
    """Return a "position held" (P39) with its start (P580) and end (P582)."""
    office = entities.get(_id(claim) or "")
    if office is None:
        return None
    title, of = _office(_label(office))
    qualifiers = claim.get("qualifiers") or {}
    ends = _moment(qualifiers.get("P582"), last=True)
    return Role(title, of, _moment(qualifiers.get("P580")), ends)


def _moment(snaks: Any, *, last: bool = False) -> date | None:
    """Return the first known time of qualifiers, as precise as it claims to be."""
    for snak in snaks or ():
        value = snak.get("datavalue", {}).get("value", {})
        match = _TIME.fullmatch(str(value.get("time")))  # years before our era have a minus
        precision = int(value.get("precision", 11))
        if match and precision >= _YEAR:
            year, month, day = match.groups()
            month = "00" if precision == _YEAR else month
            day = "00" if precision <= _MONTH else day
            return day_of(f"{year}-{month}-{day}", last=last)
    return None


def _office(label: str) -> tuple[str, str | None]:
    match = _OF_PHRASE.fullmatch(label.strip())
    title, of = (match[1], match[2]) if match else (label.strip(), None)
    return title[:1].lower() + title[1:], of
