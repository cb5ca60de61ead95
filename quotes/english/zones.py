"""Tells apart the parts of a page: running text, headlines, headings, links to other articles.

Each breaks names and rules differently: a headline writes in capitals what is no name, a heading
between two paragraphs neither carries speech on nor ends it, a link quotes another article. Told by
the shape of a paragraph alone.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Literal

from quotes.english.cues import load_lexicon
from quotes.english.lexicon import MINOR, tagged

Zone = Literal["text", "headline", "heading", "link", "entry"]
"""What a paragraph is: running text, the headline and what stands below it, a heading between
paragraphs, a link to another article, an entry of a list of works."""

_HEADLINE_WORDS = 32
_HEADING_WORDS = 16
_STANDFIRST = 3  # paragraphs at most that belong to the headline
_FINITE = {word for word, cue in load_lexicon().verbs.items() if cue.form in ("past", "third")}
_IN_NAMES = frozenset({"states", "the"})
UNCAPITALISED = (
    MINOR | tagged("auxiliary", "copula", "personal", "possessive") | _FINITE
) - _IN_NAMES
"""Words that have no capital inside a sentence."""
_WORD = re.compile(r"[^\W_][\w’'&.-]*")
_CLOSERS = "\"'”’»)]"
_ENDS = frozenset(".!?…:;,—–-")
_LINK = re.compile(
    r"(?:READ (?:MORE|ALSO|NEXT)|ALSO READ|SEE ALSO|RELATED|WATCH(?: MORE)?|LISTEN|MUST READ"
    r"|MORE(?: ON| FROM)?|DON[’']T MISS|Read more|Read also|Also read|See also|Recommended"
    r"|Related(?: story| stories)?|More on this story|Watch|Listen|Don[’']t miss)\s?(?:[:|–—-]|\Z)"
)
_ENTRY = re.compile(
    r"[“\"‘'][^“”\"]{4,200}[”\"’']\s?(?:—|–|--?|,|\()\s?[A-Z][^!?]{1,80}?"
    r"(?:\b\d{1,2}[,.]?\s(?:19|20)\d\d|\b(?:19|20)\d\d)\W*\Z"
)
"""“Title” — Outlet, 15 August 2008."""
_SIGNED = re.compile(r"\s?(?:—|–|--?|~|\*|•)|.*[”\"’']\s?[—–―-]\s?[A-Z]|[a-z@#]|.*https?://")
_LABEL = re.compile(r"[A-Z][\w.’' -]{0,40}:\s")


def zones(text: str, paragraphs: Sequence[tuple[int, int]]) -> list[Zone]:
    """Return the zone of each paragraph, given as (start, end) pieces of the text."""
    found: list[Zone] = []
    for number, (start, end) in enumerate(paragraphs):
        found.append(_zone(text[start:end], number, found, len(paragraphs)))
    _without_lists(found)
    return found


def is_headline_case(line: str) -> bool:
    """Tell whether nearly every word of a line has a capital, and it is no sentence or byline.

    A line that ends in a full stop is one only if a word has a capital which has none in a
    sentence.
    """
    bare = line.rstrip("\"'”’")
    if bare[-1:] in ":,;":
        return False
    words = [word for word in line.split() if word[0].isalpha() and word not in MINOR]
    capitals = sum(word[0].isupper() for word in words)
    if len(words) < 5 or capitals < 0.85 * len(words):
        return False
    return bare[-1:] != "." or any(
        word[0].isupper() and word.lower() in UNCAPITALISED for word in line.split()[1:]
    )


def _zone(paragraph: str, number: int, before: Sequence[Zone], count: int) -> Zone:
    if _LINK.match(paragraph):
        return "link"
    if _ENTRY.match(paragraph):
        return "entry"
    words = len(_WORD.findall(paragraph[:400]))
    if _is_sentence(paragraph) or not words:
        return "text"
    if number < _STANDFIRST and count > number + 1 and all(z == "headline" for z in before):
        return "headline" if words <= _HEADLINE_WORDS else "text"
    last = number + 1 == count
    return "heading" if words <= _HEADING_WORDS and not last and number else "text"


def _is_sentence(paragraph: str) -> bool:
    """Tell whether a paragraph ends as sentences do, or is signed, labelled or bulleted."""
    bare = paragraph.rstrip(_CLOSERS)
    if not bare or bare[-1] in _ENDS or _SIGNED.match(paragraph):
        return True
    return bool(_LABEL.match(paragraph)) and "said" not in paragraph


def _without_lists(found: list[Zone]) -> None:
    """Take three short lines in a row for a list, not for headings."""
    run = 0
    for at, zone in enumerate([*found, "text"]):
        if zone == "heading":
            run += 1
            continue
        if run >= 3:
            found[at - run : at] = ["text"] * run
        run = 0
