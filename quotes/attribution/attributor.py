"""Stage 3 as a whole: surface rules for every quotation, the parser only for the unsure ones."""

from __future__ import annotations

import dataclasses
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Literal

from quotes.attribution.candidates import Candidate, candidates
from quotes.attribution.carry import carried, carried_across, carried_back, order_of
from quotes.attribution.clauses import Clauses, place_of
from quotes.attribution.decide import RuleTable, load_rules
from quotes.attribution.decided import Decided, Decision
from quotes.attribution.echoes import echoed
from quotes.attribution.embedding import of_questions, with_own_subjects, without_outer
from quotes.attribution.features import rows
from quotes.attribution.labels import SIGNS, signature
from quotes.attribution.nearby import introduction
from quotes.attribution.opinions import LoadEncoder, Weighing, second_opinion
from quotes.attribution.outcome import attribution
from quotes.attribution.proposals import Proposal
from quotes.attribution.ranker import Ranker, load_ranker
from quotes.attribution.rules import propose
from quotes.attribution.syntax import SyntaxRules, windows
from quotes.attribution.view import ArticleView, Passage
from quotes.english.cues import load_lexicon
from quotes.english.document import Document
from quotes.english.lexicon import TITLES
from quotes.records import Attribution, Quotation

if TYPE_CHECKING:
    from spacy.language import Language

SURE = 0.95
_SAID = 0.6
_DECIDED_BY_GRAMMAR = {
    ("quoted-as",),
    ("passive-agent", "right", "beside"),
    ("passive-agent", "left", "asked"),
    ("words-of", "name"),
    ("words-of", "own"),
    ("words-of", "voices"),
    ("possessive", "name", "claim"),
    ("possessive", "name", "retort"),
    ("as-source-verb", "right", "put-it"),
}
"""Constructions with one reading, too rare for the ranker to learn.

Each is here because a case of ``tests/cases`` or a labelled set is wrong without it: four of them
name more speakers right on labelled articles, none fewer. By PolNeAR's mentions they lose, since it
labels the outer source of "X quoted Y as saying", which the program does not follow.
"""
_SAYING = ("quote-source-verb", "quote-verb-source", "source-verb-quote", "syntax")


class Attributor:
    """Attributes the quotations of articles.

    ``load_parser`` is called the first time that a quotation needs the syntax stage; without it
    the surface stage decides alone. ``load_encoder`` is called the first time that the ranker is
    unsure of a source, for a second opinion; without it there is none. ``sure`` is the precision
    (0-1) from which on a surface rule needs no parser.
    """

    def __init__(
        self,
        load_parser: Callable[[], Language] | None = None,
        *,
        rules: RuleTable | None = None,
        ranker: Ranker | Literal["shipped"] | None = "shipped",
        load_encoder: LoadEncoder | None = None,
        sure: float = SURE,
    ) -> None:
        self.rules = rules or load_rules()
        self._load_parser = load_parser
        self._ranker = ranker
        self._load_encoder = load_encoder
        self._sure = sure
        self._lexicon = load_lexicon()
        self._syntax: SyntaxRules | None = None

    def attribute(self, document: Document, quotations: Sequence[Quotation]) -> list[Attribution]:
        """Return one attribution for each quotation, in the same order."""
        decided = self.decide(document, quotations)
        return [
            attribution(quotation, decided.get(index)) for index, quotation in enumerate(quotations)
        ]

    def decide(self, document: Document, quotations: Sequence[Quotation]) -> dict[int, Decided]:
        """Return what was proposed and chosen for every quotation that may have a source."""
        if all(quotation.kind == "none" for quotation in quotations):
            return {}
        view = ArticleView(document, quotations)
        own = dict(self._surface(view))
        beyond = self._from_beyond(view, own)
        decided = self._choose_all(view, own, beyond, None)
        unsure = frozenset(
            index
            for index, found in decided.items()
            if found.decision is None or found.decision[1] < self._sure
        )
        for index, proposals in self._parse(view, unsure).items():
            proposals = with_own_subjects(own[index], proposals)
            passage, surface = view.passage_of(index), own[index]
            own[index] = without_outer(passage, index, surface, proposals)
            proposals = without_outer(passage, index, proposals, [*surface, *proposals])
            own[index] += [*_agreement(decided[index].decision, proposals), *proposals]
        if self._ranker == "shipped":
            self._ranker = load_ranker()
        weighing = Weighing(self._ranker) if self._ranker else None
        decided = self._choose_all(view, own, beyond, weighing)
        second = self._ranker and second_opinion(self._ranker, self._load_encoder, view, decided)
        if second:
            decided = self._choose_all(view, own, beyond, second)
        return decided | dict(echoed(view, decided))

    def _surface(self, view: ArticleView) -> Iterator[tuple[int, list[Proposal]]]:
        for passage in (*view.passages.values(), *view.inner_passages.values()):
            if view.zone_of(passage.start) == "link":
                continue  # another article's words: only an echo tells whose
            clauses = Clauses(passage, self._lexicon)
            for index in order_of(passage):
                if view.quotations[index].kind != "none":
                    proposals = list(propose(place_of(clauses, index)))
                    yield index, without_outer(passage, index, proposals, proposals)

    def _parse(self, view: ArticleView, unsure: frozenset[int]) -> Mapping[int, list[Proposal]]:
        if not unsure or self._load_parser is None:
            return {}
        wanted = [
            window
            for passage in (*view.passages.values(), *view.inner_passages.values())
            if not unsure.isdisjoint(passage.position)
            for window in windows(passage, view.quotations, unsure)
        ]
        if not wanted:
            return {}
        if self._syntax is None:
            self._syntax = SyntaxRules(self._load_parser(), self._lexicon)
        found = self._syntax.propose(wanted)
        return {index: proposals for index, proposals in found.items() if index in unsure}

    def _choose_all(
        self,
        view: ArticleView,
        own: Mapping[int, list[Proposal]],
        beyond: Mapping[int, list[Proposal]],
        weighing: Weighing | None,
    ) -> dict[int, Decided]:
        """Choose for all quotations in the order of the text; without a ranker by rules alone.

        ``beyond`` are the proposals from outside the paragraph of a quotation.
        """
        decided: dict[int, Decided] = {}
        last: tuple[int, Proposal] | None = None
        for number, passage in view.passages.items():
            for index, found in self._choose(view, passage, own, beyond, last, number, weighing):
                decided[index] = found
                if found.decision is not None and view.is_text(number):
                    last = (number, found.decision[0])
        for parent, passage in view.inner_passages.items():
            outer = decided.get(parent)
            enclosing = (
                [Proposal("enclosing", (), outer.decision[0].mention, outer.decision[0].cue)]
                if outer and outer.decision
                else []
            )
            around = dict.fromkeys(passage.position, enclosing)
            decided.update(self._choose(view, passage, own, around, None, 0, None))
        return decided

    def _from_beyond(
        self, view: ArticleView, own: Mapping[int, list[Proposal]]
    ) -> dict[int, list[Proposal]]:
        """Return what the paragraphs around propose for the first and last of each paragraph."""
        found: dict[int, list[Proposal]] = defaultdict(list)
        for number, passage in view.passages.items():
            order = [index for index in order_of(passage) if index in own]
            if order:
                found[order[0]] += self._introduction(view, number, passage, order[0])
                found[order[-1]] += self._signature(view, number, passage, order[-1])
        return found

    def _introduction(
        self, view: ArticleView, number: int, passage: Passage, first: int
    ) -> list[Proposal]:
        """Return proposals from the paragraph before, for a quotation that opens this one alone."""
        before = None if passage.has_words_beside(first) else view.passage(view.beside(number, -1))
        if before is None:
            return []
        place = "alone" if passage.has_words() else "whole"
        return [
            dataclasses.replace(p, circumstances=(*p.circumstances, place))
            for p in introduction(Clauses(before, self._lexicon))
        ]

    def _signature(
        self, view: ArticleView, number: int, passage: Passage, last: int
    ) -> list[Proposal]:
        """Return proposals from the line below, for a quotation that ends its own."""
        behind = passage.items[passage.position[last] + 1 :]
        if any(item.is_word for item in behind) or not view.begins_with(number + 1, SIGNS):
            return []
        below = view.passage(number + 1)
        return [] if below is None else list(signature(Clauses(below, self._lexicon)))

    def _choose(
        self,
        view: ArticleView,
        passage: Passage,
        own: Mapping[int, list[Proposal]],
        beyond: Mapping[int, list[Proposal]],
        last: tuple[int, Proposal] | None,
        number: int,
        weighing: Weighing | None,
    ) -> Iterator[tuple[int, Decided]]:
        """Choose for each quotation of a passage in turn."""
        order = [index for index in order_of(passage) if index in own]
        previous: tuple[int, Proposal] | None = None
        for k, index in enumerate(order):
            proposals = [*own[index], *beyond.get(index, ())]
            quotation = view.quotations[index]
            if previous is not None:
                earlier = [*carried(passage, index, *previous, quotation.kind)]
                proposals += without_outer(passage, index, earlier, own[index])
            elif last is not None and view.is_text(number):
                gap = view.between(last[0], number)
                proposals += carried_across(passage, quotation, index, last[1], gap)
            following = self.rules.choose(own[order[k + 1]]) if k + 1 < len(order) else None
            if following is not None:
                proposals += carried_back(passage, index, order[k + 1], following[0])
            proposals = of_questions(passage, index, proposals)
            found = self._decided(view, passage, quotation, proposals, weighing)
            yield index, found
            if found.decision is not None:
                previous = (index, found.decision[0])

    def _decided(
        self,
        view: ArticleView,
        passage: Passage,
        quotation: Quotation,
        proposals: list[Proposal],
        weighing: Weighing | None,
    ) -> Decided:
        found = candidates(proposals, self.rules)
        if not found:
            return Decided((), None, ())
        if weighing is None:
            chances = [candidate.precision for candidate in found]
        else:
            table = rows(found, quotation, view.body, passage.start, self.rules)
            chances = weighing.weigh(table, quotation, found)
        likeliest = max(range(len(found)), key=chances.__getitem__)
        best = _innermost(found, likeliest)
        chances[best], chances[likeliest] = chances[likeliest], chances[best]
        chosen = _whole(_by_grammar(found[best]) or _construction(found[best]), found[best])
        return Decided(tuple(found), (chosen, chances[best]), tuple(chances))


def _innermost(found: Sequence[Candidate], best: int) -> int:
    """Return the speaker's place where the best candidate only reports, or is only spoken of.

    “…,” X told Y, says Z; Z quoted X as saying “…”; Z was described as “…” by X.
    """
    for i, candidate in enumerate(found):
        if _by_grammar(candidate):
            return i
    if found[best].best.rule != "according-to":
        return best
    for i, candidate in enumerate(found):
        if _is_said(candidate.best) and candidate.precision >= _SAID:
            return i
    return best


def _construction(candidate: Candidate) -> Proposal:
    """Return the best proposal of a candidate, by the construction itself where two agreed."""
    best = candidate.best
    if best.rule != "agree":
        return best
    agreed = best.circumstances[0]
    return next((p for p in candidate.proposals if p.rule == agreed), best)


def _whole(chosen: Proposal, candidate: Candidate) -> Proposal:
    """Return a proposal with all of a subject: "an aide close to the talks", "Pfc. Ann Roe"."""
    common = chosen.mention.text.islower()
    for other in candidate.proposals:
        same = common and chosen.cue is not None and other.cue == chosen.cue
        mention, ahead = other.mention, chosen.mention.start - other.mention.start
        title = mention.text[: max(0, ahead)].rstrip(" .").lower() in TITLES
        if (same or title) and mention.end == chosen.mention.end and ahead > 0:
            chosen = dataclasses.replace(chosen, mention=mention)
    return chosen


def _is_said(proposal: Proposal) -> bool:
    """Tell whether a proposal is the subject of a verb of speech."""
    rule = proposal.circumstances[0] if proposal.rule == "agree" else proposal.rule
    return rule in _SAYING


def _by_grammar(candidate: Candidate) -> Proposal | None:
    """Return the proposal of a construction that has one reading only, if there is one."""
    names = ((p, (p.rule, *p.circumstances)) for p in candidate.proposals)
    return next((p for p, name in names if name in _DECIDED_BY_GRAMMAR), None)


def _agreement(surface: Decision, parsed: Sequence[Proposal]) -> Iterator[Proposal]:
    """Propose what both stages found, under a name that tells which rules agreed."""
    if surface is None:
        return
    chosen = surface[0]
    for other in parsed:
        if other.mention.start < chosen.mention.end and chosen.mention.start < other.mention.end:
            agreed = (chosen.rule, *chosen.circumstances[:1], other.rule, *other.circumstances[:1])
            yield Proposal("agree", agreed, chosen.mention, chosen.cue)
            return
