from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quotes.search.highlight import LONGEST_SNIPPET, marks, snippet, stems


@pytest.mark.parametrize(
    ("text", "query", "marked"),
    [
        ("We sell the harbour.", "selling", ["sell"]),
        ("We won’t sell.", "won't", ["won", "t"]),
        ("A long-term lease", "long-term", ["long", "term"]),
        ("Zoë’s résumé", "RESUME", ["résumé"]),
        ("Ferries, ferry!", "ferry", ["Ferries", "ferry"]),
        ("Nothing here", "harbour", []),
        ("", "harbour", []),
        ("The sea", "", []),
    ],
)
def test_words_are_marked_whatever_their_ending(text: str, query: str, marked: list[str]) -> None:
    assert [text[start:end] for start, end in marks(text, stems(query))] == marked


def test_a_short_text_is_shown_whole() -> None:
    assert snippet("We sell it.", stems("sell")) == ("We sell it.", ((3, 7),))


def test_a_long_text_is_cut_around_the_first_mark() -> None:
    text = "sea " * 200 + "harbour " + "sky " * 200
    shown, found = snippet(text, stems("harbour"))
    assert shown.startswith("…")
    assert shown.endswith("…")
    assert [shown[start:end] for start, end in found] == ["harbour"]


def test_without_a_mark_the_beginning_is_shown() -> None:
    shown, found = snippet("sea " * 200, stems("harbour"))
    assert shown.startswith("sea sea")
    assert found == ()


@given(
    words=st.lists(st.sampled_from(["sea", "harbour", "won’t", "Åkerlund"]), max_size=300),
    query=st.sampled_from(["sea", "harbours", "akerlund", "nothing", ""]),
)
def test_marks_of_a_snippet_are_words_of_the_query(words: list[str], query: str) -> None:
    text = " ".join(words)
    shown, found = snippet(text, stems(query))
    assert shown.strip("…") in text
    assert len(shown) <= LONGEST_SNIPPET + 20
    for start, end in found:
        assert stems(shown[start:end]) <= stems(query)
