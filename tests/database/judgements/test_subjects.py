from __future__ import annotations

from datetime import date

import pytest
from sqlalchemy.orm import Session

from quotes.database.judgements.subjects import (
    find_quotation,
    find_renderings,
    pair_rows,
    refuse_two_speakers,
    stored_speaker,
)
from quotes.errors import UsageError
from tests.factories import article, says
from tests.stored import add

LEASE = "We will not sell the long-term lease of the harbour to anyone."


@pytest.fixture
def town(session: Session) -> Session:
    """Three renderings of one quote in two variants, and a quote of somebody else."""
    words = (LEASE, LEASE.upper(), LEASE.replace(" not", ""))
    extracted = [
        article(says("Ada Quill", said), source=said, published=date(2025, 3, 1 + at))
        for at, said in enumerate(words)
    ]
    add(session, [*extracted, article(says("Bo Reed", "The ferry goes at noon."))])
    return session


@pytest.mark.parametrize(
    ("wanted", "found"),
    [
        ("1", [1]),
        ("v1", [1, 2]),
        ("V2", [3]),
        ("r2", [2]),
        (" r3 ", [3]),
        ("2", [4]),
        ("q2", [4]),
        ("n3", [3]),
    ],
)
def test_numbers_of_quotes_variants_and_renderings(
    town: Session, wanted: str, found: list[int]
) -> None:
    with town.begin():
        assert find_renderings(town, wanted) == found


@pytest.mark.parametrize(
    ("wanted", "message"),
    [
        ("x1", "'x1' is not an identifier"),
        ("0", "is not an identifier"),
        ("-1", "is not an identifier"),
        ("1.5", "is not an identifier"),
        ("r" + "9" * 30, "is not an identifier"),
        ("", "is not an identifier"),
        ("9", "there is no quote q9 with a speaker"),
        ("v9", "there is no variant v9"),
        ("r9", "there is no rendering r9"),
    ],
)
def test_what_is_no_number(town: Session, wanted: str, message: str) -> None:
    with pytest.raises(UsageError, match=message), town.begin():
        find_renderings(town, wanted)


def test_a_quotation_is_named_with_its_words(town: Session) -> None:
    with town.begin():
        row, about = find_quotation(town, 4)
        assert row.text == "“The ferry goes at noon.”"
        (words,) = about["anchors"]
        assert (words["exact"], words["article"], words["suffix"]) == (
            row.text,
            4,
            " said Bo Reed.",
        )
        assert about["places"] == [{"quotation_id": 4}]
        with pytest.raises(UsageError, match="no quotation n99"):
            find_quotation(town, 99)


def test_every_pair_is_a_judgement(town: Session) -> None:
    with town.begin():
        rows = pair_rows(town, "different", [1, 2], [3])
    assert [(row["kind"], [place["rendering_id"] for place in row["places"]]) for row in rows] == [
        ("different", [1, 3]),
        ("different", [2, 3]),
    ]
    assert [words["exact"] for words in rows[1]["anchors"]] == [
        LEASE.upper(),
        LEASE.replace(" not", ""),
    ]


def test_two_speakers_have_no_quote_in_common(town: Session) -> None:
    with town.begin():
        refuse_two_speakers(town, ("r1", 1), ("v2", 3))
        with pytest.raises(UsageError, match="r1 is said by Ada Quill and q2 by Bo Reed: correct"):
            refuse_two_speakers(town, ("r1", 1), ("q2", 4))


def test_speakers_are_known_by_their_slug(town: Session) -> None:
    with town.begin():
        assert stored_speaker(town, "ada-quill").name == "Ada Quill"
        with pytest.raises(UsageError, match="no speaker 'Ada Quill' is known"):
            stored_speaker(town, "Ada Quill")
