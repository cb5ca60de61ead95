import pytest
from hypothesis import given
from hypothesis import strategies as st

from quotes.articles.metadata import (
    Metadata,
    clean,
    host_in,
    language,
    outlet_from_url,
    web_address,
)

DOMAINS = {"herald.example": "The Herald", "wire.co.example": "The Wire"}


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
    assert web_address(url) == (url if kept else None)


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("en", "en"),
        ("en-US", "en"),
        ("EN_GB", "en"),
        ("English", "en"),
        ("eng", "en"),
        ("german", "de"),
        ("Klingon", None),
        ("", None),
    ],
)
def test_language_is_a_code(text: str, code: str | None) -> None:
    assert language(text) == code


@pytest.mark.parametrize(
    ("text", "host"),
    [
        ("www.herald.example", "herald.example"),
        ("https://www.Herald.example/", "herald.example"),
        ("news.herald.co.example", "news.herald.co.example"),
        ("herald.example/a", None),
        ("The Herald", None),
        ("St. Paul", None),
        ("A.P.", None),
    ],
)
def test_hosts(text: str, host: str | None) -> None:
    assert host_in(text) == host


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
