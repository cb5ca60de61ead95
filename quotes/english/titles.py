"""Where the title in front of a name begins, as far as it has small letters or exalts."""

from __future__ import annotations

import re

from quotes.english.lexicon import FUNCTIONS, MODIFIERS, OPENERS, ORGANISATION_WORDS
from quotes.english.runs import ABBREVIATED, GAP

_WORDS_BEFORE = re.compile(rf"(?:(?:{ABBREVIATED}|U\.[SKN]\.|[\w’'‑-]+){GAP}){{1,6}}\Z")
_BEFORE_FUNCTION = FUNCTIONS | MODIFIERS | ORGANISATION_WORDS
_EXALTING = re.compile(r"(?<!\w)(?:(?:Most|Very|Right|Rt\.?)\s)+\Z")
_EXALTED = re.compile(r"(?:Rev|Hon)")


def lower_title(text: str, start: int) -> int:
    """Return where the lower-case function before a name begins ("campaign manager Robby")."""
    window = text[max(0, start - 70) : start]
    if window.rstrip().rpartition(" ")[2] not in FUNCTIONS:
        return start
    words = _WORDS_BEFORE.search(window)
    parts = words.group().split() if words else []
    offset = start
    for index, part in enumerate(reversed(parts)):
        opens = part.lower() in OPENERS and part != "former"
        fits = index == 0 or part[0].isupper() or part in _BEFORE_FUNCTION
        if opens or not fits:
            break
        offset = text.rfind(part, 0, offset)
    return offset


def exalted(text: str, start: int) -> int:
    """Return where a title begins with what exalts it: "the Very Rev", "the Rt Hon"."""
    words = _EXALTING.search(text, max(0, start - 30), start)
    return words.start() if words and _EXALTED.match(text, start) else start
