"""Reasons in words: every rule has one."""

from __future__ import annotations

import pytest

from quotes.attribution.rules import RULES
from quotes.search.reasons import REASONS, percent, reason, why, why_speaker
from quotes.transcripts import RULE


def test_every_rule_has_a_reason() -> None:
    assert {rule.name for rule in RULES} | {RULE} <= set(REASONS)


def test_a_reason_names_the_cue() -> None:
    assert reason("quote-verb-source/adjacent/say", "said") == (
        "named right after the quotation (“said”)"
    )
    assert reason("carry/alone/direct").startswith("taken from the quotation before")


def test_an_unknown_rule_is_named_as_it_is() -> None:
    assert reason("moon-phase/full") == "moon-phase/full"


def test_a_sentence_says_who_is_meant_and_how_sure_that_is() -> None:
    found = why(
        "source-verb-quote/say/adjacent",
        0.969,
        speaker="Ann Roe",
        cue="declared",
        mention="she",
        meaning="Roe",
    )
    assert found == (
        "speaker named right before the quotation (“declared”): “she”, meaning “Roe”; 96 % sure"
    )
    assert why_speaker("nearby/left", 0.3, mention="Ann Roe", meaning="Roe") == (
        "named nearest to the quotation, a guess: “Ann Roe”; 30 % sure"
    )
    assert why("judgement", 1.0, speaker="Ann Roe") == "speaker decided by a person"


def test_a_sentence_says_why_nobody_was_found() -> None:
    assert why("none", 0.0, speaker=None) == "no source named nearby"
    assert why("none", 0.0, speaker=None, found="not speech: a title") == "not speech: a title"
    found = why("label", 0.0, speaker=None, found="several may be meant", mention="Roe")
    assert found == "who “Roe” is remains open: several may be meant"
    assert why("label", 0.0, speaker=None, mention="Roe") == "who “Roe” is remains open"


@pytest.mark.parametrize(
    ("confidence", "words"), [(0.0, "1 %"), (0.5, "50 %"), (0.994, "99 %"), (1.0, "99 %")]
)
def test_no_program_is_sure_to_the_hundredth(confidence: float, words: str) -> None:
    assert percent(confidence) == words
