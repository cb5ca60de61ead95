"""Set phrases that many people say (“leave no stone unturned”), of ``seeds/english``."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from functools import cache

from quotes.errors import SeedError
from quotes.resources import folder


@cache
def _phrases() -> Mapping[str, Sequence[tuple[str, ...]]]:
    """Return the phrases by their first words, the longest first."""
    path = folder("seeds") / "english" / "set_phrases.txt"
    try:
        lines = path.read_text(encoding="utf-8").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise SeedError(f"{path}: cannot be read: {error}") from error
    found: dict[str, list[tuple[str, ...]]] = defaultdict(list)
    for words in (tuple(line.split()) for line in lines if line):
        found[words[0]].append(words)
    return {first: sorted(own, key=len, reverse=True) for first, own in found.items()}


def without_set_phrases(words: Sequence[str]) -> list[int]:
    """Return the places of the words (lower case, without contractions) outside set phrases.

    Raises SeedError if the list of phrases cannot be read.
    """
    phrases = _phrases()
    kept, at = [], 0
    while at < len(words):
        fits = (one for one in phrases.get(words[at], ()) if (*words[at : at + len(one)],) == one)
        phrase = next(fits, ())
        if not phrase:
            kept.append(at)
        at += len(phrase) or 1
    return kept
