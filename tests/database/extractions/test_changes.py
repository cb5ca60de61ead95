from __future__ import annotations

import dataclasses

import pytest
from sqlalchemy.orm import Session

from quotes.database.extractions.changes import (
    Change,
    Report,
    changes,
    pair,
    stored_quotations,
)
from quotes.database.judgements.judge import Judge
from quotes.records import ExtractedArticle
from tests.factories import Said, article, says
from tests.stored import add

LEASE = says("Ada Quill", "We will not sell the lease of the harbour.")
SHIPS = says("Bo Reed", "Ships may moor here.")
NOBODY = says(None, "Nobody knows.")


def differences(session: Session, extracted: ExtractedArticle) -> list[Change]:
    with session.begin():
        old = stored_quotations(session, 1)
        return list(changes(old, extracted, pair(old, extracted)))


def without_speaker(extracted: ExtractedArticle) -> ExtractedArticle:
    items = [dataclasses.replace(item, speaker=None) for item in extracted.quotations]
    return dataclasses.replace(extracted, quotations=tuple(items))


def kept(extracted: ExtractedArticle, *places: int) -> ExtractedArticle:
    return dataclasses.replace(
        extracted, quotations=tuple(extracted.quotations[at] for at in places)
    )


@pytest.mark.parametrize(
    ("items", "expected"),
    [
        ((LEASE, SHIPS), []),
        ((says("Cy Dale", *LEASE.statements), SHIPS), [("changed", "ada-quill", "cy-dale")]),
    ],
)
def test_speakers(
    session: Session, items: tuple[Said, ...], expected: list[tuple[object, ...]]
) -> None:
    add(session, [article(LEASE, SHIPS)])
    # The name of another speaker is of another length, and moves what stands below it.
    found = [one for one in differences(session, article(*items)) if one.sort != "moved"]
    assert [(one.sort, one.before, one.after) for one in found] == expected


def test_a_speaker_is_lost_and_gained(session: Session) -> None:
    add(session, [without_speaker(article(LEASE, NOBODY))])
    (gained,) = differences(session, article(LEASE, NOBODY))
    assert (gained.sort, gained.before, gained.after) == ("gained", None, "ada-quill")
    add(session, [article(LEASE, SHIPS, source="other.txt")])
    with session.begin():
        old = stored_quotations(session, 2)
        new = without_speaker(article(LEASE, SHIPS))
        lost = list(changes(old, new, pair(old, new)))
    assert [(one.sort, one.before, one.after) for one in lost] == [
        ("lost", "ada-quill", None),
        ("lost", "bo-reed", None),
    ]


def test_quotations_are_new_and_gone(session: Session) -> None:
    whole = article(LEASE, SHIPS, NOBODY)
    add(session, [kept(dataclasses.replace(whole, statements=whole.statements[:2]), 0, 1)])
    found = differences(session, kept(whole, 0, 2))
    assert [(one.sort, one.text, one.before, one.after) for one in found] == [
        ("new", "“Nobody knows.”", None, None),
        ("gone", "“Ships may moor here.”", "bo-reed", None),
    ]


def test_another_kind_is_a_move(session: Session) -> None:
    add(session, [article(LEASE)])
    (item,) = article(LEASE).quotations
    quotation = dataclasses.replace(item.quotation, kind="mixed")
    new = dataclasses.replace(
        article(LEASE), quotations=(dataclasses.replace(item, quotation=quotation),)
    )
    (moved,) = differences(session, new)
    assert moved.sort == "moved"
    assert (moved.before, moved.after) == (
        f"direct: {quotation.text}",
        f"mixed: {quotation.text}",
    )


def test_what_a_person_said_is_not_the_machines_answer(session: Session) -> None:
    add(session, [article(LEASE, SHIPS)])
    Judge(session, "Ann").attribution(1, "bo-reed")
    assert differences(session, article(LEASE, SHIPS)) == []
    (change, _) = differences(session, without_speaker(article(LEASE, SHIPS)))
    assert (change.sort, change.before, change.judged) == ("lost", "ada-quill", True)


def test_a_report_counts_by_sort() -> None:
    one = Change("new", "a.txt", "“Yes.”", None, None)
    report = Report(changes=[one, one, dataclasses.replace(one, sort="gone")])
    assert report.counts == {"new": 2, "gone": 1}
    assert report.counts["moved"] == 0
