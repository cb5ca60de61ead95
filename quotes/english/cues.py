"""Verbs in every inflected form, and which of them introduce speech.

Read from ``seeds/cues.yaml``; the groups are explained there.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache, cached_property

from quotes.english.lexicon import STATEMENTS
from quotes.errors import SeedError
from quotes.resources import folder, read_yaml

_VOWELS = "aeiou"
_NO_CUE = ("other", "head")
CUE_GROUPS = ("core", "manner", "mental", "naming", "document", "writing", "phrasal")
"""What a verb may be as a cue, see the file; the commonest verbs are groups of their own."""
_COMMONEST = frozenset(("say", "tell", "add", "ask", "write"))


@dataclass(frozen=True, slots=True)
class Cue:
    """A speech verb form: its lemma, its group in the lexicon and its grammatical form."""

    lemma: str
    group: str
    form: str  # "base" | "third" | "past" | "participle"


@dataclass(frozen=True)
class Lexicon:
    """Cue words by lower-case form.

    ``phrasal`` maps a verb form to its particles; ``as_verbs`` are the forms of "as X put it".
    """

    verbs: Mapping[str, Cue]
    phrasal: Mapping[str, list[tuple[str, Cue]]]
    nouns: frozenset[str]
    as_verbs: frozenset[str]

    @cached_property
    def finite(self) -> frozenset[str]:
        """The past and third person forms, which are hardly ever nouns."""
        return frozenset(
            word
            for word, cue in self.verbs.items()
            if cue.form == "past" or (cue.form == "third" and word[:-1] not in self.nouns)
        )

    @cached_property
    def spoken(self) -> frozenset[str]:
        """Those of them that people do, rather than texts."""
        return frozenset(word for word in self.finite if self.verbs[word].group != "document")

    def verb(self, word: str, following: str) -> Cue | None:
        """Return the cue verb that a lower-case word is, given the lower-case word after it."""
        for particle, cue in self.phrasal.get(word, ()):
            if particle.startswith(following) and following:
                return cue
        return self.verbs.get(word)


def inflect(lemma: str) -> dict[str, str]:
    """Return the regular forms of an English verb: form word -> form name."""
    if lemma.endswith(("ee", "oe", "ye")):
        stem, past = lemma, lemma + "d"
    elif lemma.endswith("e"):
        stem, past = lemma[:-1], lemma + "d"
    elif lemma.endswith("y") and lemma[-2] not in _VOWELS:
        stem, past = lemma, lemma[:-1] + "ied"
    elif _doubles(lemma):
        stem, past = lemma + lemma[-1], lemma + lemma[-1] + "ed"
    else:
        stem, past = lemma, lemma + "ed"
    if lemma.endswith("y") and lemma[-2] not in _VOWELS:
        third = lemma[:-1] + "ies"
    elif lemma.endswith(("s", "sh", "ch", "x", "z", "o")):
        third = lemma + "es"
    else:
        third = lemma + "s"
    return {lemma: "base", third: "third", past: "past", stem + "ing": "participle"}


def plural(noun: str) -> str:
    """Return the regular plural of a noun: "reply" -> "replies"."""
    return next(form for form, name in inflect(noun).items() if name == "third")


def _doubles(lemma: str) -> bool:
    """Tell whether a final consonant doubles: quip -> quipped (one syllable, CVC)."""
    groups = sum(
        1 for i, c in enumerate(lemma) if c in _VOWELS and (i == 0 or lemma[i - 1] not in _VOWELS)
    )
    return (
        groups == 1
        and len(lemma) > 2
        and lemma[-1] not in _VOWELS + "wxyhk"
        and lemma[-2] in _VOWELS
        and (lemma[-3] not in _VOWELS or lemma[-3:-1] == "ui")
    )


def _irregular(lemma: str, forms: Iterable[str]) -> dict[str, str]:
    """Return the listed forms, named by their endings; what is neither -s nor -ing is past."""
    table = {lemma: "base"}
    for form in forms:
        if form.endswith("ing"):
            table[form] = "participle"
        elif form.endswith("s") and len(table) == 1:
            table[form] = "third"
        else:
            table[form] = "past"
    return table


@dataclass(frozen=True, slots=True)
class _Verb:
    """An entry of the file: a lemma with its tags and inflected forms."""

    lemma: str
    tags: tuple[str, ...]
    forms: Mapping[str, str]

    @property
    def group(self) -> str:
        """What the verb is as a cue."""
        if "naming" in self.tags:
            return "naming"
        return self.lemma if self.lemma in _COMMONEST else self.tags[0]


@cache
def _verbs() -> list[_Verb]:
    """Return the verbs of ``seeds/cues.yaml``. Raises SeedError if the file is malformed."""
    path = folder("seeds") / "cues.yaml"
    table = read_yaml(path)
    found = []
    listed: dict[str, list[str]] = {}
    for lemma, entry in table.items() if isinstance(table, dict) else ():
        tags, *forms = [entry] if isinstance(entry, str) else entry
        listed[lemma] = " ".join(forms).split()
        found.append((lemma, tuple(tags.split())))
    if not found:
        raise SeedError(f"{path}: must map every verb to its tags; reinstall quotes")

    def inflected(head: str) -> Mapping[str, str]:
        forms = listed.get(head)
        return _irregular(head, forms) if forms else inflect(head)

    return [_Verb(lemma, tags, inflected(lemma.partition(" ")[0])) for lemma, tags in found]


@cache
def forms(tag: str, *names: str) -> frozenset[str]:
    """Return the forms of all verbs with a tag; only those of the given names, if any.

    Of a phrasal verb it is the first word. Raises KeyError for a tag that no verb has.
    """
    verbs = [verb for verb in _verbs() if tag in verb.tags]
    if not verbs:
        raise KeyError(tag)
    return frozenset(
        word for verb in verbs for word, form in verb.forms.items() if not names or form in names
    )


@cache
def load_lexicon() -> Lexicon:
    """Return the cues of ``seeds/cues.yaml``. Raises SeedError if the file is malformed."""
    verbs: dict[str, Cue] = {}
    phrasal: dict[str, list[tuple[str, Cue]]] = {}
    for verb in _verbs():
        if verb.tags[0] in _NO_CUE:
            continue
        _, _, particle = verb.lemma.partition(" ")
        for word, form in verb.forms.items():
            cue = Cue(verb.lemma, verb.group, form)
            if particle:
                phrasal.setdefault(word, []).append((particle, cue))
            else:
                verbs.setdefault(word, cue)
    nouns = STATEMENTS | {plural(noun) for noun in STATEMENTS}
    return Lexicon(verbs, phrasal, nouns, forms("as"))
