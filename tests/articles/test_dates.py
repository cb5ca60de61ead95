from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from quotes.articles.dates import (
    date_in_name,
    date_in_url,
    decide_order,
    is_ambiguous,
    parse_date,
    parse_day,
)

CASES = yaml.safe_load((Path(__file__).parents[1] / "cases" / "dates.yaml").read_text("utf-8"))


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["text"])
def test_parse_date(case: dict[str, Any]) -> None:
    expected = date.fromisoformat(case["date"]) if case["date"] else None
    assert parse_date(case["text"]) == expected


@given(st.dates(min_value=date(1000, 1, 1)))
def test_every_iso_date_is_read(day: date) -> None:
    assert parse_date(day.isoformat()) == day
    assert parse_date(f"{day:%d %B %Y}") == day
    assert parse_date(f"{day:%b %d, %Y}") == day


@given(st.dates(min_value=date(1990, 1, 1), max_value=date(2099, 1, 1)))
def test_numbers_are_read_in_the_order_of_their_table(day: date) -> None:
    for form, order in (("%d/%m/%Y", "day first"), ("%m-%d-%Y", "month first")):
        text = day.strftime(form)
        assert parse_date(text, order) == day
        if is_ambiguous(text):
            assert parse_date(text) is None
            assert decide_order([text]) is None
        else:
            assert parse_date(text) == day


@pytest.mark.parametrize(
    ("texts", "order"),
    [
        (["04/03/2024", "15/03/2024"], "day first"),
        (["04-03-2024", "", "03-15-2024 10:00"], "month first"),
        (["04/03/2024", "05/03/2024", "2024-03-15", "15.03.2024"], None),
        (["15/03/2024", "03/15/2024"], None),
        ([], None),
    ],
)
def test_a_table_decides_the_order(texts: list[str], order: str | None) -> None:
    assert decide_order(texts) == order


@pytest.mark.parametrize(
    ("text", "days_ago"),
    [("yesterday", 1), ("today", 0), ("3 days ago", 3), ("Yesterday", 1), ("2 weeks ago", 14)],
)
def test_people_type_relative_days(text: str, days_ago: int) -> None:
    before = date.today()
    found = parse_day(text)
    assert found in (before - timedelta(days_ago), date.today() - timedelta(days_ago))


@pytest.mark.parametrize(
    "text", ["04/03/2024", "soon", "May", "2025", "May 2025", "5", "", "12:30"]
)
def test_half_a_day_is_not_one(text: str) -> None:
    assert parse_day(text) is None


def test_people_type_dates() -> None:
    for text in ("2025-08-15", "15 Aug 2025", "August 15, 2025", "15.8.2025"):
        assert parse_day(text) == date(2025, 8, 15)


@given(st.text(max_size=60))
def test_no_text_breaks_the_reader(text: str) -> None:
    parse_date(text)
    is_ambiguous(text)
    date_in_name(text)
    date_in_url(text)


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("herald_2016-09-12_bridge.txt", date(2016, 9, 12)),
        ("2016_09_12.txt", date(2016, 9, 12)),
        ("wire20160912b.txt", date(2016, 9, 12)),
        ("0001-2016-09-12.txt", date(2016, 9, 12)),
        ("120160912.txt", None),
        ("85475456_herald.txt", None),
        ("2016-13-12.txt", None),
        ("2016-0912.txt", None),
        ("0950-09-12.txt", None),
    ],
)
def test_date_in_file_name(name: str, expected: date | None) -> None:
    assert date_in_name(name) == expected


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        ("https://herald.example/2025/08/15/bridge", date(2025, 8, 15)),
        ("https://herald.example/2025/8/5/bridge", date(2025, 8, 5)),
        ("https://herald.example/2025/aug/05/bridge", date(2025, 8, 5)),
        ("https://herald.example/2025/abc/05/bridge", None),
        ("https://herald.example/bridge-2025-08-15", date(2025, 8, 15)),
        ("https://herald.example/news/world-20140915", None),
        ("https://herald.example/2025/08/bridge", None),
    ],
)
def test_date_in_url(url: str, expected: date | None) -> None:
    assert date_in_url(url) == expected
