"""Numbers as values: “two hundred” is 200, “$1.5 billion” and “$1,500 million” are one sum.

Words are turned into digits by text2num (Allo-Media, MIT licence), which reads cardinals, ordinals
and decimals. What newspapers add to these is read here, by ``seeds/english/numbers.toml``: scales
behind digits (“1.5bn”), signs and names of currencies, dozens, halves and other fractions, years in
two halves, and a scale that two numbers share (“two or three million”).
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from functools import cache, cached_property, lru_cache
from typing import NamedTuple

from quotes.errors import SeedError
from quotes.resources import folder

_DIGITS = re.compile(r"(\d+(?:\.\d+)?)([a-z]*)")
_ORDINAL = re.compile(r"\d+(?:st|nd|rd|th)")
_YEAR_HALF = range(10, 100)


@dataclass(frozen=True)
class _Table:
    """What ``seeds/english/numbers.toml`` says, ready to be looked up."""

    scales: Mapping[str, int]
    short: Mapping[str, int]
    signs: Mapping[str, str]
    units: Mapping[str, str]
    parts: Mapping[str, int]
    ranks: tuple[str, ...]
    telling: frozenset[str]

    @cached_property
    def many_parts(self) -> Mapping[str, int]:
        """The plurals of the parts."""
        return {f"{part}s": count for part, count in self.parts.items()} | {"halves": 2}

    @cached_property
    def lone(self) -> frozenset[str]:
        """What text2num takes for a number and is a word by itself."""
        return frozenset(("one", "zero", *self.ranks))

    @cached_property
    def opening(self) -> frozenset[str]:
        """The words that may begin a number, besides those that text2num finds and digits."""
        return frozenset((*self.signs, *self.low_ranks, "a", "half", "one", "quarter", "zero"))

    @cached_property
    def low_ranks(self) -> Mapping[str, str]:
        """The first ordinals in digits, and the words that they fold to."""
        return dict(zip(("1st", "2nd", "3rd"), self.ranks, strict=True))


@cache
def _table() -> _Table:
    """Read the table. Raises SeedError if it is malformed."""
    path = folder("seeds") / "english" / "numbers.toml"
    try:
        given = tomllib.loads(path.read_text(encoding="utf-8"))
        scales: dict[str, int] = dict(given["scales"])
        short = {
            one: scales[word] for word, forms in given["short"].items() for one in forms.split()
        }
        signs = dict(given["signs"])
        names = {name: name for name in signs.values()}
        units = names | {
            one: name for name, forms in given["units"].items() for one in forms.split()
        }
        parts = dict(given["parts"])
        telling = frozenset((*given["telling"].split(), *scales, *signs, *given["units"], *units))
        return _Table(scales, short, signs, units, parts, tuple(given["ranks"].split()), telling)
    except (OSError, AttributeError, KeyError, TypeError, ValueError) as error:
        raise SeedError(f"{path}: is not what its comments say ({error!r})") from error


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
    if _table().telling.isdisjoint(words) and not any(map(str.isdigit, [w[0] for w in words])):
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
    return sorted(word for word in words if word in _table().ranks or _ORDINAL.fullmatch(word))


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
        self._table = _table()
        self._spoken: dict[int, _Amount] = {}
        self._ordinals: dict[int, tuple[int, str]] = {}
        self._listen()

    def phrases(self) -> list[Phrase]:
        """Return all numbers in order."""
        found: list[Phrase] = []
        at = 0
        while at < len(self._words):
            phrase = self._may_begin(at) and (
                self._fraction(at) or self._sum(at) or self._ordinal(at)
            )
            if not phrase:
                at += 1
                continue
            if phrase.folded != (*self._words[phrase.start : phrase.end],):
                found.append(phrase)
            at = phrase.end
        return found

    def _may_begin(self, at: int) -> bool:
        word = self._words[at]
        return (
            word in self._table.opening
            or word[:1].isdigit()
            or at in self._spoken
            or at in self._ordinals
        )

    def _listen(self) -> None:
        """Let text2num find the numbers in words."""
        from text_to_num import find_numbers

        if self._table.telling.isdisjoint(self._words):
            return
        for one in find_numbers([*map(_Token, self._words)], "en", 0.0):
            own = self._words[one.start : one.end]
            if len(own) == 1 and (own[0] in self._table.lone or own[0][0].isdigit()):
                continue
            if one.is_ordinal:
                self._ordinals[one.start] = one.end, one.text
            else:
                scaled = not self._table.scales.keys().isdisjoint(own)
                amount = _Amount(one.start, one.end, Decimal(one.text), scaled, spoken=True)
                self._spoken[one.start] = amount

    def _word(self, at: int) -> str:
        return self._words[at] if 0 <= at < len(self._words) else ""

    def _is(self, at: int, *wanted: str) -> bool:
        return (*self._words[at : at + len(wanted)],) == wanted

    def _sum(self, at: int) -> Phrase | None:
        """Return the number that begins here, with the currency before it or the unit behind."""
        sign = self._table.signs.get(self._word(at))
        amount = self._amount(at + (sign is not None))
        if amount is None:
            return None
        amount = self._shared_scale(amount)
        end = amount.end
        unit: tuple[str, ...] = (sign,) if sign else ()
        if not sign:
            unit, end = self._unit(end)
        return Phrase(at, end, (_plain(amount.value), *unit))

    def _unit(self, at: int) -> tuple[tuple[str, ...], int]:
        """Return the unit that a word begins, if any, and where it ends."""
        if self._is(at, "per", "cent"):
            return ("%",), at + 2
        named = at + 1 if self._word(at) in ("us", "american") else at
        name = self._table.units.get(self._word(named))
        return ((name,), named + 1) if name else ((), at)

    def _shared_scale(self, amount: _Amount) -> _Amount:
        """Return “two” of “two or three million” as two million."""
        if amount.scaled or self._word(amount.end) not in ("or", "to"):
            return amount
        sign = self._word(amount.end + 1) in self._table.signs
        other = self._amount(amount.end + 1 + sign)
        if other is None or not other.scaled or sign:
            return amount
        scale = self._largest_scale(other.value)
        if amount.value < other.value / scale:
            return amount._replace(value=amount.value * scale, scaled=True)
        return amount

    def _largest_scale(self, value: Decimal) -> int:
        return max((scale for scale in self._table.scales.values() if value >= scale), default=1)

    def _amount(self, at: int) -> _Amount | None:
        """Return the value that begins with a word, with its scales."""
        found = self._digits(at) or self._spoken.get(at) or self._counted(at) or self._lone(at)
        if found is None:
            return None
        if self._is(found.end, "and", "a", "half"):
            largest = self._largest_scale(found.value)
            whole = largest if found.scaled else 1
            found = found._replace(end=found.end + 3, value=found.value + Decimal(whole) / 2)
        return self._year(found) or self._scaled(found)

    def _digits(self, at: int) -> _Amount | None:
        match = _DIGITS.fullmatch(self._word(at))
        if match is None:
            return None
        number, short = Decimal(match[1]), match[2]
        scale = self._table.short.get(short) if short else 1
        if scale is None:
            return None
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
            if self._is(at, *opening) and self._word(first) in self._table.scales:
                rest = self._spoken.get(first)
                if rest is None:  # a dozen: text2num does not know it
                    number = Decimal(self._table.scales[self._word(first)])
                    rest = _Amount(first, first + 1, number, scaled=True, spoken=True)
                return rest._replace(start=at, value=rest.value * share)
        return None

    def _lone(self, at: int) -> _Amount | None:
        """Return “one” or “zero” before a unit or a dozen."""
        number = {"one": 1, "zero": 0}.get(self._word(at))
        following = self._word(at + 1)
        if number is None or not (
            following in self._table.units or following == "%" or following == "dozen"
        ):
            return None
        return _Amount(at, at + 1, Decimal(number), scaled=False, spoken=True)

    def _scaled(self, amount: _Amount) -> _Amount:
        """Multiply a value by the scales behind it: “5 hundred thousand”."""
        while self._word(amount.end) in self._table.scales:
            rest = self._spoken.get(amount.end)
            scale = rest.value if rest else Decimal(self._table.scales[self._word(amount.end)])
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
        whole = self._table.parts.get(part)
        if whole and (word == "one" or (word == "a" and self._word(at + 2) == "of")):
            return None if part == "half" or self._counted(at) else self._share(at, 1, whole)
        amount = self._digits(at) or self._spoken.get(at)
        if amount is None or amount.end > at + 1 or part not in self._table.many_parts:
            return None
        return self._share(at, amount.value, self._table.many_parts[part])

    def _share(self, at: int, count: Decimal | int, whole: int) -> Phrase | None:
        return Phrase(at, at + 2, (f"{count}/{whole}",)) if count == int(count) else None

    def _ordinal(self, at: int) -> Phrase | None:
        if at in self._ordinals:
            end, text = self._ordinals[at]
            return Phrase(at, end, (self._table.low_ranks.get(text, text),))
        word = self._word(at)
        return (
            Phrase(at, at + 1, (self._table.low_ranks[word],))
            if word in self._table.low_ranks
            else None
        )


def _plain(number: Decimal) -> str:
    """Return a number in digits, without a point where it is whole."""
    text = f"{number:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text
