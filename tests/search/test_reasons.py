"""Reasons in words: every rule has one."""

from __future__ import annotations

from quotes.attribution.rules import RULES
from quotes.search.reasons import REASONS, reason


def test_every_rule_has_a_reason() -> None:
    assert {rule.name for rule in RULES} <= set(REASONS)


def test_a_reason_names_the_cue() -> None:
    assert reason("quote-verb-source/adjacent/say", "said") == (
        "named right after the quotation (“said”)"
    )
    assert reason("carry/alone/direct").startswith("speaker of the quotation before")


def test_an_unknown_rule_is_named_as_it_is() -> None:
    assert reason("moon-phase/full") == "moon-phase/full"
