from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quotes.columns import FACTS, Columns, flatten, fold_name, is_nothing, people_column
from quotes.seeds import load_columns

DATA = load_columns()


def test_a_name_belongs_to_one_fact() -> None:
    for part in ("facts", "people"):
        names = [fold_name(name) for listed in DATA[part].values() for name in listed]
        assert [name for name, count in Counter(names).items() if count > 1] == []
    for fact, guesses in DATA["guesses"].items():
        assert {*map(fold_name, guesses)}.isdisjoint(map(fold_name, DATA["facts"][fact]))


def test_every_fact_has_names() -> None:
    assert {*FACTS, "year", "month", "day"} == {*DATA["facts"]}


@pytest.mark.parametrize("name", ["Publish Date", "publish_date", "publishDate", "PUBLISH-DATE "])
def test_case_and_joints_do_not_matter(name: str) -> None:
    (cell,) = Columns().cells(flatten({name: "x"}), "published")
    assert (cell.column, cell.value, cell.sure) == (name.strip(), "x", True)
    assert Columns().knows(name)


def test_nested_objects_are_paths_and_wrappings_are_taken_away() -> None:
    row = {"article": {"Title": "a", "source": {"name": "b"}}, "author": {"url": "c"}}
    flat = flatten(row)
    assert flat["title"].column == "article.Title"
    assert flat["sourcename"].value == "b"
    assert flat["authorurl"].value == "c"
    assert "url" not in flat
    assert "name" not in flat


@given(
    st.recursive(st.none() | st.text(max_size=3), lambda x: st.dictionaries(st.text(max_size=9), x))
)
def test_any_object_is_flattened(value: object) -> None:
    if isinstance(value, dict):
        assert len(flatten({"data": value})) <= 1000


def test_cells_that_say_nothing() -> None:
    assert all(map(is_nothing, ("", " ", "N/A", "None", "NaN", "NULL", "—")))
    assert not any(map(is_nothing, ("No", "0", "Nan Goldin")))


@pytest.mark.parametrize(
    ("name", "column"),
    [("Name", "name"), (" Full Name ", "name"), ("also known as", "names"), ("mood", "mood")],
)
def test_columns_of_people(name: str, column: str) -> None:
    assert people_column(name) == column
