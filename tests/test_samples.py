"""Who said what in the sample articles, against what people read in them."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml

from quotes.articles import read_articles
from quotes.pipeline import Extractor
from quotes.records import ExtractedQuotation
from quotes.search.doubt import certainty
from quotes.seeds import load_speakers

ROOT = Path(__file__).parents[1]
SAMPLES: dict[str, list[dict[str, Any]]] = yaml.safe_load(
    (ROOT / "tests/cases/samples.yaml").read_text(encoding="utf-8")
)
"""The quotations of every article, in the order in which the articles are read."""


@pytest.fixture(scope="module")
def extracted() -> dict[str, list[ExtractedQuotation]]:
    """What the program finds, by the names of ``SAMPLES``."""
    extractor = Extractor(load_speakers())
    articles = read_articles([str(ROOT / "seeds/articles")], on_error=pytest.fail)
    return {
        name: extractor.extract(article).listed(everything=True)
        for name, article in zip(SAMPLES, articles, strict=True)
    }


@pytest.mark.parametrize("name", SAMPLES)
def test_every_quotation_has_its_speaker(
    extracted: dict[str, list[ExtractedQuotation]], name: str
) -> None:
    for one, row in zip(extracted[name], SAMPLES[name], strict=True):
        assert one.text.lstrip("“\"'‘„«").startswith(row["words"])
        assert one.speaker == row.get("found", row["said_by"]), row["words"]
        assert (one.kind == "none") == (row["said_by"] is None)


def test_what_is_wrong_is_listed_with_the_reason() -> None:
    wrong = [row for rows in SAMPLES.values() for row in rows if "found" in row]
    assert all(row["found"] != row["said_by"] and row["note"] for row in wrong)
    assert len(wrong) <= 11


def test_few_wrong_names_look_like_facts(extracted: dict[str, list[ExtractedQuotation]]) -> None:
    sure = [
        row["words"]
        for name, found in extracted.items()
        for one, row in zip(found, SAMPLES[name], strict=True)
        if "found" in row and certainty(one.confidence) == "sure"
    ]
    assert len(sure) <= 4, sure
