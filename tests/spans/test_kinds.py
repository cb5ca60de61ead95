from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml

from quotes.english.document import Document
from quotes.spans import find_quotations
from quotes.spans.context import Context
from quotes.spans.kinds import RULED_OUT, THRESHOLD
from quotes.spans.score import FEATURES, SpeechModel, features

CASES = Path(__file__).parents[1] / "cases"
ROWS: list[dict[str, Any]] = yaml.safe_load((CASES / "kinds.yaml").read_text(encoding="utf-8"))


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row["text"])
def test_kind_of_a_quotation(row: dict[str, Any]) -> None:
    quotation = find_quotations(Document(row["text"]))[row.get("which", 0)]
    assert quotation.kind == row["kind"], quotation.kind_rule
    if "rule" in row:
        assert quotation.kind_rule == row["rule"]


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row["text"])
def test_confidence_in_a_kind_is_a_probability(row: dict[str, Any]) -> None:
    for quotation in find_quotations(Document(row["text"])):
        least = 1.0 - THRESHOLD if quotation.kind == "none" else 0.0
        assert least <= quotation.kind_confidence < 1.0
        if quotation.kind in ("direct", "mixed") and quotation.kind_rule != "continued-speech":
            assert quotation.kind_confidence >= THRESHOLD


def test_the_nearer_the_cue_the_surer() -> None:
    said, cueless = (
        find_quotations(Document(text))[0]
        for text in (
            "He called the harbour “a slow disgrace” on Monday, she said.",
            "Every harbour has “a slow disgrace” of its own.",
        )
    )
    assert said.kind_confidence > cueless.kind_confidence


def test_a_rule_that_names_a_reason_has_one_confidence() -> None:
    (title,) = find_quotations(Document("A report titled “Bridges in danger” lists forty of them."))
    assert title.kind_confidence == RULED_OUT


def _context(body: str) -> Context:
    (found,) = find_quotations(Document(body))
    return Context(body, found.start, found.end, found.inner_start, found.inner_end, 0, len(body))


@pytest.mark.parametrize(
    ("text", "held", "missing"),
    [
        ("He said it was “not good at all.”", {"copula-before", "finite-verb-inside"}, {"no-cue"}),
        ("The “smart” harbour.", {"one-word", "noun-after", "nobody-before"}, {"name-after"}),
        ("“We wait,” she said.", {"first-in-sentence", "speech-verb-right-after"}, {"cue-before"}),
        ("On the wall: “Long Tide Song”", {"colon-before", "title-case-words"}, {"one-word"}),
    ],
)
def test_features_of_a_quotation(text: str, held: set[str], missing: set[str]) -> None:
    found = features(_context(text))
    assert held <= set(found) <= set(FEATURES)
    assert missing.isdisjoint(found)
    assert len(found) == len(set(found))


def test_weights_are_added_up() -> None:
    context = _context("The “smart” harbour.")
    weights = dict.fromkeys(FEATURES, 0.0)
    assert SpeechModel({"bias": 0.0, "weights": weights}).probability(context) == 0.5
    weights["one-word"] = -1.0
    probability = SpeechModel({"bias": 1.0, "weights": weights}).probability(context)
    assert probability == 0.5


def test_weights_for_other_features_are_refused() -> None:
    with pytest.raises(ValueError, match="other features"):
        SpeechModel({"bias": 0.0, "weights": {"one-word": 1.0}})
