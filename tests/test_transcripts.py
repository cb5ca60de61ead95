"""Transcripts through the whole extraction: quotations without marks, with their speakers."""

from __future__ import annotations

from datetime import date

import pytest

from quotes.pipeline import Extractor
from quotes.records import Article
from quotes.seeds import load_speakers

TALK = """Ann Roe and Bo Lind spoke in Vell on Monday.

ANN ROE, MAYOR OF VELL: We will rebuild the bridge. It will cost two million.

BO LIND: He told me “never again” on Sunday. We have no money.

Not now.

ROE: Yes, we do.

REPORTER: When?

PRESIDENT TRUMP: In April.
"""
ANSWERS = """Interview with Ann Roe

Q. What will you do about the bridge?
A. We will rebuild it before the winter.
Q. When?
A. In April.
"""


@pytest.fixture(scope="module")
def extractor() -> Extractor:
    return Extractor(load_speakers())


def test_labels_say_who_speaks(extractor: Extractor) -> None:
    article = Article("a", TALK, published=date(2025, 8, 15), form="transcript")
    found = extractor.extract(article)
    assert [(one.speaker and one.speaker.name, one.quotation.text) for one in found.quotations] == [
        ("Ann Roe", "We will rebuild the bridge. It will cost two million."),
        ("Bo Lind", "He told me “never again” on Sunday. We have no money."),
        ("Bo Lind", "Not now."),
        ("Ann Roe", "Yes, we do."),
        (None, "When?"),
        ("Donald Trump", "In April."),
    ]
    for one, statements in zip(found.quotations, found.statements, strict=True):
        quotation = one.quotation
        assert (quotation.kind, quotation.kind_rule) == ("direct", "transcript")
        assert one.attribution.rule == "transcript"
        assert TALK[quotation.start : quotation.end] == quotation.text
        assert statements
        for statement in statements:
            assert TALK[statement.start : statement.end] == statement.text
    assert [len(statements) for statements in found.statements][:3] == [2, 2, 1]
    assert found.quotations[2].quotation.continues == 1
    assert found.quotations[4].attribution.reason == "the label names nobody"


def test_answers_are_those_of_whom_the_heading_names(extractor: Extractor) -> None:
    found = extractor.extract(Article("a", ANSWERS, form="transcript"))
    assert [one.speaker and one.speaker.name for one in found.quotations] == [
        None,
        "Ann Roe",
        None,
        "Ann Roe",
    ]
    two = ANSWERS.replace("Ann Roe", "Ann Roe and Bo Lind")
    found = extractor.extract(Article("a", two, form="transcript"))
    assert not any(one.speaker for one in found.quotations)


def test_an_article_is_read_by_its_marks(extractor: Extractor) -> None:
    found = extractor.extract(Article("a", TALK))
    assert [one.quotation.text for one in found.quotations] == ["“never again”"]


def test_a_transcript_without_labels_is_read_by_its_marks(extractor: Extractor) -> None:
    text = "“We will rebuild the bridge,” Ann Roe said.\n"
    (one,) = extractor.extract(Article("a", text, form="transcript")).quotations
    assert one.speaker
    assert one.speaker.name == "Ann Roe"
