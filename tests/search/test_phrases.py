from __future__ import annotations

from datetime import date

from quotes.search.phrases import days, plural


def test_numbers_have_their_noun() -> None:
    assert [plural(count, "quote") for count in (0, 1, 1200)] == [
        "0 quotes",
        "1 quote",
        "1,200 quotes",
    ]


def test_days_are_one_or_two_or_unknown() -> None:
    first, last = date(2025, 3, 1), date(2025, 3, 5)
    assert days(first, first) == "2025-03-01"
    assert days(first, last) == "2025-03-01 to 2025-03-05"
    assert days(None, last) is None
