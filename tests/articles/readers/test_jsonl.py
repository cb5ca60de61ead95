import json
from datetime import date

import pytest

from quotes.articles.decode import MAX_BYTES


def lines(*rows: object) -> str:
    return "".join(json.dumps(row) + "\n" for row in rows)


@pytest.mark.parametrize("column", ["text", "body", "content", "Text "])
def test_columns(put, read, column: str) -> None:
    row = {column: "“No.”\r\n", "title": "A", "outlet": "Herald", "published": "2025-08-15"}
    (article,), errors = read(put("a.jsonl", lines(row | {"url": "https://h.example/1", "n": []})))
    assert not errors
    assert article.body == "“No.”\r\n"
    assert (article.title, article.outlet, article.published) == ("A", "Herald", date(2025, 8, 15))
    assert article.source == "https://h.example/1"


def test_source_is_id_or_doc_or_url_or_line(put, read) -> None:
    url = "https://h.example/1"
    rows = [{"id": 7, "doc": "d", "url": url}, {"doc": "d", "url": url}, {"url": url}, {"id": ""}]
    path = put("a.ndjson", lines(*(row | {"text": "x"} for row in rows)))
    assert [article.source for article in read(path)[0]] == ["7", "d", url, f"{path}:4"]


@pytest.mark.parametrize(
    "broken",
    [
        "{",
        "[1]",
        "null",
        '{"text": 5}',
        '{"text": ["", 5, {}]}',
        '{"text": "n/a"}',
        '{"text": ""}',
        '{"text": " \\n"}',
        '{"text": null}',
        '{"txt": "a"}',
        '{"text": "a\\u0000"}',
        '{"text": "\\ud800"}',
        '{"text": "a", "n": ' + "9" * 5000 + "}",
        "[" * 100_000,
    ],
    ids=lambda line: line[:25],
)
def test_a_broken_line_is_named_and_the_others_go_on(put, read, broken: str) -> None:
    path = put("a.jsonl", lines({"text": "one"}) + "\n" + broken + "\n" + lines({"text": "two"}))
    articles, (error,) = read(path)
    assert [article.body for article in articles] == ["one", "two"]
    assert error.source == f"{path}:3"


def test_wrong_encoding_in_one_line(put, read) -> None:
    rows = b"\xef\xbb\xbf" + lines({"text": "one"}).encode() + '{"text": "é"}\r\n'.encode("cp1252")
    path = put("a.jsonl", rows + b'{"text": "two"}')
    articles, (error,) = read(path)
    assert [article.body for article in articles] == ["one", "two"]
    assert (error.source, error.problem) == (f"{path}:2", "is not UTF-8: save the file as UTF-8")


def test_an_endless_line_is_passed_over(put, read) -> None:
    raw = b"x" * (2 * MAX_BYTES + 5) + b"\n" + lines({"text": "three"}).encode()
    path = put("a.jsonl", lines({"text": "one"}).encode() + raw)
    articles, (error,) = read(path)
    assert [one.body for one in articles] == ["one", "three"]
    assert error.source == f"{path}:2"


def test_dates_in_the_name_of_a_table_say_nothing(put, read) -> None:
    assert read(put("2025-08-15.jsonl", lines({"text": "a"})))[0][0].published is None
