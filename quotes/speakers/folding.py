"""Folds names so that spellings of one name compare equal, and makes slugs of them."""

from __future__ import annotations

import re
import unicodedata

from quotes.lexicon import TITLE_WORDS

_WORD = re.compile(r"\w+(?:[-‑]\w+)*")
_POSSESSIVE = re.compile(r"(?:['’]s|(?<=s)['’])$", re.IGNORECASE)
_INITIALS = re.compile(r"\b(\w)\.[ ]?(?=\w\.)")
_SUFFIXES = frozenset({"jr", "sr", "ii", "iii", "iv"})
# Letters that have no decomposition, as news agencies spell them in plain ASCII.
_PLAIN = str.maketrans(
    {"ø": "o", "Ø": "O", "ł": "l", "Ł": "L", "đ": "d", "Đ": "D", "ß": "ss", "æ": "ae", "Æ": "Ae",
     "ı": "i", "œ": "oe", "Œ": "Oe", "ð": "d", "þ": "th", "Þ": "Th", "'": "", "’": "", "ʼ": ""}
)  # fmt: skip


def strip_possessive(text: str) -> str:
    """Return ``text`` without a closing "'s" (or the apostrophe after a plural)."""
    return _POSSESSIVE.sub("", text)


def fold(text: str) -> str:
    """Return the words of ``text`` in plain lower-case letters, joined by single spaces.

    Accents, punctuation, apostrophes and a closing possessive go; "U.S." becomes "us" and
    "J. D. Vance" "jd vance".
    """
    plain = strip_possessive(text).translate(_PLAIN)
    plain = _INITIALS.sub(r"\1", _INITIALS.sub(r"\1", plain))
    decomposed = unicodedata.normalize("NFKD", plain)
    letters = "".join(c for c in decomposed if not unicodedata.combining(c))
    return " ".join(_WORD.findall(letters.casefold().replace("‑", "-")))


def name_words(name: str) -> tuple[str, ...]:
    """Return the folded words of a person's name without titles before and suffixes after it."""
    words = fold(name).split()
    while len(words) > 1 and words[0] in TITLE_WORDS:
        words.pop(0)
    while len(words) > 1 and words[-1] in _SUFFIXES:
        words.pop()
    return tuple(words)


def ends(name: str) -> tuple[str, str] | None:
    """Return the folded (first name, surname) of a name of two words or more, else None."""
    words = name_words(name)
    return (words[0], words[-1]) if len(words) > 1 else None


def slugify(name: str) -> str:
    """Return ``name`` as lower-case ASCII words joined by hyphens ("vladimir-putin")."""
    ascii_only = fold(name).encode("ascii", "ignore").decode()
    slug = "-".join(re.findall(r"[a-z0-9]+", ascii_only))
    return slug or "-".join(f"{ord(c):x}" for c in fold(name)[:12] if c != " ") or "unnamed"
