"""Where a source phrase begins and ends next to a cue, found by closed word classes alone."""

from __future__ import annotations

from quotes.attribution.view import Item
from quotes.attribution.words import STOP, Words
from quotes.english.lexicon import (
    ATTACHING,
    AUXILIARIES,
    BARE_SOURCES,
    CONJUNCTIONS,
    COPULAS,
    DETERMINERS,
    DISCOURSE,
    GOVERNING,
    PERSONAL,
    POSSESSIVES,
    PREPOSITIONS,
    PRONOUNS,
    RELATIVES,
    STAND_ALONE,
    SUBORDINATORS,
    TIME_WORDS,
    TITLES,
    is_adverb,
    tagged,
)
from quotes.english.segmentation import DASHES, ENDINGS

_HAVE = tagged("perfect") & AUXILIARIES
_MAX_WORDS = 14
_TIME_PHRASE = 7
"""“Several hours earlier, …”: at most so many words and a comma."""


def is_possessive_mark(item: Item) -> bool:
    """Tell whether a token ends in a possessive: "Putin’s", "voters’"."""
    return item.low.endswith(("’s", "'s", "s’", "s'"))


def _abbreviates(item: Item) -> bool:
    return item.is_capital and (len(item.text) == 1 or item.low in TITLES or len(item.text) <= 4)


class Phrases(Words):
    """Finds source phrases among the items of a passage."""

    def left(
        self, stop: int, floor: int, *, allowed: str | None = None, governed: bool = False
    ) -> tuple[int, int] | None:
        """Return the source phrase that ends right before item ``stop``, not before ``floor``.

        No preposition may govern it but the ``allowed`` one: "…, with Roe calling it mad", "only
        for Roe to call it mad". Where it is ``governed``, any may: "approached by Roe, who said".
        """
        last = stop - 1
        if last < floor or not self.items[last].is_word or is_possessive_mark(self.items[last]):
            return None
        word = self.items[last].low
        if word in PERSONAL or word in STAND_ALONE or word in ("who", "which"):
            return last, stop
        if word in STOP or word in PREPOSITIONS or word in CONJUNCTIONS:
            return None
        if word in DETERMINERS and word not in PRONOUNS:
            return None
        if last > floor and self.is_verb(last):
            return None
        first = self._walk_left(last, floor)
        if self.items[first].low == "whose":
            return None
        first = self._vague_left(first, floor)
        governor = self.items[first - 1].low if first > floor else ""
        if governor in GOVERNING and governor != allowed and not governed:
            first = self._behind_adjunct(first, stop, floor)
        return None if first == stop else self._checked(first, stop)

    def _vague_left(self, first: int, floor: int) -> int:
        """Take in what makes a number vague: "about" two dozen farmers."""
        before = range(max(floor, first - 3), first)
        return next((i for i in before if i + self.vague(i) == first), first)

    def _behind_adjunct(self, first: int, stop: int, floor: int) -> int:
        """Return where a name begins behind an adjunct without a comma, ``stop`` if nowhere.

        "In 2007 Mr. Roe said"; "At a rally President Roe said".
        """
        opening = first - 1
        leads = opening > floor and self.items[opening - 1].low
        speaking = opening - 1 == floor and self.items[floor].low.endswith("ing")
        if leads and not speaking and leads not in (",", "but", "and", "that"):
            return stop
        name = stop
        while name > first and (self.items[name - 1].is_capital or self.items[name - 1].low == "."):
            name -= 1
        titles = (i for i in range(stop - 2, name, -1) if self.items[i].low in TITLES)
        name = next(titles, name)
        return stop if name == first and self.items[first].low not in TIME_WORDS else name

    def _walk_left(self, last: int, floor: int) -> int:
        first = last
        while first > floor and last - first < _MAX_WORDS:
            word = self.items[first - 1].low
            if word in DETERMINERS or word in POSSESSIVES:
                first -= 1
                break
            if not self._belongs(first - 1, floor):
                break
            first -= 1
        while first <= last and (
            self.items[first].low in PREPOSITIONS
            or self.items[first].low in CONJUNCTIONS
            or (first < last and self.items[first].low in DISCOURSE)
        ):
            first += 1
        if floor < first < last and self.items[first - 1].low in _HAVE:
            first += 1  # the participle: "had run [advertisements] urging"
        return self._attach_left(first, last, floor)

    def _belongs(self, i: int, floor: int) -> bool:
        """Tell whether an item before a word of a phrase belongs to the phrase, too."""
        item, word = self.items[i], self.items[i].low
        if not item.is_word:
            dotted = word == "." and i > floor and _abbreviates(self.items[i - 1])
            return dotted or word == "&"
        if self.is_surname_first(i):
            return True
        if word in STOP or word in PERSONAL or self.is_verb(i):
            return False
        determined = i > floor and self.items[i - 1].low in DETERMINERS
        if is_adverb(word) and not item.is_capital and not determined:
            return False  # but "the first lady", "the then mayor"
        if word in CONJUNCTIONS:
            return self.joins_names(i, floor)
        return word not in PREPOSITIONS or self.attaches(i, floor)

    def _attach_left(self, first: int, last: int, floor: int) -> int:
        """Take in what a prepositional phrase hangs on: [a spokesman for] the ministry."""
        if (
            first - 2 < floor
            or self.items[first - 1].low not in ATTACHING
            or last - first > _MAX_WORDS
        ):
            return first
        if not self.attaches(first - 1, floor):
            return first
        return self._walk_left(first - 2, floor)

    def _checked(self, first: int, stop: int) -> tuple[int, int] | None:
        """Keep a phrase only if it can name somebody: a name, a determined noun, a bare plural."""
        while first < stop and (self.items[first].low in TIME_WORDS and first + 1 < stop):
            first += 1
        held = [item for item in self.items[first:stop] if item.is_word]
        if all(item.low in TIME_WORDS or len(item.low) == 1 for item in held):
            return None
        return first, stop

    def right(self, first: int, ceiling: int, *, bare: bool = False) -> tuple[int, int] | None:
        """Return the source phrase that begins at item ``first``, ending before ``ceiling``.

        It is a name or has a determiner, but with ``bare`` any noun will do ("reports").
        """
        if first >= ceiling or not self.items[first].is_word:
            return None
        if vague := self.vague(first):
            behind = self.right(first + vague, ceiling, bare=bare)
            return behind and (first, behind[1])
        word = self.items[first].low
        counts = word in STAND_ALONE  # alone, or "one official"
        if self.is_surname_first(first):
            return first, self._end_of_name(first, ceiling)
        if word in PERSONAL or (counts and self._ends_alone(first, ceiling)):
            return first, first + 1
        if (
            word in STOP
            or word in PREPOSITIONS
            or word in CONJUNCTIONS
            or word in TIME_WORDS
            or word in RELATIVES
            or (is_adverb(word) and not self.items[first].is_capital)
            or (self.is_verb(first) and not bare)
        ):
            return None
        stop = first
        while stop < ceiling and stop - first < _MAX_WORDS + 4:
            item = self.items[stop]
            if not item.is_word:
                dotted = (
                    item.low == "." and _abbreviates(self.items[stop - 1]) and stop + 1 < ceiling
                )
                if dotted or item.low == "&":
                    stop += 1
                    continue
                break
            if stop > first and self._breaks_right(stop, first, ceiling):
                break
            stop += 1
        while stop > first and (
            self.items[stop - 1].low in PREPOSITIONS
            or self.items[stop - 1].low in CONJUNCTIONS
            or self.items[stop - 1].low in DETERMINERS
        ):
            stop -= 1
        named = any(
            self.items[i].is_capital or self.items[i].low in BARE_SOURCES
            for i in range(first, stop)
        )
        determined = bare or counts or word in DETERMINERS or word in POSSESSIVES
        return (first, stop) if stop > first and (named or determined) else None

    def _end_of_name(self, first: int, ceiling: int) -> int:
        stop = first
        while stop < ceiling and self.items[stop].is_capital:
            stop += 1
        return stop

    def _ends_alone(self, first: int, ceiling: int) -> bool:
        """Tell whether nothing follows item ``first`` that could be the noun of its phrase."""
        after = first + 1
        if after < ceiling and self.items[after].low == "of":
            return False  # "one of the officials"
        return (
            after >= ceiling
            or not self.items[after].is_word
            or self.items[after].low in TIME_WORDS
            or self.items[after].low in PREPOSITIONS
            or self._breaks_right(after, first, ceiling)
        )

    def _breaks_right(self, i: int, first: int, ceiling: int) -> bool:
        word = self.items[i].low
        if word in STOP or word in PERSONAL or word in RELATIVES or self.is_time(i, ceiling):
            return True
        if is_adverb(word) and not self.items[i].is_capital:
            return True
        if word in CONJUNCTIONS:
            return not (
                i + 1 < ceiling and self.items[i + 1].is_capital and self.items[i - 1].is_capital
            )
        if self.is_verb(i):
            return True
        return word in PREPOSITIONS and not self.attaches(i, first)

    def subject(self, floor: int, ceiling: int) -> tuple[int, int] | None:
        """Return the first phrase from ``floor`` on that a verb-like word or comma follows."""
        i = floor
        while i < ceiling:
            item = self.items[i]
            opens = item.low in PREPOSITIONS or item.low in SUBORDINATORS
            opens = opens and not self.vague(i)
            if item.is_word and (opens or (i == floor and self.is_participle(i, ceiling))):
                i = self._skip_adjunct(i, ceiling)
                continue
            comma = self._next_comma(i + 1, min(ceiling, i + _TIME_PHRASE))
            if item.is_word and comma is not None and self.is_circumstance(i, comma):
                i = comma + 1
                continue
            found = None if item.low in DISCOURSE else self.right(i, ceiling)
            if found:
                return found
            i += 1
        return None

    def _next_comma(self, first: int, stop: int) -> int | None:
        return next((j for j in range(first, stop) if self.items[j].low == ","), None)

    def _skip_adjunct(self, i: int, ceiling: int) -> int:
        """Pass over an opening adjunct ("On Friday, …", "After the talks in Bonn, …")."""
        comma = self._next_comma(i + 1, min(ceiling, i + 30))
        if comma is not None:
            return comma + 1
        found = self.right(i + 1, ceiling)
        return found[1] if found else i + 1


def is_copula(word: str) -> bool:
    """Tell whether a lower-case word is a form of be, become, seem or remain."""
    return word in COPULAS


def is_border(item: Item) -> bool:
    """Tell whether a mark parts clauses: a full stop, semicolon, colon or dash."""
    return item.low in ENDINGS or item.low in (";", ":") or item.low in DASHES
