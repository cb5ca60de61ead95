"""The table of rules: every construction that may name the source of a quotation, one row each.

A surface rule looks at the place of one quotation and yields proposals; it needs a case in
``tests/cases/attribution.yaml`` and a precision measured on the training articles
(``seeds/rules.yaml``, printed by ``quotes rules``). Rules only propose: the ranker chooses.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from quotes.attribution.adjuncts import according_to, as_put_it
from quotes.attribution.clauses import Place
from quotes.attribution.decide import load_rules
from quotes.attribution.labels import label, label_inside, trailer
from quotes.attribution.nearby import any_name, next_sentence, sentence_subject
from quotes.attribution.passives import passive_agent, quoted_as
from quotes.attribution.possessives import claim, depiction, possessor, voices, words_of
from quotes.attribution.proposals import Proposal
from quotes.attribution.verbs import verb_after, verb_before

Find = Callable[[Place], Iterator[Proposal]]


@dataclass(frozen=True, slots=True)
class Rule:
    """A construction: its name, an example, what finds it, and how far it is trusted unseen.

    ``find`` is None for what is not found at one place: what the parser sees, and sources that are
    carried over from other quotations or paragraphs. One function may find several constructions;
    it is run once. ``prior`` is the precision (0-1) that is assumed before any case was counted:
    high for constructions that mean one thing in print but are rare in the training articles.
    """

    name: str
    example: str
    find: Find | None = None
    prior: float = 0.5


RULES = (
    Rule("quote-source-verb", "“…,” X said", verb_after),
    Rule("quote-verb-source", "“…,” said X", verb_after),
    Rule("source-verb-quote", "X said: “…”", verb_before),
    Rule("verb-source-quote", "Said X: “…”", verb_before, 0.9),
    Rule("source-participle-quote", "X left, calling it “…”", verb_before),
    Rule("source-conjunct-quote", "X left and said it was “…”", verb_before),
    Rule("accused-of", "Y accused X of saying “…”", verb_before, 0.9),
    Rule("according-to", "According to X, “…”", according_to, 0.9),
    Rule("as-source-verb", "“…,” as X put it", as_put_it, 0.9),
    Rule("what-source-verb", "what X called “…”", as_put_it),
    Rule("possessive", "X’s “…” remark", possessor),
    Rule("possessive", "X’s claim that it was “…”", claim),
    Rule("possessive", "X’s description of it as “…”", depiction),
    Rule("words-of", "X’s letter calling it “…”", words_of, 0.9),
    Rule("words-of", "Y left to cries of “…” from X", voices, 0.9),
    Rule("label", "X: “…”, at the beginning of a line", label, 0.9),
    Rule("source-colon-quote", "A word from X: “…”", label),
    Rule("label-inside", "“X: …”, a transcript inside the marks", label_inside, 0.9),
    Rule("trailer", "“…” — X", trailer, 0.9),
    Rule("passive-agent", "described as “…” by X", passive_agent),
    Rule("quoted-as", "a paper quoted X as saying “…”", quoted_as, 0.9),
    Rule(
        "sentence-subject", "the first phrase of the sentence, whatever its verb", sentence_subject
    ),
    Rule("subject-after", "“…” X had no doubt", sentence_subject),
    Rule("sentence-before", "X shrugged. “…”", next_sentence),
    Rule("sentence-after", "“…” X shrugged.", next_sentence),
    Rule("nearby", "a name or pronoun beside the quotation", any_name),
    Rule("intro", "X took the stage: and a paragraph that is all “…”"),
    Rule("carry", "“…,” X said. “…”, the source of the quotation before"),
    Rule("carry-back", "“…” “…,” X said: the source of the next quotation"),
    Rule("carry-open", "“… and “…”, speech that runs on in the next paragraph"),
    Rule("carry-across", "the source of the last quotation of an earlier paragraph"),
    Rule("syntax", "the subject of the verb above the quotation, by the parser"),
    Rule("syntax-possessive", "the possessor of a noun above the quotation, by the parser"),
    Rule("syntax-noun-by", "a statement by X that “…”, by the parser"),
    Rule("syntax-noun-from", "a letter from X saying “…”, by the parser"),
    Rule("agree", "what a surface rule and the parser both found"),
    Rule("echo", "a headline or heading with ‘…’: the source of the same words in the text"),
    Rule("enclosing", "“… ‘…’ …”: the source of the quotation around this one", None, 0.75),
)

PRIORS = {rule.name: rule.prior for rule in RULES if rule.prior != 0.5}
"""The trust in each construction that is trusted before its cases were counted, by its name."""

_FINDERS = tuple(dict.fromkeys(rule.find for rule in RULES if rule.find))


def propose(place: Place) -> Iterator[Proposal]:
    """Yield what the surface rules propose for the quotation at a place, in no order."""
    for find in _FINDERS:
        yield from find(place)


@dataclass(frozen=True, slots=True)
class Measured:
    """A rule with its precision (0-1) and number of cases, None where it was not measured."""

    name: str
    precision: float | None
    cases: int | None
    example: str


def summary() -> list[Measured]:
    """Return every rule as it was measured, in the order of the table; each name once.

    Raises SeedError if the table of precisions is malformed.
    """
    table = load_rules()
    examples: dict[str, list[str]] = {}
    for rule in RULES:
        examples.setdefault(rule.name, []).append(rule.example)
    return [
        Measured(
            name,
            table.precision[name] if table.cases.get(name) else None,
            table.cases.get(name) or None,
            " · ".join(shown),
        )
        for name, shown in examples.items()
    ]
