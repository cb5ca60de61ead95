from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml

from quotes.english.document import Document
from quotes.spans import find_quotations

CASES = Path(__file__).parents[1] / "cases"
ROWS: list[dict[str, Any]] = yaml.safe_load((CASES / "spans.yaml").read_text(encoding="utf-8"))


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row["name"])
def test_finds_the_quotations_of_a_text(row: dict[str, Any]) -> None:
    found = find_quotations(Document(row["text"]))
    assert [quotation.text for quotation in found] == row["quotations"]
    indexed = list(enumerate(found))
    assert [i for i, quotation in indexed if not quotation.closed] == row.get("open", [])
    assert [i for i, quotation in indexed if not quotation.opened] == row.get("unopened", [])
    for link in ("parent", "continues"):
        links = {i: getattr(quotation, link) for i, quotation in indexed}
        expected = row.get("parents" if link == "parent" else link, {})
        assert {i: to for i, to in links.items() if to is not None} == expected


def test_inner_leaves_the_marks_out() -> None:
    (quotation,) = find_quotations(Document("They call it ''fair game'' here, he said."))
    assert quotation.inner == "fair game"


def test_nested_quotations_have_a_kind() -> None:
    outer, inner = find_quotations(Document("“He starred in ‘The Long Tide’ last year,” she said."))
    assert (outer.kind, outer.kind_rule) == ("direct", "clause")
    assert (inner.kind, inner.kind_rule) == ("none", "title")


def test_both_paragraphs_of_continued_speech_are_direct() -> None:
    found = find_quotations(Document("“Calm.\n\n“Then not,” he said."))
    assert [quotation.kind for quotation in found] == ["direct", "direct"]


def test_marks_of_one_hard_wrapped_paragraph_pair_across_its_lines() -> None:
    wrapped = (
        "The committee met for most of the day in the old customs house and\n"
        "heard from the pilot, who told the members that “nobody on the bridge\n"
        "had seen the rock before the ship was upon it, because the lamp had\n"
        "been dark since March” and that the owners had known about the lamp\n"
        "for several weeks without telling anybody at all on the ships which\n"
        "pass the cape every day on their way to the northern ports, he said,\n"
        "and nobody contradicted him when the members asked the other side to\n"
        "answer.\n\nNext week the owners speak."
    )
    (quotation,) = find_quotations(Document(wrapped))
    assert quotation.inner.startswith("nobody on the bridge had seen")
    assert quotation.inner.endswith("since March")


@pytest.mark.parametrize("unit", ['"', "“”", "“.”", '" ', "'", "‘", "”", "«»", "\n“"])
def test_a_flood_of_marks_around_nothing_holds_no_quotation(unit: str) -> None:
    assert find_quotations(Document(unit * 20_000)) == []


def test_twenty_thousand_marks_in_one_paragraph() -> None:
    found = find_quotations(Document("“a” " * 10_000))
    assert len(found) == 10_000
    assert all(quotation.inner == "a" for quotation in found)
    assert {quotation.kind_rule for quotation in found} == {"no-prose"}


@pytest.mark.parametrize("unit", ["“a ", "a” ", "“a‘b ", "‘a “b ", "„a "])
def test_twenty_thousand_lost_marks_stay_apart_or_inside(unit: str) -> None:
    body = unit * (20_000 // sum(not c.isalnum() and c != " " for c in unit))
    found = find_quotations(Document(body))
    assert found
    assert max(_depths(found)) <= 8


def test_deep_nesting_is_bounded_and_loses_no_text_after_it() -> None:
    body = "“a " * 5_000 + "b” " * 5_000 + "\nThen “all is well,” she said."
    found = find_quotations(Document(body))
    assert max(_depths(found)) <= 8
    assert found[-1].text == "“all is well,”"


def _depths(found: list[Any]) -> list[int]:
    depths: list[int] = []
    for quotation in found:
        depths.append(0 if quotation.parent is None else depths[quotation.parent] + 1)
    return depths
