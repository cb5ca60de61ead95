"""The names in a byline, without offices, places and organisations."""

from __future__ import annotations

import ast
import json
import re
from collections.abc import Iterator
from itertools import groupby
from typing import Any

from quotes.articles.metadata import clean
from quotes.columns import byline_words

_LONGEST = 500
_MOST_NAMES = 50
_BY = re.compile(
    r"(?:\b(?:[a-z]+(?:ed|ten)|words|story|text)\s+)?\bby\b[:\s]*",  # "Reported by"
    re.IGNORECASE,
)
_PARTS = re.compile(
    r"\s*(?:[;|/•·&–—]|\s-\s|\b(?:and|with|for)\b)\s*", re.IGNORECASE
)  # what parts people
_BRACKETS = re.compile(r"\([^()]*\)|\[[^\[\]]*\]|<[^<>]*>")
_PLACE = re.compile(r"\s+(?i:in|at|from|on|of)\s+(?:the\s+)?[A-Z].*$")
_ADDRESS = re.compile(r"\S+@\S+|https?://\S+|\bwww\.\S+|(?<!\w)@\w+")
_DEGREE = re.compile(r",\s*(?:(?P<kept>Jr|Sr|II|III|IV)|M\.?D|Ph\.?D|Esq|MP|OBE|CBE|MBE)\b\.?")
_WORD = re.compile(r"[^\W\d_](?:[^\W\d_]|['’.-])*")


def byline_of(value: Any) -> str | None:
    """Return the names of a byline, joined by commas, or None where it names nobody.

    ``value`` is a text, a list of texts or of objects with a ``name``, or the text of such a list.
    """
    names = dict.fromkeys(name for text in _texts(value) for name in _names(text))
    return ", ".join([*names][:_MOST_NAMES]) or None


def _texts(value: Any) -> Iterator[str]:
    if isinstance(value, str) and value.lstrip()[:1] in ("[", "{") and len(value) < 10 * _LONGEST:
        value = _literal(value.strip())
    if isinstance(value, dict):
        parts = [clean(value.get(key)) for key in ("first_name", "last_name")]
        value = clean(value.get("name")) or " ".join(filter(None, parts))
    if isinstance(value, list | tuple):
        for one in value[:_MOST_NAMES]:
            if not isinstance(one, list | tuple):
                yield from _texts(one)
    elif text := clean(value):
        yield text[:_LONGEST]


def _literal(text: str) -> Any:
    """Return the list that a cell holds as JSON or as Python writes it."""
    for parse in (json.loads, ast.literal_eval):
        try:
            return parse(text)
        except (ValueError, SyntaxError, MemoryError, RecursionError):
            continue
    return text


def _names(text: str) -> Iterator[str]:
    text = _ADDRESS.sub(" ", _BRACKETS.sub(" ", text))
    text = _DEGREE.sub(lambda match: f" {match['kept']}" if match["kept"] else "", text)
    text = _BY.sub("; ", text, count=3)
    for part in _PARTS.split(text):
        pieces = [piece.strip(" .,:") for piece in part.split(",") if piece.strip(" .,:")]
        if _is_inverted(pieces):
            yield _cased(f"{pieces[1]} {pieces[0]}")
            continue
        for piece in pieces:
            yield from (_cased(name) for name in _people(_PLACE.sub("", piece)))


def _people(piece: str) -> Iterator[str]:
    """Yield the full names in a piece, without the offices before or behind them."""
    roles = byline_words("roles")
    for is_role, group in groupby(piece.split(), lambda word: word.lower().strip(".,:") in roles):
        words = [*group]
        if not is_role and 1 < len(words) <= 6 and _are_names(words):
            name = " ".join(words)
            if name.lower().strip(".") not in byline_words("places"):
                yield name


def _is_inverted(pieces: list[str]) -> bool:
    """Whether a part is "Lee, Ann": two names, of which neither alone is a full name."""
    if len(pieces) != 2:
        return False
    last, first = (piece.split() for piece in pieces)
    is_surname = len(last) == 1 or last[0].lower() in byline_words("particles")
    return is_surname and len(first) <= 2 and _are_names(last) and _are_names(first)


def _are_names(words: list[str]) -> bool:
    """Whether words may be parts of somebody's name."""
    known = byline_words("roles") | byline_words("bodies")
    if any(not _WORD.fullmatch(word) or word.lower().strip(".") in known for word in words):
        return False
    proper = [word for word in words if word.lower() not in byline_words("particles")]
    return bool(proper) and all(word[0].isupper() for word in proper)


def _cased(name: str) -> str:
    """Return a name in capitals ("ANN LEE") as it is usually written."""
    if not name.isupper():
        return name
    return " ".join(word if "." in word else word.title() for word in name.split())
