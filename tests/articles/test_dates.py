from datetime import date
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from quotes.articles.dates import date_in_name, date_in_url, parse_date

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


@given(st.text(max_size=60))
def test_no_text_breaks_the_reader(text: str) -> None:
    parse_date(text)
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
        ("https://herald.example/bridge-2025-08-15", date(2025, 8, 15)),
        ("https://herald.example/news/world-20140915", None),
        ("https://herald.example/2025/08/bridge", None),
    ],
)
def test_date_in_url(url: str, expected: date | None) -> None:
    assert date_in_url(url) == expected
