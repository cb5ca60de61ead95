"""Folds names so that spellings of one name compare equal, and makes slugs of them."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

from quotes.english.givennames import full_name

_WORD = re.compile(r"\w+(?:[-‑]\w+)*")
_POSSESSIVE = re.compile(r"(?:['’]s|(?<=s)['’])$", re.IGNORECASE)
_INITIALS = re.compile(r"\b(\w)\.[ ]?(?=\w\.)")
_NICKNAME = re.compile(r"\s[\"“‘'(][\w-]+[\"”’')](?=\s)")
_MIDDLE_INITIAL = re.compile(r"(?<=\w)\s[A-Z]\.?(?=\s)")
_SUFFIXES = frozenset({"jr", "sr", "ii", "iii", "iv"})
# Letters that have no decomposition, as news agencies spell them in plain ASCII.
_PLAIN = str.maketrans(
    {"ø": "o", "ł": "l", "đ": "d", "ı": "i", "ð": "d", "æ": "ae", "œ": "oe", "þ": "th"}
    | {"‑": "-", "‐": "-", "'": "", "’": "", "ʼ": "", "&": " and "}
)


def strip_possessive(text: str) -> str:
    """Return ``text`` without a closing "'s" (or the apostrophe after a plural)."""
    return _POSSESSIVE.sub("", text)


@lru_cache(maxsize=8192)
def fold(text: str) -> str:
    """Return the words of ``text`` in plain lower-case letters, joined by single spaces.

    Accents, punctuation, apostrophes and a closing possessive go; "U.S." becomes "us" and
    "J. D. Vance" "jd vance".
    """
    plain = strip_possessive(text).casefold().translate(_PLAIN)
    if "." in plain:
        plain = _INITIALS.sub(r"\1", _INITIALS.sub(r"\1", plain))
    if not plain.isascii():
        decomposed = unicodedata.normalize("NFKD", plain)
        plain = "".join(c for c in decomposed if not unicodedata.combining(c)).casefold()
    return " ".join(_WORD.findall(plain))


def strip_honours(name: str) -> str:
    """Return a person's name without the letters behind it: "Ann Roe QC", "Ann Roe, PhD"."""
    from quotes.english.lexicon import HONOURS  # most programs that fold names need no other words

    words = name.split()
    while len(words) > 2 and words[-1].strip(",.").lower() in HONOURS and words[-1][0].isupper():
        words.pop()
        words[-1] = words[-1].rstrip(",")
    return " ".join(words)


@lru_cache(maxsize=8192)
def name_words(name: str) -> tuple[str, ...]:
    """Return the folded words of a person's name without titles, nickname in marks, suffixes."""
    from quotes.english.lexicon import TITLES  # most programs that fold names need no other words

    words = fold(_NICKNAME.sub("", strip_honours(name))).split()
    while len(words) > 1 and words[0] in TITLES:
        words.pop(0)
    while len(words) > 1 and words[-1] in _SUFFIXES:
        words.pop()
    return tuple(words)


def generation(name: str) -> str | None:
    """Return what tells a name from a parent's or a child's: "jr", "sr", "ii", "iii", "iv"."""
    *others, last = fold(name).split() or [""]
    return last if others and last in _SUFFIXES else None


def ends(name: str) -> tuple[str, str] | None:
    """Return the folded (first name, surname) of a name of two words or more, else None."""
    words = name_words(name)
    return (words[0], words[-1]) if len(words) > 1 else None


# How one Slavic name comes out in English, German, French and the national standards.
_SOUNDS = (
    ("tsch", "ch"), ("tch", "ch"), ("tsh", "ch"), ("sch", "sh"), ("szcz", "shch"), ("ck", "k"),
    ("kh", "h"), ("ph", "f"), ("w", "v"), ("j", "i"), ("y", "i"), ("ie", "e"),
)  # fmt: skip
_DOUBLED = re.compile(r"(.)\1+")


@lru_cache(maxsize=8192)
def transliterated(word: str) -> str:
    """Return what the transliterations of one folded name have in common (Klitschko, Klychko)."""
    for spelling, sound in _SOUNDS:
        word = word.replace(spelling, sound)
    return _DOUBLED.sub(r"\1", word)


def slips(word: str) -> set[str]:
    """Return a word and what is left of it when one letter goes (Mor and Fraenkel 1982).

    Two words that share a slip differ by one letter, or by two in different places.
    """
    return {word, *(word[:i] + word[i + 1 :] for i in range(1, len(word)))}


def slugify(name: str) -> str:
    """Return ``name`` as lower-case ASCII words joined by hyphens ("vladimir-putin").

    Other scripts are written in Latin letters as ``anyascii`` has them ("володимир" → "volodimir").
    """
    folded = fold(_NICKNAME.sub("", name))
    if not folded.isascii():
        from anyascii import anyascii  # most names need no other letters

        folded = anyascii(folded).lower().replace("'", "")
    return "-".join(re.findall(r"[a-z0-9]+", folded)) or "unnamed"


def person_slug(name: str) -> str:
    """Return a slug that is the same however papers print a person's name.

    Middle initials and “Jr.” go, and a short form that nearly always means one name is that name.
    """
    bare = slugify(_MIDDLE_INITIAL.sub("", name)).split("-")
    if len(bare) > 2 and bare[-1] in _SUFFIXES:
        bare.pop()
    return "-".join((full_name(bare[0]), *bare[1:])) if len(bare) > 1 else bare[0]
