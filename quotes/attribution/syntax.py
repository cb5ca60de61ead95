"""The syntax stage: dependency rules over the sentences whose quotations the surface left open.

Each sentence goes to the parser with its quotations masked: a quoted clause becomes a short
placeholder, a fragment keeps its words without the marks, so that the parser sees one plain
English sentence. NER and lemmatiser are off; they do not help to choose among mentions.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from quotes.attribution.proposals import Proposal
from quotes.attribution.view import Passage
from quotes.english.cues import Cue, Lexicon
from quotes.english.lexicon import GOVERNING
from quotes.records import Quotation, Span

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.tokens import Doc, Token

_PLACEHOLDER = "It works"
_FRAGMENT_WORDS = 8
_SUBJECTS = ("nsubj", "csubj", "expl")
_RELATIONS = {"ccomp": "clause", "parataxis": "clause", "dobj": "object", "oprd": "object"}
_NOMINAL = ("NN", "PR", "WP", "DT", "CD")
_PREMODIFIERS = (
    "det",
    "compound",
    "amod",
    "poss",
    "nummod",
    "nmod",
    "quantmod",
    "predet",
    "advmod",
)
_GOVERNING = GOVERNING | {"until"}
_MAX_CLIMB = 12
_WINDOW = 2_000  # characters: a longer "sentence" is a list or markup, not for the parser


@dataclass(frozen=True, slots=True)
class Window:
    """A masked sentence: its text, and for every piece of it where it stands in the body.

    ``pieces`` are (masked start, masked end, body start); ``places`` maps each quotation in it to
    its (masked start, masked end).
    """

    passage: Passage
    text: str
    pieces: tuple[tuple[int, int, int], ...]
    places: Mapping[int, tuple[int, int]]

    def to_body(self, start: int, end: int) -> Span | None:
        """Return a stretch of the masked text as a span of the body, if it lies outside quotes."""
        for piece_start, piece_end, body_start in self.pieces:
            if piece_start <= start and end <= piece_end:
                begin = body_start + start - piece_start
                stop = body_start + end - piece_start
                return Span(begin, stop, self.passage.body[begin:stop])
        return None


def windows(
    passage: Passage, quotations: Sequence[Quotation], wanted: frozenset[int]
) -> Iterator[Window]:
    """Yield the masked sentences of a passage that hold any of the ``wanted`` quotations."""
    for first, stop in passage.sentences:
        held = {i.quotation for i in passage.items[first:stop] if i.quotation is not None}
        if held & wanted:
            window = _mask(passage, quotations, first, stop)
            if len(window.text) <= _WINDOW:
                yield window


def _mask(passage: Passage, quotations: Sequence[Quotation], first: int, stop: int) -> Window:
    body = passage.body
    text = ""
    pieces = []
    places = {}
    position = passage.items[first].start
    end = passage.items[stop - 1].end
    for item in passage.items[first:stop]:
        if item.quotation is None:
            continue
        pieces.append((len(text), len(text) + item.start - position, position))
        text += body[position : item.start].replace("\n", " ")
        substitute, ending = _substitute(quotations[item.quotation])
        places[item.quotation] = (len(text), len(text) + len(substitute))
        text += substitute + ending
        position = item.end
    pieces.append((len(text), len(text) + end - position, position))
    text += body[position:end].replace("\n", " ")
    return Window(passage, text, tuple(pieces), places)


def _substitute(quotation: Quotation) -> tuple[str, str]:
    """Return what stands for a quotation in the masked text, and the mark that ends it."""
    inner = quotation.inner.strip()
    ending = inner[-1:] if inner[-1:] in ",.!?" else ""
    words = inner.rstrip(",.!?… ").split()
    if quotation.kind == "direct" or not words:
        return _PLACEHOLDER, ending
    return " ".join(words[:_FRAGMENT_WORDS]), ending


class SyntaxRules:
    """Parses windows and proposes sources from their dependency trees."""

    def __init__(self, nlp: Language, lexicon: Lexicon) -> None:
        self.nlp = nlp
        self.lexicon = lexicon

    def propose(self, found: Sequence[Window]) -> dict[int, list[Proposal]]:
        """Return proposals by quotation index for a batch of windows."""
        proposals: dict[int, list[Proposal]] = {}
        for doc, window in zip(self.nlp.pipe(w.text for w in found), found, strict=True):
            for index, (start, end) in window.places.items():
                span = doc.char_span(start, end, alignment_mode="expand")
                if span is not None:
                    proposals[index] = list(self._climb(doc, span.root, window, start))
        return proposals

    def _climb(self, doc: Doc, root: Token, window: Window, start: int) -> Iterator[Proposal]:
        token = root
        seen_verb = seen_cue = False
        for depth in range(_MAX_CLIMB):
            yield from self._nominal(token, window, depth)
            if token.head.i == token.i:
                break
            relation = token.dep_
            token = token.head
            if not token.tag_.startswith("V"):
                continue
            cue = self._cue(doc, token)
            subject, how = _subject(token)
            if subject is None or (seen_verb and cue is None):
                continue
            mention = self._mention(subject, window)
            if mention is None:
                continue
            side = "right" if token.idx > start else "left"
            group = cue.group if cue else "other"
            nth = ("again",) if seen_cue else ()
            seen_cue = seen_cue or cue is not None
            seen_verb = True
            span = window.to_body(token.idx, token.idx + len(token))
            kind = _RELATIONS.get(relation, "other")
            yield Proposal("syntax", (group, kind, side, how, *nth), mention, span)

    def _cue(self, doc: Doc, token: Token) -> Cue | None:
        following = doc[token.i + 1].lower_ if token.i + 1 < len(doc) else ""
        return self.lexicon.verb(token.lower_, following)

    def _nominal(self, token: Token, window: Window, depth: int) -> Iterator[Proposal]:
        """X's “…” claim, a statement by X that “…”: the possessor or agent of a noun above."""
        if not token.tag_.startswith("N"):
            return
        for child in token.children:
            if child.dep_ == "poss":
                cue = "noun" if token.lower_ in self.lexicon.nouns else "other"
                mention = self._mention(child, window)
                if mention:
                    circumstances = (cue, str(min(depth, 2)))
                    yield Proposal("syntax-possessive", circumstances, mention, None)
            elif child.dep_ == "prep" and child.lower_ in ("by", "from"):
                for source in child.children:
                    mention = self._mention(source, window)
                    if source.dep_ == "pobj" and mention and token.lower_ in self.lexicon.nouns:
                        yield Proposal(f"syntax-noun-{child.lower_}", (), mention, None)

    @staticmethod
    def _mention(head: Token, window: Window) -> Span | None:
        """Return the phrase of a noun without relative clauses and appositions."""
        if head.tag_[:2] not in _NOMINAL or _is_governed(head):
            return None
        start = head.idx
        for child in head.lefts:
            if child.tag_ == "WP$":
                return None
            if child.dep_ in _PREMODIFIERS:
                start = min(start, child.left_edge.idx)
        last = head
        for child in head.rights:
            if child.dep_ not in ("prep", "flat", "cc", "conj") or child.i != last.i + 1:
                break
            last = child.right_edge
        text = head.doc.text[start : last.idx + len(last)]
        comma = text.find(",", head.idx + len(head) - start)
        end = start + comma if comma >= 0 else last.idx + len(last)
        return window.to_body(start, end) or window.to_body(head.idx, head.idx + len(head))


def _is_governed(head: Token) -> bool:
    """Whether what passes for a subject stands behind a preposition: "until the vote, X said"."""
    first = head.left_edge.i
    return head.dep_ in _SUBJECTS and first > 0 and head.doc[first - 1].lower_ in _GOVERNING


def _subject(verb: Token) -> tuple[Token | None, str]:
    """Return the subject of a verb, its own or the one it shares, and how it was found."""
    token = verb
    how = "own"
    for _ in range(_MAX_CLIMB):
        passive = any(child.dep_ == "auxpass" for child in token.children)
        for child in token.children:
            if child.dep_ in _SUBJECTS or (child.dep_ == "nsubjpass" and how == "shared"):
                return _antecedent(child, token), how
            if child.dep_ == "agent":
                agent = next((c for c in child.children if c.dep_ == "pobj"), None)
                if agent is not None:
                    return agent, "agent"
        if passive:
            return None, how
        if token.dep_ in ("relcl", "acl"):
            return token.head, "relative"
        if token.dep_ not in ("conj", "xcomp", "advcl", "pcomp", "prep", "ccomp", "dep", "aux"):
            return None, how
        token = token.head
        how = "shared"
        while token.tag_ == "IN" and token.head.i != token.i:
            token = token.head
    return None, how


def _antecedent(subject: Token, verb: Token) -> Token:
    """Return what a relative pronoun stands for, else the subject itself."""
    if subject.lower_ in ("who", "that", "which") and verb.dep_ == "relcl":
        return verb.head
    return subject
