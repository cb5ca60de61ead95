from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quotes.articles.metadata import Metadata, clean, outlet_from_url

DOMAINS = {"herald.example": "The Herald", "wire.co.example": "The Wire"}


def test_every_fact_goes_by_several_names() -> None:
    plain = {"outlet": "Herald", "published": "2025-08-15", "byline": "A. Lee", "language": "en"}
    other = {" Source": "Herald", "DATE": "15 Aug 2025", "author": ["A. Lee"], "lang": "en-GB"}
    assert Metadata.from_fields(plain) == Metadata.from_fields(other)
    assert Metadata.from_fields(plain).published == date(2025, 8, 15)


def test_unknown_keys_and_empty_values_are_nothing() -> None:
    assert Metadata.from_fields({"tags": ["a"], "title": " ", "url": None}) == Metadata()


def test_a_source_that_is_an_address_is_the_url() -> None:
    found = Metadata.from_fields({"source": "https://herald.example/a"})
    assert (found.outlet, found.url) == (None, "https://herald.example/a")


def test_a_date_that_cannot_be_read_is_refused() -> None:
    with pytest.raises(ValueError, match="'last week': write it as YYYY-MM-DD"):
        Metadata.from_fields({"date": "last week"})


@pytest.mark.parametrize(
    ("url", "kept"),
    [
        ("https://herald.example/a?b=1", True),
        ("http://herald.example", True),
        ("javascript:alert(1)", False),
        ("file:///etc/passwd", False),
        ("https:///no-host", False),
        ("https://[broken", False),
        ("herald.example/a", False),
        ("https://herald.example/a b", False),
    ],
)
def test_only_web_addresses_are_kept(url: str, kept: bool) -> None:
    assert Metadata.from_fields({"url": url}).url == (url if kept else None)


@pytest.mark.parametrize(
    ("given_language", "code"),
    [("en", "en"), ("en-US", "en"), ("EN_GB", "en"), ("English", "en"), ("Klingon", None)],
)
def test_language_is_a_code(given_language: str, code: str | None) -> None:
    assert Metadata.from_fields({"language": given_language}).language == code


@pytest.mark.parametrize(
    ("value", "text"),
    [
        ("  two \n lines ", "two lines"),
        ("red\x1b[31m", "red[31m"),
        ("evil\u202etxt", "eviltxt"),
        ("half\ud800", "half"),
        (["A", "B", 3], "A, B"),
        (17, "17"),
        (True, None),
        ({"a": 1}, None),
        ("\x00", None),
    ],
)
def test_clean(value: object, text: str | None) -> None:
    assert clean(value) == text


@given(st.text())
def test_cleaned_text_is_one_printable_line(text: str) -> None:
    cleaned = clean(text)
    assert cleaned is None or (cleaned.strip() == cleaned and "\n" not in cleaned)
    assert clean(cleaned) == cleaned


def test_or_else_fills_gaps_only() -> None:
    first = Metadata(outlet="Herald", title="A")
    second = Metadata(outlet="Wire", url="https://wire.co.example")
    assert first.or_else(second) == Metadata(
        outlet="Herald", title="A", url="https://wire.co.example"
    )


@pytest.mark.parametrize(
    ("url", "outlet"),
    [
        ("https://herald.example/a", "The Herald"),
        ("https://www.HERALD.example:443/a", "The Herald"),
        ("https://news.wire.co.example/a", "The Wire"),
        ("https://notherald.example/a", None),
        ("https://herald.example.org/a", None),
        ("https://example/a", None),
    ],
)
def test_outlet_from_url(url: str, outlet: str | None) -> None:
    assert outlet_from_url(url, DOMAINS) == outlet
