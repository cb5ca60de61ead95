"""Resolves what names no single person: "they", "it", "the commission", "the report"."""

from __future__ import annotations

import dataclasses
import itertools
import re
from collections.abc import Iterator

from quotes.english.document import Document
from quotes.english.lexicon import (
    ANONYMOUS,
    BUSINESSES,
    CIVIC_BODIES,
    CONJUNCTIONS,
    COURTESY,
    GROUP_NOUNS,
    PLACE_BODIES,
    PREPOSITIONS,
    PUBLISHED,
    STAND_ALONE,
    any_of,
)
from quotes.english.nouns import are_persons
from quotes.english.patterns import alternatives
from quotes.english.segmentation import Stretches
from quotes.records import Span, Speaker
from quotes.speakers.cast import Cast
from quotes.speakers.character import has_article
from quotes.speakers.entity import Entity
from quotes.speakers.heads import are_people
from quotes.speakers.making import Maker
from quotes.speakers.mentions import Reading
from quotes.speakers.polls import Polls
from quotes.speakers.salience import Salience

_REACH = 900  # characters that are looked back upon
_GROUP = re.compile(
    r"(?<!\w)(?:(?:[Tt]he|[Ss]ome|[Mm]any|[Ss]everal|[Tt]wo|[Tt]hree|[Oo]ther|[Tt]hese|[Tt]hose)\s)?"
    r"(?:[A-Z][\w.]*\s|\w+(?:an|al|ic|ior|se|ish)\s|\w+[’']s\s){0,3}"
    rf"(?i:{alternatives(GROUP_NOUNS)})\b"
)
_NEAR = 300  # characters before "her organization" in which a name tells which it is
_IN = re.compile(r"\sin\s(?:[Tt]he\s)?(?=[A-Z])")
_BELONGS = re.compile(r"\b(?:of|at|for|with)\s(?:the\s)?\Z")
_ADDRESSED = re.compile(
    r"\b(?:to|told|(?:seen|obtained|reviewed|viewed)\sby)\s(?:the\s)?\Z", re.IGNORECASE
)
"""What leads to whom a text reached, who did not issue it."""
_CROWD = re.compile(rf"\b[Tt]he\s(?:{any_of('collective')})\b(?![-’'])")
_JOINT = re.compile(rf"\A(?i:{alternatives(CONJUNCTIONS | PREPOSITIONS)})\s+")
_SIDE_BY_SIDE = re.compile(r"(?:,\s[^,.;:!?]{2,60},|,)?\sand\s")
"""What joins two names: "Ann Roe, Republican of Iowa, and Bo Lind"."""
_PLURAL = re.compile(
    r"(?:(?:[A-Z][\w.-]*|[a-z]+(?:[ai]n|al|ic|ior|se|ish|ive))\s)?\b[A-Za-z][a-z]+(?:s|men|people)\b"
)
_SOME = STAND_ALONE - {"one", "another", "both"}
_LIMITED = re.compile(rf"\A(?:(?i:{any_of('determiner', 'number')})\s+)+")
_BODY = re.compile(
    rf"\b(?:[Tt]he\s(?:[A-Z][\w.]*\s){{1,3}}|(?:[A-Z][\w.]*\s){{0,3}}[A-Z]\w*['’]s?\s)"
    rf"(?P<kind>{any_of('owned')})\b"
)
_OWNER = r"(?:[A-Z][\w.]*\s){0,3}[A-Z]\w*['’]s?\s"
_UNNAMED_BODY = re.compile(
    r"(?:(?<=[.!?,]\s)|(?<=[.!?][”\"’']\s)|(?<=\n)|\A)"
    rf"(?:(?:[Tt]he|[Aa]n?)\s(?:{_OWNER})?|{_OWNER})"
    rf"(?:[a-z][\w’'-]*\s){{0,2}}(?:{any_of('body')})\b(?=,?\s[a-z])"
)
"""A body as the subject that opens a sentence, by a noun: "The union met"."""
_NAMED_FOR = frozenset({"campaign", "administration", "government"})
_DESCRIBED = re.compile(r"[Tt]he(?:\s[a-z][\w-]*){1,3}")  # "the tech giant"
_BESIDE = 60  # characters beside a name in which a noun introduces it
_BODY_AS_THEY = 0.6
_SPOKE_LAST = 0.5
_UNSURE = 1.0
_FROM_OUTSIDE = 0.5  # confidence in a group that only the reporter names, for a quoted "they"


class Collectives:
    """The groups and bodies of one article."""

    def __init__(
        self, document: Document, quoted: Stretches, cast: Cast, salience: Salience, make: Maker
    ) -> None:
        self._body = document.text
        self._paragraphs = document.paragraphs
        self._sentences = document.sentences
        self._quoted = quoted
        self._cast = cast
        self._salience = salience
        self._make = make
        self._polls = Polls(self._body, quoted)

    def plural(self, mention: Span, previous: Speaker | None) -> Speaker | None:
        """Resolve "they" to the group, joint names or body most in mind, else who spoke last.

        In somebody's words it is the group that these named last.
        """
        stretch = self._quoted.around(mention.start)
        if stretch and (inside := [*_GROUP.finditer(self._body, stretch[0], mention.start)]):
            span = Span(*inside[-1].span(), _JOINT.sub("", inside[-1].group()))
            return self._make.of_phrase(span.text, "group", span)
        found = [
            *self._groups(mention.start),
            *self._joint(mention.start),
            *self._bodies(mention.start, _BODY_AS_THEY),
        ]
        chosen = self._likeliest(found, previous) or (
            previous if previous and previous.type != "person" else None
        )
        if chosen is None or stretch is None:
            return chosen
        return dataclasses.replace(chosen, confidence=min(chosen.confidence, _FROM_OUTSIDE))

    def crowd(self, mention: Span) -> Speaker | None:
        """Resolve "chants", "cries", "a sign" to the crowd or group named lately, if one is."""
        found = list(self._groups(mention.start))
        for span in self._matches(_CROWD, max(0, mention.start - _REACH), mention.start):
            standing = self._salience.standing(span.start, span.end, mention.start)
            found.append((standing, self._make.of_phrase(span.text, "group", span)))
        return self._likeliest(found, None)

    def relative(self, mention: Span) -> Speaker | None:
        """Resolve "who", "which", "that" to the nearest name of the right kind before it."""
        named = list(self._before(mention.start))
        kinds = ("person",) if mention.text.lower().strip(" ,").startswith("who") else ()
        for kind in (*kinds, None):
            for span, entity in named:
                if entity.type == kind if kinds else self._may_be_body(entity):
                    return self._make.of_entity(entity, "relative", span)
        return None

    def neuter(self, mention: Span, previous: Speaker | None, text: Span | None) -> Speaker | None:
        """Resolve "it" to the body most in mind, None if a ``text`` is more so."""
        bodies = [*self._bodies(mention.start, 0.0), *self._unnamed_bodies(mention.start)]
        if text:
            standing = self._salience.standing(text.start, text.end, mention.start)
            bodies = [(weight, body) for weight, body in bodies if weight >= standing]
        return self._likeliest(bodies, previous)

    def group(self, mention: Span, reading: Reading) -> Speaker:
        """Resolve "EU leaders" (a group), "two officials" (anonymous), "52 percent" (of a poll)."""
        poll = self._polls.of_share(reading.phrase, mention.start)
        several = self._some_of(mention, reading.phrase)
        if several:
            return self._make.of_phrase(several, "group", mention)
        if poll:
            return self._make.of_phrase(poll.text, "organisation", poll, confidence=0.8)
        return self._make.of_phrase(
            self._in_full(reading.phrase, mention.start),
            "anonymous" if reading.noun in ANONYMOUS else "group",
            mention,
        )

    def _some_of(self, mention: Span, phrase: str) -> str | None:
        """Return who "some", "others" are: "Residents met. Some called it mad" (some residents).

        Those are the people whom the sentence, or one of the two before it, names last.
        """
        if phrase.lower() not in _SOME:
            return None
        before = max(0, self._sentences.index(mention.start) - 2)
        spans = self._matches(_PLURAL, self._sentences.pieces[before][0], mention.start)
        heads = ((span.text, span.text.rpartition(" ")[2].lower()) for span in spans)
        groups = [text for text, head in heads if head not in _SOME and are_people(head)]
        if not groups:
            return None
        word = "other" if phrase.lower() == "others" else phrase.lower()
        return f"{word} {groups[-1] if ' ' in groups[-1] else groups[-1].lower()}"

    def _in_full(self, phrase: str, at: int) -> str:
        """Return what "the leaders" were called before they were no more than that.

        "Two European leaders met. … The leaders said": European leaders.
        """
        article, _, noun = phrase.lower().rpartition(" ")
        if article not in ("", "the"):
            return phrase
        for span in reversed([*self._matches(_GROUP, max(0, at - _REACH), at)]):
            named = _LIMITED.sub("", _JOINT.sub("", span.text))
            if named[0].isupper() and named.lower().endswith(f" {noun}"):
                return named
        return phrase

    def body(self, mention: Span, reading: Reading) -> Speaker:
        """Resolve "the commission" to the body of that kind named last, else to itself."""
        bare = reading.phrase.lower().removeprefix("the ").strip()
        if bare != reading.noun and not _DESCRIBED.fullmatch(reading.phrase):
            owned = self._owned(mention) or (reading.possessed and self._theirs(mention))
            return owned or self._make.of_phrase(reading.phrase, "organisation", mention)
        found = self._introduced(mention, reading.noun)
        if found is None and reading.noun not in PLACE_BODIES:
            found = self._likeliest(list(self._bodies(mention.start, 0.0, reading.noun)), None)
        return found or self._make.of_phrase(
            reading.phrase, "organisation", mention, confidence=0.7
        )

    def _theirs(self, mention: Span) -> Speaker | None:
        """Return the body that "her organization" is: "Roe, head of Clean Rivers. Her group …"."""
        for span, entity in self._before(mention.start, _NEAR):
            belongs = _BELONGS.search(self._body, max(0, span.start - 12), span.start)
            if belongs and entity.type in ("organisation", None):
                return self._make.of_entity(entity, "organisation", span, confidence=0.8)
        return None

    def _introduced(self, mention: Span, noun: str) -> Speaker | None:
        """Return the body named last that has the noun in its name or was introduced by it.

        "the Storm Center … the center", "Vell, an airline, … the airline", "Livorno … the city".
        """
        for span, entity in self._before(mention.start, reach=mention.start):
            if len(entity.words) > 1 and noun in entity.words:
                return self._make.of_entity(entity, "organisation", span, confidence=0.9)
            if noun in PLACE_BODIES and entity.type == "place":
                return self._make.of_entity(entity, "organisation", span, confidence=0.8)
            if entity.type != "place" and not entity.known_person and self._told(span, noun):
                return self._make.of_entity(entity, "organisation", span, confidence=0.85)
        return None

    def _told(self, span: Span, noun: str) -> bool:
        """Tell whether a noun introduces the name at a place: "Vell, the tech giant"."""
        after = self._body[span.end : span.end + _BESIDE]
        before = self._body[max(0, span.start - _BESIDE) : span.start]
        behind = re.match(rf",\s(?:an?|the|one\sof)\s(?:[\w-]+\s){{0,4}}?{noun}\b", after)
        called = rf"\b{noun}\s(?:called\s|named\s|known\sas\s|dubbed\s)?(?:the\s)?$"
        return bool(behind or re.search(called, before, re.IGNORECASE))

    def _likeliest(
        self, found: list[tuple[float, Speaker]], previous: Speaker | None
    ) -> Speaker | None:
        """Return the best of the candidates; who spoke last is the likelier one."""

        def weight(pair: tuple[float, Speaker]) -> float:
            return pair[0] + _SPOKE_LAST * (previous is not None and pair[1].slug == previous.slug)

        return max(found, key=weight, default=(0.0, None))[1]

    def _groups(self, at: int) -> Iterator[tuple[float, Speaker]]:
        begin = max(0, at - _REACH)
        others = filter(self._are_others, self._matches(_PLURAL, begin, at))
        for span in (*self._matches(_GROUP, begin, at), *others):
            standing = self._salience.standing(span.start, span.end, at)
            phrase = self._in_full(_JOINT.sub("", span.text), span.start)
            yield standing, self._make.of_phrase(phrase, "group", span, confidence=0.7)

    def _are_others(self, span: Span) -> bool:
        """Tell whether a plural brings up people by a noun that is in no list: "hecklers"."""
        if span.text.startswith("The ") or has_article(span, self._body):
            return False  # "the signatories" are who was named before
        noun = span.text.rpartition(" ")[2].lower()
        named = self._cast.covering(span.end - 1) is not None
        listed = noun in GROUP_NOUNS or noun in _SOME or noun in COURTESY
        return are_persons(noun) and not listed and not named

    def _joint(self, at: int) -> Iterator[tuple[float, Speaker]]:
        """Yield "Ann Roe and Bo Lind", as one group, where the two are named side by side."""
        named = list(self._before(at))
        for (after, second), (before, first) in itertools.pairwise(named):
            if not (first.may_be_person and second.may_be_person) or first is second:
                continue
            start = self._cast.names[self._cast.between(after.start, after.end)[0]].title_start
            if _SIDE_BY_SIDE.fullmatch(self._body, before.end, start):
                text = f"{self._make.display(first)} and {self._make.display(second)}"
                span = Span(before.start, after.end, self._body[before.start : after.end])
                standing = self._salience.standing(before.start, before.end, at)
                yield standing, self._make.of_phrase(text, "group", span, confidence=0.6)

    def _bodies(self, at: int, burden: float, noun: str = "") -> Iterator[tuple[float, Speaker]]:
        """Yield the bodies named before an offset, and how much in mind they are.

        ``noun`` is what the one that is meant is called ("the company"), if anything.
        """
        for span, entity in self._before(at):
            if (entity.type == "organisation" or entity.type is None) and _may_be(entity, noun):
                standing = self._salience.standing(span.start, span.end, at) - burden
                standing -= 0.0 if self._may_be_body(entity) else _UNSURE
                yield standing, self._make.of_entity(entity, "organisation", span, confidence=0.8)
        for span in self._matches(_BODY, max(0, at - _REACH), at):
            if owned := self._owned(span):
                standing = self._salience.standing(span.start, span.end, at) - burden
                yield standing, dataclasses.replace(owned, confidence=0.8)

    def _unnamed_bodies(self, at: int) -> Iterator[tuple[float, Speaker]]:
        """Yield "the union", "the ministry", where a sentence is about them, as ``_bodies``."""
        for span in self._matches(_UNNAMED_BODY, max(0, at - _REACH), at):
            if not self._salience.opens(span.start):
                continue
            noun = span.text.rpartition(" ")[2].lower()
            standing = self._salience.standing(span.start, span.end, at)
            yield standing, self.body(span, Reading("body", noun=noun, phrase=span.text))

    def _may_be_body(self, entity: Entity) -> bool:
        return entity.type == "organisation" or (entity.type is None and entity.speaks)

    def _owned(self, span: Span) -> Speaker | None:
        """Return the speaker for somebody's campaign, office or team ("Mr. Roe's campaign")."""
        match = _BODY.match(span.text)
        inside = list(self._cast.between(span.start, span.end))
        if not match or not inside:
            return None
        owner = self._cast.entity_of[inside[-1]]
        if not (owner.may_be_person or owner.type == "thing"):  # "the Roe camp"
            return None
        surname = self._make.display(owner).split()[-1]
        genitive = "" if match["kind"] in _NAMED_FOR else "’s"
        return self._make.of_phrase(f"{surname}{genitive} {match['kind']}", "organisation", span)

    def publisher(self, mention: Span, reading: Reading) -> Speaker | None:
        """Resolve "a New York Times report", "the article", "a statement" to a body that issued it.

        None if the article names none, or if somebody else has been spoken of since.
        """
        inside = [*self._cast.between(mention.start, mention.end)]
        if reading.noun in PUBLISHED and (of := _IN.match(self._body, mention.end)):
            index = self._cast.covering(of.end())  # "an editorial in The Wall"
            inside += [] if index is None else [index]
        if inside:
            entity = self._cast.entity_of[inside[0]]
            return self._make.of_entity(entity, "organisation", mention, confidence=0.8)
        for span, entity in self._before(mention.start):
            if entity.type == "organisation":
                if _ADDRESSED.search(self._body, max(0, span.start - 20), span.start):
                    continue
                return self._make.of_entity(entity, "organisation", span, confidence=0.5)
            if reading.noun not in PUBLISHED:
                return None
        return None

    def _matches(self, pattern: re.Pattern[str], begin: int, end: int) -> Iterator[Span]:
        """Yield what a pattern finds outside quotations, in the order of the text."""
        for match in pattern.finditer(self._body, begin, end):
            if not self._quoted.holds(match.start()):
                yield Span(match.start(), match.end(), match.group())

    def _before(self, at: int, reach: int = _REACH) -> Iterator[tuple[Span, Entity]]:
        """Yield the names outside quotations before an offset, the nearest first (200 at most)."""
        for index in reversed(self._cast.between(max(0, at - reach), at)[-200:]):
            name = self._cast.names[index]
            if not self._quoted.holds(name.start):
                yield Span(name.start, name.end, name.text), self._cast.entity_of[index]


def _may_be(entity: Entity, noun: str) -> bool:
    """Tell whether a body may be called by a noun: no commission is a company or a campaign."""
    if noun in _NAMED_FOR:
        return noun in entity.words
    return noun not in BUSINESSES or CIVIC_BODIES.isdisjoint(entity.words)
