import json
from datetime import date
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from quotes.articles.readers import jsonfile

ROWS = [
    {"title": "A", "text": "“No.”", "outlet": "Herald", "date": "2025-08-15"},
    {"title": "B", "text": "“Yes.”", "outlet": "Herald", "date": "2025-08-16"},
]
SHAPES: dict[str, Any] = {
    "array": ROWS,
    "newsapi": {"status": "ok", "totalResults": 2, "articles": ROWS},
    "guardian": {"response": {"status": "ok", "results": ROWS}},
    "elasticsearch": {
        "hits": {"total": 2, "hits": [{"_id": n, "_source": r} for n, r in enumerate(ROWS)]}
    },
    "by-key": {f"id{number}": row for number, row in enumerate(ROWS)},
    "pandas-columns": {key: {str(n): row[key] for n, row in enumerate(ROWS)} for key in ROWS[0]},
    "pandas-lists": {key: [row[key] for row in ROWS] for key in ROWS[0]},
    "pandas-split": {
        "columns": [*ROWS[0]],
        "index": [0, 1],
        "data": [[*row.values()] for row in ROWS],
    },
    "pandas-table": {"schema": {"fields": [{"name": "title"}]}, "data": ROWS},
    "nested-arrays": [[ROWS[0]], [ROWS[1]]],
}


@pytest.mark.parametrize("name", SHAPES)
@pytest.mark.parametrize("indent", [None, 2])
def test_shapes(put, read, name: str, indent: int | None) -> None:
    articles, errors = read(put("a.json", json.dumps(SHAPES[name], indent=indent)))
    assert not errors
    assert [(one.title, one.body) for one in articles] == [("A", "“No.”"), ("B", "“Yes.”")]
    assert [one.published for one in articles] == [date(2025, 8, 15), date(2025, 8, 16)]


def test_one_article(put, read) -> None:
    (article,), _ = read(put("a.json", json.dumps(ROWS[0], indent=1)))
    assert article.title == "A"
    (article,), _ = read(put("b.json", json.dumps({"title": "A", "text": ["“No.”", "“Yes.”"]})))
    assert article.body == "“No.”\n\n“Yes.”"


def test_lines_under_the_name_of_json(put, read) -> None:
    path = put("a.json", "\n".join(map(json.dumps, ROWS)) + "\n{\n")
    articles, (error,) = read(path)
    assert [one.title for one in articles] == ["A", "B"]
    assert error.source == f"{path}:3"


def test_an_array_is_read_item_by_item(put, read, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(jsonfile, "_CHUNK", 7)
    rows = [{"id": str(n), "text": f"Größe {n} " * n} for n in range(1, 40)]
    articles, errors = read(put("a.json", json.dumps(rows, ensure_ascii=False)))
    assert not errors
    assert [(one.source, one.body) for one in articles] == [(r["id"], r["text"]) for r in rows]


def test_what_stands_before_a_break_is_read(put, read) -> None:
    path = put("a.json", json.dumps(ROWS)[:-1] + ', {"text": ')
    articles, (error,) = read(path)
    assert len(articles) == 2
    assert error.source == path
    assert "not JSON that can be read" in error.problem


@pytest.mark.parametrize(
    ("content", "problem"),
    [
        ("{", "not JSON"),
        ("", "it is empty"),
        ("[", "ends too early"),
        ("[[]", "ends too early"),
        ("[]", "no objects with a text"),
        ("5", "not a JSON object"),
        ("[" * 100_000, "nested too deep"),
        ('{"a":' * 100_000, "nested too deep"),
        ('{"a": {"b": [1, 2]}}', "no text"),
        ('[{"title": "a"}]', "no text"),
        ('{"text": "é"}'.encode("cp1252"), "not UTF-8"),
    ],
    ids=lambda content: str(content)[:20],
)
def test_json_that_cannot_be_used(put, read, content: str | bytes, problem: str) -> None:
    articles, (error,) = read(put("a.json", content))
    assert not articles
    assert problem in error.problem


def test_a_list_of_words_is_one_error_each(put, read) -> None:
    articles, errors = read(put("a.json", json.dumps([ROWS[0], "b", 5])))
    assert len(articles) == 1
    assert [error.problem.partition(":")[0] for error in errors] == ["is not a JSON object"] * 2


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=5),
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(["text", "data", "x"]), inner)
    ),
    max_leaves=8,
)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(JSON)
def test_no_json_breaks_the_reader(put, read, value: Any) -> None:
    read(put("a.json", json.dumps(value)))
