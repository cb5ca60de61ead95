"""Numbers as values: “two hundred” is 200, “$1.5 billion” and “$1,500 million” are one sum.

Words are turned into digits by text2num (Allo-Media, MIT licence), which reads cardinals, ordinals
and decimals. What newspapers add to these is read here: scales behind digits (“1.5bn”), signs and
names of currencies, dozens, halves and other fractions, years in two halves, and a scale that two
numbers share (“two or three million”).
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from decimal import Decimal
from fractions import Fraction
from functools import lru_cache
from typing import NamedTuple

SCALES = {
    "dozen": 12,
    "hundred": 100,
    "thousand": 1_000,
    "million": 1_000_000,
    "billion": 1_000_000_000,
    "trillion": 1_000_000_000_000,
}
_SHORT_SCALES = {"k": "thousand", "m": "million", "mn": "million", "mln": "million"} | {
    short: "billion" for short in ("b", "bn", "bln")
}
_SHORT_SCALES |= dict.fromkeys(("tn", "trn", "tln"), "trillion")
CURRENCIES = {
    "$": "dollars",
    "€": "euros",
    "£": "pounds",
    "¥": "yen",
    "₴": "hryvnias",
    "₽": "rubles",
    "₹": "rupees",
}
_NAMED_UNITS = {"usd": "dollars", "eur": "euros", "gbp": "pounds", "euro": "euros"} | {
    "dollar": "dollars",
    "pound": "pounds",
    "hryvnia": "hryvnias",
    "ruble": "rubles",
    "rouble": "rubles",
    "roubles": "rubles",
    "rupee": "rupees",
    "pct": "%",
}
_UNITS = frozenset((*CURRENCIES.values(), *_NAMED_UNITS, "%"))
_SMALL = (
    "two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen "
    "seventeen eighteen nineteen"
).split()
_TENS = "twenty thirty forty fifty sixty seventy eighty ninety".split()
_ORDINALS = (
    "fourth fifth sixth seventh eighth ninth tenth eleventh twelfth thirteenth fourteenth "
    "fifteenth sixteenth seventeenth eighteenth nineteenth twentieth thirtieth fortieth fiftieth "
    "sixtieth seventieth eightieth ninetieth hundredth thousandth"
).split()
_PARTS = {"half": 2, "third": 3, "quarter": 4, "fifth": 5, "sixth": 6, "eighth": 8, "tenth": 10}
_MANY_PARTS = {f"{part}s": count for part, count in _PARTS.items()} | {"halves": 2}
_LOW_RANKS = ("first", "second", "third")
"""The ordinals that stay words: “second” is a time, too."""
_ORDER = dict(zip(("1st", "2nd", "3rd"), _LOW_RANKS, strict=True))
_LONE = frozenset(("one", "zero", *_LOW_RANKS))
_TELLING = frozenset((*SCALES, *_SMALL, *_TENS, *_ORDINALS, *_MANY_PARTS, *CURRENCIES)) | {
    "third",
    "quarter",
    "fifth",
    "cent",
    "dollar",
    "euro",
    "pound",
    "%",
}
"""Without one of these, and digits, there is no number in words."""

_DIGITS = re.compile(r"(\d+(?:\.\d+)?)(k|mn?|mln|b(?:n|ln)?|t(?:n|rn|ln))?")
_ORDINAL = re.compile(r"\d+(?:st|nd|rd|th)")
_YEAR_HALF = range(10, 100)


class Phrase(NamedTuple):
    """The words ``start … end-1`` say a number: ``folded`` is its value and its unit."""

    start: int
    end: int
    folded: tuple[str, ...]


class _Amount(NamedTuple):
    """A value in the words ``start … end-1``; ``scaled`` if it has a scale already."""

    start: int
    end: int
    value: Decimal
    scaled: bool
    spoken: bool


class _Token:
    """A word as text2num wants it."""

    __slots__ = ("_text",)

    def __init__(self, text: str) -> None:
        self._text = text

    def text(self) -> str:
        return self._text

    def nt_separated(self, _previous: _Token) -> bool:
        return False

    def not_a_number_part(self) -> bool:
        return False


def number_phrases(words: Sequence[str]) -> list[Phrase]:
    """Return the numbers in lower-case words, in order.

    Digits have no separators of thousands; a sign of currency is a word of its own in front.
    Numbers that are written as they fold are left out. “One”, “zero”, “first”, “second” and
    “third” by themselves are words.
    """
    if _TELLING.isdisjoint(words) and not any(word[0].isdigit() for word in words):
        return []
    return _Reader(words).phrases()


def values(words: Sequence[str]) -> list[Fraction]:
    """Return the values of the folded cardinals among ``words``, ascending.

    A percentage is so many hundredths, “half” is one of two.
    """
    found = []
    for at, word in enumerate(words):
        number = Fraction(1, 2) if word == "half" else _value(word)
        if number is not None:
            share = at + 1 < len(words) and words[at + 1] == "%"
            found.append(number / 100 if share else number)
    return sorted(found)


def ranks(words: Sequence[str]) -> list[str]:
    """Return the folded ordinals among ``words``, in alphabetical order."""
    return sorted(word for word in words if word in _LOW_RANKS or _ORDINAL.fullmatch(word))


@lru_cache(maxsize=1 << 12)
def _value(word: str) -> Fraction | None:
    try:
        return Fraction(word) if word[:1].isdigit() else None
    except (ValueError, ZeroDivisionError):
        return None


class _Reader:
    """Reads the numbers in one list of words."""

    def __init__(self, words: Sequence[str]) -> None:
        self._words = words
        self._spoken: dict[int, _Amount] = {}
        self._ordinals: dict[int, tuple[int, str]] = {}
        self._listen()

    def phrases(self) -> list[Phrase]:
        """Return all numbers in order."""
        found: list[Phrase] = []
        at = 0
        while at < len(self._words):
            phrase = self._fraction(at) or self._sum(at) or self._ordinal(at)
            if phrase is None:
                at += 1
                continue
            if phrase.folded != (*self._words[phrase.start : phrase.end],):
                found.append(phrase)
            at = phrase.end
        return found

    def _listen(self) -> None:
        """Let text2num find the numbers in words."""
        from text_to_num import find_numbers

        if _TELLING.isdisjoint(self._words):
            return
        for one in find_numbers([*map(_Token, self._words)], "en", 0.0):
            own = self._words[one.start : one.end]
            if len(own) == 1 and (own[0] in _LONE or own[0][0].isdigit()):
                continue
            if one.is_ordinal:
                self._ordinals[one.start] = one.end, one.text
            else:
                scaled = not SCALES.keys().isdisjoint(own)
                amount = _Amount(one.start, one.end, Decimal(one.text), scaled, spoken=True)
                self._spoken[one.start] = amount

    def _word(self, at: int) -> str:
        return self._words[at] if 0 <= at < len(self._words) else ""

    def _is(self, at: int, *wanted: str) -> bool:
        return (*self._words[at : at + len(wanted)],) == wanted

    def _sum(self, at: int) -> Phrase | None:
        """Return the number that begins here, with the currency before it or the unit behind."""
        sign = CURRENCIES.get(self._word(at))
        amount = self._amount(at + (sign is not None))
        if amount is None:
            return None
        amount = self._shared_scale(amount)
        end = amount.end
        unit = (sign,) if sign else ()
        if not sign:
            unit, end = self._unit(end)
        return Phrase(at, end, (_plain(amount.value), *unit))

    def _unit(self, at: int) -> tuple[tuple[str, ...], int]:
        """Return the unit that a word begins, if any, and where it ends."""
        if self._is(at, "per", "cent"):
            return ("%",), at + 2
        named = at + 1 if self._word(at) in ("us", "american") else at
        name = _NAMED_UNITS.get(self._word(named))
        return ((name,), named + 1) if name else ((), at)

    def _shared_scale(self, amount: _Amount) -> _Amount:
        """Return “two” of “two or three million” as two million."""
        if amount.scaled or self._word(amount.end) not in ("or", "to"):
            return amount
        sign = self._word(amount.end + 1) in CURRENCIES
        other = self._amount(amount.end + 1 + sign)
        if other is None or not other.scaled or sign:
            return amount
        scale = max((s for s in SCALES.values() if other.value >= s), default=1)
        if amount.value < other.value / scale:
            return amount._replace(value=amount.value * scale, scaled=True)
        return amount

    def _amount(self, at: int) -> _Amount | None:
        """Return the value that begins with a word, with its scales."""
        found = self._digits(at) or self._spoken.get(at) or self._counted(at) or self._lone(at)
        if found is None:
            return None
        if self._is(found.end, "and", "a", "half"):
            largest = max((s for s in SCALES.values() if found.value >= s), default=1)
            whole = largest if found.scaled else 1
            found = found._replace(end=found.end + 3, value=found.value + Decimal(whole) / 2)
        return self._year(found) or self._scaled(found)

    def _digits(self, at: int) -> _Amount | None:
        match = _DIGITS.fullmatch(self._word(at))
        if match is None:
            return None
        number, short = Decimal(match[1]), match[2]
        scale = SCALES[_SHORT_SCALES[short]] if short else 1
        return _Amount(at, at + 1, number * scale, scaled=bool(short), spoken=False)

    def _counted(self, at: int) -> _Amount | None:
        """Return “a hundred”, “a dozen”, “half a million”, “a quarter of a million”."""
        for opening, share in (
            (("half", "a"), Decimal("0.5")),
            (("a", "half"), Decimal("0.5")),
            (("half",), Decimal("0.5")),
            (("a", "quarter", "of", "a"), Decimal("0.25")),
            (("quarter", "of", "a"), Decimal("0.25")),
            (("a",), Decimal(1)),
        ):
            first = at + len(opening)
            if self._is(at, *opening) and self._word(first) in SCALES:
                rest = self._spoken.get(first)
                if rest is None:  # a dozen: text2num does not know it
                    number = Decimal(SCALES[self._word(first)])
                    rest = _Amount(first, first + 1, number, scaled=True, spoken=True)
                return rest._replace(start=at, value=rest.value * share)
        return None

    def _lone(self, at: int) -> _Amount | None:
        """Return “one” or “zero” before a unit or a dozen."""
        number = {"one": 1, "zero": 0}.get(self._word(at))
        following = self._word(at + 1)
        if number is None or not (following in _UNITS or following == "dozen"):
            return None
        return _Amount(at, at + 1, Decimal(number), scaled=False, spoken=True)

    def _scaled(self, amount: _Amount) -> _Amount:
        """Multiply a value by the scales behind it: “5 hundred thousand”."""
        while self._word(amount.end) in SCALES:
            rest = self._spoken.get(amount.end)
            scale = rest.value if rest else Decimal(SCALES[self._word(amount.end)])
            end = rest.end if rest else amount.end + 1
            amount = amount._replace(end=end, value=amount.value * scale, scaled=True)
        return amount

    def _year(self, amount: _Amount) -> _Amount | None:
        """Return “nineteen eighty-four” as a year."""
        rest = self._spoken.get(amount.end)
        if rest is None or not amount.spoken or amount.scaled or rest.scaled:
            return None
        if amount.value not in _YEAR_HALF or rest.value not in _YEAR_HALF or amount.value > 20:
            return None
        return amount._replace(end=rest.end, value=amount.value * 100 + rest.value)

    def _fraction(self, at: int) -> Phrase | None:
        """Return “two thirds”, “a quarter of”, “one third”."""
        word, part = self._word(at), self._word(at + 1)
        if part in _MANY_PARTS and (amount := self._digits(at) or self._spoken.get(at)):
            if amount.end == at + 1 and amount.value == int(amount.value):
                share = f"{int(amount.value)}/{_MANY_PARTS[part]}"
                return Phrase(at, at + 2, (share,))
        if part in _PARTS and (word == "one" or (word == "a" and self._word(at + 2) == "of")):
            if part != "half" and self._word(at + 3) not in SCALES and not self._counted(at):
                return Phrase(at, at + 2, (f"1/{_PARTS[part]}",))
        return None

    def _ordinal(self, at: int) -> Phrase | None:
        if at in self._ordinals:
            end, text = self._ordinals[at]
            return Phrase(at, end, (_ORDER.get(text, text),))
        word = self._word(at)
        return Phrase(at, at + 1, (_ORDER[word],)) if word in _ORDER else None


def _plain(number: Decimal) -> str:
    """Return a number in digits, without a point where it is whole."""
    text = f"{number:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text
