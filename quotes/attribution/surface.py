"""The surface stage: named rules propose the source of a quotation from light tokens alone.

Each rule looks at one construction ("…," said X; X said: "…"; according to X, "…"; X's "…" claim).
A proposal's name holds the construction and the circumstances that move its precision, joined by
slashes: ``source-verb-quote/core/adjacent``. Rules only propose; ``decide`` chooses.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from quotes.attribution.chunks import is_border, is_copula, is_possessive_mark
from quotes.attribution.clauses import Proposal
from quotes.attribution.verbs import VerbRules
from quotes.english.cues import forms
from quotes.english.lexicon import (
    AUXILIARIES,
    CONJUNCTIONS,
    DETERMINERS,
    DISCOURSE,
    PERSONAL,
    POSSESSIVES,
    RECORDINGS,
    TITLES,
    is_adverb,
)
from quotes.english.text import DASHES, ENDINGS
from quotes.records import Span

_NEARBY = 60
_NEARBY_NAMES = 3
_NEARBY_WORDS = 14
_NAMING_WORDS = 5
_CLAIM_WORDS = 24
_QUOTING = forms("quoting")
_WITNESSING = forms("witnessing")
_ACCORDING = {
    "according": ["according", "to"],
    "in": ["in", "the", "words", "of"],
    "per": ["per"],
}
"""What names the source in an adjunct, by its first word."""
_AS_SAYING = ["as", "saying"]
SIGNS = (*DASHES, "~")
"""With these begins a line that signs the quotation above it."""
_SIGNATURE = 16
"""The line below a quotation that names its speaker is at most so long, in words and marks."""
_PUT_IT = ["put", "it"]
_LABEL = re.compile(r"\W{0,3}((?:[A-Z][A-Z.'’\-]+\s?){1,4}):\s")


class SurfaceRules(VerbRules):
    """Proposes sources for the quotations of one passage."""

    def propose(self, quotation: int) -> Iterator[Proposal]:
        """Yield proposals for the quotation with this index, in no particular order."""
        position = self.passage.position[quotation]
        first, stop = self.passage.sentence(position)
        yield from self.after(position, stop)
        yield from self.before(position, first)
        yield from self._according(position, first, stop)
        yield from self._as_put_it(position, first, stop)
        yield from self._possessive(position, first)
        yield from self._claim(position, first)
        yield from self._words_of(position, first)
        yield from self._label(position)
        yield from self._inner_label(position)
        yield from self._trailer(position, stop)
        yield from self._passive(position, first, stop)
        yield from self._quoted_as(position, first, stop)
        yield from self._subject(position, first, stop)
        yield from self._neighbours(quotation, first, stop)
        yield from self._nearby(position)

    def introduce(self) -> Iterator[Proposal]:
        """Yield proposals for speech that opens the next paragraph: "X took the stage:"."""
        if not self.items or self.items[-1].quotation is not None:
            return
        first, stop = self.passage.sentences[-1]
        ending = "colon" if self.items[-1].low == ":" else "full"
        yield from self.of_sentence(first, stop, f"intro/{ending}")

    def sign(self) -> Iterator[Proposal]:
        """Yield proposals for a quotation right above this line: "— X, the mayor"."""
        items = self.items
        if not 1 < len(items) <= _SIGNATURE or items[0].low not in SIGNS:
            return
        phrase, ends = self._signatory(0, len(items))
        if phrase and ends and all(item.quotation is None for item in items):
            yield self.proposal("trailer/below", phrase, 0)

    def _according(self, position: int, first: int, stop: int) -> Iterator[Proposal]:
        """According to X, “…”; in the words of X, “…”; “…,” per X."""
        for i in range(first, stop - 1):
            opening = _ACCORDING.get(self.items[i].low, [])
            begin = i + len(opening)
            if not opening or [one.low for one in self.items[i:begin]] != opening:
                continue
            if opening == ["per"] and not (i == position + 1 and self._ends_in_comma(position)):
                continue
            phrase = self.phrases.right(begin, stop)
            if phrase:
                side = "right" if i > position else "left"
                mention = self.whole(phrase)
                yield Proposal(f"according-to/{side}", mention, self.passage.span(i, begin))

    def _ends_in_comma(self, position: int) -> bool:
        return self.items[position].text.rstrip("\"'”’").endswith(",")

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
            if items[v].low in verbs and abs(position - v) <= (_NEARBY_WORDS if comparing else 6):
                rule = "as-source-verb" if comparing else "what-source-verb"
                side = "left" if i < position else "right"
                if not comparing and self._names(phrase, v, position):
                    side += "/named"
                if comparing and [one.low for one in items[v : v + 2]] == _PUT_IT:
                    side += "/put-it"
                yield self.proposal(f"{rule}/{side}", phrase, v)

    def _names(self, phrase: tuple[int, int], v: int, position: int) -> bool:
        """Tell whether somebody but the subject of the sentence calls something “…”."""
        cue = self.lexicon.verbs[self.items[v].low]
        bare = self.items[phrase[0]].low in PERSONAL
        return cue.group == "naming" and not bare and v < position <= v + _NAMING_WORDS

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
                if kind == "name" and after is None and self._is_retort(i, position):
                    where = "retort"
                yield self.proposal(f"possessive/{kind}/{where}", phrase, cue)
                return

    def _claim(self, position: int, first: int) -> Iterator[Proposal]:
        """X's false claim that … “…” …, whose words they are."""
        items = self.items
        for noun in range(position - 2, max(first, position - _CLAIM_WORDS), -1):
            if items[noun].low not in self.lexicon.nouns or items[noun + 1].low != "that":
                continue
            for i in range(noun - 1, max(first, noun - _NAMING_WORDS) - 1, -1):
                if is_possessive_mark(items[i]) and items[i].is_capital:
                    owned = items[i + 1].low not in CONJUNCTIONS
                    if owned and self._goes_on(noun + 2, position):
                        yield self.proposal(
                            "possessive/name/claim", self._possessor(i, first), noun
                        )
                    return
                if items[i].low in self.lexicon.verbs:
                    return
            return

    def _goes_on(self, start: int, position: int) -> bool:
        """Tell whether one clause reaches from ``start`` up to a quotation.

        Not in "X's claim that Y is rich is “untrue”", "Asked about X's claim that it was so, Y …".
        """
        between = self.items[start:position]
        if any(not item.is_word or item.low in self.lexicon.verbs for item in between):
            return False
        verbs = [item for item in between if is_copula(item.low)]
        last = between[-1] if between else None
        return last is None or (last.low != "as" and not (verbs[1:] and last is verbs[-1]))

    def _is_retort(self, possessor: int, position: int) -> bool:
        """Tell whether a whole sentence is what somebody has: X's “…”; X's playful, “…”."""
        between = [item for item in self.items[possessor + 1 : position] if item.is_word]
        inner = self.items[position].text.strip("\"'“”‘’")
        return len(between) < 2 and inner[:1].isupper() and inner.rstrip()[-1:] in ENDINGS

    def _words_of(self, position: int, first: int) -> Iterator[Proposal]:
        """X's words lamenting it as “…”; his letter calling it “…”."""
        items = self.items
        for v in range(position - 1, max(first, position - _NEARBY_WORDS), -1):
            cue = self.lexicon.verbs.get(items[v].low)
            if cue is None or items[v - 1].low not in self.lexicon.nouns:
                continue
            for i in range(v - 2, max(first, v - 5) - 1, -1):
                if cue.form != "participle" or not items[i].is_word:
                    return
                if items[i + 1].low in DETERMINERS:
                    return  # "sent her a letter saying"
                if items[i].low in POSSESSIVES:
                    yield self.proposal("words-of/own", (i, i + 1), v)
                    return
                if is_possessive_mark(items[i]) and items[i].is_capital:
                    yield self.proposal("words-of/name", self._possessor(i, first), v)
                    return
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
        named = [w for w in words if w.low not in CONJUNCTIONS and w.low not in DISCOURSE]
        if named and len(words) <= 6 and all(w.is_capital or w.low == "." for w in words):
            yield self.proposal("label", (begin, position - 1), None)
        phrase = self.phrases.left(position - 1, begin)
        if phrase and not any(
            items[i].low in self.lexicon.verbs for i in range(begin, position - 1)
        ):
            yield self.proposal("source-colon-quote", phrase, None)

    def _inner_label(self, position: int) -> Iterator[Proposal]:
        """“NAME: …”, a transcript printed inside the marks."""
        item = self.items[position]
        label = _LABEL.match(item.text)
        if label:
            start, end = item.start + label.start(1), item.start + label.end(1)
            yield Proposal("label-inside", Span(start, end, label.group(1)), None)

    def _trailer(self, position: int, stop: int) -> Iterator[Proposal]:
        """“…” — Name, at the end of a line."""
        after = position + 1
        if after < len(self.items) and self.items[after].low in (*SIGNS, "("):
            phrase, ends = self._signatory(after, stop)
            if phrase:
                yield self.proposal("trailer/end" if ends else "trailer/open", phrase, after)

    def _signatory(self, dash: int, stop: int) -> tuple[tuple[int, int] | None, bool]:
        """Return the name behind a dash, and whether the line, or a comma, ends it."""
        items = self.items
        phrase = self.phrases.right(dash + 1, len(items))
        if not phrase or not items[phrase[0]].is_capital:
            return None, False
        if any(self.form_of(i) not in (None, "participle") for i in range(phrase[1], stop)):
            return None, False
        return phrase, phrase[1] >= len(items) or items[phrase[1]].low in (",", ".", ")", "(")

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
                    and (
                        items[phrase[0]].is_capital
                        or phrase[1] - phrase[0] > 1
                        or i == position + 1
                    )
                ):
                    side = "right" if i > position else "left"
                    beside = i == position + 1 and self._is_passive(position, first)
                    rule = f"passive-agent/{side}/beside" if beside else f"passive-agent/{side}"
                    yield self.proposal(rule, phrase, i)
                    return

    def _is_passive(self, position: int, first: int) -> bool:
        """Tell whether "was described as" or the like stands right before the quotation."""
        v = position - 1
        while v > first and self.items[v].low in ("as", "a", "an", "the"):
            v -= 1
        cue = self.lexicon.verbs.get(self.items[v].low)
        start = self.verb_group(v, first)
        return cue is not None and any(is_copula(self.items[i].low) for i in range(start, v))

    def _quoted_as(self, position: int, first: int, stop: int) -> Iterator[Proposal]:
        """Another quoted X as saying “…”, recalled X saying “…”, showed a video of X saying “…”.

        Also in the passive, X was quoted as saying “…”, and behind the quotation.
        """
        items = self.items
        for v in range(position + 1, min(stop, position + _NEARBY_WORDS)):
            passive = self._is_presented(v, position + 1)
            if passive and [one.low for one in items[v + 1 : v + 3]] == _AS_SAYING:
                yield self.proposal("quoted-as", passive, v + 2)
                return
            phrase = self.phrases.right(v + 1, stop) if self._presents(v, comparing=True) else None
            if phrase and [one.low for one in items[phrase[1] : phrase[1] + 2]] == _AS_SAYING:
                yield self.proposal("quoted-as", phrase, phrase[1] + 1)
                return
        for i in range(position - 1, max(first, position - _NEARBY_WORDS), -1):
            cue = self.lexicon.verbs.get(items[i].low)
            if cue is None or cue.form != "participle":
                continue
            stop = i - 1 if items[i - 1].low == "as" else i
            passive = self._is_presented(stop - 1, first) if stop < i else None
            if passive:
                yield self.proposal("quoted-as", passive, i)
                return
            for v in range(stop - 1, max(first, stop - _NEARBY_WORDS) - 1, -1):
                if self._presents(v, comparing=stop < i):
                    phrase = self.phrases.right(v + 1, stop)
                    if phrase and (stop < i or phrase[1] == stop):
                        yield self.proposal("quoted-as", phrase, i)
                    return
            return

    def _is_presented(self, v: int, floor: int) -> tuple[int, int] | None:
        """Return who "was quoted" at item ``v``, if that is what stands there."""
        if self.items[v].low not in _QUOTING:
            return None
        start = self.verb_group(v, floor)
        copula = any(is_copula(item.low) for item in self.items[start:v])
        return self.phrases.left(start, floor) if copula else None

    def _presents(self, v: int, *, comparing: bool) -> bool:
        """Tell whether item ``v`` presents a speaker: "quoted", "recalled", "a video of"."""
        word = self.items[v].low
        if word == "of":
            return not comparing and self.items[v - 1].low in RECORDINGS
        if word not in (_QUOTING if comparing else _WITNESSING):
            return False
        return not any(is_copula(self.items[j].low) for j in range(max(0, v - 2), v))

    def _subject(self, position: int, first: int, stop: int) -> Iterator[Proposal]:
        """The first phrase of the sentence, whatever its verb."""
        phrase = self.phrases.subject(first, position)
        if phrase:
            size = "pronoun" if self.items[phrase[0]].low in PERSONAL else "phrase"
            colon = "/colon" if self.items[position - 1].low == ":" else ""
            yield self.proposal(f"sentence-subject/{size}{colon}", phrase, None)
            return
        after = position + 1
        if after < stop:
            phrase = self.phrases.right(after, stop)
            if phrase:
                yield self.proposal("subject-after", phrase, None)

    def _neighbours(self, quotation: int, first: int, stop: int) -> Iterator[Proposal]:
        """The sentence before or after a quotation that stands alone in its own."""
        if self.passage.has_words_beside(quotation):
            return
        if first > 0:
            before = self.passage.sentence(first - 1)
            if not self._quotes(*before):
                yield from self.of_sentence(*before, "sentence-before")
        if stop < len(self.items):
            after = self.passage.sentence(stop)
            if not self._quotes(*after):
                yield from self.of_sentence(*after, "sentence-after")

    def _nearby(self, position: int) -> Iterator[Proposal]:
        """The names and pronouns next to the quotation in its paragraph, whatever they do there."""
        items = self.items
        found = 0
        for i in range(position - 1, max(-1, position - _NEARBY), -1):
            if found < _NEARBY_NAMES and self._may_name(i):
                phrase = self.phrases.left(i + 1, 0)
                if phrase:
                    found += 1
                    yield self.proposal(f"nearby/left/{found}", phrase, None)
        found = 0
        for i in range(position + 1, min(len(items), position + _NEARBY)):
            if found < _NEARBY_NAMES and self._may_name(i):
                phrase = self.phrases.left(i + 1, position + 1)
                if phrase:
                    found += 1
                    yield self.proposal(f"nearby/right/{found}", phrase, None)

    def _may_name(self, i: int) -> bool:
        """Tell whether a pronoun or the last word of a name stands at item ``i``."""
        item = self.items[i]
        if item.low in PERSONAL and item.low != "it":
            return True
        if not item.is_capital or i == 0:
            return False
        if item.low in TITLES and self.items[i + 1 : i + 2] and self.items[i + 1].low == ".":
            return False  # "Gov. Anna Berg"
        return i + 1 == len(self.items) or not self.items[i + 1].is_capital

    def _quotes(self, first: int, stop: int) -> bool:
        return any(item.quotation is not None for item in self.items[first:stop])
