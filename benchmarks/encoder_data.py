"""Articles as batches for the encoder: in other layouts, with other names, as windows of pieces."""

from __future__ import annotations

import json
import random
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from pathlib import Path
from typing import Any

from layouts import Piece, Relaid, join

from quotes.english.firstnames import first_names
from quotes.english.windows import Pieces, Window
from quotes.english.wordpieces import WordPieces
from quotes.seeds import load_speakers

Span = tuple[int, int]

MIX = {"original": 0.77, "flat": 0.15, "sentences": 0.05, "penn": 0.03}
"""How often an epoch sees an article in each layout."""
PACKED = (84, 140)
"""Pieces before and behind the first quotation of a window that asks about several."""
ENOUGH = (56, 28)
"""Pieces that each further quotation of such a window has before and behind it."""
LONGEST = 40
"""Pieces of indirect speech that is asked about."""
MARKED = 0.4
"""How often an epoch sees an article with other marks of quotation: one of ``MARKS``."""
MARKS = ("“”", '""', "‘’")
RENAMED = 0.6
"""How often an epoch sees an article with other names of people."""
_POSSESSIVE = re.compile(r"[’']s?$")
_CAPITALS = re.compile(r"[A-Z][\w’'-]+")


Positions = tuple[int, ...]


@dataclass
class Query:
    """A quotation in a window: whose source is asked for.

    ``quotation``, the ``candidates`` and the labelled ``source`` are positions in the window
    (empty: outside it); ``right`` tells which candidates overlap the source. Indirect speech has a
    source and no candidates. ``speech`` tells whether it is speech at all (None: unknown).
    """

    quotation: Positions
    candidates: list[Positions]
    right: list[bool]
    source: Positions
    speech: bool | None
    key: tuple[int, int]


@dataclass
class Example:
    """A window with the positions of its quotations, and what is asked about it."""

    ids: tuple[int, ...]
    quoted: Positions
    queries: list[Query]


@dataclass
class Corpus:
    """The articles of one folder of examples, by layout and number."""

    folder: Path
    layouts: dict[str, list[dict[str, Any]]] = field(default_factory=dict)

    def articles(self, layout: str) -> list[dict[str, Any]]:
        """Return the articles in a layout, read once."""
        if layout not in self.layouts:
            with (self.folder / f"{layout}.jsonl").open(encoding="utf-8") as file:
                self.layouts[layout] = [json.loads(line) for line in file]
        return self.layouts[layout]

    def epoch(
        self,
        numbers: Sequence[int],
        vocabulary: WordPieces,
        seed: int,
        *,
        indirect: bool,
        packed: bool,
    ) -> list[Example]:
        """Return the examples of some articles, each in a layout and with names drawn by a seed."""
        chance = random.Random(seed)
        names = Names()
        found: list[Example] = []
        for number in numbers:
            layout = chance.choices([*MIX], [*MIX.values()])[0]
            article = self.articles(layout)[number]
            if chance.random() < MARKED:
                article = marked(article, chance.choice(MARKS))
            laid = names.replaced(article["body"], chance) if chance.random() < RENAMED else None
            found += examples(
                article, number, vocabulary, laid=laid, indirect=indirect, packed=packed
            )
        chance.shuffle(found)
        return found

    def plain(
        self, numbers: Sequence[int], vocabulary: WordPieces, layout: str = "original"
    ) -> list[Example]:
        """Return the examples of some articles as they are."""
        return [
            example
            for number in numbers
            for example in examples(self.articles(layout)[number], number, vocabulary)
        ]


@dataclass
class Asked:
    """What is asked about a range of an article's pieces."""

    pieces: Span
    candidates: list[Span]
    right: list[bool]
    source: list[Span]
    speech: bool | None
    key: tuple[int, int]


def examples(
    article: dict[str, Any],
    number: int,
    vocabulary: WordPieces,
    *,
    laid: Relaid | None = None,
    indirect: bool = False,
    packed: bool = False,
) -> Iterator[Example]:
    """Yield windows with what is asked about them; ``laid`` is the article with other names.

    ``packed`` windows are longer and ask about every quotation that has enough words around it;
    else a window asks about the quotation that it is made for.
    """
    moved = laid.span if laid else lambda start, end: (start, end)
    body = laid.body if laid else article["body"]
    outer = [i for i, (_, _, nested, _) in enumerate(article["quotations"]) if not nested]
    pieces = Pieces(body, [moved(*article["quotations"][i][:2]) for i in outer], vocabulary)

    def ranges(spans: Sequence[Span]) -> list[Span]:
        return [pieces.range(*moved(*span)) for span in spans]

    place = dict(zip(outer, pieces.quoted, strict=True))
    speech = article["speech"]
    sourced = {one["quotation"]: (n, one) for n, one in enumerate(article["asked"])}
    asked = [
        Asked(
            place[i],
            ranges(one["candidates"]),
            one["right"],
            ranges(one["source"]),
            speech[i],
            (number, n),
        )
        for i, (n, one) in sourced.items()
    ]
    asked += [
        Asked(place[i], [], [], [], speech[i], (number, -1 - i))
        for i in outer
        if i not in sourced and speech[i] is not None
    ]
    also = list(_indirect(article, ranges, pieces, number)) if indirect else []
    if not packed:
        for one in asked:
            yield _example(pieces, pieces.window(one.pieces), [one])
        return
    waiting = sorted(asked, key=lambda one: one.pieces)
    while waiting:
        window = pieces.window(waiting[0].pieces, *PACKED)
        inside = [one for one in waiting[1:] if _is_well_inside(one, window, pieces)]
        riding = [one for one in also if _is_well_inside(one, window, pieces)]
        yield _example(pieces, window, [waiting[0], *inside, *riding])
        waiting = [one for one in waiting[1:] if one not in inside]


def _is_well_inside(asked: Asked, window: Window, pieces: Pieces) -> bool:
    before, behind = ENOUGH
    first, stop = asked.pieces
    return (
        window.holds(asked.pieces)
        and (first - window.first >= before or window.first == 0)
        and (window.stop - stop >= behind or window.stop == len(pieces))
    )


def _example(pieces: Pieces, window: Window, asked: Sequence[Asked]) -> Example:
    def positions(ranges: Sequence[Span]) -> Positions:
        return tuple(k for one in ranges for k in window.positions(one))

    quoted = positions(pieces.quoted)
    queries = [
        Query(
            positions([one.pieces]),
            [positions([candidate]) for candidate in one.candidates],
            one.right,
            positions(one.source),
            one.speech,
            one.key,
        )
        for one in asked
    ]
    return Example(window.ids, quoted, queries)


def _indirect(article: dict[str, Any], ranges: Any, pieces: Pieces, number: int) -> Iterator[Asked]:
    """Yield indirect speech, where no quotation overlaps it."""
    for content, source in article["labels"]:
        if not content:
            continue
        (first, stop), *_ = ranges([(content[0][0], content[-1][1])])
        sources = ranges(source)
        around = [*pieces.quoted, *sources]
        if 4 <= stop - first <= LONGEST and not any(a < stop and first < b for a, b in around):
            yield Asked((first, stop), [], [], sources, None, (number, -1))


def marked(article: dict[str, Any], marks: str) -> dict[str, Any]:
    """Return an article whose double marks are others."""
    body = [*article["body"]]
    for start, end, nested, _ in article["quotations"]:
        if not nested:
            for place, olds, new in ((start, '“"', marks[0]), (end - 1, '”"', marks[1])):
                if body[place] in olds:
                    body[place] = new
    return article | {"body": "".join(body)}


class Names:
    """Gives the people of an article other names, so that no name tells who speaks."""

    def __init__(self) -> None:
        self._gender = first_names()
        people = [s for s in load_speakers() if s.type == "person" and " " in s.name]
        self._known = {part for s in people for part in s.name.split()[-1:]}
        self._last = sorted({s.name.split()[-1] for s in people if s.name.split()[-1].isalpha()})
        self._first = {
            gender: sorted(
                n.title() for n, g in self._gender.items() if g == gender and n.isalpha()
            )
            for gender in ("female", "male")
        }

    def replaced(self, body: str, chance: random.Random) -> Relaid:
        """Return a text in which every first and last name that it introduces is another."""
        words = [(m.start(), m.end(), m.group()) for m in _CAPITALS.finditer(body)]
        new: dict[str, str] = {}
        for (_, end, first), (start, _, last) in pairwise(words):
            gender = self._gender.get(first.lower())
            if gender and re.fullmatch(r"\s(?:[A-Z]\.\s)?", body[end:start]):
                base = _POSSESSIVE.sub("", last)
                known = base in self._known or base.lower() not in self._gender
                if len(base) > 2 and known and base not in new:
                    new[base] = chance.choice(self._last)
                    new.setdefault(first, chance.choice(self._first[gender]))
        return join(_renamed(body, words, new))


def _renamed(body: str, words: list[tuple[int, int, str]], new: dict[str, str]) -> Iterator[Piece]:
    position = 0
    for start, _, word in words:
        base = _POSSESSIVE.sub("", word)
        key = base if base in new else base.title() if base.isupper() else ""
        if key in new:
            name = new[key].upper() if base.isupper() and len(base) > 1 else new[key]
            yield position, start, body[position:start]
            position = start + len(base)
            yield start, position, name
    yield position, len(body), body[position:]
