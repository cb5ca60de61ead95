"""Whose statement is it, where two articles print the same words under two names?

Words first, speaker second: what is printed in the same words near in time is one statement, and
counts to the speaker who is better supported. What its own article says stays with its attribution.

An article that names its source vaguely (“a spokesman”, “the White House”), or whose sentence is
hard to read, often prints what another article gives to a person by name: then a few words have to
be the same. Where two articles are both sure of two people, the words have to be many and no set
phrase; the quote is *disputed* then, and shown so.

Voices are decided on as groups of equal ones: the same words, day and speaker. The decision rests
on what the articles say, never on what was decided for others, so that it does not depend on the
order of arrival.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from typing import NamedTuple, TypeVar

from quotes.english.givennames import same_given_name
from quotes.english.set_phrases import without_set_phrases
from quotes.normaliser.compare import Comparison, Wording, match
from quotes.normaliser.echokeys import sought_echo_keys, stored_echo_keys
from quotes.normaliser.fold import CENSORED
from quotes.normaliser.nodes import days_between
from quotes.normaliser.thresholds import (
    DISPUTED_COVERAGE,
    DISPUTED_DAYS,
    DISPUTED_PHRASE,
    DISPUTED_WORDS,
    ECHO_CONTAINED,
    ECHO_COVERAGE,
    ECHO_REWORDED,
    ECHO_WHOLE,
    PHRASE_PER_DAY,
)
from quotes.normaliser.voice import Voice

Heard = tuple[Voice, Comparison]
Key = TypeVar("Key", int, str)
"""What a voice is known by."""


class Answer(NamedTuple):
    """Whom a voice counts to, and whether its own articles are as sure of somebody else."""

    speaker: str
    disputed: bool = False


def counts_to(voice: Voice, others: Iterable[Voice]) -> Answer:
    """Return the speaker whom a voice counts to, given all that may echo it.

    What a person decided stays. A sure voice goes to another sure speaker of the same words if more
    articles name that one; then the surer name, the alphabet. An unsure one goes to whom other
    articles name more surely: before all to one who is named surely enough, then to the one whose
    printed words are most like it; then more articles, the surer name, the alphabet. Sure voices
    have to be decided before: an unsure one goes where the words go that it echoes.
    """
    if voice.is_judged:
        return Answer(voice.speaker)
    found = [(other, alike) for other in others if (alike := _echo(voice, other))]
    own = [(other, alike) for other, alike in found if other.speaker == voice.speaker]
    heard: dict[str, list[Heard]] = defaultdict(list)
    for other, alike in found:
        if other.speaker != voice.speaker:
            heard[other.speaker].append((other, alike))
    return _best_supported(voice, own, heard) if voice.is_sure else _surest(voice, own, heard)


def _best_supported(
    voice: Voice, own: Iterable[Heard], heard: Mapping[str, Iterable[Heard]]
) -> Answer:
    """Return the answer for a sure voice."""
    named = {voice.speaker: [voice, *(other for other, _ in own)]}
    for speaker, echoes in heard.items():
        is_one = may_be_one(voice.speaker, speaker)
        rivals = [one for one, alike in echoes if is_one or _is_dispute(voice, one, alike)]
        if rivals:
            named[speaker] = rivals
    best = min(named, key=lambda name: (*_by_articles(named[name]), name))
    settled = may_be_one(voice.speaker, best) or any(one.is_judged for one in named[best])
    return Answer(best, disputed=not settled)


def _surest(voice: Voice, own: Sequence[Heard], heard: Mapping[str, Sequence[Heard]]) -> Answer:
    """Return the answer for an unsure voice."""
    if any(other.is_sure for other, _ in own) or not heard:
        echoes = own
    else:
        best = min(heard, key=lambda name: (*_by_words(heard[name]), name))
        rivals = {voice.speaker: [voice, *(one for one, _ in own)]}
        rivals[best] = [one for one, _ in heard[best]]
        named = min(rivals, key=lambda name: (*_by_standing(rivals[name]), name))
        echoes = heard.get(named, own)
    sure = [(other, alike) for other, alike in echoes if other.is_sure]
    if not sure:
        return Answer(echoes[0][0].speaker if echoes else voice.speaker)
    first = min(sure, key=lambda one: (-round(one[1].likeness, 2), one[0].order))
    return Answer(first[0].decided)


def answers(
    asked: Mapping[Key, Voice], others: Mapping[Key, Voice], common: Collection[int] = ()
) -> dict[Key, Answer]:
    """Return whom each of the voices ``asked`` counts to.

    ``others`` are all that share a key with them while it holds, they themselves included;
    ``common`` are those of the keys that bring nobody together.
    """
    met = _met(asked, others, common)
    return {key: counts_to(asked[key], [others[other] for other in found]) for key, found in met}


def concerned(
    changed: Mapping[Key, Voice], others: Mapping[Key, Voice], common: Collection[int] = ()
) -> set[Key]:
    """Return which of ``others`` may count to somebody else since voices are new, or grew.

    ``others`` are all that share a key with the ``changed`` ones, ``common`` as in ``answers``.
    """
    met = _met(changed, others, common)
    return {
        other for key, found in met for other in found if _concerns(changed[key], others[other])
    }


def _met(
    asked: Mapping[Key, Voice], others: Mapping[Key, Voice], common: Collection[int]
) -> Iterator[tuple[Key, list[Key]]]:
    """Yield for each of the voices ``asked`` which others share a key with it."""
    heard: dict[int, list[Key]] = defaultdict(list)
    for key, voice in others.items():
        for at in stored_echo_keys(*voice.words):
            heard[at].append(key)
    for key, voice in asked.items():
        sought = sought_echo_keys(*voice.words, common)
        yield key, sorted({other for at in sought for other in heard.get(at, ())} - {key})


def _concerns(grown: Voice, voice: Voice) -> bool:
    """Whether a voice that is new, or grew, may change whom another one counts to.

    To a sure one, more articles for the speaker whom it counts to are nothing new.
    """
    if voice.is_judged:
        return False
    if voice.is_sure and grown.speaker == voice.decided and not grown.is_judged:
        return False
    return _echo(voice, grown) is not None


@lru_cache(maxsize=1 << 14)
def may_be_one(one: str, other: str) -> bool:
    """Tell whether two speakers (slugs) may be one, named in two ways.

    Short forms and initials of a given name, more or less of a name or a description: “leaders”,
    “European leaders” and “EU leaders” are no three answers to one question.
    """
    short, long = sorted((one.split("-"), other.split("-")), key=len)
    if short[-1] != long[-1]:
        return False
    return len(short) == 1 or same_given_name(short[0], long[0])


def _articles(voices: Iterable[Voice]) -> int:
    return sum(voice.articles for voice in voices)


def _standing(voices: Iterable[Voice]) -> float:
    return max(round(voice.standing, 2) for voice in voices)


def _by_articles(voices: Sequence[Voice]) -> tuple[float, ...]:
    judged = any(voice.is_judged for voice in voices)
    return -judged, -_articles(voices), -_standing(voices)


def _by_standing(voices: Sequence[Voice]) -> tuple[float, ...]:
    return -_standing(voices), -_articles(voices)


def _by_words(echoes: Sequence[Heard]) -> tuple[float, ...]:
    voices = [voice for voice, _ in echoes]
    likest = max(round(alike.likeness, 2) for _, alike in echoes)
    sure = any(voice.is_sure for voice in voices)
    return -sure, -likest, -_articles(voices), -_standing(voices)


def _echo(voice: Voice, other: Voice) -> Comparison | None:
    """Return how two voices relate if they print the same words, and enough of them.

    Unsure ones that name others say nothing to a sure one.
    """
    is_one = may_be_one(voice.speaker, other.speaker)
    if not is_one:
        if voice.is_sure and not other.is_sure:
            return None
        if not _may_echo(voice.wording, other.wording):
            return None
    days = days_between(voice.published, other.published)
    alike = _match(voice.wording, other.wording, days)
    if alike is None or _quotes(voice, other) or _quotes(other, voice):
        return None
    if is_one:
        return alike
    if not alike.verbatim:
        enough = alike.coverage >= ECHO_COVERAGE and alike.phrase >= ECHO_REWORDED
        return alike if enough else None
    words, bits = ECHO_WHOLE if alike.left == alike.right else ECHO_CONTAINED
    if _fewest(voice, other) < words:
        return None
    telling = alike.phrase - _named(_shorter(voice, other), voice.names | other.names)
    return alike if telling >= bits else None


def _may_echo(one: Wording, other: Wording) -> bool:
    """Whether a comparison may find enough of one wording in the other: a look that costs less."""
    for left, right in ((one, other), (one.plain, other.plain)):
        if left.run in right.run or right.run in left.run:
            return True
    if CENSORED in one.folded or CENSORED in other.folded:
        return True
    left, right = (one, other) if one.folded < other.folded else (other, one)
    shared = sum(map(left.heads.__getitem__, left.heads.keys() & right.heads.keys()))
    return shared >= ECHO_COVERAGE * min(one.bits, other.bits)


_match = lru_cache(maxsize=1 << 14)(match)
"""What was compared for the last article is asked again for the next one."""


@lru_cache(maxsize=1 << 12)
def _named(wording: Wording, names: frozenset[str]) -> float:
    """Return what the names in a wording tell: whoever speaks of a thing says them."""
    return wording.phrase_of(at for at, word in enumerate(wording.words) if word in names)


@lru_cache(maxsize=1 << 12)
def _set_phrases(wording: Wording) -> float:
    """Return what the set phrases in a wording tell."""
    return wording.phrase - wording.phrase_of(without_set_phrases(wording.words))


def _shorter(voice: Voice, other: Voice) -> Wording:
    one, two = voice.wording, other.wording
    return one if one.bits <= two.bits else two


def _quotes(voice: Voice, other: Voice) -> bool:
    """Whether the one quotes the words of the other, as somebody else's."""
    return other.wording.folded != voice.wording.folded and other.wording.folded in voice.inner


def _fewest(voice: Voice, other: Voice) -> int:
    return min(len(voice.wording.words), len(other.wording.words))


def _is_dispute(voice: Voice, other: Voice, alike: Comparison) -> bool:
    """Whether two people cannot both have said this: many words, near in time, no set phrase."""
    if not other.is_sure or _fewest(voice, other) < DISPUTED_WORDS:
        return False
    if not alike.verbatim and min(alike.left, alike.right) < DISPUTED_COVERAGE:
        return False
    telling = alike.phrase - _set_phrases(_shorter(voice, other))
    late = max(0, (days_between(voice.published, other.published) or 0) - DISPUTED_DAYS)
    return telling >= DISPUTED_PHRASE + PHRASE_PER_DAY * late
