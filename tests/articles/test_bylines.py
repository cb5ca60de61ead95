from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quotes.articles.bylines import byline_of


@pytest.mark.parametrize(
    ("value", "names"),
    [
        ("By Ann Lee", "Ann Lee"),
        ("Written by: Ann Lee", "Ann Lee"),
        ("Ann Lee, Bo Ray", "Ann Lee, Bo Ray"),
        ("By Ann Lee and Bo Ray, Political Editors in London", "Ann Lee, Bo Ray"),
        ("Ann Lee in Kyiv and Bo Ray in Moscow", "Ann Lee, Bo Ray"),
        ("Lee, Ann", "Ann Lee"),
        ("Lee, Ann; Ray, Bo", "Ann Lee, Bo Ray"),
        ("van der Berg, Ann", "Ann van der Berg"),
        ("ANN LEE", "Ann Lee"),
        ("J. K. Lee", "J. K. Lee"),
        ("Robert Doe, Jr.", "Robert Doe Jr"),
        ("Ann Lee, PhD", "Ann Lee"),
        ("Jean-Luc de la Tour", "Jean-Luc de la Tour"),
        ("Mary-Ann O'Neil", "Mary-Ann O'Neil"),
        ("By Ann Lee Chief Political Correspondent", "Ann Lee"),
        ("Associated Press writer Ann Lee", "Ann Lee"),
        ("Ann Lee, The Associated Press", "Ann Lee"),
        ("By Ann Lee for the Daily Courier", "Ann Lee"),
        ("Ann Lee (Hill Courier)", "Ann Lee"),
        ("Ann Lee | ann@courier.example | @annlee", "Ann Lee"),
        ("Ann Lee/AP", "Ann Lee"),
        ("Ann Lee, New York", "Ann Lee"),
        ("Ann Lee updated by Bo Ray", "Ann Lee, Bo Ray"),
        (["Ann Lee", "Bo Ray", "Ann Lee"], "Ann Lee, Bo Ray"),
        ("['Ann Lee', 'Bo Ray']", "Ann Lee, Bo Ray"),
        ('["Ann Lee"]', "Ann Lee"),
        ([{"name": "Ann Lee", "@type": "Person"}], "Ann Lee"),
        ({"first_name": "Ann", "last_name": "Lee"}, "Ann Lee"),
        ("https://www.facebook.com/couriernews", None),
        ("Reuters", None),
        ("River Post Staff", None),
        ("Our Foreign Desk", None),
        ("admin", None),
        ("New York", None),
        ("[", None),
        (5, None),
        (None, None),
        (["x" * 10_000], None),
    ],
)
def test_a_byline_is_names(value: Any, names: str | None) -> None:
    assert byline_of(value) == names


@given(st.text(max_size=80))
def test_a_byline_of_names_stays_as_it_is(text: str) -> None:
    names = byline_of(text)
    if names and ", " not in names:
        assert byline_of(names) == names
