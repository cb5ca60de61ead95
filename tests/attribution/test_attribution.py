"""Attribution with the real rules and the real parser, one row a construction."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from typing import Any, get_args

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from quotes.attribution import Attributor
from quotes.attribution.outcome import NOT_SPEECH
from quotes.english.document import Document
from quotes.english.parser import load_model
from quotes.records import Attribution
from quotes.spans import find_quotations
from quotes.spans.kinds import Against

CASES = yaml.safe_load(
    (Path(__file__).parent.parent / "cases" / "attribution.yaml").read_text(encoding="utf-8")
)


@pytest.fixture(scope="session")
def attributor() -> Attributor:
    return Attributor(lambda: load_model(None))


def attribute(attributor: Attributor, text: str) -> list[Attribution]:
    quotations = find_quotations(Document(text))
    found = attributor.attribute(Document(text), quotations)
    assert len(found) == len(quotations)
    return [a for q, a in zip(quotations, found, strict=True) if q.kind != "none"]


@pytest.mark.parametrize("case", CASES, ids=[case["name"] for case in CASES])
def test_names_the_source(attributor: Attributor, case: dict[str, Any]) -> None:
    found = attribute(attributor, case["text"])
    assert [a.mention.text if a.mention else None for a in found] == case["sources"]
    if "rule" in case:
        assert found[0].rule.startswith(case["rule"])


def test_every_span_is_anchored(attributor: Attributor) -> None:
    for case in CASES:
        for found in attribute(attributor, case["text"]):
            spans = [s for s in (found.mention, found.cue, found.reporter) if s]
            for span in (*spans, *found.evidence):
                assert case["text"][span.start : span.end] == span.text


def test_the_cue_is_given(attributor: Attributor) -> None:
    (found,) = attribute(attributor, "“It was an accident,” Berg later said.")
    assert found.cue is not None
    assert found.cue.text == "said"


def test_unattributed_speech_says_why(attributor: Attributor) -> None:
    (found,) = attribute(attributor, "“Nobody knows what will happen to any of us now.”")
    assert found.mention is None
    assert found.confidence == 0.0
    assert found.reason


def test_what_is_no_speech_is_never_attributed(attributor: Attributor) -> None:
    text = "Her novel “The Long Winter,” said Hollis, came out in May."
    document = Document(text)
    quotations = find_quotations(document)
    attributions = attributor.attribute(document, quotations)
    for quotation, found in zip(quotations, attributions, strict=True):
        if quotation.kind == "none":
            assert found.mention is None
            assert found.reason == "not speech: a title"


def test_every_reason_against_speech_has_words() -> None:
    assert set(get_args(Against)) == set(NOT_SPEECH)


def test_double_attribution_keeps_both(attributor: Attributor) -> None:
    text = "“It was an accident,” Berg told friends, according to the Evening Star."
    (found,) = attribute(attributor, text)
    assert found.mention is not None
    assert found.mention.text == "Berg"
    assert found.reporter is not None
    assert "Evening Star" in found.reporter.text


def test_a_clear_attribution_is_surer_than_a_guess(attributor: Attributor) -> None:
    (clear,) = attribute(attributor, "“It was an accident,” said Anna Berg.")
    (guess,) = attribute(
        attributor, "Hollis and Berg met in the hall, where talk was of “a summer without rain”."
    )
    assert clear.confidence > 0.95 > guess.confidence


def test_state_does_not_leak_between_articles(attributor: Attributor) -> None:
    alone = "“Nobody knows what will happen to any of us now.”"
    before = attribute(attributor, alone)
    attribute(attributor, "“We won,” Hollis said.")
    assert attribute(attributor, alone) == before


def test_clear_cases_need_no_parser() -> None:
    def refuse() -> Any:
        raise AssertionError("the parser was loaded")

    attribute(Attributor(refuse), "“We won,” Hollis said. “We won big,” said Anna Berg.")


def test_importing_the_pipeline_does_not_import_spacy() -> None:
    code = "import sys, quotes.pipeline; sys.exit('spacy' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


def test_every_candidate_has_a_probability() -> None:
    text = "Hollis told Berg, who was late, that the plan was “a complete disaster”."
    (quotation,) = find_quotations(Document(text))
    (found,) = Attributor().decide(Document(text), [quotation]).values()
    assert len(found.candidates) == len(found.probabilities) > 1
    assert all(0.0 <= p <= 1.0 for p in found.probabilities)
    assert sum(found.probabilities) <= 1.0 + 1e-6


def test_20_000_quotation_marks_in_a_paragraph_end() -> None:
    text = "“a b” said Berg " * 10_000
    quotations = find_quotations(Document(text))
    assert len(Attributor().attribute(Document(text), quotations)) == len(quotations)


PIECES = st.sampled_from(
    ["“", "”", '"', "‘", "’", " said ", " Berg ", "the minister ", ", ", ". ", "\n", "\n\n", ": ",
     "We won", " according to ", "who ", "’s ", "(", ")", "—", "called ", "and "]
)  # fmt: skip


@settings(max_examples=100, deadline=None)
@given(st.lists(PIECES, max_size=60).map("".join))
def test_any_text_gives_anchored_attributions(text: str) -> None:
    document = Document(text)
    text = document.text
    for found in Attributor().attribute(document, find_quotations(document)):
        assert 0.0 <= found.confidence <= 1.0
        assert (found.mention is None) == (found.reason is not None)
        if found.mention is not None:
            assert text[found.mention.start : found.mention.end] == found.mention.text
