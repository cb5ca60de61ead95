"""Which known names a name may mean, with scores: for suggestions, and for reconciling lists.

``match`` needs no database: it compares a name with spellings that are handed in. The score (0-1)
is that of the best reason found; the reasons are ordered by how seldom they join two people.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from quotes.english.folding import fold, name_words, transliterated
from quotes.english.givennames import same_given_name
from quotes.records import KnownSpeaker

SAME = 1.0
SCORES = {
    "the same name": SAME,
    "the same name without titles": 0.98,
    "the same words in another order": 0.95,
    "the same first name and surname": 0.92,
    "a transliteration": 0.9,
    "a short form or an initial": 0.85,
    "the surname": 0.7,
    "the first name": 0.5,
}
"""The reasons for a match, with their scores; see also ``ALIKE``."""

ALIKE = "spelled alike"
_LEAST_ALIKE = 75
"""Least likeness (0-100, rapidfuzz's WRatio) of names that share nothing else; it scores under
every other reason but the first name."""
_ALIKE_SCORE = 0.65


@dataclass(frozen=True, slots=True)
class Match:
    """A speaker whom a name may mean: ``name`` is the spelling that fits, ``why`` how it does."""

    slug: str
    name: str
    score: float
    why: str


def spellings(known: Iterable[KnownSpeaker]) -> Iterator[tuple[str, str]]:
    """Yield (slug, spelling) for every name of known speakers, as ``match`` takes them."""
    for speaker in known:
        for name in dict.fromkeys((speaker.name, *speaker.names)):
            yield speaker.slug, name


def match(
    name: str, known: Iterable[tuple[str, str]], *, limit: int | None = 10, least: float = 0.0
) -> list[Match]:
    """Return the speakers whom ``name`` may mean, each once, the likeliest first.

    ``known`` holds (slug, spelling) pairs, several a speaker. At most ``limit`` matches (None: all)
    with a score of at least ``least`` (0-1) are returned; equal scores are in order of slugs.
    """
    folded, words = fold(name), name_words(name)
    best: dict[str, Match] = {}
    unlike: list[tuple[str, str]] = []
    for slug, spelling in known if folded else ():
        why = _reason(folded, words, spelling)
        if why is None:
            unlike.append((slug, spelling))
        else:
            _keep(best, Match(slug, spelling, SCORES[why], why))
    for found in _alike(name, unlike) if folded else ():
        _keep(best, found)
    ranked = sorted(best.values(), key=lambda one: (-one.score, one.slug))
    return [one for one in ranked if one.score >= least][:limit]


def _keep(best: dict[str, Match], found: Match) -> None:
    if found.slug not in best or best[found.slug].score < found.score:
        best[found.slug] = found


def _reason(folded: str, words: tuple[str, ...], spelling: str) -> str | None:
    """Return the strongest reason for which a spelling fits."""
    if folded == fold(spelling):
        return "the same name"
    others = name_words(spelling)
    if not words or not others:
        return None
    if len(words) > 1 and len(others) > 1:
        return _full_names(words, others)
    if len(words) == 1 and words[0] == others[-1]:
        return "the surname"
    return "the first name" if words == others[:1] else None


def _full_names(words: tuple[str, ...], others: tuple[str, ...]) -> str | None:
    if words == others:
        return "the same name without titles"
    if sorted(words) == sorted(others):
        return "the same words in another order"
    first, last, other_first, other_last = words[0], words[-1], others[0], others[-1]
    if (first, last) == (other_first, other_last):
        return "the same first name and surname"
    if [*map(transliterated, (first, last))] == [*map(transliterated, (other_first, other_last))]:
        return "a transliteration"
    if last == other_last and same_given_name(first, other_first):
        return "a short form or an initial"
    return None


def _alike(name: str, known: list[tuple[str, str]]) -> Iterator[Match]:
    from rapidfuzz import fuzz, process  # most names are found without

    names = sorted({spelling for _, spelling in known})
    found = process.extract(
        name, names, scorer=fuzz.WRatio, processor=fold, limit=None, score_cutoff=_LEAST_ALIKE
    )
    # WRatio takes a part for the whole: of names that share a part, the shorter one is likelier.
    whole = {spelling: fuzz.ratio(fold(name), fold(spelling)) for spelling, *_ in found}
    likeness = {spelling: (9 * part + whole[spelling]) / 1000 for spelling, part, _ in found}
    for slug, spelling in known:
        if spelling in likeness:
            yield Match(slug, spelling, round(_ALIKE_SCORE * likeness[spelling], 3), ALIKE)
