"""Rules of the surface stage about speech verbs beside a quotation."""

from __future__ import annotations

from collections.abc import Iterator

from quotes.attribution.clauses import Clauses, Proposal
from quotes.english.cues import Cue
from quotes.english.lexicon import DETERMINERS, is_adverb
from quotes.english.text import DASHES

_NEAR = 5


class VerbRules(Clauses):
    """Proposes the subjects of the speech verbs before and after a quotation."""

    def after(self, position: int, stop: int) -> Iterator[Proposal]:
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
            cue = self.cue(v, begin)
            if cue is None:
                continue
            found = self._right_source(v, begin, stop, cue)
            if found:
                name, phrase = found
                parts = [name, cue.group, *self._passed(crossed)]
                yield self.proposal("/".join(parts), phrase, v)
            return

    def _right_source(
        self, v: int, begin: int, stop: int, cue: Cue
    ) -> tuple[str, tuple[int, int]] | None:
        items = self.items
        subject = self.subject_of(v, begin)
        if subject is not None:
            direct = subject[0] == begin
            comma = items[subject[0] - 1].low == ","
            where = "adjacent" if direct else "comma" if comma else "inside"
            return f"quote-source-verb/{where}", subject
        after = v + 1
        while after < stop and is_adverb(items[after].low) and not items[after].is_capital:
            after += 1
        if self.verb_group(v, begin) <= begin and cue.form in ("past", "third"):
            phrase = self.phrases.right(after, stop)
            if phrase:
                return "quote-verb-source/adjacent", phrase
        return None

    def before(self, position: int, first: int) -> Iterator[Proposal]:
        """Verbs before the quotation: X said: "…"; X, calling it "…"; X said it was "…"."""
        crossed = False
        distance = 0
        seen = 0
        for v in range(position - 1, first - 1, -1):
            item = self.items[v]
            if item.quotation is not None:
                crossed = True
                continue
            cue = self.cue(v, first)
            if cue is None:
                distance += item.is_word
                continue
            seen += 1
            yield from self._left_sources(v, first, position, cue, crossed, distance, seen)
            if seen == 2 or distance > 40 or self._stands_alone(v, first, position):
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
        subject = self.subject_of(v, first)
        if subject is not None:
            rule = "/".join(["source-verb-quote", *tail])
            if self._is_absolute(subject[0], v, first) and not crossed and seen == 1:
                rule = "source-participle-quote/absolute"
            yield self.proposal(rule, subject, v)
            return
        inverted = self.phrases.right(v + 1, position)
        if v == first and inverted and inverted[1] >= position - 1 and cue.form != "participle":
            yield self.proposal("/".join(["verb-source-quote", *tail]), inverted, v)
        shared = self.shared_subject(v, first)
        if shared is not None:
            form = "participle" if cue.form == "participle" else "conjunct"
            yield self.proposal("/".join([f"source-{form}-quote", *tail]), shared, v)

    def _is_absolute(self, subject: int, v: int, first: int) -> bool:
        """Tell whether a participle has a subject of its own: "…, with Roe calling it “mad”".

        Not "with footage of Roe calling it “mad”".
        """
        opening = self.items[subject]
        if (
            self.form_of(v) != "participle"
            or subject == first
            or self.items[subject - 1].low != "with"
        ):
            return False
        return opening.is_capital or opening.low in DETERMINERS or opening.low.endswith("s")

    def _stands_alone(self, v: int, first: int, position: int) -> bool:
        """Tell whether the clause right before a quotation opens with a dash or a semicolon.

        Verbs before it have their own objects: X lamented the state of cities – he saw “…”.
        """
        subject = self.subject_of(v, first)
        return (
            subject is not None
            and v == position - 1
            and subject[0] > first
            and self.items[subject[0] - 1].low in (";", *DASHES)
        )

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

    def of_sentence(self, first: int, stop: int, rule: str) -> Iterator[Proposal]:
        """Propose the subject of a sentence's last cue verb, or else its first phrase."""
        for v in range(stop - 1, first - 1, -1):
            cue = self.cue(v, first)
            if cue is None:
                continue
            subject = self.subject_of(v, first) or self.shared_subject(v, first)
            if subject:
                yield self.proposal(f"{rule}/verb/{cue.group}", subject, v)
                return
        phrase = self.phrases.subject(first, stop)
        if phrase:
            yield self.proposal(f"{rule}/subject", phrase, None)
