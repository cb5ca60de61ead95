"""Takes a mention apart: pronoun, name, description of a person, group, body, or text."""

from __future__ import annotations

import dataclasses
import itertools
import re
from dataclasses import dataclass

from quotes.english.cues import load_lexicon
from quotes.english.firstnames import first_names
from quotes.english.lexicon import (
    BODIES,
    DETERMINERS,
    INDEFINITE,
    NUMBERS,
    PLURAL_PEOPLE,
    POSSESSIVES,
    RELATIVES,
    VAGUE_NUMBER,
    any_of,
    tagged,
)
from quotes.english.names import Name
from quotes.english.nouns import PERSON_NOUNS, are_persons, gender_of
from quotes.english.wordnet import is_person
from quotes.records import Span
from quotes.speakers.cast import Cast
from quotes.speakers.entity import Entity
from quotes.speakers.heads import Sort, Word, head_of, sort_of, without_verb
from quotes.speakers.introductions import OWN_NAME

_PRONOUNS: dict[str, Sort] = {
    **dict.fromkeys(tagged("he", "she"), "singular"),
    **dict.fromkeys(tagged("they") | {"both"}, "plural"),
    **dict.fromkeys(RELATIVES | {"whose"}, "relative"),
    **dict.fromkeys(tagged("it"), "neuter"),
    **dict.fromkeys(tagged("we"), "first"),
}
_WORD = re.compile(r"(?:[A-Za-z]\.){2,}|\w+(?:[-‑]\w+)*|[,;:(—–]")
_GENITIVE = re.compile(r"\w(?:['’]s|s['’])\s")
_BRACKET = re.compile(r"\s?\([^()]{1,60}\)")
_CALLING = rf"(?:{OWN_NAME}|(?:{any_of('calling')})(?:\sonly)?(?:\sas)?)"
_LEADS_TO_NAME = re.compile(rf"[,—–:](?:\s[a-z-]+){{0,3}}$|\b{_CALLING}$")
_CALLED = re.compile(rf"\s(?:who\s)?{_CALLING}\s")
_GAP = re.compile(
    rf"\sand\s(?:[a-z-]+\s){{0,4}}[a-z-]+,|(?:{_BRACKET.pattern})?(?:,(?!\s(?:{any_of('relative')}))(?:\s(?:the|an?|former))?(?:\s[a-z-]+){{0,2}}"
    rf"|,?(?:\swho)?\s{_CALLING})?"
)
_APPOSED_WITH = re.compile(r",\s(?:the|an?)\s(?P<what>[\w\s-]*)\Z")
_TITLED = re.compile(r"\b(?:of|for)\s(?:the\s)?[A-Z][\w’'-]*(?:\s[A-Z][\w’'-]*)?\s$")
_CLOSED = re.compile(
    r"(?:\s(?:of|from|at|with)\s(?:the\s)?(?:[a-z]+\s){0,3}[A-Z][\w.&’'-]*(?:\s(?:of\s|and\s|&\s)?[A-Z][\w.&’'-]*){0,5})?"
    r"(?:\s?[,.(—–]|\Z)"
)
_ONE_OF_MANY = re.compile(r"\ban?\s(?P<word>[a-z-]+\s)?\Z")
_AWAY = 60  # characters behind a noun in which the name of who is meant begins
_LIST = 160  # characters behind a group in which its people are named
_TO_LIST = re.compile(r",\s|\s?[—–(:]\s?")
_IN_LIST = re.compile(r",\s(?:and\s)?|\sand\s")
_AND = re.compile(r"\sand\s")
_AND_TITLE = re.compile(r"(?:former\s)?(?:[\w.'’-]+\s){1,6}\Z")
_CUT = re.compile(rf"\s(?:{any_of('circumstance')})\s")
_GERUND = re.compile(rf"\w{{2,}}ing\s(?:the|an?|to|{any_of('possessive')}|[A-Z])", re.IGNORECASE)
_TITLE_REACH = 60
_OF_OFFICE = re.compile(
    r"\A(?:(?:the|an?)\s)?(?:[\w-]+\s){0,2}(?P<head>[\w-]+)"
    r"(?:\s(?:of|for)\s(?:the\s)?[a-z]+(?:\s[A-Z][a-z]+)?){1,3}\s\Z",
    re.IGNORECASE,
)
_OF_PLACE = re.compile(r"\s*of\s+(?:the\s+)?[A-Z][\w.-]*(?:\s[A-Z][\w.-]*){0,2}")
"""What may stand between an office and a full name: "(the president) of the USA (Jane Doe)"."""


@dataclass(frozen=True, slots=True)
class Reading:
    """How a mention reads: its sort, the indexes of the names that head it, its head noun.

    ``definite`` is False for "a", "some", numbers. ``phrase`` is the noun phrase up to a comma or a
    relative clause. ``apposed`` tells that the name stands beside the head noun.
    """

    sort: Sort
    names: tuple[int, ...] = ()
    noun: str = ""
    definite: bool = True
    possessed: bool = False
    phrase: str = ""
    apposed: bool = False


def read(mention: Span, body: str, cast: Cast) -> Reading:
    """Return the reading of a mention by its words and the names that it holds."""
    text = mention.text.strip(' ,;:\n\t"“”')
    plain = re.sub(r"['’](?:s|d|ll|ve|re|m)$", "", text.lower())
    if plain in _PRONOUNS and not (text.isupper() and len(text) > 1):  # the WHO, IT
        return Reading(_PRONOUNS[plain], phrase=text)
    inside = [
        index
        for index in cast.between(max(0, mention.start - 60), mention.end)
        if cast.names[index].end > mention.start
    ]
    joint = _coordinated(inside, body, cast, mention)
    words = [
        (mention.start + match.start(), mention.start + match.end(), match.group())
        for match in _WORD.finditer(mention.text)
    ]
    words = without_verb(words, cast)
    vague = VAGUE_NUMBER.match(text.lower())
    if vague:
        words = [word for word in words if word[0] >= mention.start + vague.end()]
    head, end = head_of(words)
    gerund = _GERUND.match(text) and not cast.between(mention.start, mention.start + 1)
    if joint or head is None or gerund:
        return Reading("names" if joint else "other", tuple(joint), phrase=text)
    first = words[0][2].lower()
    head = _counted(words, head)
    noun = words[head][2].lower().rstrip(".")
    before = body[mention.start : words[head][0]]
    reading = Reading(
        sort_of(noun, first),
        noun=noun,
        phrase=_CUT.split(body[mention.start : end])[0].strip(' ,;:\n\t"“”'),
        definite=first not in INDEFINITE and not first.isdigit(),
        possessed=first in POSSESSIVES or bool(_GENITIVE.search(before)),
    )
    return _headed_by_name(reading, words[head], inside, mention, body, cast)


def _counted(words: list[Word], head: int) -> int:
    """Return the index of the noun that is counted: "two of his colleagues"."""
    after = words[head + 1][2] if head + 1 < len(words) else ""
    if words[head][2].lower() not in NUMBERS or after != "of":
        return head
    noun, _ = head_of(words[head + 2 :])
    return head if noun is None else head + 2 + noun


def _headed_by_name(
    reading: Reading, head: Word, inside: list[int], mention: Span, body: str, cast: Cast
) -> Reading:
    """Return the reading with the name that heads the phrase or stands beside its head noun."""
    last = _name_at_the_end(inside, mention, body, cast)
    if last is not None:
        return dataclasses.replace(reading, sort="names", names=(last,))
    listed = _listed(mention, body, cast) if reading.sort == "group" else []
    if listed:
        return dataclasses.replace(reading, sort="names", names=tuple(listed))
    for index in inside:
        if reading.sort == "group" and _is_plural(cast.entity_of[index], reading.noun):
            break  # "some Republicans", "Senate Democrats": no name, though it has a capital
        if cast.names[index].start <= head[0] < cast.names[index].end:
            if _is_in_title(index, inside, cast):
                index += 1  # "Lind running mate Gov. Ann Roe of Iowa"
            return dataclasses.replace(reading, sort="names", names=(index,))
    following = cast.between(mention.end, mention.end + _TITLE_REACH)[:1]
    for index in following:
        if cast.names[index].title_start < mention.end:  # cut off within a title
            return dataclasses.replace(reading, sort="names", names=(index,))
    if reading.sort in ("person", "body", "other", "text"):
        determined = mention.text.split()[0].lower() in DETERMINERS
        beside = None if determined else _shared_title(mention, body, cast)
        if beside is None:
            beside = _apposition(head[1], inside, mention, body, cast)
        if beside is not None and _may_be_called(reading, head[1], beside, body, cast):
            return dataclasses.replace(reading, sort="names", names=(beside,), apposed=True)
    return reading


def _is_in_title(index: int, inside: list[int], cast: Cast) -> bool:
    """Tell whether a name belongs to the title of the next one, a full name."""
    if index + 1 not in inside:
        return False
    name, following = cast.names[index], cast.names[index + 1]
    return following.title_start <= name.start and " " in following.text


def _listed(mention: Span, body: str, cast: Cast) -> list[int]:
    """Return the people named right behind a group: "Two colleagues, Ann Roe and Bo Lind, said"."""
    found: list[int] = []
    end = mention.end
    for index in cast.between(mention.end, mention.end + _LIST):
        name = cast.names[index]
        gap = body[end : name.title_start]
        if not cast.entity_of[index].may_be_person or not (
            _IN_LIST if found else _TO_LIST
        ).fullmatch(gap):
            break
        found.append(index)
        end = name.end
    closed = body[end : end + 1] in (",", "—", ")") or body[end : end + 2] in (" —", " –")
    joint = len(found) > 1 and _AND.search(body, mention.end, end)
    return found if joint and closed else []


def _is_plural(entity: Entity, noun: str) -> bool:
    """Tell whether a name in capitals only says who several people are, by its last word."""
    plural = noun in PLURAL_PEOPLE or (len(entity.words) == 1 and are_persons(noun))
    if not plural or entity.words[-1] != noun or entity.known or entity.titles:
        return False
    return len(entity.words) == 1 or entity.words[0] not in first_names()


def _may_be_called(reading: Reading, after: int, beside: int, body: str, cast: Cast) -> bool:
    """Tell whether a noun, which ends at ``after``, may be what the name ``beside`` it is called.

    Where commas and an article set the name apart, any noun may: "her support act, the singer Ann
    Roe, said", "his employer, the shipping firm Lind & Bell, said".
    """
    entity = cast.entity_of[beside]
    if reading.sort in ("person", "body") and _is_of_sort(entity, reading.sort):
        return True
    if reading.sort == "body" and entity.type == "person" and is_person(reading.noun):
        return True  # "Her lender, Bob Lind, said"
    name = cast.names[beside]
    apposed = _APPOSED_WITH.match(body, after, name.start)
    closed = body[after : name.start] == ", " and body[name.end : name.end + 1] == ","
    if reading.sort == "person" and entity.type == "organisation" and closed:
        return True  # "The book's publisher, Reef Press, said"
    if not reading.possessed:
        return False
    if apposed is None:  # "Her Conservative shadow, Ann Roe, said"
        full = " " in name.text and entity.may_be_person and reading.sort == "other"
        return full and closed
    if reading.sort == "person":
        return entity.type in ("organisation", None) and _is_body(apposed["what"])
    return reading.sort in ("other", "text") and entity.may_be_person


def _is_body(words: str) -> bool:
    return not BODIES.isdisjoint(words.lower().split())


def _is_of_sort(entity: Entity, sort: Sort) -> bool:
    return entity.may_be_person if sort == "person" else entity.type in ("organisation", None)


def _name_at_the_end(inside: list[int], mention: Span, body: str, cast: Cast) -> int | None:
    """Return the person in whose name a mention ends, where what stands before belongs to it.

    "the Port Authority’s Ann Roe", "Undersecretary for Trade Mr. Roe", "former secretary of state
    Ann Roe".
    """
    if len(inside) < 1 or cast.names[inside[-1]].end < mention.end - 1:
        return None
    name = cast.names[inside[-1]]
    if not cast.entity_of[inside[-1]].may_be_person or name.title_start <= mention.start + 4:
        return None
    before = body[mention.start : name.title_start]
    owned = re.search(r"(?:['’]s|s['’])\s$", before) and " " in name.text
    titled = name.title and before[-1:] == " " and _TITLED.search(before)
    office = _OF_OFFICE.match(before) if " " in name.text else None
    head = office["head"].lower() if office else ""
    held = gender_of([head]) is None and (is_person(head) or head in PERSON_NOUNS)  # no wife
    return inside[-1] if owned or titled or held else None


def _coordinated(inside: list[int], body: str, cast: Cast, mention: Span) -> list[int]:
    """Return the names of "A and B" (or "A, B and C") where the mention is nothing else."""
    if len(inside) < 2:
        return []
    names = [cast.names[index] for index in inside]
    behind = body[names[-1].end : mention.end].split()
    runs_on = bool(behind) and behind[0].lower() in load_lexicon().verbs  # "Roe and Lind call it"
    if names[0].title_start > mention.start + 4 or (
        mention.end > names[-1].end + 2 and not runs_on
    ):
        return []
    gaps = [body[a.end : b.title_start].strip() for a, b in itertools.pairwise(names)]
    if gaps[-1] in ("and", "&", ", and") and all(gap in (",", "and", ", and", "&") for gap in gaps):
        return inside
    return []


def _apposition(after: int, inside: list[int], mention: Span, body: str, cast: Cast) -> int | None:
    """Return the name that a noun for a person introduces ("his spokesman, John Doe").

    ``after`` is where that noun ends. The name may stand right behind the mention.
    """
    for index in inside:
        name = cast.names[index]
        before = body[after : name.title_start].rstrip() if name.start >= after else "of"
        full = " " in name.text and _OF_PLACE.fullmatch(before)
        if not before or full or _LEADS_TO_NAME.search(before):
            return None if _is_possessive(name, body) else index
    bracket = _BRACKET.match(body, mention.end)
    behind = bracket.end() if bracket else mention.end
    for index in cast.between(behind, behind + _AWAY)[:1]:
        name = cast.names[index]
        gap = body[mention.end : name.start].strip()
        is_title = name.title_start <= mention.end and name.start - mention.end < 3
        begin = after if _CALLED.match(body, after) else mention.end
        beside = _GAP.fullmatch(body[begin : name.title_start].rstrip())
        closed = gap == "" or _CLOSED.match(body, name.end)
        if " " not in name.text and _is_one_of_many(body[begin : name.start]):
            return None
        if (beside or is_title) and closed and not _is_possessive(name, body):
            return index
    return None


def _is_one_of_many(before: str) -> bool:
    """Tell whether a word with a capital says what somebody is: "the mayor, a devout Methodist"."""
    found = _ONE_OF_MANY.search(before)
    word = (found["word"] or "").strip() if found else ""
    return found is not None and word not in BODIES and word not in PERSON_NOUNS


def _shared_title(mention: Span, body: str, cast: Cast) -> int | None:
    """Return whom a title means that shares its name with the next: "Ex-judge and Mayor Ann Roe".

    The mention may end with the "and".
    """
    start = mention.start + len(mention.text.removesuffix(" and"))
    gap = _AND.match(body, start)
    following = cast.between(mention.end, mention.end + _TITLE_REACH)
    if gap is None or not following:
        return None
    name = cast.names[following[0]]
    beside = name.title_start == gap.end() or _AND_TITLE.match(body, gap.end(), name.start)
    is_person = bool(name.title) and cast.entity_of[following[0]].may_be_person
    return following[0] if " " in name.text and beside and is_person else None


def _is_possessive(name: Name, body: str) -> bool:
    return body[name.end : name.end + 2] in ("'s", "’s")
