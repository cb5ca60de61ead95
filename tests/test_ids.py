from __future__ import annotations

import pytest

from quotes.errors import UsageError
from quotes.ids import Written, number, parse_id, whole_number


@pytest.mark.parametrize(
    ("given", "found"),
    [
        ("q86", Written("q", 86)),
        (" N123 ", Written("n", 123)),
        ("56", Written(None, 56)),
        (7, Written(None, 7)),
    ],
)
def test_an_identifier_is_understood(given: str | int, found: Written) -> None:
    assert parse_id(given, "qn") == found


@pytest.mark.parametrize(
    ("given", "words"),
    [
        ("x", "'x' is not an identifier: write a quote (q12) or a quotation (n12)"),
        ("", "is not an identifier"),
        ("q0", "is not an identifier"),
        ("q-1", "is not an identifier"),
        ("z5", "is not an identifier"),
        ("q1234567890123456789012", "is not an identifier"),
        ("v5", "'v5' is a variant: give a quote (q12) or a quotation (n12)"),
        ("a5", "'a5' is an article"),
    ],
)
def test_what_is_not_one_is_refused(given: str, words: str) -> None:
    with pytest.raises(UsageError) as refused:
        parse_id(given, "qn")
    assert words in str(refused.value)


def test_a_number_may_do_without_its_letter() -> None:
    assert number("n12", "n") == number("12", "n") == number(12, "n") == 12
    with pytest.raises(UsageError, match="is a quote"):
        number("q12", "n")


@pytest.mark.parametrize(
    ("text", "found"),
    [("0", 0), ("12", 12), ("9" * 18, 10**18 - 1), ("9" * 19, None), ("9" * 5000, None)]
    + [(text, None) for text in ("", "-1", "1.0", " 1", "٣", "²", "x")],
)
def test_digits_are_a_number_that_databases_hold(text: str, found: int | None) -> None:
    assert whole_number(text) == found
