from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import Connection

from quotes.errors import UsageError
from quotes.search.query import (
    Level,
    SearchQuery,
    Where,
    matching,
    quote_conditions,
    raw_syntax,
    rendering_conditions,
    text_condition,
    understand,
)
from quotes.search.reading import ask

VIEWS: dict[Level, str] = {
    "quotes": "quote_list",
    "variants": "variant_list",
    "renderings": "rendering_list",
    "quotations": "quotation_list",
}


@pytest.mark.parametrize(
    ("text", "groups", "without"),
    [
        ("harbour", ["harbour"], []),
        ("harbour lease", ["harbour", "lease"], []),
        ('"the harbour" lease', ["the harbour", "lease"], []),
        ("“the harbour” lease", ["the harbour", "lease"], []),
        ('lease "the harbour', ["lease", "the harbour"], []),
        ("won't long-term", ["won't", "long-term"], []),
        ("harbour harbour", ["harbour"], []),
        ('* - "" " "', [], []),
        ("", [], []),
        ("harbour -lease", ["harbour"], ["lease"]),
        ('-"the lease" -quay', [], ["the lease", "quay"]),
        ("harbour OR quay lease", ["harbour|quay", "lease"], []),
        ('a OR "b c" OR d', ["a|b c|d"], []),
        ("a OR -b", ["a"], ["b"]),
        ("OR a OR", ["OR", "a"], []),
        ('"a OR b"', ["a OR b"], []),
    ],
)
def test_a_text_is_understood(text: str, groups: list[str], without: list[str]) -> None:
    found = understand(text)
    assert ["|".join(group) for group in found.groups] == groups
    assert list(found.without) == without


@given(text=st.text(st.sampled_from("ab O'R-−\"“”* ")) | st.text())
def test_pieces_hold_no_marks_and_at_least_a_word(text: str) -> None:
    found = understand(text)
    for piece in (*found.without, *(one for group in found.groups for one in group)):
        assert not set(piece) & set('"“”')
        assert any(char.isalnum() for char in piece)


def test_conditions_are_joined() -> None:
    where = Where()
    assert str(where) == "1 = 1"
    where.add("a = :a", a=1)
    where.add("b = :b", b=2)
    assert (str(where), where.params) == ("a = :a AND b = :b", {"a": 1, "b": 2})


@pytest.mark.parametrize("text", [None, "", "   ", "\x00"])
def test_no_text_matches_nothing_in_particular(text: str | None) -> None:
    assert matching(SearchQuery(text=text), "sqlite", Where()) is None


@pytest.mark.parametrize("dialect", ["sqlite", "postgresql"])
def test_what_is_typed_is_a_value_and_never_sql(dialect: str) -> None:
    where = Where()
    statement = matching(SearchQuery(text="harbour'); DROP TABLE quotes --"), dialect, where)
    assert statement is not None
    assert "DROP" not in statement
    assert any("DROP" in value for value in where.params.values())


def counted(connection: Connection, where: Where, view: str) -> int:
    (row,) = ask(connection, f"SELECT count(*) AS n FROM {view} x WHERE {where}", where.params)
    return int(row.n)


@pytest.mark.parametrize(
    ("query", "counts"),
    [
        (SearchQuery(), (4, 5, 7, 7)),
        (SearchQuery(outlet="Evening Post"), (2, 2, 2, 2)),
        (SearchQuery(since=date(2025, 3, 2), until=date(2025, 3, 4)), (1, 1, 1, 1)),
        (SearchQuery(min_confidence=0.8), (3, 4, 5, 4)),
        (SearchQuery(min_confidence=0.99), (0, 0, 0, 0)),
        (SearchQuery(outlet="Evening Post", since=date(2025, 3, 1)), (1, 1, 1, 1)),
        (SearchQuery(outlet="Daily Lantern", min_confidence=0.8), (2, 2, 2, 1)),
    ],
)
def test_conditions_of_one_rendering(
    stocked: Connection, query: SearchQuery, counts: tuple[int, ...]
) -> None:
    for (level, view), count in zip(VIEWS.items(), counts, strict=True):
        where = Where()
        rendering_conditions(stocked, query, where, "x.id", level)
        assert counted(stocked, where, view) == count, level


@pytest.mark.parametrize(
    ("query", "count"),
    [
        (SearchQuery(), 4),
        (SearchQuery(speaker="Ada Quill"), 2),
        (SearchQuery(divergent=True), 1),
        (SearchQuery(divergent=True, speaker="bruno-quill"), 0),
    ],
)
def test_conditions_of_a_quote(stocked: Connection, query: SearchQuery, count: int) -> None:
    where = Where()
    quote_conditions(stocked, query, where, "x.id")
    assert counted(stocked, where, "quote_list") == count


@pytest.mark.parametrize(
    ("text", "quotes", "quotations"),
    [("harbour", 1, 3), ("café", 0, 1), ("ferry", 2, 2), ("*", 0, 0), (None, 4, 7)],
)
def test_conditions_of_a_text(
    stocked: Connection, text: str | None, quotes: int, quotations: int
) -> None:
    for level, count in (("quotes", quotes), ("quotations", quotations)):
        where = Where()
        text_condition(stocked, SearchQuery(text=text), where, "x.id", level)
        assert counted(stocked, where, VIEWS[level]) == count


def test_unknown_names_are_explained(stocked: Connection) -> None:
    with pytest.raises(UsageError, match="no speaker 'Nemo'"):
        quote_conditions(stocked, SearchQuery(speaker="Nemo"), Where(), "x.id")
    with pytest.raises(UsageError, match="no outlet 'Nemo'"):
        rendering_conditions(stocked, SearchQuery(outlet="Nemo"), Where(), "x.id", "quotes")


def test_only_a_raw_query_is_blamed_for_its_syntax(stocked: Connection) -> None:
    for raw, error in ((True, UsageError), (False, Exception)):
        query = SearchQuery(text="AND (", raw=raw)
        with pytest.raises(error) as caught, raw_syntax(query):
            list(ask(stocked, "SELECT nowhere FROM quotes"))
        assert isinstance(caught.value, UsageError) == raw
        if stocked.dialect.name == "postgresql":  # where an error ends the transaction
            stocked.rollback()
