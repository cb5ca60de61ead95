"""When two names of speakers mean the same: the rules of the speaker metrics."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping, Sequence

from quotes.evaluation.rows import Row

ALIKE = 0.4
"""Names of organisations and groups agree if they share this part of their words (Jaccard)."""

_WORD = re.compile(r"[a-z0-9]+")
_TITLES = frozenset(
    "mr mrs ms miss dr sir dame lord lady president vice prime minister senator sen rep "
    "representative gov governor congressman congresswoman mayor secretary gen general col capt "
    "lt sgt prof professor judge justice former the us u s".split()
)
_SUFFIXES = ("jr", "sr", "ii", "iii")
_UNTELLING = frozenset(
    "a an the of for in on at by to and or from with his her their its one senior top".split()
)


def agree(segment: Row, found: Row) -> tuple[bool, bool]:
    """Return whether a labelled speaker and a predicted one agree (strictly, leniently).

    Strictly a person needs first name and surname, leniently the surname. Where a prediction
    resolves nobody, the words that name its speaker count. A label may ``accept`` other names that
    are as right: a nickname, the spelling of that article.
    """
    speaker, mention = found.get("speaker"), mention_text(found)
    names = (segment["speaker"], *segment.get("accept", ()))
    if segment["stype"] == "person":
        given = _person(speaker or mention or "")
        answers = [_same_person(_person(name), given) for name in names]
        return any(strict for strict, _ in answers), any(lenient for _, lenient in answers)
    answered = [name for name in (speaker, mention) if name]
    alike = any(_alike(name, one) for name in names for one in answered)
    return alike, alike


def mention_text(found: Row) -> str | None:
    """Return the words that name the speaker of a prediction; None without any."""
    mention = found.get("mention")
    return mention.get("text") if isinstance(mention, Mapping) else mention


def _same_person(expected: Sequence[str], given: Sequence[str]) -> tuple[bool, bool]:
    if not expected or not given or expected[-1] != given[-1]:
        return False, False
    if len(expected) == 1:
        return True, True
    strict = len(given) > 1 and (
        given[0] == expected[0]
        or given[0][:3] == expected[0][:3]
        or expected[0] in given
        or given[0] in expected
    )
    return strict, strict or len(given) == 1


def _person(name: str) -> list[str]:
    """Return the words of a person's name without titles, suffixes and middle initials."""
    words = [word for word in _words(name) if word not in _TITLES]
    while words and words[-1] in _SUFFIXES:
        words.pop()
    last = len(words) - 1
    kept = [word for at, word in enumerate(words) if len(word) > 1 or at in (0, last)]
    return kept or _words(name)


def _alike(expected: str, given: str) -> bool:
    """Whether two names of organisations or groups share enough words, or one holds the other."""
    left, right = (set(_words(name)) - _UNTELLING for name in (expected, given))
    if not left or not right:
        return False
    common = len(left & right)
    return common / len(left | right) >= ALIKE or left <= right or right <= left


def _words(name: str) -> list[str]:
    parted = unicodedata.normalize("NFKD", name)
    plain = "".join(char for char in parted if not unicodedata.combining(char)).casefold()
    return _WORD.findall(plain.replace("’s", "").replace("'s", ""))
