"""Reads sentences printed in title case or in capitals as if they were printed like others.

In "Roe Said Insiders Are Needed" every word looks like a name. Words that the lexicon knows get a
small letter; in text that is all capitals the others keep their first capital alone. Every word
keeps its length, so that offsets stay the same.
"""

from __future__ import annotations

import re
from functools import cache

from quotes.english.cues import load_lexicon
from quotes.english.lexicon import DAYS, FIRST_NAMES, MONTHS, tags

_WORD = re.compile(r"[^\W\d_]+(?:[’'][^\W\d_]+)*")
_SENTENCE = re.compile(r"[.!?…][\"”’')]*(?:\s|\Z)")
_FEWEST = 8  # words, from which on a line can be told to be in title case
_CAPITALS = 0.92  # share of its words with a capital
_SENTENCES = 2  # a single one is a headline
_ACRONYM = 4  # letters: a word of capitals that is no longer stays as it is


def as_prose(paragraph: str) -> str:
    """Return a paragraph of sentences in title case or capitals as prose, others unchanged."""
    opening = _WORD.findall(paragraph[:120])[:_FEWEST]
    if len(opening) < _FEWEST or any(word[0].islower() for word in opening[:-1]):
        return paragraph
    words = _WORD.findall(paragraph)
    capitals = sum(word[0].isupper() for word in words)
    if capitals < _CAPITALS * len(words) or len(_SENTENCE.findall(paragraph)) < _SENTENCES:
        return paragraph
    shouted = sum(word.isupper() for word in words) > _CAPITALS * len(words)
    return _WORD.sub(lambda match: _as_in_prose(match, shouted=shouted), paragraph)


def _as_in_prose(match: re.Match[str], *, shouted: bool) -> str:
    word = match.group()
    low = word.lower()
    if len(low) != len(word):
        return word
    before = match.string[max(0, match.start() - 3) : match.start()].rstrip("“\"‘'( ")
    opens = not match.start() or before[-1:] in (".", "!", "?", "…", ":", "")
    if low in _small_words():
        return word[0] + low[1:] if opens else low
    return word[0] + low[1:] if shouted and len(word) > _ACRONYM else word


@cache
def _small_words() -> frozenset[str]:
    """Return the words that have no capital inside a sentence."""
    known = frozenset(tags()) | load_lexicon().verbs.keys()
    return frozenset(known) - FIRST_NAMES - MONTHS - DAYS - {"i"}
