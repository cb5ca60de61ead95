"""Fold a wording to what was said: the differences of house style and typing disappear.

Two renderings with the same fold are the same variant. The result is for comparing, never shown:
words parted by single spaces, and ``…`` where the print left something out between them.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from itertools import chain, groupby, pairwise

from quotes.english.numbers import Phrase, number_phrases
from quotes.english.patterns import alternatives
from quotes.english.wordings import load_wordings

ELLIPSIS = "…"
CENSORED = "*"
"""Stands for the letters of a word that the print left out."""

_KNOWN = load_wordings()
_APOSTROPHES = str.maketrans(dict.fromkeys("’‘‛`´ʼ′", "'"))
_OMISSION = re.compile(r"[\[(]?\s*(?:…|\.(?:\s?\.){2,})[.\s…]*\s*[\])]?")
_LETTER_IN_BRACKETS = re.compile(r"\[(\w{1,2})\](?=\w)|(?<=\w)\[(\w{1,3})\]")
_EDITORIAL = re.compile(rf"\[[^\[\]]{{0,80}}\]|\((?:{alternatives(_KNOWN.asides)})\)")
_EXPLETIVE = re.compile(rf"[\[(](?:{alternatives(_KNOWN.bleeps)})[^\])]{{0,20}}[\])]")
_CENSORED = re.compile(
    r"\b([a-z])(?:[a-z]*\*+|[#@_]+|-{2,}|[–—]+(?=[a-z]\b|ing\b|ed\b|er\b))[a-z*#@-]*"
)
_TAIL = re.compile(r"[a-z]{4,}$")
_CENSOR_MARK = re.compile(r"[*#@_–—]|--")
_INITIALS = re.compile(r"\b(?:[a-z]\.){2,}(?:[a-z]\b)?")
_PROFANE = re.compile(rf"(?:mother)?(?:{alternatives(_KNOWN.profanities)})\w*")
_WORD = re.compile(
    r"\b[a-z]\*\w*|\b(?:us|nz|hk|[ac])\$|\d+(?:[.,]\d+)*(?:[kmbt]|[mbt]l?n|trn)?(?!\w)%?|\w+(?:'\w+)*'?|'\w+|[…%&*$€£¥₴₽₹]"
)
_PRINTED = re.compile(r"\[[^\[\]]{0,80}\]\S*|[^\s—–]+[—–]?|[—–]")
_INSERTED = re.compile(r"\[[^\[\]]{4,80}\]\W*")
_CAPITAL = re.compile(r"[A-Z](?<=[a-z],\s.|.[a-z]\s.)\w+")
_POSSESSIVE = re.compile(r"'s?$")

_SIGNS = "$€£¥₴₽₹"
_UNSETTLED = frozenset((*_KNOWN.hesitations, *_SIGNS, ELLIPSIS))
_SUFFIXES = (
    (re.compile(r"(?<=\w{3})([iy])z(e|es|ed|er|ers|ing|ation|ations)$"), r"\1s\2"),
    (
        re.compile(rf"^({alternatives(_KNOWN.our)})our"),
        r"\1or",
    ),
    (re.compile(r"(?<=\w{2})ense(s?)$"), r"ence\1"),
    (
        re.compile(rf"^({alternatives(_KNOWN.doubled)})ll(ed|ing|er|ers|or|ors)$"),
        r"\1l\2",
    ),
    (re.compile(r"sk(?:yy|iy|ii|ij)$"), "sky"),
)


@lru_cache(maxsize=1 << 12)
def fold(text: str) -> str:
    """Return the words of ``text`` in their folded form, parted by single spaces.

    Case, accents, marks, dashes, contractions, possessives, British and American spelling, number
    words, hesitations, censored letters and the editor's square brackets are evened out; ``…``
    stays where words were left out between words. Folding twice changes nothing.
    """
    words = _settled(_open(text))
    while words and words[0] == ELLIPSIS:
        del words[0]
    while words and words[-1] == ELLIPSIS:
        del words[-1]
    return " ".join(words)


def printed_words(text: str) -> list[tuple[str, str]]:
    """Return the words of ``text`` as printed, each with its own fold.

    A number of several words (“two hundred”, “$1.5 billion”) is one word. What an editor put into
    square brackets is one word with an empty fold.
    """
    printed = _PRINTED.findall(text)
    opened = [*map(_open_printed, printed)]
    home = [at for at, own in enumerate(opened) for _ in own]
    words = [*chain.from_iterable(opened)]
    phrases = number_phrases(words)
    if not phrases:
        kept = (" ".join(filter(_is_word, own)) for own in opened)
        return [*zip(printed, kept, strict=True)]
    head = [*range(len(printed))]
    for phrase in phrases:
        first, last = home[phrase.start], home[phrase.end - 1]
        head[first : last + 1] = [head[first]] * (last + 1 - first)
    folded: dict[int, list[str]] = {at: [] for at in head}
    for start, end, own in _replaced(words, phrases):
        folded[head[home[start]]] += own if own else words[start:end]
    groups = groupby(range(len(printed)), key=head.__getitem__)
    return [
        (" ".join(printed[at] for at in group), " ".join(filter(_is_word, folded[first])))
        for first, group in groups
    ]


def capitals(text: str) -> frozenset[str]:
    """Return the words of ``text``, in small letters, that have a capital inside a sentence.

    What follows a small letter counts, so that a headline or a sentence in capitals has none.
    """
    return frozenset(word.casefold() for word in _CAPITAL.findall(text))


@lru_cache(maxsize=1 << 16)
def _open_printed(word: str) -> tuple[str, ...]:
    return () if _INSERTED.fullmatch(word) else tuple(_open(word))


def _open(text: str) -> list[str]:
    """Return the words of a text in lower case, spelt in one way; numbers are as printed."""
    plain = _strip_accents(text.translate(_APOSTROPHES)).casefold()
    if "." in plain:
        plain = _INITIALS.sub(lambda match: match.group().replace(".", ""), plain)
    brackets = "[" in plain or "(" in plain
    if brackets:
        plain = _EXPLETIVE.sub(" * ", plain)
    if ELLIPSIS in plain or plain.count(".") > 2:
        plain = _OMISSION.sub(f" {ELLIPSIS} ", plain)
    if brackets:
        plain = _LETTER_IN_BRACKETS.sub(r"\1\2", plain)
    return (brackets and _words(_EDITORIAL.sub(" ", plain))) or _words(plain)


def _words(plain: str) -> list[str]:
    """Return the words of a text in lower case whose brackets are settled."""
    if _CENSOR_MARK.search(plain):
        plain = _CENSORED.sub(_censored, plain)
    return [*chain.from_iterable(map(_full_words, _WORD.findall(plain)))]


def _censored(match: re.Match[str]) -> str:
    """Return the first letter of a censored word, and its end where that is long enough to tell."""
    tail = _TAIL.search(match[0], 2)
    return f" {match[1]}{CENSORED}{tail[0] if tail else ''} "


def _settled(words: list[str]) -> list[str]:
    """Return ``words`` with numbers as values, without hesitations and repeated omissions."""
    if phrases := number_phrases(words):
        words = [
            word
            for start, end, own in _replaced(words, phrases)
            for word in own or words[start:end]
        ]
    if _UNSETTLED.isdisjoint(words):
        return words
    kept = filter(_is_word, words)
    return [word for before, word in pairwise(("", *kept)) if not before == word == ELLIPSIS]


def _replaced(
    words: Sequence[str], phrases: Iterable[Phrase]
) -> Iterator[tuple[int, int, tuple[str, ...]]]:
    """Yield the words one by one (start, end, nothing) and the numbers among them."""
    at = 0
    for phrase in phrases:
        yield from ((place, place + 1, ()) for place in range(at, phrase.start))
        yield phrase
        at = phrase.end
    yield from ((place, place + 1, ()) for place in range(at, len(words)))


def _is_word(word: str) -> bool:
    return word not in _KNOWN.hesitations and word not in _SIGNS


def _strip_accents(text: str) -> str:
    if text.isascii():
        return text
    parted = unicodedata.normalize("NFKD", text)
    return "".join(char for char in parted if not unicodedata.combining(char))


@lru_cache(maxsize=1 << 16)
def _full_words(word: str) -> tuple[str, ...]:
    return tuple(_spell(part) for part in _expand(word))


def _expand(word: str) -> list[str]:
    """Return a word as the full words that it is short for, without a possessive ending."""
    if not word:
        return []
    if word in _KNOWN.shortened:
        return _KNOWN.shortened[word].split()
    if word.endswith("$"):
        return ["$"]
    if word[0].isdigit():
        number = word.replace(",", "")
        return [number[:-1], "%"] if number.endswith("%") else [number]
    if "'" not in word:
        return [word]
    if word.endswith("n't"):
        return [*_expand(word[:-3]), "not"]
    for ending, full in _KNOWN.endings.items():
        if word.endswith(ending) and len(word) > len(ending):
            return [*_expand(word[: -len(ending)]), full]
    stem = _POSSESSIVE.sub("", word)
    if word.endswith("'s") and stem in _KNOWN.is_after:
        return [stem, "is"]
    return [full for part in stem.split("'") for full in _expand(part)]


def _spell(word: str) -> str:
    """Return one spelling for words that have several."""
    if _PROFANE.fullmatch(word):
        return f"{word.removeprefix('mother')[0]}*"
    for pattern, replacement in _SUFFIXES:
        word = pattern.sub(replacement, word)
    return _KNOWN.spellings.get(word, word)
