"""The cue lexicon: which words introduce speech, in every inflected form.

Read from ``seeds/cues.yaml``; the groups are explained there.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache, cached_property
from typing import Any

import yaml

from quotes.errors import SeedError
from quotes.resources import folder

_VOWELS = "aeiou"
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


def _forms(lemma: str, irregular: Mapping[str, Iterable[str]]) -> dict[str, str]:
    return _irregular(lemma, irregular[lemma]) if lemma in irregular else inflect(lemma)


def build(data: Mapping[str, Any]) -> Lexicon:
    """Make a Lexicon from the tables of ``seeds/cues.yaml``."""
    irregular = data["irregular"]
    naming = {*data["frames"]["naming"], *data["frames"]["as"]}
    verbs: dict[str, Cue] = {}
    phrasal: dict[str, list[tuple[str, Cue]]] = {}
    for group, lemmas in data["verbs"].items():
        for lemma in lemmas:
            head, _, particle = lemma.partition(" ")
            forms = _forms(head, irregular)
            name = "naming" if lemma in naming else lemma if lemma in _COMMONEST else group
            for word, form in forms.items():
                if particle:
                    phrasal.setdefault(word, []).append((particle, Cue(lemma, name, form)))
                else:
                    verbs.setdefault(word, Cue(lemma, name, form))
    as_verbs = {
        form
        for lemma in data["prepositions"]["as_verb"]
        if " " not in lemma
        for form in _forms(lemma, irregular)
    }
    nouns = frozenset(noun for noun in data["nouns"] if " " not in noun)
    return Lexicon(verbs, phrasal, nouns, frozenset(as_verbs))


@cache
def load_lexicon() -> Lexicon:
    """Return the lexicon of ``seeds/cues.yaml``. Raises SeedError if the file is malformed."""
    path = folder("seeds") / "cues.yaml"
    try:
        with path.open(encoding="utf-8") as file:
            return build(yaml.load(file, getattr(yaml, "CSafeLoader", yaml.SafeLoader)))  # noqa: S506
    except (OSError, yaml.YAMLError, KeyError, TypeError, AttributeError) as error:
        raise SeedError(f"{path}: not a cue lexicon ({error}); reinstall quotes") from error
