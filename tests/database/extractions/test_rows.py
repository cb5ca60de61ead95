from __future__ import annotations

import dataclasses
from datetime import date

import pytest

from quotes.database.engine import models
from quotes.database.extractions.rows import (
    LONGEST_ADDRESS,
    article_row,
    attribution_row,
    check,
    quotation_row,
    record,
    rendering_rows,
)
from quotes.errors import ArticleError
from quotes.records import Article, Evidence, Span
from tests.factories import article, says

DAY = date(2025, 3, 1)


@pytest.mark.parametrize(
    ("facts", "expected"),
    [
        ({}, ""),
        ({"published": DAY}, "2025-03-01"),
        ({"published": DAY, "outlet": "  Daily LANTERN "}, "daily lantern 2025-03-01"),
        ({"published": DAY, "outlet": " "}, "2025-03-01"),
        (
            {"outlet": "Daily Lantern", "url": "https://lantern.example/1"},
            "https://lantern.example/1",
        ),
    ],
)
def test_what_tells_equal_texts_apart(facts: dict[str, object], expected: str) -> None:
    assert Article("a.txt", "text", **facts).address == expected


@pytest.mark.parametrize("field", ["body", "title", "outlet", "url", "byline"])
@pytest.mark.parametrize(
    ("wrong", "message"),
    [("a\x00b", "contains a NUL character"), ("a\ud800b", "contains half a surrogate pair")],
)
def test_what_no_database_holds_is_refused(field: str, wrong: str, message: str) -> None:
    facts = {"source": "a.txt", "body": "text", field: wrong}
    with pytest.raises(ArticleError, match=rf"^a\.txt: {message}"):
        check(Article(**facts))


def test_an_address_has_an_end() -> None:
    check(Article("a.txt", "text", url="x" * LONGEST_ADDRESS))
    with pytest.raises(ArticleError, match="longer than 2,000 characters"):
        check(Article("a.txt", "text", url="x" * (LONGEST_ADDRESS + 1)))


def test_rows_have_only_columns_of_their_tables() -> None:
    extracted = article(says("Ada Quill", "The harbour stays.", "The ferry goes."))
    (item,) = extracted.quotations
    for row, table in (
        (article_row(extracted.article), models.Article),
        (quotation_row(item.quotation), models.Quotation),
        (attribution_row(item), models.Attribution),
        (rendering_rows(extracted)[0][1], models.Rendering),
    ):
        assert row.keys() <= set(table.__table__.columns.keys())


def test_a_quotation_survives_the_way_to_its_row_and_back() -> None:
    (item,) = article(says("Ada Quill", "The harbour stays.")).quotations
    quotation = dataclasses.replace(item.quotation, opened=False, kind="mixed")
    stored = models.Quotation(**quotation_row(quotation))
    # How sure its kind is, is not needed where statements are cut out of it.
    assert record(stored) == dataclasses.replace(quotation, kind_confidence=1.0)


def test_an_attribution_without_a_source_says_why() -> None:
    (item,) = article(says(None, "Nobody knows.")).quotations
    row = attribution_row(item)
    assert (row["mention"], row["mention_start"], row["speaker_rule"]) == (None, None, None)
    assert row["reason"] == "no source named"
    assert row["speaker_evidence"] == []


def test_an_attribution_keeps_its_words_and_evidence() -> None:
    (item,) = article(says("Ada Quill", "The harbour stays.")).quotations
    rival = Evidence("rival", 0, 1, "“", probability=0.25)
    attribution = dataclasses.replace(
        item.attribution, reporter=Span(0, 1, "“"), evidence=(*item.attribution.evidence, rival)
    )
    row = attribution_row(dataclasses.replace(item, attribution=attribution))
    assert (row["mention"], row["cue"], row["reporter"]) == ("Ada Quill", "said", "“")
    assert (row["reporter_start"], row["reporter_end"]) == (0, 1)
    assert row["evidence"][-1] == {
        "role": "rival",
        "start": 0,
        "end": 1,
        "text": "“",
        "probability": 0.25,
    }


def test_statements_are_told_with_their_quotation() -> None:
    extracted = article(
        says("Ada Quill", "The harbour stays.", "The ferry goes."),
        says("Ada Quill", "Queen of the Quay", kind="none"),
        says("Bo Reed", "So be it."),
    )
    rows = rendering_rows(extracted)
    assert [(at, row["text"]) for at, row in rows] == [
        (0, "The harbour stays."),
        (0, "The ferry goes."),
        (2, "So be it."),
    ]
