"""The surface stage: named rules propose the source of a quotation from light tokens alone.

Each rule looks at one construction ("…," said X; X said: "…"; according to X, "…"; X's "…" claim).
A proposal's name holds the construction and the circumstances that move its precision, joined by
slashes: ``source-verb-quote/core/adjacent``. Rules only propose; ``decide`` chooses.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from quotes.attribution.chunks import Phrases, is_border, is_copula, is_possessive_mark
from quotes.attribution.lexicon import Cue, Lexicon
from quotes.attribution.view import Passage
from quotes.attribution.words import (
    AUXILIARIES,
    DASHES,
    DETERMINERS,
    PERSONAL,
    POSSESSIVES,
    is_adverb,
)
from quotes.records import Span

_PLAIN_PLURALS = ("s", "people", "men", "women", "children", "police")
_NEAR = 5
_NEARBY = 60
_NEARBY_NAMES = 3
_LABEL = re.compile(r"\W{0,3}((?:[A-Z][A-Z.'’\-]+\s?){1,4}):\s")


@dataclass(frozen=True, slots=True)
class Proposal:
    """A possible source of a quotation, and the rule that found it."""

    rule: str
    mention: Span
    cue: Span | None


class SurfaceRules:
    """Proposes sources for the quotations of one passage."""

    def __init__(self, passage: Passage, lexicon: Lexicon) -> None:
        self.passage = passage
        self.items = passage.items
        self.lexicon = lexicon
        self.phrases = Phrases(passage.items, lexicon.finite)

    def propose(self, quotation: int) -> Iterator[Proposal]:
        """Yield proposals for the quotation with this index, in no particular order."""
        position = self.passage.position[quotation]
        first, stop = self.passage.sentence(position)
        yield from self._right(position, stop)
        yield from self._left(position, first)
        yield from self._according(position, first, stop)
        yield from self._as_put_it(position, first, stop)
        yield from self._possessive(position, first)
        yield from self._label(position)
        yield from self._inner_label(position)
        yield from self._trailer(position, stop)
        yield from self._passive(position, first, stop)
        yield from self._subject(position, first, stop)
        yield from self._neighbours(quotation, first, stop)
        yield from self._nearby(position)

    def introduce(self) -> Iterator[Proposal]:
        """Yield proposals for speech that opens the next paragraph: "X took the stage:"."""
        if not self.items or self.items[-1].quotation is not None:
            return
        first, stop = self.passage.sentences[-1]
        ending = "colon" if self.items[-1].low == ":" else "full"
        yield from self._sentence_source(first, stop, f"intro/{ending}")

    # -- verbs ---------------------------------------------------------------------------------

    def _cue(self, i: int, floor: int) -> Cue | None:
        """Return the cue verb at item ``i``, unless it is used as a noun or adjective there."""
        item = self.items[i]
        if item.quotation is not None:
            return None
        following = self.items[i + 1].low if i + 1 < len(self.items) else ""
        cue = self.lexicon.verb(item.low, following)
        if cue is None or (item.is_capital and i > floor):
            return None
        before = self.items[i - 1].low if i > floor else ""
        if before in DETERMINERS and before not in ("all", "both", "some", "many", "several"):
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

    def _right(self, position: int, stop: int) -> Iterator[Proposal]:
        """Verbs after the quotation: "…," said X; "…," X said; "…" is wrong, X said."""
        items = self.items
        begin = position + 1
        while begin < stop and items[begin].low in (",", "–", "—", "―", "-"):
            begin += 1
        crossed = False
        for v in range(begin, min(stop, begin + 45)):
            item = items[v]
            if item.quotation is not None:
                crossed = True
                continue
            cue = self._cue(v, begin)
            if cue is None:
                continue
            found = self._right_source(v, begin, stop, cue)
            if found:
                name, phrase = found
                parts = [name, cue.group, *self._passed(crossed)]
                yield self._proposal("/".join(parts), phrase, v)
            return

    def _right_source(
        self, v: int, begin: int, stop: int, cue: Cue
    ) -> tuple[str, tuple[int, int]] | None:
        items = self.items
        subject = self._subject_of(v, begin)
        if subject is not None:
            direct = subject[0] == begin
            comma = items[subject[0] - 1].low == ","
            where = "adjacent" if direct else "comma" if comma else "inside"
            return f"quote-source-verb/{where}", subject
        after = v + 1
        while after < stop and is_adverb(items[after].low) and not items[after].is_capital:
            after += 1
        if self._skip_back(v, begin) <= begin and cue.form in ("past", "third"):
            phrase = self.phrases.right(after, stop)
            if phrase:
                return "quote-verb-source/adjacent", phrase
        return None

    def _left(self, position: int, first: int) -> Iterator[Proposal]:
        """Verbs before the quotation: X said: "…"; X, calling it "…"; X said it was "…"."""
        crossed = False
        distance = 0
        seen = 0
        for v in range(position - 1, first - 1, -1):
            item = self.items[v]
            if item.quotation is not None:
                crossed = True
                continue
            cue = self._cue(v, first)
            if cue is None:
                distance += item.is_word
                continue
            seen += 1
            yield from self._left_sources(v, first, position, cue, crossed, distance, seen)
            if seen == 2 or distance > 40:
                return
            distance += 1

    def _left_sources(
        self,
        v: int,
        first: int,
        position: int,
        cue: Cue,
        crossed: bool,
        distance: int,
        seen: int,
    ) -> Iterator[Proposal]:
        gap = self._gap(v, position, distance)
        tail = [cue.group, gap, *self._passed(crossed), *(["second"] if seen > 1 else [])]
        subject = self._subject_of(v, first)
        if subject is not None:
            yield self._proposal("/".join(["source-verb-quote", *tail]), subject, v)
            return
        inverted = self.phrases.right(v + 1, position)
        if v == first and inverted and inverted[1] >= position - 1 and cue.form != "participle":
            yield self._proposal("/".join(["verb-source-quote", *tail]), inverted, v)
        shared = self._shared_subject(v, first)
        if shared is not None:
            form = "participle" if cue.form == "participle" else "conjunct"
            yield self._proposal("/".join([f"source-{form}-quote", *tail]), shared, v)

    def _gap(self, v: int, position: int, distance: int) -> str:
        between = self.items[v + 1 : position]
        if all(not i.is_word or i.low == "that" or is_adverb(i.low) for i in between):
            return "adjacent"
        last = between[-1].low
        if last in (":", ",") or last == "that":
            return "colon" if last == ":" else "comma" if last == "," else "that"
        return "near" if distance <= _NEAR else "far"

    @staticmethod
    def _passed(crossed: bool) -> list[str]:
        return ["past-quote"] if crossed else []

    def _skip_back(self, v: int, floor: int) -> int:
        """Return the first item of the verb group that ends with item ``v``."""
        items = self.items
        i = v
        while i > floor and (
            items[i - 1].low in AUXILIARIES
            or (is_adverb(items[i - 1].low) and not items[i - 1].is_capital)
        ):
            i -= 1
        return i

    def _subject_of(self, v: int, floor: int) -> tuple[int, int] | None:
        """Return the phrase that is the subject right before the verb at ``v``."""
        items = self.items
        start = self._skip_back(v, floor)
        if any(is_copula(items[i].low) for i in range(start, v)) and self._is_past(v):
            return None
        if start > floor and items[start - 1].low in (",", ")", *DASHES):
            return self._before_apposition(start - 1, floor)
        phrase = self.phrases.left(start, floor)
        if phrase and items[phrase[0]].low in ("who", "that", "which"):
            return self._antecedent(phrase[0], floor)
        return phrase

    def _is_past(self, v: int) -> bool:
        cue = self.lexicon.verbs.get(self.items[v].low)
        return cue is not None and cue.form == "past"

    def _antecedent(self, relative: int, floor: int) -> tuple[int, int] | None:
        """Return the phrase that a relative pronoun refers to."""
        stop = relative
        if stop > floor and self.items[stop - 1].low == ",":
            stop -= 1
        return self.phrases.left(stop, floor)

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
                if phrase is None:
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

    def _shared_subject(self, v: int, floor: int) -> tuple[int, int] | None:
        """Return the subject of the clause before, for a conjoined verb or a participle."""
        items = self.items
        start = self._skip_back(v, floor)
        for i in range(start - 1, floor - 1, -1):
            if items[i].low in ("who", "that", ";") or items[i].quotation is not None:
                continue
            earlier = self.lexicon.verbs.get(items[i].low)
            if earlier and earlier.form != "base":
                subject = self._subject_of(i, floor)
                if subject:
                    return subject
        return self.phrases.subject(floor, start)

    # -- other constructions ---------------------------------------------------------------------

    def _according(self, position: int, first: int, stop: int) -> Iterator[Proposal]:
        items = self.items
        for i in range(first, stop - 1):
            if items[i].low == "according" and items[i + 1].low == "to":
                phrase = self.phrases.right(i + 2, stop)
                if phrase:
                    side = "right" if i > position else "left"
                    mention = self._whole(phrase)
                    yield Proposal(f"according-to/{side}", mention, self.passage.span(i, i + 2))

    def _as_put_it(self, position: int, first: int, stop: int) -> Iterator[Proposal]:
        """“…,” as X put it; what X called “…”."""
        items = self.items
        for i in range(first, stop):
            if items[i].low not in ("as", "what", "whom"):
                continue
            phrase = self.phrases.right(i + 1, stop)
            if not phrase or phrase[1] >= stop:
                continue
            v = phrase[1]
            while v < stop - 1 and (is_adverb(items[v].low) or items[v].low in AUXILIARIES):
                v += 1
            comparing = items[i].low == "as"
            verbs = self.lexicon.as_verbs if comparing else self.lexicon.verbs
            if items[v].low in verbs and abs(position - v) <= 6:
                rule = "as-source-verb" if comparing else "what-source-verb"
                yield self._proposal(f"{rule}/{'left' if i < position else 'right'}", phrase, v)

    def _possessive(self, position: int, first: int) -> Iterator[Proposal]:
        """X's “…”; X's claim that “…”; his “…” remark."""
        items = self.items
        for i in range(position - 1, max(first, position - 9) - 1, -1):
            item = items[i]
            if item.quotation is not None or is_border(item):
                return
            if (is_possessive_mark(item) and item.is_capital) or item.low in POSSESSIVES:
                phrase = (i, i + 1) if item.low in POSSESSIVES else self._possessor(i, first)
                noun = next(
                    (j for j in range(i + 1, position) if items[j].low in self.lexicon.nouns), None
                )
                where = "adjacent" if i == position - 1 else "noun" if noun is not None else "near"
                after = self._noun_after(position)
                cue = noun if noun is not None else after
                if where != "noun" and after is not None:
                    where += "-noun"
                kind = "own" if item.low in POSSESSIVES else "name"
                yield self._proposal(f"possessive/{kind}/{where}", phrase, cue)
                return

    def _noun_after(self, position: int) -> int | None:
        after = position + 1
        items = self.items
        if after < len(items) and items[after].low in self.lexicon.nouns:
            return after
        return None

    def _possessor(self, i: int, first: int) -> tuple[int, int]:
        start = i
        while start > first and self.items[start - 1].is_capital:
            start -= 1
        return start, i + 1

    def _label(self, position: int) -> Iterator[Proposal]:
        """NAME: “…” at the beginning of a line, or a headline's X: ‘…’."""
        items = self.items
        if position < 2 or items[position - 1].low != ":":
            return
        begin = self.passage.sentence(position - 1)[0]
        words = items[begin : position - 1]
        if words and len(words) <= 6 and all(w.is_capital or w.low == "." for w in words):
            yield self._proposal("label", (begin, position - 1), None)
        phrase = self.phrases.left(position - 1, begin)
        if phrase and not any(
            items[i].low in self.lexicon.verbs for i in range(begin, position - 1)
        ):
            yield self._proposal("source-colon-quote", phrase, None)

    def _inner_label(self, position: int) -> Iterator[Proposal]:
        """“NAME: …”, a transcript printed inside the marks."""
        item = self.items[position]
        label = _LABEL.match(item.text)
        if label:
            start, end = item.start + label.start(1), item.start + label.end(1)
            yield Proposal("label-inside", Span(start, end, label.group(1)), None)

    def _trailer(self, position: int, stop: int) -> Iterator[Proposal]:
        """“…” — Name, at the end of a line."""
        items = self.items
        after = position + 1
        if after < len(items) and items[after].low in (*DASHES, "~", "("):
            phrase = self.phrases.right(after + 1, len(items))
            if phrase and items[phrase[0]].is_capital:
                end = phrase[1] >= len(items) or items[phrase[1]].low in (",", ".", ")", "(")
                verb = any(items[i].low in self.lexicon.verbs for i in range(phrase[1], stop))
                if not verb:
                    rule = "trailer/end" if end else "trailer/open"
                    yield self._proposal(rule, phrase, after)

    def _passive(self, position: int, first: int, stop: int) -> Iterator[Proposal]:
        """Described as “…” by X."""
        items = self.items
        for i in range(first, stop - 1):
            if items[i].low == "by" and abs(i - position) <= 8:
                has_verb = any(
                    items[j].low in self.lexicon.verbs for j in range(max(first, i - 10), i)
                )
                phrase = self.phrases.right(i + 1, stop)
                if (
                    has_verb
                    and phrase
                    and (items[phrase[0]].is_capital or phrase[1] - phrase[0] > 1)
                ):
                    side = "right" if i > position else "left"
                    yield self._proposal(f"passive-agent/{side}", phrase, i)
                    return

    def _subject(self, position: int, first: int, stop: int) -> Iterator[Proposal]:
        """The first phrase of the sentence, whatever its verb."""
        phrase = self.phrases.subject(first, position)
        if phrase:
            size = "pronoun" if self.items[phrase[0]].low in PERSONAL else "phrase"
            colon = "/colon" if self.items[position - 1].low == ":" else ""
            yield self._proposal(f"sentence-subject/{size}{colon}", phrase, None)
            return
        after = position + 1
        if after < stop:
            phrase = self.phrases.right(after, stop)
            if phrase:
                yield self._proposal("subject-after", phrase, None)

    def _neighbours(self, quotation: int, first: int, stop: int) -> Iterator[Proposal]:
        """The sentence before or after a quotation that stands alone in its own."""
        if self.passage.has_words_beside(quotation):
            return
        if first > 0:
            before = self.passage.sentence(first - 1)
            if not self._quotes(*before):
                yield from self._sentence_source(*before, "sentence-before")
        if stop < len(self.items):
            after = self.passage.sentence(stop)
            if not self._quotes(*after):
                yield from self._sentence_source(*after, "sentence-after")

    def _nearby(self, position: int) -> Iterator[Proposal]:
        """The names and pronouns next to the quotation in its paragraph, whatever they do there."""
        items = self.items
        found = 0
        for i in range(position - 1, max(-1, position - _NEARBY), -1):
            if found < _NEARBY_NAMES and self._may_name(i):
                phrase = self.phrases.left(i + 1, 0)
                if phrase:
                    found += 1
                    yield self._proposal(f"nearby/left/{found}", phrase, None)
        found = 0
        for i in range(position + 1, min(len(items), position + _NEARBY)):
            if found < _NEARBY_NAMES and self._may_name(i):
                phrase = self.phrases.left(i + 1, position + 1)
                if phrase:
                    found += 1
                    yield self._proposal(f"nearby/right/{found}", phrase, None)

    def _may_name(self, i: int) -> bool:
        """Tell whether a pronoun or the last word of a name stands at item ``i``."""
        item = self.items[i]
        if item.low in PERSONAL and item.low != "it":
            return True
        if not item.is_capital or i == 0:
            return False
        return i + 1 == len(self.items) or not self.items[i + 1].is_capital

    def _quotes(self, first: int, stop: int) -> bool:
        return any(item.quotation is not None for item in self.items[first:stop])

    def _sentence_source(self, first: int, stop: int, rule: str) -> Iterator[Proposal]:
        """Propose the subject of a sentence's last cue verb, or else its first phrase."""
        for v in range(stop - 1, first - 1, -1):
            cue = self._cue(v, first)
            if cue is None:
                continue
            subject = self._subject_of(v, first) or self._shared_subject(v, first)
            if subject:
                yield self._proposal(f"{rule}/verb/{cue.group}", subject, v)
                return
        phrase = self.phrases.subject(first, stop)
        if phrase:
            yield self._proposal(f"{rule}/subject", phrase, None)

    # -- making proposals ------------------------------------------------------------------------

    def _whole(self, phrase: tuple[int, int]) -> Span:
        """Return the phrase as a span, without a possessive ending."""
        first, stop = phrase
        span = self.passage.span(first, stop)
        for ending in ("’s", "'s"):
            if span.text.endswith(ending):
                return Span(span.start, span.end - 2, span.text[:-2])
        if span.text.endswith(("s’", "s'")):
            return Span(span.start, span.end - 1, span.text[:-1])
        return span

    def _proposal(self, rule: str, phrase: tuple[int, int], cue: int | None) -> Proposal:
        span = None if cue is None else self.passage.span(cue, cue + 1)
        return Proposal(rule, self._whole(phrase), span)
