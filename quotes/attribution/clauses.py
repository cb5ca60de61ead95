"""What every rule is made of: verbs used as cues, their subjects, and the place of a quotation."""

from __future__ import annotations

from dataclasses import dataclass

from quotes.attribution.chunks import Phrases, is_border, is_copula
from quotes.attribution.proposals import Proposal
from quotes.attribution.view import Passage
from quotes.english.cues import Cue, Lexicon
from quotes.english.lexicon import (
    AUXILIARIES,
    CONJUNCTIONS,
    DETERMINERS,
    GOVERNING,
    LEADS_TO,
    PERSONAL,
    POSSESSIVES,
    RELATIVES,
    STAND_ALONE,
    is_adverb,
)
from quotes.english.segmentation import DASHES
from quotes.records import Span

_DETERMINES = DETERMINERS - STAND_ALONE - {"all"}
"""Behind these a verb is a noun: "the claim", not "some claim"."""
_MODIFIER = 8
"""“X marching slowly through the streets”: at most so many words behind X."""
_SECOND = 10
"""“X waving flags and chanting”: at most so many words before the second participle."""
_PLAIN_PLURALS = ("s", "people", "men", "women", "children", "police")


class Clauses:
    """Finds cue verbs and their subjects among the items of one passage."""

    def __init__(self, passage: Passage, lexicon: Lexicon) -> None:
        self.passage = passage
        self.items = passage.items
        self.lexicon = lexicon
        self.phrases = Phrases(passage.items, lexicon.finite)

    def cue(self, i: int, floor: int) -> Cue | None:
        """Return the cue verb at item ``i``, unless it is used as a noun or adjective there."""
        item = self.items[i]
        if item.quotation is not None:
            return None
        following = self.items[i + 1].low if i + 1 < len(self.items) else ""
        cue = self.lexicon.verb(item.low, following)
        if cue is None or (item.is_capital and i > floor):
            return None
        if cue.form == "third" and following == "as" and cue.group != "naming":
            return None  # "rated ten claims as “false”"
        if following == "to" and item.low in LEADS_TO:
            further = self.items[i + 2 : i + 3]
            if further and further[0].low in self.lexicon.verbs:
                return None  # "is expected to say"
        before = self.items[i - 1].low if i > floor else ""
        if before in _DETERMINES:
            return None
        if before in POSSESSIVES or before.endswith(("'s", "’s")):
            return None
        if cue.form == "base" and not self._licensed(i, floor):
            return None
        return cue

    def _licensed(self, i: int, floor: int) -> bool:
        """Tell whether a base form is a verb here: "they say", "to say", "officials say"."""
        j = i - 1
        while j >= floor and is_adverb(self.items[j].low):
            j -= 1
        if j < floor:
            return False
        word = self.items[j].low
        return (
            word in AUXILIARIES
            or word in ("they", "we", "i", "you", "who")
            or word.endswith(_PLAIN_PLURALS)
        )

    def verb_group(self, v: int, floor: int) -> int:
        """Return the first item of the verb group that ends with item ``v``."""
        items = self.items
        i = v
        while i > floor:
            word = items[i - 1].low
            leads = word in LEADS_TO and items[i].low == "to"  # "is expected to say"
            adverb = is_adverb(word) and not items[i - 1].is_capital
            if not (word in AUXILIARIES or adverb or leads):
                break
            i -= 1
        return i

    def subject_of(self, v: int, floor: int) -> tuple[int, int] | None:
        """Return the phrase that is the subject right before the verb at ``v``."""
        items = self.items
        start = self.verb_group(v, floor)
        if any(is_copula(items[i].low) for i in range(start, v)) and self.form_of(v) == "past":
            return None
        participle = self.form_of(v) == "participle"
        if start > floor and items[start - 1].low == "," and participle:
            return self._apposed_subject(start - 1, floor)
        if start > floor and items[start - 1].low in (",", ")", *DASHES):
            return self._before_apposition(start - 1, floor)
        allowed = "with" if participle else "for" if items[start].low == "to" else None
        phrase = self.phrases.left(start, floor, allowed=allowed)
        if phrase and items[start].low == "to" and self._is_gerund(phrase):
            return None  # "calling it mad and vowing to fight": the clause before has the subject
        if phrase and phrase[1] - phrase[0] > 1 and items[phrase[0]].low == "that":
            return phrase[0] + 1, phrase[1]  # "so tired that Ann Roe said"
        if phrase and items[phrase[0]].low in ("who", "that", "which"):
            return self._antecedent(phrase[0], floor)
        return phrase

    def _is_gerund(self, phrase: tuple[int, int]) -> bool:
        item = self.items[phrase[0]]
        return phrase[1] - phrase[0] == 1 and item.low.endswith("ing") and not item.is_capital

    def _apposed_subject(self, comma: int, floor: int) -> tuple[int, int] | None:
        """Return X of "…, with the mayor, Ann Roe, calling it", before a participle’s ``comma``.

        None for "he left, saying": there the clause before has the subject.
        """
        items = self.items
        name = self.phrases.left(comma, floor)
        if name is None or name[0] <= floor or items[name[0] - 1].low != ",":
            return None
        whose = self.phrases.left(name[0] - 1, floor, allowed="with")
        if whose is None or whose[0] <= floor:
            return None
        among = items[whose[0]].low in STAND_ALONE and items[whose[0] - 1].low in CONJUNCTIONS
        return (whose[0], name[1]) if among or items[whose[0] - 1].low == "with" else None

    def modified_subject(self, v: int, floor: int) -> tuple[int, int] | None:
        """Return X of "X marching through the streets chanted", "X gathered outside the hall said".

        That is where a preposition governs the phrase right before the verb at ``v``.
        """
        items = self.items
        start = self.verb_group(v, floor)
        governed = False
        for i in range(start - 1, max(floor, start - _MODIFIER), -1):
            item = items[i]
            if not item.is_word or item.low in CONJUNCTIONS or item.low in PERSONAL:
                return None
            if governed and not item.is_capital and item.low.endswith(("ing", "ed")):
                return None if self.cue(i, floor) else self.phrases.left(i, floor)
            governed = governed or item.low in GOVERNING
        return None

    def form_of(self, v: int) -> str | None:
        """Return the form of the cue verb at item ``v``, None if it is none."""
        cue = self.lexicon.verbs.get(self.items[v].low)
        return cue.form if cue else None

    def _antecedent(self, relative: int, floor: int) -> tuple[int, int] | None:
        """Return the phrase that a relative pronoun refers to."""
        stop = relative
        if stop > floor and self.items[stop - 1].low == ",":
            stop -= 1
        found = self._joined(self.phrases.left(stop, floor, governed=True), floor)
        if found and found[0] - 1 > floor and self.items[found[0] - 1].low in ("in", "at"):
            # "the board in Oslo, which said"
            return self.phrases.left(found[0] - 1, floor, governed=True) or found
        if found and found[0] - 1 > floor and self.items[found[0] - 1].low == ",":
            apposed = self.items[found[0]].low in DETERMINERS
            name = self.phrases.left(found[0] - 1, floor, governed=True) if apposed else None
            if name and self.items[name[1] - 1].is_capital:
                return name  # "Ann Roe, an officer who answered the call"
        return found

    def _joined(self, phrase: tuple[int, int] | None, floor: int) -> tuple[int, int] | None:
        """Return a phrase from where it begins: all of "a parents’ and teachers’ group"."""
        if phrase is None or phrase[0] <= floor or self.items[phrase[0] - 1].low != "and":
            return phrase
        before = self.phrases.left(phrase[0] - 1, floor, governed=True)
        opens = before is not None and self.items[before[0]].low in ("a", "an")
        return (before[0], phrase[1]) if before and opens else phrase

    def _before_apposition(self, comma: int, floor: int) -> tuple[int, int] | None:
        """Return X of "X, the mayor of Y, said": the phrase before the apposition opens."""
        items = self.items
        best = None
        for i in range(comma - 1, max(floor, comma - 45) - 1, -1):
            item = items[i]
            if item.quotation is not None and i != comma - 1:
                break
            if is_border(item) and item.low not in DASHES and not self._is_dot(i, floor):
                break
            if item.low in (",", "(", *DASHES):
                phrase = self.phrases.left(i, floor)
                if phrase is None or self.phrases.is_circumstance(*phrase):
                    continue
                if phrase[0] == floor or items[phrase[0] - 1].low in (",", ":", "“", '"'):
                    best = phrase
                    if phrase[0] == floor:
                        break
                elif best is None:
                    best = phrase
        return best

    def _is_dot(self, i: int, floor: int) -> bool:
        return self.items[i].low == "." and i > floor and self.items[i - 1].is_capital

    def relative_subject(self, v: int, floor: int) -> tuple[int, int] | None:
        """Return X of "by X, who took the floor and said"."""
        start = self.verb_group(v, floor)
        for i in range(start - 1, floor, -1):
            if self.items[i].low == "who":
                return self._antecedent(i, floor)
            if self.items[i].low == "," and i < start - 1:
                return None
        return None

    def shared_subject(self, v: int, floor: int) -> tuple[int, int] | None:
        """Return the subject of the clause before, for a conjoined verb or a participle."""
        items = self.items
        start = self.verb_group(v, floor)
        if own := self._absolute_subject(start, floor):
            return own
        start = self._before_relative(start, floor)
        # "people with signs reading “…” and chanted": who chanted is not what reads
        others = ("base",) if self.form_of(v) == "participle" else ("base", "participle")
        for i in range(start - 1, floor - 1, -1):
            if items[i].low in ("that", ";") or items[i].quotation is not None:
                continue
            earlier = self.lexicon.verbs.get(items[i].low)
            if earlier and earlier.form not in others:
                subject = self.subject_of(i, floor)
                if subject:
                    return subject
        return self.phrases.subject(floor, start)

    def _before_relative(self, start: int, floor: int) -> int:
        """Return where a relative clause between commas begins that ends before ``start``.

        "Roe denied it, which the Mail had reported, telling reporters": Roe told them.
        """
        items = self.items
        if start - 1 <= floor or items[start - 1].low != ",":
            return start
        for i in range(start - 2, floor, -1):
            if items[i].quotation is not None or is_border(items[i]):
                return start
            if items[i].low == ",":
                return i if items[i + 1].low in RELATIVES else start
        return start

    def _absolute_subject(self, start: int, floor: int) -> tuple[int, int] | None:
        """Return X of "…, X wearing badges and chanting", for the second participle."""
        items = self.items
        if start == floor or items[start - 1].low not in CONJUNCTIONS:
            return None
        for i in range(start - 2, max(floor, start - _SECOND), -1):
            if items[i].quotation is None and not items[i].is_word:
                return None
            if items[i].low.endswith("ing") and not items[i].is_capital:
                own = self.phrases.left(i, floor, allowed="with")
                opens = own is not None and own[0] > floor and items[own[0] - 1].low
                return own if opens in (",", "with", *DASHES) else None
        return None

    def whole(self, phrase: tuple[int, int]) -> Span:
        """Return the phrase as a span, without a possessive ending."""
        first, stop = phrase
        span = self.passage.span(first, stop)
        for ending in ("’s", "'s"):
            if span.text.endswith(ending):
                return Span(span.start, span.end - 2, span.text[:-2])
        if span.text.endswith(("s’", "s'")):
            return Span(span.start, span.end - 1, span.text[:-1])
        return span

    def proposal(
        self, rule: str, phrase: tuple[int, int], cue: int | None, *circumstances: str
    ) -> Proposal:
        """Return a proposal of the phrase, with the item ``cue`` as its cue."""
        span = None if cue is None else self.passage.span(cue, cue + 1)
        return Proposal(rule, circumstances, self.whole(phrase), span)

    def lows(self, start: int, words: list[str]) -> bool:
        """Tell whether these lower-case words stand at item ``start``."""
        return [item.low for item in self.items[start : start + len(words)]] == words


@dataclass(frozen=True, slots=True)
class Place:
    """A quotation among the items of its passage: what a surface rule looks at.

    ``position`` is its item; its sentence are the items from ``first`` to ``stop`` (exclusive).
    """

    clauses: Clauses
    quotation: int
    position: int
    first: int
    stop: int


def place_of(clauses: Clauses, quotation: int) -> Place:
    """Return the place of the quotation with this index in the article's list."""
    position = clauses.passage.position[quotation]
    return Place(clauses, quotation, position, *clauses.passage.sentence(position))
