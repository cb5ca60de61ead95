"""Blocking keys: which stored renderings are worth comparing with a new one.

Wordings meet through pairs of telling words that stand next to each other once function words are
left out: a trimmed rendering keeps most of these pairs. A wording with one telling word has no
pair; it meets longer wordings through that word, but longer ones never meet through one common
topic word. One without any (“we’re not there yet”) meets them through four words in a row. These
near keys hold for some weeks: printings further apart, and undated ones and dated ones, meet
through five telling words in a row. So the work grows with what a speaker says in a month, not in a
life. Where a statement stands beside another one, the most telling runs of that other one are its
keys, too: so two translations of a sentence meet that have no word in common. The weights come from
a fixed table, so that a rendering's keys depend on its words, what stands beside it and its date.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from hashlib import blake2b
from itertools import accumulate
from operator import sub
from typing import TYPE_CHECKING, Any, NamedTuple, TypeVar

from quotes.english.informativeness import FUNCTION_BITS, word_bits
from quotes.normaliser.fold import ELLIPSIS
from quotes.normaliser.thresholds import NEAR_DAYS

if TYPE_CHECKING:
    from numpy.typing import NDArray

Number = TypeVar("Number", int, "NDArray[Any]")
"""Numbers of 64 bits without a sign, one or many."""

_ENDING = re.compile(r"(?<=\w{4})(?:ations?|ing(?:ly|s)?|ed(?:ly)?|ies|es|ly|s|e|y)$")

MAX_WORDS = 80
"""Telling words beyond this give no keys: nobody says longer statements."""
FAR_WORDS = 4
"""A shorter wording is never the same statement after a month."""
FAR_RUN = 5
"""So many telling words in a row bring wordings together after a month, or without a date."""
LIGHT_RUN = 4
"""So many words in a row that tell nothing bring a wording made of such words to longer ones."""
_RUN = b"\1" * LIGHT_RUN
_MASK = 0xFFFFFFFFFFFFFFFF
_LONE, _AMONG, _FAR, _LIGHT, _AMONG_LIGHT, _BEFORE, _BEHIND = 1, 2, 3, 4, 5, 6, 7
CONTEXT_PAIRS = 4
"""So many pairs of the words beside a statement, the most telling ones, are its keys ..."""
CONTEXT_RUNS = 2
"""... and so many runs of ``FAR_RUN`` telling words."""

Beside = tuple[str, str]
"""The folded texts before and behind a statement, empty where there is none."""


@dataclass(frozen=True, slots=True)
class Keys:
    """The keys of a folded text, whatever its date.

    ``stored`` and ``sought`` meet only between texts of neighbouring periods, ``far`` always.
    """

    stored: set[int]
    sought: set[int]
    far: set[int]

    def beside(self, near: Collection[int], far: Collection[int]) -> Keys:
        """Return these keys together with those of what stands beside the text."""
        if not near:
            return self
        return Keys(self.stored.union(near), self.sought.union(near), self.far.union(far))


@lru_cache(maxsize=1 << 12)
def keys(folded: str) -> Keys:
    """Return under which keys a text is found (at most ``3 * MAX_WORDS``), and which it seeks."""
    words = [*map(_word, folded.split())]
    telling = _telling(words)
    numbers = [word.number for word in telling]
    whole = whole_key(folded)
    stored = {whole, *run_sums(numbers, 2)}
    sought = stored.union([word.lone for word in telling])
    if len(telling) == 1:
        sought.add(telling[0].among)
        stored.add(telling[0].lone)
    else:
        stored.update([word.among for word in telling])
    light = bytes([word.is_light for word in words])
    if _RUN in light[: 2 * MAX_WORDS]:
        _add_light_runs(words, light, stored, sought)
    return Keys(stored, sought, _far_keys(folded, whole, numbers))


def rendering_keys(folded: str, beside: Beside) -> Keys:
    """Return the keys of a text together with those of what stands beside it."""
    return keys(folded).beside(*context_keys(beside))


def stored_keys(folded: str, published: date | None, beside: Beside = ("", "")) -> set[int]:
    """Return the keys under which a rendering is found (at most ``4 * MAX_WORDS``)."""
    own = rendering_keys(folded, beside)
    return _in_period(period(published), own.stored).union(own.far)


def sought_keys(folded: str, published: date | None, beside: Beside = ("", "")) -> set[int]:
    """Return the keys to look up for a rendering: the counterpart of ``stored_keys``."""
    own = rendering_keys(folded, beside)
    reached = (_in_period(now, own.sought) for now in neighbours(period(published)))
    return own.far.union(*reached)


def context_keys(beside: Beside) -> tuple[dict[int, str], dict[int, str]]:
    """Return the keys by which statements that stand beside the same one meet, near and far.

    Each comes with the text that it was made of.
    """
    near: dict[int, str] = {}
    far: dict[int, str] = {}
    for side, text in zip((_BEFORE, _BEHIND), beside, strict=True):
        if text:
            pairs, runs = _most_telling(text)
            near.update((mix(side, key), text) for key in pairs)
            far.update((mix(side, key), text) for key in runs)
    return near, far


@lru_cache(maxsize=1 << 12)
def _most_telling(folded: str) -> tuple[list[int], list[int]]:
    """Return the keys of the pairs, and of the runs, of a text that tell most."""
    telling = _telling([*map(_word, folded.split())])
    found = []
    for length, many in ((2, CONTEXT_PAIRS), (FAR_RUN, CONTEXT_RUNS)):
        windows = [telling[at : at + length] for at in range(len(telling) - length + 1)]
        told = {
            mix(_FAR, sum(word.number for word in run)): sum(word.bits for word in run)
            for run in windows
        }
        found.append(sorted(told, key=lambda key: (-told[key], key))[:many])
    return found[0], found[1]


def neighbours(now: int) -> tuple[int, ...]:
    """Return the periods whose printings meet those of the period ``now``."""
    return (now - 1, now, now + 1) if now else (now,)


def period(published: date | None) -> int:
    """Return the number of the stretch of ``NEAR_DAYS`` that a day lies in; 0 for no day."""
    return 0 if published is None else published.toordinal() // NEAR_DAYS + 1


@lru_cache(maxsize=1 << 16)
def digest(text: str) -> int:
    """Return the same number (63 bits) for the same text, always and everywhere."""
    return int.from_bytes(blake2b(text.encode(), digest_size=8).digest()) >> 1


class _Word(NamedTuple):
    """What a folded word contributes; an omission neither tells nor is light."""

    text: str
    tells: bool
    is_light: bool
    bits: float
    number: int
    lone: int
    among: int


def telling_numbers(folded: str) -> list[int]:
    """Return the numbers of the stems of the words that tell something; of all if none does."""
    return [word.number for word in _telling([*map(_word, folded.split())])]


def run_sums(numbers: Sequence[int], length: int) -> Iterator[int]:
    """Return the sums of all runs of so many numbers, in order."""
    totals = [0, *accumulate(numbers)]
    return map(sub, totals[length:], totals)


def _telling(words: Sequence[_Word]) -> list[_Word]:
    telling = [word for word in words if word.tells] or [word for word in words if word.is_light]
    return telling[:MAX_WORDS]


@lru_cache(maxsize=1 << 16)
def _word(text: str) -> _Word:
    number = digest(stem(text))
    bits = word_bits(text)
    light = bits <= FUNCTION_BITS
    tells = not light and text != ELLIPSIS
    return _Word(text, tells, light, bits, number, mix(_LONE, number), mix(_AMONG, number))


def _add_light_runs(
    words: Sequence[_Word], light: bytes, stored: set[int], sought: set[int]
) -> None:
    """Add the keys of all runs of ``LIGHT_RUN`` words that tell nothing one by one."""
    runs = [
        whole_key(" ".join(word.text for word in words[at : at + LIGHT_RUN]))
        for at in range(min(len(words), 2 * MAX_WORDS) - LIGHT_RUN + 1)
        if light.startswith(_RUN, at)
    ]
    lone, among = ({mix(kind, run) for run in runs} for kind in (_LIGHT, _AMONG_LIGHT))
    alone = all(light)
    stored |= lone if alone else among
    sought |= lone | among if alone else lone


def _far_keys(folded: str, whole: int, numbers: Sequence[int]) -> set[int]:
    """Return the keys by which renderings meet however much time lies between them.

    They are longer than a stock phrase, so that the work does not grow with a speaker's habits.
    """
    if folded.count(" ") < FAR_WORDS - 1:
        return set()
    if len(numbers) < FAR_RUN:
        return {mix(_FAR, whole)}
    return {mix(_FAR, run) for run in run_sums(numbers, FAR_RUN)}


def _in_period(now: int, near: Iterable[int]) -> set[int]:
    return {mix(now, key) for key in near}


def whole_key(folded: str) -> int:
    """Return the number of a whole wording."""
    return int.from_bytes(blake2b(folded.encode(), digest_size=8).digest()) >> 1


def mix(kind: Number, key: Number) -> Number:
    """Return one number (63 bits) for a kind of key, or a period, and a key (or arrays of them)."""
    mixed: Number = (key ^ (kind * 0x9E3779B97F4A7C15 & _MASK)) * 0xD6E8FEB86659FD93 & _MASK
    mixed ^= mixed >> 32
    mixed >>= 1
    return mixed


@lru_cache(maxsize=1 << 16)
def stem(word: str) -> str:
    """Return ``word`` without a plural or verb ending: enough for “threats”, “threatened”."""
    return _ENDING.sub("", word)
