"""Popolo (popoloproject.com), as EveryPolitician publishes it: persons with their memberships."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Mapping
from typing import Any

from quotes.imports.values import day_of, gender_of, speaker, text_of
from quotes.records import KnownSpeaker, Role

Json = Mapping[str, Any]


def is_popolo(data: Any) -> bool:
    """Whether a JSON file is of this form."""
    return isinstance(data, dict) and isinstance(data.get("persons"), list)


def _records(value: Any) -> list[Json]:
    return [one for one in value if isinstance(one, dict)] if isinstance(value, list) else []


def reader(data: Json) -> Callable[[Any], KnownSpeaker]:
    """Return what makes a speaker of one person of the file; it raises ValueError.

    A membership in a party is the party; every other one is an office, of the body, or where that
    is no legislature, of the area. Without dates it has those of its legislative period.
    """
    bodies, posts, areas, events = (
        {one["id"]: one for one in _records(data.get(name)) if isinstance(one.get("id"), str)}
        for name in ("organizations", "posts", "areas", "events")
    )
    held: dict[Any, list[Json]] = defaultdict(list)
    for one in _records(data.get("memberships")):
        if isinstance(one.get("person_id"), str):
            held[one["person_id"]].append(one)

    def role(membership: Json) -> Role | None:
        post = posts.get(membership.get("post_id"), {})
        body = bodies.get(membership.get("organization_id") or post.get("organization_id"), {})
        if body.get("classification") == "party":
            return None
        area = areas.get(membership.get("area_id") or post.get("area_id"), {})
        area = area or membership.get("area") or post.get("area") or {}
        titles = (membership.get("role"), post.get("role"), post.get("label"), "member")
        title = next(text for one in titles if (text := text_of(one)))
        is_local = body.get("classification") != "legislature" or not body.get("name")
        of = (is_local and area.get("name")) or body.get("name")
        period = events.get(membership.get("legislative_period_id"), {})
        start = membership.get("start_date") or period.get("start_date")
        end = membership.get("end_date") or period.get("end_date")
        return Role(
            title[:1].lower() + title[1:], text_of(of), day_of(start), day_of(end, last=True)
        )

    def party(person: Json) -> str | None:
        for one in reversed(held[person.get("id")]):
            body = bodies.get(one.get("organization_id"), {})
            if body.get("classification") == "party" and not one.get("end_date"):
                return text_of(body.get("name"))
            if body := bodies.get(one.get("on_behalf_of_id"), {}):
                return text_of(body.get("name"))
        return None

    def make(person: Any) -> KnownSpeaker:
        if not isinstance(person, dict):
            raise ValueError("is not a JSON object")
        schemes = {
            one.get("scheme"): one.get("identifier") for one in person.get("identifiers") or ()
        }
        return speaker(
            text_of(person.get("name")),
            "person",
            [one["name"] for one in person.get("other_names") or () if one.get("name")],
            gender=gender_of(person.get("gender")),
            wikidata=text_of(schemes.get("wikidata")),
            party=party(person),
            roles=[found for one in held[person.get("id")] if (found := role(one))],
        )

    return make
