"""Takes a mention apart: pronoun, name, description of a person, group, body, or text."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

from quotes.names import Name
from quotes.records import Span
from quotes.speakers.cast import Cast
from quotes.speakers.descriptions import BOUNDARY
from quotes.speakers.nouns import BODIES, COLLECTIVES, PERSON_NOUNS, PLURAL_PEOPLE, TEXTS, VAGUE

Sort = Literal["singular", "plural", "relative", "first", "names", "person", "group", "body", "text",
               "other"]  # fmt: skip

_PRONOUNS: dict[str, Sort] = {
    **dict.fromkeys("he him his himself she her hers herself".split(), "singular"),
    **dict.fromkeys("they them their theirs themselves both".split(), "plural"),
    **dict.fromkeys("who whom which that it its itself whose".split(), "relative"),
    **dict.fromkeys("i me my we us our you".split(), "first"),
}
_WORD = re.compile(r"(?:[A-Za-z]\.){2,}|\w+(?:[-‑]\w+)*|[,;:(—–]")
_INDEFINITE = frozenset("a an one another some any no every each two three four five six seven eight nine "
                        "ten many several few numerous both multiple various dozens hundreds more other "
                        "most all".split())  # fmt: skip
_NUMBERS = _INDEFINITE - {"a", "an", "one", "another", "any", "every", "each", "no"}


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
    phrase: str = ""
    apposed: bool = False


def read(mention: Span, body: str, cast: Cast) -> Reading:
    """Return the reading of a mention by its words and the names that it holds."""
    text = mention.text.strip(' ,;:\n\t"“”')
    plain = re.sub(r"['’](?:s|d|ll|ve|re|m)$", "", text.lower())
    if plain in _PRONOUNS:
        return Reading(_PRONOUNS[plain], phrase=text)
    inside = [
        index
        for index in cast.between(max(0, mention.start - 60), mention.end)
        if cast.names[index].end > mention.start
    ]
    words = [
        (mention.start + match.start(), mention.start + match.end(), match.group())
        for match in _WORD.finditer(mention.text)
    ]
    names = _coordinated(inside, body, cast, mention)
    if len(names) > 1:
        return Reading("names", tuple(names), phrase=text)
    head, phrase_end = _head(words)
    phrase = body[mention.start : phrase_end].strip(' ,;:\n\t"“”')
    if head is None:
        return Reading("other", phrase=text)
    noun = words[head][2].lower().rstrip(".")
    definite = words[0][2].lower() not in _INDEFINITE and not words[0][2].isdigit()
    for index in inside:
        name = cast.names[index]
        if name.start <= words[head][0] < name.end:
            return Reading("names", (index,), noun, definite, phrase)
    named = _apposition(words, head, inside, mention, body, cast, noun)
    if named is not None:
        return Reading("names", (named,), noun, definite, phrase, apposed=True)
    return Reading(_sort(noun, words, head), (), noun, definite, phrase)


def _coordinated(inside: list[int], body: str, cast: Cast, mention: Span) -> list[int]:
    """Return the names of "A and B" (or "A, B and C") where the mention is nothing else."""
    if len(inside) < 2:
        return []
    names = [cast.names[index] for index in inside]
    if names[0].title_start > mention.start + 4 or mention.end > names[-1].end + 2:
        return []
    gaps = [body[a.end : b.title_start].strip() for a, b in zip(names, names[1:], strict=False)]
    if gaps[-1] in ("and", "&", ", and") and all(gap in (",", "and", ", and", "&") for gap in gaps):
        return inside
    return []


_Word = tuple[int, int, str]


def _head(words: list[_Word]) -> tuple[int | None, int]:
    """Return the index of the head noun and the end of the phrase that it heads."""
    head: int | None = None
    end = words[0][0] if words else 0
    open_phrase = True
    for index, (_, stop, word) in enumerate(words):
        if word in ",;:(—–" or word.lower() in ("who", "which", "whose", "that", "where"):
            if head is not None:
                break
            continue
        if word.lower() in BOUNDARY and head is not None:
            open_phrase = False
        elif open_phrase and word.lower() not in ("the", "a", "an"):
            if word.lower() != "s":
                head = index
        end = stop
    return head, end


def _apposition(
    words: list[_Word],
    head: int,
    inside: list[int],
    mention: Span,
    body: str,
    cast: Cast,
    noun: str,
) -> int | None:
    """Return the name that a noun for a person introduces ("his spokesman, John Doe")."""
    if noun not in PERSON_NOUNS and noun.removesuffix("-elect") not in PERSON_NOUNS:
        return None
    for index in inside:
        name = cast.names[index]
        if name.start < words[head][1]:
            continue
        before = body[words[head][1] : name.title_start].rstrip()
        if before.endswith((",", "—", "–", ":")) or not before:
            return index if not _is_possessive(name, body) else None
    following = cast.between(mention.end, mention.end + 40)
    for index in following:
        name = cast.names[index]
        gap = body[mention.end : name.start]
        title = name.title_start <= mention.end
        if gap.strip() in ("", ",") or (title and name.start - mention.end < 3):
            # "The mayor of Kyiv" + ", Vitali Klitschko," with the mention cut before the name.
            closed = body[name.end : name.end + 1] in (",", "") or not gap.strip(" ")
            return index if closed and not _is_possessive(name, body) else None
        break
    return None


def _is_possessive(name: Name, body: str) -> bool:
    return body[name.end : name.end + 2] in ("'s", "’s")


def _sort(noun: str, words: list[_Word], head: int) -> Sort:
    if noun in TEXTS:
        return "text"
    if noun in COLLECTIVES or (noun in PLURAL_PEOPLE and noun not in PERSON_NOUNS):
        return "group"
    if noun in BODIES:
        return "body"
    singular = noun.removesuffix("-elect")
    if singular in PERSON_NOUNS or noun in VAGUE:
        return "person"
    if noun.endswith("s") and (noun[:-1] in PERSON_NOUNS or words[0][2].lower() in _NUMBERS):
        return "group"
    if noun.endswith("man") or noun.endswith("woman"):
        return "person"
    return "other"
