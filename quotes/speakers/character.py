"""Gathers what registry and article tell of an entity: type, gender, descriptions, principal."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date

from quotes.english.firstnames import first_names
from quotes.english.folding import fold
from quotes.english.lexicon import ORGANISATION_WORDS
from quotes.english.names import Name
from quotes.english.states import state_of
from quotes.english.wordnet import is_word
from quotes.records import Gender, KnownSpeaker, Span, SpeakerType
from quotes.speakers.descriptions import bag_of
from quotes.speakers.entity import Entity
from quotes.speakers.introductions import Facts
from quotes.speakers.registry import Registry

_LOCATED = re.compile(r"\b(?:[Ii]n|[Nn]ear|[Oo]utside)\s$")


def characterise(
    entity: Entity,
    names: Sequence[Name],
    facts: Sequence[Facts],
    registry: Registry,
    on: date | None,
    body: str,
) -> None:
    """Fill in an entity from the registry and from the facts beside each of its mentions."""
    if entity.known:
        entity.descriptions += registry.descriptions(entity.known, on)
        entity.offices = len(entity.descriptions)
        entity.principal = _principal_of(entity.known)
    seen = set(entity.descriptions)
    told = [facts[index] for index in entity.mentions]
    for index, fact in zip(entity.mentions, told, strict=True):
        for description in fact.descriptions:
            if description not in seen:
                seen.add(description)
                entity.descriptions.append(description)
                entity.told_at.append(index)
        entity.gender = entity.gender or fact.gender
        entity.principal = entity.principal or fact.principal
        entity.speaks = entity.speaks or fact.speaks
    entity.bag = bag_of(entity.descriptions)
    entity.type = _type(entity, [names[index] for index in entity.mentions], told, registry, body)
    entity.gender = gender_of_entity(entity) if entity.may_be_person else None


def gender_of_entity(entity: Entity) -> Gender | None:
    """Return the gender that the registry, the article or the first name tells."""
    if entity.known and entity.known.gender:
        return entity.known.gender
    return entity.gender or first_names().get(entity.words[0])


def _type(
    entity: Entity, names: Sequence[Name], told: Sequence[Facts], registry: Registry, body: str
) -> SpeakerType | str | None:
    if entity.known:
        return entity.known.type
    spellings = {fold(name.text) for name in names}
    several = len(entity.words) > 1
    titled = any(name.title for name in names)
    described = any(fact.is_person for fact in told)
    if several and (titled or described or entity.words[0] in first_names()):
        spellings = {" ".join(entity.words)}  # "Bryan English" is no English, "Rosa Dawn" no paper
    elif titled:
        return "person"  # "Ms. Paris"
    if any(registry.is_metonym(one) or registry.is_outlet(one) for one in spellings):
        return "organisation"
    if any(registry.place(one) or state_of(one) for one in spellings):
        return "place"
    if any(fact.is_body for fact in told):
        return "organisation"
    if several and entity.words[-1] in ORGANISATION_WORDS:
        goes_by_surname = any(
            " " not in name.text and not has_article(name, body) for name in names
        )
        is_own = len(entity.words) == 2 and entity.words[0] in first_names()
        personal = titled or described or goes_by_surname
        return "person" if is_own and personal else "organisation"  # Emily Post, Grace Church
    hints = {name.kind_hint for name in names}
    by_name = entity.words[0] in first_names() and (
        several or not any(_is_located(name, body) for name in names)
    )
    is_thing = not titled and all(has_article(name, body) for name in names)
    told_so = described and "organisation" not in hints
    if by_name or (told_so and not is_thing):
        return "person"
    for hint in ("organisation", "place", "person"):
        if hint in hints:
            return hint
    if is_thing:
        return "thing"
    return _by_words(entity, told_so) if entity.speaks and several else None


def _by_words(entity: Entity, told_so: bool) -> SpeakerType:
    return "organisation" if not told_so and _is_ordinary(entity.words) else "person"


def _is_ordinary(words: Sequence[str]) -> bool:
    """Whether a name begins and ends as no person's does: "Judicial Watch", "Save Our Schools"."""
    named = not first_names().keys().isdisjoint(words)
    return is_word(words[0]) and is_word(words[-1]) and not named


def has_article(name: Name | Span, body: str) -> bool:
    """Whether "the" stands before a name ("the Hill")."""
    return body[max(0, name.start - 4) : name.start].lower() == "the "


def _is_located(name: Name, body: str) -> bool:
    """Whether "in" or the like stands before a name ("in Charlotte")."""
    return bool(_LOCATED.search(body, max(0, name.start - 10), name.start))


def _principal_of(known: KnownSpeaker) -> str | None:
    """Return the body for which a known person is the spokesperson."""
    for role in known.roles:
        if role.title.startswith("spokes") and role.of:
            return role.of
    return None
