from __future__ import annotations

import pytest

from quotes.distributed.records import article_row, extracted_of, found_rows
from quotes.distributed.schema import EXTRACTED, rows_of, table
from quotes.pipeline import Extractor
from quotes.records import Article, ExtractedArticle
from quotes.seeds import load_speakers
from tests.factories import TOWN, article, says, with_links

BODY = (
    "Mayor Ada Quill spoke on Monday, she told the Daily Lantern.\n\n“We sail at noon,” she said, "
    "“and ‘never’ again.”\n\nHer book, “The Ferryman”, is sold there. “Go,” said the president."
)
LINKED = with_links(article(says("Ada Quill", "We sail."), says(None, "Never.")), 1, 0)


@pytest.mark.parametrize("extracted", [*TOWN, LINKED])
def test_an_article_comes_back_whole(extracted: ExtractedArticle) -> None:
    row = {
        **article_row(extracted.article, 7, None),
        "model": extracted.model,
        "quotations": found_rows(extracted),
    }
    (back,) = rows_of(table([row], EXTRACTED))
    assert extracted_of(back) == extracted
    assert back["number"] == 7


def test_what_the_program_finds_comes_back_whole() -> None:
    found = Extractor(load_speakers()).extract(Article("a", BODY))
    assert len(found.quotations) > 3
    test_an_article_comes_back_whole(found)
