"""What was decided about a quotation, as a record: mention, cue, confidence, evidence, rivals."""

from __future__ import annotations

from collections.abc import Sequence

from quotes.attribution.decided import Decided
from quotes.attribution.proposals import Proposal
from quotes.records import Attribution, Evidence, Quotation

WEAK = 0.2
# A mention that annotators would not have chosen names the right person four times of five
# ("he" for "Trump" in the same sentence): measured with resolved speakers on PolNeAR dev.
# What merely stands near is another person then.
_WRONG_PERSON = 0.2
_MERELY_NEAR = ("nearby", "sentence-subject", "subject-after")
_RIVAL = 0.02
_RIVALS = 3

NOT_SPEECH = {
    "markup": "an attribute of markup",
    "no-words": "no words",
    "address": "an address of the web",
    "title": "a title",
    "titled": "what something is called",
    "word-as-word": "the word itself is meant",
    "nickname": "a nickname",
    "sign": "the words of a sign",
    "scare-quotes": "scare quotes",
    "no-prose": "no prose",
}
"""What a quotation is that is not speech, by the rule that said so."""


def attribution(quotation: Quotation, found: Decided | None) -> Attribution:
    """Return the attribution of a quotation, for which ``found`` is what was proposed and chosen.

    It names nobody where nothing was found, or nothing likelier than ``WEAK``.
    """
    if quotation.kind == "none":
        what = NOT_SPEECH.get(quotation.kind_rule, quotation.kind_rule)
        return Attribution(None, None, "none", 0.0, reason=f"not speech: {what}")
    if found is None or found.decision is None:
        return Attribution(None, None, "none", 0.0, reason="no source named nearby")
    proposal, precision = found.decision
    if precision < WEAK:
        reason = f"best guess too weak: “{proposal.mention.text}”"
        return Attribution(None, None, "none", 0.0, reason=reason)
    reporter = _reporter(proposal, list(found.proposals))
    evidence = [_evidence("mention", proposal)]
    if proposal.cue is not None:
        evidence.append(Evidence("cue", proposal.cue.start, proposal.cue.end, proposal.cue.text))
    if reporter is not None:
        evidence.append(_evidence("reporter", reporter))
    evidence += _rivals(found, proposal)
    return Attribution(
        proposal.mention,
        proposal.cue,
        proposal.name,
        round(_confidence(proposal.rule, precision), 4),
        tuple(evidence),
        reporter=None if reporter is None else reporter.mention,
    )


def _confidence(rule: str, precision: float) -> float:
    """Return the probability that a mention leads to the right person."""
    if rule in _MERELY_NEAR:
        return precision
    return 1.0 - _WRONG_PERSON * (1.0 - precision)


def _evidence(role: str, proposal: Proposal) -> Evidence:
    span = proposal.mention
    return Evidence(role, span.start, span.end, span.text)


def _rivals(found: Decided, chosen: Proposal) -> list[Evidence]:
    """Return the runners-up with their probabilities, the likeliest first."""
    others = [
        (probability, candidate.best.mention)
        for candidate, probability in zip(found.candidates, found.probabilities, strict=True)
        if chosen not in candidate.proposals and probability >= _RIVAL
    ]
    others.sort(key=lambda pair: -pair[0])
    return [
        Evidence("rival", mention.start, mention.end, mention.text, round(probability, 4))
        for probability, mention in others[:_RIVALS]
    ]


def _reporter(chosen: Proposal, proposals: Sequence[Proposal]) -> Proposal | None:
    """Return the outer source of double attribution: “…,” he told CNN, according to *The Hill*."""
    if chosen.rule == "according-to":
        return None
    for proposal in proposals:
        outer = (proposal.rule == "according-to" and "right" in proposal.circumstances) or (
            proposal.cue is not None and proposal.cue.text.lower() in ("reported", "reports")
        )
        if outer and proposal.mention.end != chosen.mention.end:
            return proposal
    return None
