"""The names of an article, corrected by what the registry knows of people, places and bodies."""

from __future__ import annotations

import re
from collections.abc import Container, Iterator
from dataclasses import replace

from quotes.english.document import Document
from quotes.english.firstnames import first_names
from quotes.english.folding import fold, name_words, strip_possessive
from quotes.english.lexicon import FUNCTIONS, MINOR, ORGANISATION_WORDS, PROPERTIES
from quotes.english.names import Name
from quotes.english.nouns import are_persons
from quotes.english.wordnet import is_word
from quotes.speakers.character import has_article
from quotes.speakers.introductions import SPEAKS_AFTER
from quotes.speakers.registry import Registry

_CALLINGS = FUNCTIONS - PROPERTIES
_ACRONYM = re.compile(r"[A-Z]{2,6}\Z")


def names_of(document: Document, registry: Registry) -> list[Name]:
    """Return the names in a text, in its order: parted, joined or dropped as the registry tells."""
    body = document.text
    printed = [name for name in document.names if not _is_credit(name, body)]
    found = _without_chance_capitals(printed, body, registry)
    parted = [_person_alone(name, registry) for name in found]
    surnames = {
        words[-1]
        for name in parted
        if (words := name_words(name.text))[0] in first_names() or (name.title and len(words) > 1)
    }
    parted = [_surname_alone(name, body, surnames, registry) for name in parted]
    alone = {name.text for name in parted if " " not in name.text}
    parted = [_called_alone(name, alone) for name in parted]
    return list(_with_known_pairs(parted, body, registry))


def _is_credit(name: Name, body: str) -> bool:
    """Tell whether a name credits the agency of an article: "OSLO (Reuters) - "."""
    if body[name.start - 1 : name.start] != "(" or not _CREDITED.match(body, name.end):
        return False
    line = body.rfind("\n", 0, name.start) + 1
    return name.start - line <= _DATELINE


def acronyms(name: str) -> Iterator[str]:
    """Yield what a body may be called by its initials, with the first word and without: "FWS"."""
    words = (word for word in strip_possessive(name).split() if word not in MINOR and word != "de")
    initials = "".join(word[0] for word in words)
    yield from filter(_ACRONYM.match, (initials, initials[1:] if len(initials) > 3 else ""))


def _without_chance_capitals(names: list[Name], body: str, registry: Registry) -> list[Name]:
    """Drop single words that owe their capital to the beginning of a sentence, as far as is known.

    Such a word is kept if it has a capital within a sentence too, belongs to a longer name, is
    known to the registry, or has a verb of speech beside it.
    """
    firm = {
        word
        for name in names
        if not name.opens or " " in name.text or name.title or name.text.isupper()
        for word in name_words(name.text)
    }
    return [name for name in names if not name.opens or _is_firm(name, firm, body, registry)]


_CREDITED = re.compile(r"\)\s?(?:[-–—]|--)")
_DATELINE = 60
"""Characters of a line before the agency that its article is of, at most."""
_INFLECTED = re.compile(r"(?:ed|ing|er|est|ly|en|[wr]n|ess)\Z")
"""How words end that open a sentence and are in no table of words: "Asked", "Earlier"."""


def _is_firm(name: Name, firm: set[str], body: str, registry: Registry) -> bool:
    folded = fold(name.text)
    if " " in name.text or folded in firm or name.text.isupper():
        return True
    if registry.place(folded) or registry.surnamed(folded) or registry.named(folded):
        return True
    if folded in first_names() or (name.kind_hint == "organisation" and not name.text.isupper()):
        return True  # "NordAir"
    strange = len(folded) > 3 and not is_word(folded) and not _INFLECTED.search(folded)
    return not are_persons(folded) and bool(strange or SPEAKS_AFTER.match(body, name.end))


def _with_known_pairs(names: list[Name], body: str, registry: Registry) -> Iterator[Name]:
    """Join two names around an "and" where the registry knows them as one body."""
    waiting: Name | None = None
    for name in names:
        if waiting and body[waiting.end : name.start] in (" and ", " & ") and not waiting.title:
            text = body[waiting.start : name.end]
            known = registry.named(text)
            if known and known.type == "organisation":
                waiting = replace(waiting, end=name.end, text=text, kind_hint="organisation")
                continue
        if waiting:
            yield waiting
        waiting = name
    if waiting:
        yield waiting


def _person_alone(name: Name, registry: Registry) -> Name:
    """Part what a person's name ran into ("the mayor of Kyiv Vitali …", "… Washington Post Trump").

    Returns the name unchanged if no place or body stands at its beginning.
    """
    words = name.text.split()
    if len(words) < 3 or name.title or words[-1].lower() in ORGANISATION_WORDS:
        return name
    if registry.place(fold(words[0])) and fold(words[1]) in first_names():
        rest = words[1:]
    elif registry.place(fold(" ".join(words[:2]))) and fold(words[2]) in first_names():
        rest = words[2:]
    elif words[-2].lower() in ORGANISATION_WORDS and registry.surnamed(fold(words[-1])):
        rest = words[-1:]
    elif words[-3].lower() in ORGANISATION_WORDS and fold(words[-2]) in first_names():
        rest = words[-2:]
    else:
        return name
    text = " ".join(rest)
    return _end_of(name, text) if name.text.endswith(text) else name


def _surname_alone(name: Name, body: str, surnames: Container[str], registry: Registry) -> Name:
    """Part a surname from what no comma parts it from: "Speaking to the Evening Mail Roe said".

    ``surnames`` are those of people whom the text names in full. Before one stands an acronym, a
    place, or what has an article, as people have not.
    """
    words = name.text.split()
    ahead, last = words[:-1], words[-1]
    if not ahead or name.title or name_words(last)[-1:] != (fold(last),):
        return name
    if fold(last) not in surnames or fold(ahead[0]) in first_names():
        return name
    acronym = len(ahead) == 1 and ahead[0].isalpha() and ahead[0].isupper() and len(ahead[0]) > 1
    place = registry.place(fold(" ".join(ahead)))
    if acronym or place or (len(ahead) > 1 and has_article(name, body)):
        return _end_of(name, last)
    return name


def _called_alone(name: Name, alone: Container[str]) -> Name:
    """Part what somebody is from a name that also stands ``alone``: "Singer Lexa", then "Lexa"."""
    noun, _, rest = name.text.partition(" ")
    if not name.opens or name.title or rest not in alone:
        return name
    if noun.lower() not in _CALLINGS or fold(noun) in first_names():
        return name
    return replace(_end_of(name, rest), title=noun, title_start=name.start, opens=True)


def _end_of(name: Name, text: str) -> Name:
    """Return the person that the last words of a name name."""
    start = name.end - len(text)
    return Name(start, name.end, text, None, "person", start)
