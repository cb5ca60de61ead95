"""Resolves what names no single person: "they", "it", "the commission", "the report"."""

from __future__ import annotations

import re
from collections.abc import Iterator

from quotes.records import Span, Speaker
from quotes.speakers.cast import Cast
from quotes.speakers.entity import Entity
from quotes.speakers.making import Maker
from quotes.speakers.mentions import Reading
from quotes.speakers.nouns import VAGUE
from quotes.speakers.salience import Salience

_REACH = 900  # characters that are looked back upon
_PUBLISHED = frozenset("article report piece story editorial op-ed column review newspaper".split())
_GROUP = re.compile(
    r"(?<!\w)(?:(?:[Tt]he|[Ss]ome|[Mm]any|[Ss]everal|[Tt]wo|[Tt]hree|[Oo]ther|[Tt]hese|[Tt]hose)\s)?"
    r"(?:[A-Z][\w.]*\s|\w+(?:an|al|ic|ior|se|ish)\s){0,3}"
    r"(?:[Oo]fficials|[Ll]eaders|[Ll]awmakers|[Pp]rotest[eo]rs|[Dd]emonstrators|[Aa]ctivists|"
    r"Republicans|Democrats|[Ss]enators|[Gg]overnors|[Aa]ides|[Ss]ources|[Ss]upporters|[Cc]ritics|"
    r"[Ee]xperts|[Aa]nalysts|[Dd]iplomats|[Mm]inisters|[Aa]dvis[eo]rs|[Ss]cientists|"
    r"[Rr]esearchers|[Pp]rosecutors|[Ii]nvestigators|[Ee]conomists|[Oo]rgani[sz]ers|[Aa]uthorities|"
    r"[Ll]awyers|[Rr]esidents|[Vv]oters|[Ww]orkers|[Pp]arents|[Ss]tudents|[Pp]olice)\b"
)
_BODY = re.compile(
    r"\b[Tt]he\s(?:[A-Z][\w.]*\s){1,3}(?:campaign|administration|government|ministry|party|team|family)\b"
)


class Collectives:
    """The groups, bodies and texts of one article."""

    def __init__(self, body: str, cast: Cast, salience: Salience, make: Maker) -> None:
        self._body = body
        self._cast = cast
        self._salience = salience
        self._make = make

    def plural(self, mention: Span, previous: Speaker | None) -> Speaker | None:
        """Resolve "they": the last group or joint names before it, else a collective that spoke."""
        group = self._last(_GROUP, mention.start)
        if group:
            return self._make.of_phrase(group.text, "group", group, confidence=0.7)
        if previous and previous.type != "person":
            return previous
        for span, entity in self._before(mention.start):
            if entity.type == "organisation" or (entity.type is None and entity.speaks):
                return self._make.of_entity(entity, "organisation", span, confidence=0.5)
        return None

    def relative(self, mention: Span) -> Speaker | None:
        """Resolve "who", "which", "it" to the nearest name of the right kind before it."""
        named = list(self._before(mention.start))
        if mention.text.lower().strip(" ,") in ("who", "whom", "whose"):
            for kind in ("person", None):
                for span, entity in named:
                    if entity.type == kind:
                        return self._make.of_entity(entity, "relative", span)
            return None
        for span, entity in named:
            if entity.type == "organisation" or (entity.type is None and entity.speaks):
                return self._make.of_entity(entity, "relative", span)
        body = self._last(_BODY, mention.start)
        return self._make.of_phrase(body.text, "organisation", body, 0.6) if body else None

    def group(self, mention: Span, reading: Reading) -> Speaker:
        """Resolve "EU leaders" (a group) or "two officials" (anonymous)."""
        return self._make.of_phrase(
            reading.phrase, "anonymous" if reading.noun in VAGUE else "group", mention
        )

    def body(self, mention: Span, reading: Reading) -> Speaker:
        """Resolve "the commission" to the body of that kind named last, else to itself."""
        bare = reading.phrase.lower().removeprefix("the ").strip()
        if bare != reading.noun:
            return self._make.of_phrase(reading.phrase, "organisation", mention)
        for span, entity in self._before(mention.start, reach=mention.start):
            if len(entity.words) > 1 and reading.noun in entity.words:
                return self._make.of_entity(entity, "organisation", span, confidence=0.9)
        for span, entity in self._before(mention.start):
            if entity.type == "organisation":
                return self._make.of_entity(entity, "organisation", span, confidence=0.6)
        return self._make.of_phrase(reading.phrase, "organisation", mention, confidence=0.7)

    def publisher(self, mention: Span, reading: Reading) -> Speaker | None:
        """Resolve "a New York Times report", "the article", "a statement" to a body that issued it.

        None if the article names none, or if somebody else has been spoken of since.
        """
        inside = self._cast.between(mention.start, mention.end)
        if inside:
            entity = self._cast.entity_of[inside[0]]
            return self._make.of_entity(entity, "organisation", mention, confidence=0.8)
        for span, entity in self._before(mention.start):
            if entity.type == "organisation":
                return self._make.of_entity(entity, "organisation", span, confidence=0.5)
            if reading.noun not in _PUBLISHED:
                return None
        return None

    def _before(self, at: int, reach: int = _REACH) -> Iterator[tuple[Span, Entity]]:
        """Yield the names outside quotations before an offset, the nearest first (200 at most)."""
        for index in reversed(self._cast.between(max(0, at - reach), at)[-200:]):
            name = self._cast.names[index]
            if not self._salience.is_quoted(name.start):
                yield Span(name.start, name.end, name.text), self._cast.entity_of[index]

    def _last(self, pattern: re.Pattern[str], at: int) -> Span | None:
        """Return the last match outside quotations in the reach before an offset."""
        found = None
        for match in pattern.finditer(self._body, max(0, at - _REACH), at):
            if not self._salience.is_quoted(match.start()):
                found = Span(match.start(), match.end(), match.group())
        return found
