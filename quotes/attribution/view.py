"""The text around quotations as rules see it: light tokens, each quotation one opaque item."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from quotes.english.document import Document
from quotes.english.lexicon import (
    ABBREVIATIONS,
    AUXILIARIES,
    MONTHS,
    PERSONAL,
    RELATIVES,
    capitalised,
    tagged,
)
from quotes.english.segmentation import ENDINGS, Borders, Token, tokens
from quotes.english.zones import Zone
from quotes.records import Quotation, Span

# "OSLO, Norway (AP) — ", "Kyiv (Reuters) - ": where a report was written, no part of a sentence.
_DATELINE = re.compile(
    r"(?:[A-Z][A-Z’'.-]+(?:\s[A-Z][A-Z’'.-]+){0,3}(?:,\s[A-Z][\w.]*(?:\s[A-Z][\w.]*){0,2})?"
    r"(?:,\s[A-Z][a-z]{2,8}\.?\s\d{1,2})?"
    r"(?:\s\([\w/. ]{2,24}\))?|[A-Z][\w’'.-]+(?:,?\s[A-Z][\w.]*){0,3}\s\([A-Z][\w/. ]{1,23}\))"
    r"\s?(?:—|–|--?)\s"
    r"|[A-Z][\w’'.-]+(?:\s[A-Z][\w’'.-]+){0,2}(?:,\s[A-Z][\w.]+){0,2}"
    rf"(?:,\s(?:{capitalised(MONTHS)})\.?\s\d{{1,2}})?(?:,\s[A-Z]{{2,8}})?\s?(?:—|–|--)\s(?=[A-Z])"
)
_LONGEST_SENTENCE = 200  # words and marks: what is longer is no prose, and cut
_SMALL_FIRST = re.compile(r"[a-z]{1,3}[A-Z][a-z]")  # "diMarco"
_INITIALS = RELATIVES | tagged("it", "we") - {"i"}  # the WHO, IT, US
_CUE_AFTER_QUESTION = PERSONAL | {"who", "said", "says", "asked", "asks"}


@dataclass(frozen=True, slots=True)
class Item:
    """A token outside quotation marks, or a whole quotation (``quotation`` is then its index)."""

    start: int
    end: int
    text: str
    low: str
    quotation: int | None = None

    @property
    def is_word(self) -> bool:
        """Whether this is a word or number, neither a mark nor a quotation."""
        return self.quotation is None and (self.text[0].isalnum() or len(self.text) > 2)

    @property
    def is_account(self) -> bool:
        """Whether this is the name of an account ("@harbour_watch")."""
        return self.text[0] == "@" and len(self.text) > 1

    @property
    def is_capital(self) -> bool:
        """Whether this is a word that begins with a capital letter, or names an account."""
        capital = self.text[0].isupper() or self.is_account or bool(_SMALL_FIRST.match(self.text))
        return self.quotation is None and capital


class Passage:
    """A paragraph (or the inside of a quotation that holds others) with its quotations masked."""

    def __init__(self, body: str, start: int, end: int, inside: Sequence[tuple[int, Quotation]]):
        self.body = body
        self.start = start
        self.end = end
        self.items = _mask(body, start, end, inside)
        self.position = {
            item.quotation: i for i, item in enumerate(self.items) if item.quotation is not None
        }
        self.sentences = _sentences(self.items, dict(inside))
        self._borders = Borders(self.sentences)

    def sentence(self, position: int) -> tuple[int, int]:
        """Return the (first, last + 1) items of the sentence that holds item ``position``."""
        return self.sentences[self._borders.index(position)]

    def has_words(self) -> bool:
        """Tell whether there are words outside the quotations."""
        return any(item.is_word for item in self.items)

    def has_words_beside(self, quotation: int) -> bool:
        """Tell whether the sentence of a quotation has words outside quotations."""
        first, stop = self.sentence(self.position[quotation])
        return any(item.is_word for item in self.items[first:stop])

    def span(self, first: int, stop: int) -> Span:
        """Return items ``first`` to ``stop`` (exclusive) as a span of the body."""
        start, end = self.items[first].start, self.items[stop - 1].end
        return Span(start, end, self.body[start:end])


def _mask(body: str, start: int, end: int, inside: Sequence[tuple[int, Quotation]]) -> list[Item]:
    items: list[Item] = []
    position = start
    for index, quotation in inside:
        items.extend(_items(body, position, quotation.start))
        items.append(Item(quotation.start, quotation.end, quotation.text, "", index))
        position = quotation.end
    items.extend(_items(body, position, end))
    return items


def _items(body: str, start: int, end: int) -> Iterator[Item]:
    """Yield the tokens of a stretch; "the WHO", "Will Roe", "Ann A. Roe" hold no function words."""
    found = tokens(body, start, end)
    for i, token in enumerate(found):
        low = token.text.lower()
        initials = low in _INITIALS and token.text.isupper() and not _is_shouted(found, i)
        letter = token.text == "A" and body[token.end : token.end + 1] == "."
        if initials or letter or (low in AUXILIARIES and _is_given_name(found, i)):
            low = token.text
        yield Item(token.start, token.end, token.text, low)


def _is_given_name(found: Sequence[Token], i: int) -> bool:
    """Tell whether a word that looks like an auxiliary is a first name: "said Will Roe"."""
    if i == 0 or i + 1 == len(found) or not found[i].text.istitle():
        return False
    before, behind = found[i - 1].text, found[i + 1].text
    return before[0].islower() and behind[0].isupper() and not behind.isupper()


def _is_shouted(found: Sequence[Token], i: int) -> bool:
    """Tell whether the words beside a token are in capitals, too."""
    beside = [t.text for t in (*found[max(0, i - 2) : i], *found[i + 1 : i + 3])]
    return any(len(text) > 1 and text.isalpha() and text.isupper() for text in beside)


def _sentences(items: list[Item], inside: dict[int, Quotation]) -> list[tuple[int, int]]:
    """Cut the items into sentences; a quotation ends one only where nothing carries it on."""
    found = []
    begin = 0
    for i, item in enumerate(items):
        endless = i + 1 - begin >= _LONGEST_SENTENCE
        if i + 1 == len(items) or endless or _ends_sentence(items, i, item, inside):
            found.append((begin, i + 1))
            begin = i + 1
    return found


def _ends_sentence(items: list[Item], i: int, item: Item, inside: dict[int, Quotation]) -> bool:
    following = items[i + 1]
    if item.quotation is not None:
        quotation = inside[item.quotation]
        if quotation.kind == "none":
            return quotation.inner.rstrip()[-1:] in ENDINGS and following.is_capital
        return _quotation_ends_sentence(quotation.inner.rstrip(), following)
    if item.low not in ENDINGS:
        return False
    if item.low == "." and i and _is_abbreviation(items[i - 1]):
        return False
    if following.low in (",", ";"):
        return False  # "Sen. Ann Roe, D-Mo., said"
    if following.low == ")" and i + 2 < len(items) and not items[i + 2].is_capital:
        return False  # "Sen. Ann Roe (D-Mo.) said"
    return (
        following.quotation is not None
        or not following.low[0].islower()
        or (following.text[0].isupper())
    )


def _quotation_ends_sentence(inner: str, following: Item) -> bool:
    if inner[-1:] not in ENDINGS:
        return False
    if following.quotation is not None:
        return True
    if following.is_word:
        return following.text[0].isupper() and (
            inner[-1:] == "." or following.low not in _CUE_AFTER_QUESTION
        )
    return following.low not in ",;:-–—)―"


def _is_abbreviation(item: Item) -> bool:
    return item.low in ABBREVIATIONS or (len(item.text) == 1 and item.text.isupper())


def _flow(zones: Sequence[Zone]) -> list[int]:
    """Return, for each paragraph, how many of running text there are up to it."""
    return list(itertools.accumulate(int(zone == "text") for zone in zones))


class ArticleView:
    """The passages of an article that hold quotations, built once, in linear time."""

    def __init__(self, document: Document, quotations: Sequence[Quotation]) -> None:
        self.body = body = document.text
        self.quotations = quotations
        self._borders = document.paragraphs
        self.paragraphs = document.paragraphs.pieces
        self.zones = document.zones
        self._flow = _flow(self.zones)
        outer: dict[int, list[tuple[int, Quotation]]] = {}
        nested: dict[int, list[tuple[int, Quotation]]] = {}
        for index, quotation in enumerate(quotations):
            if quotation.parent is None:
                outer.setdefault(self._borders.index(quotation.start), []).append(
                    (index, quotation)
                )
            else:
                nested.setdefault(quotation.parent, []).append((index, quotation))
        self.passages: dict[int, Passage] = {
            number: self._paragraph(number, inside) for number, inside in sorted(outer.items())
        }
        self.inner_passages: dict[int, Passage] = {
            parent: Passage(
                body, quotations[parent].inner_start, quotations[parent].inner_end, inside
            )
            for parent, inside in sorted(nested.items())
        }

    def _paragraph(self, number: int, inside: list[tuple[int, Quotation]]) -> Passage:
        start, end = self.paragraphs[number]
        dateline = _DATELINE.match(self.body, start, inside[0][1].start)
        start = dateline.end() if dateline else start
        return Passage(self.body, start, max(end, inside[-1][1].end), inside)

    def passage_of(self, quotation: int) -> Passage:
        """Return the passage that holds the quotation with this index."""
        found = self.quotations[quotation]
        if found.parent is not None:
            return self.inner_passages[found.parent]
        return self.passages[self._borders.index(found.start)]

    def is_text(self, number: int) -> bool:
        """Tell whether paragraph ``number`` is running text."""
        return self.zones[number] == "text"

    def zone_of(self, offset: int) -> Zone:
        """Return the zone of the paragraph that holds an offset."""
        return self.zones[self._borders.index(offset)]

    def beside(self, number: int, step: int) -> int:
        """Return the number of the next paragraph of running text, -1 if there is none.

        ``step`` is 1 for the next one and -1 for the one before; headings between do not count.
        """
        number += step
        while 0 <= number < len(self.zones) and not self.is_text(number):
            number += step
        return number if number < len(self.zones) else -1

    def between(self, one: int, other: int) -> int:
        """Return how many paragraphs of running text lie between two and the second itself."""
        return self._flow[other] - self._flow[one]

    def begins_with(self, number: int, marks: tuple[str, ...]) -> bool:
        """Tell whether there is a paragraph ``number`` that begins with one of ``marks``."""
        if not 0 <= number < len(self.paragraphs):
            return False
        return self.body.startswith(marks, self.paragraphs[number][0])

    def passage(self, number: int) -> Passage | None:
        """Return the paragraph ``number``, None if there is none."""
        if not 0 <= number < len(self.paragraphs):
            return None
        found = self.passages.get(number)
        if found is None:
            start, end = self.paragraphs[number]
            found = Passage(self.body, start, end, ())
        return found
