"""An index of the known speakers: by name, by surname, and by office in time."""

from __future__ import annotations

import dataclasses
import re
from collections import defaultdict
from collections.abc import Collection, Iterable
from datetime import date
from typing import Protocol

from quotes.english.folding import ends, fold, generation, name_words, transliterated
from quotes.records import KnownSpeaker, Role
from quotes.speakers.descriptions import Description, describe

_GOVERNED_BY_PRESIDENT = frozenset(
    "@united states|@russia|@ukraine|@france|@turkey|@belarus|@china|@palestine|@syria|@egypt|"
    "@brazil|@mexico|@argentina|@venezuela|@south korea|@taiwan|@indonesia|@kazakhstan|"
    "@azerbaijan|@south africa|@nigeria|@kenya|@philippines|@colombia|@chile|@cyprus".split("|")
)
_SHARED_LEAD = frozenset("@poland|@romania|@moldova|@finland|@czech republic|@iran".split("|"))
_ARTICLE_AND_WORD = re.compile(r"The \w+")
_OF_FAMILY = frozenset({"first lady", "lady", "gentleman"})


class _Country(Protocol):
    """What the registry needs to know of a country or a body that has adjectives like one."""

    @property
    def name(self) -> str: ...
    @property
    def names(self) -> tuple[str, ...]: ...
    @property
    def adjectives(self) -> tuple[str, ...]: ...
    @property
    def demonyms(self) -> tuple[str, ...]: ...
    @property
    def capital(self) -> str | None: ...
    @property
    def capital_names(self) -> tuple[str, ...]: ...
    @property
    def metonyms(self) -> tuple[str, ...]: ...


class Registry:
    """Finds known speakers by any spelling of their name, by surname, or by office and date.

    ``outlets`` are names of newspapers, broadcasters and agencies, which are no people.
    """

    def __init__(
        self,
        known: Iterable[KnownSpeaker],
        countries: Iterable[_Country] = (),
        outlets: Iterable[str] = (),
    ) -> None:
        # Of "The Sun" nothing would be left that no person could be called.
        self._outlets = {fold(one) for one in outlets if not _ARTICLE_AND_WORD.fullmatch(one)}
        self._places: dict[str, str] = {}
        self._countries: dict[str, str] = {}
        self._demonyms: set[str] = set()
        self._adjectives: set[str] = set()
        self._metonyms: set[str] = set()
        for country in countries:
            self._add_country(country)
        self._names: dict[str, dict[str, KnownSpeaker]] = defaultdict(dict)
        self._ends: dict[tuple[str, str], dict[str, KnownSpeaker]] = defaultdict(dict)
        self._sounds: dict[tuple[str, str], dict[str, KnownSpeaker]] = defaultdict(dict)
        self._surnames: dict[str, dict[str, KnownSpeaker]] = defaultdict(dict)
        self._offices: dict[str, list[tuple[Description, Role, KnownSpeaker]]] = defaultdict(list)
        self._roles: dict[str, list[tuple[Description, Role]]] = {}
        for speaker in known:
            self._add_speaker(speaker)

    def _add_country(self, country: _Country) -> None:
        canonical = fold(country.name)
        self._countries.update(
            {fold(name): country.name for name in (country.name, *country.names)}
        )
        capital = (country.capital,) if country.capital else ()
        for word in (country.name, *country.names, *country.adjectives):
            self._places[fold(word)] = canonical
        for word in (*capital, *country.capital_names, *country.metonyms, *country.demonyms):
            self._places.setdefault(fold(word), canonical)
        cities = {fold(word) for word in (*capital, *country.capital_names)}
        self._metonyms.update({fold(word) for word in country.metonyms} - cities)
        self._demonyms.update(fold(word) for word in (*country.adjectives, *country.demonyms))
        self._adjectives.update(map(fold, country.adjectives))
        self._demonyms -= {fold(word) for word in (country.name, *country.names)}

    def _add_speaker(self, speaker: KnownSpeaker) -> None:
        for name in dict.fromkeys(_spellings(speaker)):
            self._names[_without_article(fold(name))][speaker.slug] = speaker
            if speaker.type != "person":
                continue
            words = name_words(name)
            self._surnames[words[-1]][speaker.slug] = speaker
            if pair := ends(name):
                self._ends[pair][speaker.slug] = speaker
                self._sounds[_sound(pair)][speaker.slug] = speaker
        roles = []
        for role in speaker.roles:
            for description in describe(f"{role.title} of {role.of or ''}", self.place):
                roles.append((description, role))
                self._offices[description.head].append((description, role, speaker))
        self._roles[speaker.slug] = roles

    def knows(self, slug: str) -> bool:
        """Tell whether somebody known has a slug."""
        return slug in self._roles

    def place(self, phrase: str) -> str | None:
        """Return the country that a folded word or phrase stands for ("russian" → "russia")."""
        return self._places.get(phrase)

    def country(self, phrase: str) -> str | None:
        """Return the name of the country that a folded phrase names ("us" → "United States")."""
        return self._countries.get(phrase)

    def is_demonym(self, phrase: str) -> bool:
        """Whether a folded word is an adjective or a name for the people of a country."""
        return phrase in self._demonyms

    def is_inhabitant(self, phrase: str) -> bool:
        """Whether a folded word is a name for people of a country alone ("Dane", not "Russian")."""
        return self.is_demonym(phrase) and phrase not in self._adjectives

    def is_metonym(self, phrase: str) -> bool:
        """Whether a folded phrase is a building or body that stands for a government."""
        return phrase in self._metonyms

    def is_outlet(self, phrase: str) -> bool:
        """Whether a folded phrase is the name of a newspaper, broadcaster or agency."""
        return phrase in self._outlets or f"the {phrase}" in self._outlets

    def named(self, name: str) -> KnownSpeaker | None:
        """Return the one known speaker who bears this full name, in any spelling, or None."""
        found = self._names.get(_without_article(fold(name)))
        if found:
            return _only(found.values())
        own = generation(name)
        found = self._names.get(" ".join(name_words(name)))
        if not found and (pair := ends(name)):
            found = self._ends.get(pair) or self._sounds.get(_sound(pair))
        people = list(found.values()) if found else []
        if own or len(people) > 1:  # a parent and a child, one of them with "Jr."
            people = [one for one in people if own in {generation(n) for n in _spellings(one)}]
        return _only(people)

    def surnamed(self, surname: str) -> list[KnownSpeaker]:
        """Return the known people with this folded surname (or single name)."""
        return list(self._surnames.get(surname, {}).values())

    def leading(self, people: list[KnownSpeaker], on: date | None) -> KnownSpeaker | None:
        """Return the one of a family whom the bare surname means: who held most office, if clear.

        Offices held on the date ``on`` go before others; spouses' functions do not count.
        """
        public = [one for one in people if on is None or not self._is_to_come(one, on)]
        ranks = sorted(((self._standing(one, on), one.slug, one) for one in public), reverse=True)
        if not ranks or (len(ranks) > 1 and ranks[0][0] == ranks[1][0]):
            return None
        return ranks[0][2]

    def goes_by_surname(self, speaker: KnownSpeaker, on: date | None) -> bool:
        """Whether papers name somebody by the surname alone, from the first mention on.

        So they do with who holds, or runs for, the highest offices, and who has held several.
        """
        roles = [role for _, role in self._roles[speaker.slug] if role.title in _HIGHEST]
        held = any(_held(role, on) if on else role.end is None for role in roles)
        return held or (bool(roles) and len(self._roles[speaker.slug]) > _CAREER)

    def _is_to_come(self, speaker: KnownSpeaker, on: date) -> bool:
        """Whether everything the registry knows of a speaker lies after the date."""
        starts = [role.start for _, role in self._roles[speaker.slug]]
        return bool(starts) and all(start is not None and start > on for start in starts)

    def _standing(self, speaker: KnownSpeaker, on: date | None) -> tuple[int, int]:
        roles = [(d, role) for d, role in self._roles[speaker.slug] if d.head not in _OF_FAMILY]
        active = sum(on is not None and _held(role, on) is True for _, role in roles)
        return min(active, 1), len(roles)

    def descriptions(self, speaker: KnownSpeaker, on: date | None) -> list[Description]:
        """Return the offices of a speaker as they stand on a date, and the party."""
        found = []
        for description, role in self._roles.get(speaker.slug, ()):
            held = _held(role, on)
            if held is not None or on is None:
                former = None if on is None else not held
                found.append(dataclasses.replace(description, former=former))
        if speaker.party:
            found.extend(describe(f"{speaker.party} politician", self.place))
        return found

    def holders(self, query: Description, on: date | None) -> list[KnownSpeaker]:
        """Return who held the office of a description on a date (ever, if it is None).

        A description that narrows nothing ("the president") names no office. Of several offices
        that fit, the one named most exactly counts ("the minister" is no deputy minister).
        """
        if not query.words:
            return []
        found: dict[str, tuple[int, KnownSpeaker]] = {}
        serving: set[str] = set()  # whoever is back in office is no former holder
        for head in _heads(query):
            for office, role, speaker in self._offices.get(head, ()):
                if not query.words <= office.words:
                    continue
                if query.places not in (frozenset(), office.places):
                    continue
                held = _held(role, on)
                if held and query.former:
                    serving.add(speaker.slug)
                if on is None or (held is not None and held != bool(query.former)):
                    excess = len(office.words - query.words)
                    known = found.get(speaker.slug)
                    found[speaker.slug] = (min(excess, known[0] if known else excess), speaker)
        for slug in serving & found.keys():
            del found[slug]
        exact = min((excess for excess, _ in found.values()), default=0)
        return [speaker for excess, speaker in found.values() if excess == exact]


def _heads(query: Description) -> tuple[str, ...]:
    """Return the offices that a head noun names; a country's leader is its head of government,
    or its president where the president governs."""
    if query.head != "leader" or query.words != query.places:
        return (query.head,)
    if query.places & _GOVERNED_BY_PRESIDENT:
        return ("president",)
    if query.places & _SHARED_LEAD:
        return ()
    return ("chancellor", "prime minister", "secretary general")


def _sound(pair: tuple[str, str]) -> tuple[str, str]:
    return transliterated(pair[0]), transliterated(pair[1])


def _without_article(folded: str) -> str:
    return folded.removeprefix("the ")


def _spellings(speaker: KnownSpeaker) -> tuple[str, ...]:
    return (speaker.name, *speaker.names)


def _only(people: Collection[KnownSpeaker]) -> KnownSpeaker | None:
    return next(iter(people)) if len(people) == 1 else None


_HIGHEST = frozenset(
    "president,vice president,prime minister,chancellor,pope,secretary of state,secretary general,"
    "presidential candidate,vice presidential candidate,nominee".split(",")
)
_CAREER = 3


def _held(role: Role, on: date | None) -> bool | None:
    """Whether a role was held on a date; None if it had not begun (or no date is known)."""
    if on is None or (role.start and role.start > on):
        return None
    return role.end is None or on <= role.end
