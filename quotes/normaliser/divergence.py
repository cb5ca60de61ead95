"""Does a rendering say something else than the wording it goes with? Guards against silent twists.

A rendering that drops a “not”, prints another number or another name, or makes “may” a “will”
stays with its quote but is flagged. The guards look only at words inside the stretch that both
wordings cover: what was trimmed away at either end twists nothing.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise
from typing import Literal, NamedTuple

from rapidfuzz.distance import LCSseq, Levenshtein, Opcode

from quotes.english.informativeness import FUNCTION_WORDS, RARE_BITS, word_bits
from quotes.english.numbers import ranks, values
from quotes.english.wordings import load_wordings
from quotes.english.wordnet import are_synonyms
from quotes.normaliser.fold import ELLIPSIS, printed_words
from quotes.normaliser.keys import stem
from quotes.records import Relation

Reason = Literal["negation", "number", "name", "object", "modal"]

_KNOWN = load_wordings()
_MOVABLE = sorted(_KNOWN.movable)
_OPPOSITES = tuple(sorted(_KNOWN.denying_prefixes))
_SAME_START = 4
_BELONGING = re.compile(r"(?:n|ns|ese|ish|is?|s)\b")
_LONG_NAME = 6
_SAME_NAME = 0.6
_STRAY_DISTANCE = 4
_OTHER_END = 2
"""Ends of up to so many words, both different, were exchanged and not trimmed away."""
_MARKS = "“”\"'‘’)],.;:!?"
_SENTENCE_ENDS = ".!?:…"

_IN_WORDS: dict[Reason, str] = {
    "negation": "negation dropped or added",
    "number": "another number",
    "name": "another name",
    "object": "another thing",
    "modal": "more or less certain",
}


@dataclass(frozen=True, slots=True)
class Divergence:
    """One reason why two wordings differ in meaning, with the words on each side.

    They are folded; numbers are as printed.
    """

    reason: Reason
    canonical: tuple[str, ...]
    variant: tuple[str, ...]

    def __str__(self) -> str:
        """Return the reason in words, as ``quotes show`` prints it."""
        sides = (self.variant, self.canonical)
        here, there = (f"“{' '.join(side)}”" if side else "nothing" for side in sides)
        return f"{_IN_WORDS[self.reason]}: {here} instead of {there}"


@dataclass(frozen=True, slots=True)
class Word:
    """A folded word of a printed wording, and whether it is written like a name.

    ``printed`` is the number that it is a part of, without marks around it; empty for other words.
    """

    folded: str
    is_name: bool
    printed: str = ""


def divergences(canonical: Sequence[Word], variant: Sequence[Word]) -> tuple[Divergence, ...]:
    """Return where two wordings, read by ``read``, say different things (empty: nowhere)."""
    changes = [c for c in _changes(canonical, variant) if c.left or c.right]
    if not changes:
        return ()
    whole = (*canonical, *variant)
    found = [
        _negation(changes, canonical, variant),
        *(_number(change.left, change.right) for change in changes),
        *(_name(change.left, change.right) for change in changes),
        *(_object(change, whole) for change in changes),
        *(_modal(change.left, change.right) for change in changes),
    ]
    return tuple(divergence for divergence in found if divergence)


def warnings(canonical: str, variant: str) -> tuple[str, ...]:
    """Return in words where two texts say different things (empty: nowhere)."""
    return tuple(map(str, divergences(read(canonical), read(variant))))


def told(relation: Relation, canonical: str, variant: str) -> tuple[str, ...]:
    """Return in words why a stored variant counts as divergent (empty: it does not).

    A person may have found what the words do not show, or that what they show changes nothing.
    """
    if relation != "divergent":
        return ()
    return warnings(canonical, variant) or ("a person found that the meaning changed",)


def read(text: str) -> tuple[Word, ...]:
    """Return the folded words of a printed wording.

    A capital counts as a name’s unless a sentence begins there.
    """
    lower = any(map(str.islower, text))
    words: list[Word] = []
    begins = True
    for printed, folded in printed_words(text):
        words += _read_printed(printed, folded, lower, begins)
        begins = printed.rstrip("“”\"'‘’)]")[-1:] in _SENTENCE_ENDS
    return tuple(words)


@lru_cache(maxsize=1 << 16)
def _read_printed(printed: str, folded: str, lower: bool, begins: bool) -> tuple[Word, ...]:
    """Return the words of one printed word, in a text with small letters or at a beginning."""
    bare = printed.lstrip("“”\"'‘’([")
    capital = lower and bare[:1].isupper() and not bare.startswith(("I'", "I’"))
    words = [word for word in folded.split() if word != ELLIPSIS]
    number = bare.rstrip(_MARKS) if values(words) or ranks(words) else ""
    return tuple(
        Word(
            word,
            capital and (word_bits(word) >= RARE_BITS if begins else word not in FUNCTION_WORDS),
            number,
        )
        for word in words
    )


class Change(NamedTuple):
    """Words of either wording in the same place, and the word that both have before it."""

    left: Sequence[Word]
    right: Sequence[Word]
    after: str


def _changes(left: Sequence[Word], right: Sequence[Word]) -> Iterator[Change]:
    """Yield what differs between the first and the last words that both wordings share.

    Other last words in place of a few count, too.
    """
    codes = LCSseq.opcodes(
        [stem(word.folded) for word in left], [stem(word.folded) for word in right]
    )
    equal = [code for code in codes if code.tag == "equal"]
    equal = _without_strays(left, _without_strays(left, equal)[::-1])[::-1]
    for before, after in pairwise(equal):
        yield Change(
            left[before.src_end : after.src_start],
            right[before.dest_end : after.dest_start],
            left[before.src_end - 1].folded,
        )
    if equal:
        last = equal[-1]
        ends = left[last.src_end :], right[last.dest_end :]
        if all(0 < len(end) <= _OTHER_END for end in ends):
            yield Change(*ends, left[last.src_end - 1].folded)


def _without_strays(words: Sequence[Word], blocks: list[Opcode]) -> list[Opcode]:
    """Return the blocks of shared words without chance matches at the first end.

    Function words alone, a way off from all that follows, are no counterparts of each other.
    """
    first = 0
    for at, (block, following) in enumerate(pairwise(blocks)):
        if any(
            word.folded not in FUNCTION_WORDS for word in words[block.src_start : block.src_end]
        ):
            break
        if _distance(block, following) > _STRAY_DISTANCE:
            first = at + 1
    return blocks[first:]


def _distance(one: Opcode, other: Opcode) -> int:
    """Return how many words, in either wording, lie between two blocks."""
    before, after = sorted((one, other), key=lambda block: block.src_start)
    return max(after.src_start - before.src_end, after.dest_start - before.dest_end)


def _folded(words: Iterable[Word]) -> tuple[str, ...]:
    return tuple(word.folded for word in words)


def _negation(
    changes: Sequence[Change], canonical: Sequence[Word], variant: Sequence[Word]
) -> Divergence | None:
    left = tuple(word for change in changes for word in _folded(change[0]))
    right = tuple(word for change in changes for word in _folded(change[1]))
    is_denied = not _KNOWN.negations.isdisjoint((*left, *right))
    moved = [*_moved(canonical, variant)] if is_denied else []
    dropped = [word for word in left if _denies(word, right, moved)]
    added = [word for word in right if _denies(word, left, moved)]
    if len(dropped) % 2 == len(added) % 2:
        return None
    return Divergence("negation", tuple(dropped), tuple(added))


def _moved(left: Sequence[Word], right: Sequence[Word]) -> Iterator[str]:
    """Yield the beginnings of the denials that both wordings have, wherever they stand."""
    for denial in _MOVABLE:
        there, here = (
            sum(word.folded.startswith(denial) for word in words) for words in (left, right)
        )
        if there == here:
            yield denial


def _denies(word: str, others: Sequence[str], moved: Sequence[str]) -> bool:
    """Whether a word denies what the other wording says without it."""
    if word in _KNOWN.negations:
        return not word.startswith(tuple(moved))
    return _is_opposite(word, others)


def _is_opposite(word: str, others: Sequence[str]) -> bool:
    """Whether ``word`` is one of ``others`` with a denying prefix."""
    if not word.startswith(_OPPOSITES):
        return False
    return any(
        word == prefix + other for prefix in _OPPOSITES for other in others if len(other) > 3
    )


def _number(left: Sequence[Word], right: Sequence[Word]) -> Divergence | None:
    there, here = _folded(left), _folded(right)
    for kind in (values, ranks):
        if kind(there) and kind(here) and kind(there) != kind(here):
            return Divergence("number", _printed_numbers(left), _printed_numbers(right))
    return None


def _printed_numbers(words: Sequence[Word]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(word.printed for word in words if word.printed))


def _name(left: Sequence[Word], right: Sequence[Word]) -> Divergence | None:
    there = tuple(word.folded for word in left if word.is_name)
    here = tuple(word.folded for word in right if word.is_name)
    if not there or not here or any(_same_name(one, two) for one in there for two in here):
        return None
    return Divergence("name", there, here)


def _object(change: Change, whole: Sequence[Word]) -> Divergence | None:
    """Whether one thing stands in place of another, “the tunnel” for “the hospital”.

    Neither may be found anywhere else in the two wordings (``whole``): then the order is another
    one. An adverb (“an extremely”, “an exceptionally productive day”) is no thing.
    """
    if len(change.left) != 1 or len(change.right) != 1 or change.after not in _KNOWN.pointers:
        return None
    (one,), (other,) = change.left, change.right
    if one.folded.endswith("ly") and other.folded.endswith("ly"):
        return None
    if one.is_name or other.is_name or FUNCTION_WORDS & {one.folded, other.folded}:
        return None
    if not {one.folded, other.folded}.isdisjoint(_repeated(whole)):
        return None
    if one.printed or other.printed or _same_name(one.folded, other.folded):
        return None
    if are_synonyms(one.folded, other.folded):
        return None
    return Divergence("object", (one.folded,), (other.folded,))


def _repeated(words: Sequence[Word]) -> set[str]:
    counts = Counter(word.folded for word in words)
    return {word for word, count in counts.items() if count > 1}


def _same_name(left: str, right: str) -> bool:
    """Whether two names may be spellings or forms of one (“Norway”, “Norwegians”)."""
    short, long = sorted((left, right), key=len)
    if long.startswith(short):
        return True
    if left[:_SAME_START] == right[:_SAME_START] and _BELONGING.search(f"{left} {right}"):
        return True
    spelt = Levenshtein.normalized_similarity(left, right)
    return len(short) >= _LONG_NAME and spelt >= _SAME_NAME


def _modal(left: Sequence[Word], right: Sequence[Word]) -> Divergence | None:
    there, here = _folded(left), _folded(right)
    weak, strong = _KNOWN.possible, _KNOWN.certain
    for one, two in ((weak, strong), (strong, weak)):
        if one & set(there) and two & set(here) and not two & set(there) and not one & set(here):
            return Divergence(
                "modal",
                tuple(word for word in there if word in one),
                tuple(word for word in here if word in two),
            )
    return None
