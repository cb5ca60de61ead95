from __future__ import annotations

import pytest
from sqlalchemy import Connection

from quotes.errors import UsageError
from quotes.search.query import SearchQuery
from quotes.search.stats import Counted, Gender, count_by, largest, side_by_side


def test_quotations_are_counted_once_each(stocked: Connection) -> None:
    found = count_by(stocked, "speaker")
    assert [(one.group, one.quotes, one.quotations, one.articles) for one in found] == [
        ("Ada Quill", 2, 3, 3),
        ("Bruno Quill", 1, 1, 1),
        ("Zoë Åkerlund", 1, 1, 1),
        ("unknown", 0, 1, 1),
    ]
    assert sum(one.share for one in found) == pytest.approx(1)
    assert [one.uncertain for one in found] == [0, 1, 0, 0]


def test_genders_come_from_first_names(stocked: Connection) -> None:
    found = {one.group: one.quotations for one in count_by(stocked, "gender")}
    assert found == {"female": 4, "male": 1, "unknown": 1}


@pytest.mark.parametrize(
    ("by", "groups"),
    [
        ("outlet", {"Daily Lantern": 2, "Evening Post": 2, "unknown": 2}),
        ("month", {"2025-03": 5, "unknown": 1}),
        ("year", {"2025": 5, "unknown": 1}),
        ("type", {"person": 5, "unknown": 1}),
        ("party", {"unknown": 6}),
        ("office", {"none known": 5, "unknown": 1}),
    ],
)
def test_every_way_of_counting(stocked: Connection, by: str, groups: dict[str, int]) -> None:
    assert {one.group: one.quotations for one in count_by(stocked, by)} == groups


def test_counts_within_each_outlet_have_its_shares(stocked: Connection) -> None:
    found = count_by(stocked, "gender", over="outlet")
    assert {one.period for one in found} == {"Daily Lantern", "Evening Post", "unknown"}
    for outlet in ("Daily Lantern", "Evening Post"):
        assert sum(one.share for one in found if one.period == outlet) == pytest.approx(1)
    joined = side_by_side(found, 9)
    assert len(joined) == len(found)
    assert {one.period for one in joined} == {None}
    assert "female, Daily Lantern" in {one.group for one in joined}
    assert {one.group.partition(", ")[2] for one in side_by_side(found, 2)} < {
        one.period for one in found
    }


@pytest.mark.parametrize(
    ("gender", "names"),
    [("female", ["Ada Quill", "Zoë Åkerlund"]), ("male", ["Bruno Quill"]), ("unknown", [])],
)
def test_people_of_one_gender(stocked: Connection, gender: Gender, names: list[str]) -> None:
    assert [one.group for one in count_by(stocked, "speaker", gender=gender)] == names


def test_counts_over_time_have_the_shares_of_their_time(stocked: Connection) -> None:
    found = count_by(stocked, "gender", over="month")
    assert {one.period for one in found} == {"2025-03", "unknown"}
    march = [one for one in found if one.period == "2025-03"]
    assert sum(one.share for one in march) == pytest.approx(1)
    assert [one.group for one in march] == ["female", "male", "unknown"]


@pytest.mark.parametrize(
    ("query", "total"),
    [
        (SearchQuery(speaker="ada quill"), 3),
        (SearchQuery(outlet="evening post"), 2),
        (SearchQuery(min_confidence=0.8), 4),
        (SearchQuery(text="lease"), 3),
        (SearchQuery(text="-lease"), 3),
    ],
)
def test_filters_choose_what_is_counted(
    stocked: Connection, query: SearchQuery, total: int
) -> None:
    assert sum(one.quotations for one in count_by(stocked, "speaker", query)) == total


def test_the_largest_groups_are_kept_over_all_times() -> None:
    rows = [Counted("1", "a", 1, 1, 1, 0.5, 0), Counted("1", "b", 1, 1, 1, 0.5, 0),
            Counted("2", "b", 1, 1, 1, 1.0, 0)]  # fmt: skip
    assert [(one.period, one.group) for one in largest(rows, 1)] == [("1", "b"), ("2", "b")]


def test_what_cannot_be_counted_by_is_refused(stocked: Connection) -> None:
    with pytest.raises(UsageError, match="name one of speaker, gender"):
        count_by(stocked, "colour")  # type: ignore[arg-type]
