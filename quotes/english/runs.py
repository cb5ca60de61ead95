"""The runs of capitalised words that names are cut from, and the pieces of a run.

A run holds the particles, initials, hyphens, apostrophes, nicknames and suffixes that names have.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from quotes.english.lexicon import (
    ABBREVIATIONS,
    AND_HEADS,
    OF_HEADS,
    TITLES,
    any_of,
    capitalised,
    tagged,
)
from quotes.english.nouns import OFFICES
from quotes.english.patterns import alternatives

_STOPPED = (TITLES & ABBREVIATIONS) | tagged("of-name")
"""Abbreviations that belong to a name, so that their full stop does."""

# Capital letters of the Latin, Greek and Cyrillic alphabets.
_CAPITAL = "[" + "".join(filter(str.isupper, map(chr, range(ord("Ꙁ"))))) + "]"
GAP = r"[^\S\n]{1,3}"
_INITIALS = rf"{_CAPITAL}\.(?:-?{_CAPITAL}\.)*"
ABBREVIATED = rf"(?:{capitalised(_STOPPED)})\."
_ARABIC = rf"(?:(?i:{any_of('arabic')}))[-‑]{_CAPITAL}\w+"
_WORD = (
    rf"{_CAPITAL}\w*\b(?!['’]t\b)(?:['’](?!(?:s|S|re|ve|ll|d|m|t)\b)\w+|[-‑]\w+|&{_CAPITAL}\w*)*"
)
_OFFICES = rf"(?:{alternatives(OFFICES.capitalised)})\b"
_PARTICLE = rf"(?:{any_of('particle')})"
_SMALL_FIRST = rf"(?:d[aei]|de[lr]|l[ae]|v[ao]n|ma?c){_CAPITAL}\w+"
_PIECE = rf"(?:{_OFFICES}|{ABBREVIATED}|{_ARABIC}|{_INITIALS}(?!\w)|{_SMALL_FIRST}|{_WORD})"
_NICKNAME = rf"(?:{GAP}[\"“‘'(]{_WORD}[\"”’')](?={GAP}{_CAPITAL}))?"
SUFFIXES = frozenset({"jr", "sr"})
"""What stands behind the name of a child or parent, in lower case."""
_SUFFIX = rf"(?:{capitalised(SUFFIXES)})\b\.?"
OF = r"(?:of|for|on)"
"""What goes on with the name of a body."""
RUN = re.compile(
    rf"(?<![\w@#]){_PIECE}(?:{_NICKNAME}{GAP}(?!{_SUFFIX})(?:{_PARTICLE}{GAP}){{0,2}}{_PIECE})*"
    rf"(?:,?{GAP}{_SUFFIX})?"
)
PIECES = re.compile(rf"(?:{_PARTICLE}{GAP}){{0,2}}(?:{_SUFFIX}|{_PIECE})")
_OF = re.compile(
    rf"{GAP}(?:{OF}|de)(?:{GAP}the)?{GAP}(?={_CAPITAL})|{GAP}(?:and|&){GAP}(?={_CAPITAL})"
)


def runs(text: str) -> Iterator[tuple[int, int]]:
    """Yield the (start, end) of the capitalised runs, joined over the "of" of organisations."""
    begin = end = -1
    for match in RUN.finditer(text):
        if begin >= 0 and _joins(text, begin, end, match.start()):
            end = match.end()
            continue
        if begin >= 0:
            yield begin, end
        begin, end = match.span()
    if begin >= 0:
        yield begin, end


def _joins(text: str, begin: int, end: int, nxt: int) -> bool:
    """Whether "of", "for", "and" between two runs is part of one organisation's name."""
    if nxt - end > 14:
        return False
    between = _OF.match(text, end)
    if not between or between.end() != nxt or end - begin > 80:
        return False
    words = text[begin:end].lower().split()
    if between.group().strip() in ("and", "&"):
        return words[0] in AND_HEADS and (" of " in text[begin:end] or " for " in text[begin:end])
    return words[-1] in OF_HEADS
