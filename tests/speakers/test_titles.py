"""Every abbreviated title of the lexicon works in every construction, by its one line there."""

from __future__ import annotations

import pytest

from quotes.english.lexicon import ABBREVIATIONS, TITLES
from quotes.pipeline import Extractor
from quotes.records import Article

ABBREVIATED = sorted(TITLES & ABBREVIATIONS)
PLURAL = {"messrs", "mmes", "sens", "reps", "govs"}

CONSTRUCTIONS = {
    "inverted": "“The road is closed tonight,” said {}. Robin Roe.",
    "opening": "{}. Robin Roe said the road was “a disgrace to the whole town.”",
    "surname": "The mayor met {0}. Robin Roe on Monday. “We found nothing there,” {0}. Roe said.",
}


@pytest.fixture(scope="module")
def extractor() -> Extractor:
    return Extractor(())


@pytest.mark.parametrize("construction", CONSTRUCTIONS)
@pytest.mark.parametrize("title", [word for word in ABBREVIATED if word not in PLURAL])
def test_a_title_is_known_everywhere(extractor: Extractor, title: str, construction: str) -> None:
    body = CONSTRUCTIONS[construction].format(title.capitalize())
    (found,) = extractor.extract(Article("case", body)).quotations
    assert found.speaker is not None
    assert found.speaker.name == "Robin Roe"
    assert found.attribution.mention is not None
    assert found.attribution.mention.text.startswith(f"{title.capitalize()}. ")
