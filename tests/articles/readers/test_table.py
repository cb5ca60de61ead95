from datetime import date

import pytest

HEADER = "id,outlet,published,text\n"


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("a.csv", 'Text,Outlet,Date\n"“No,” he\r\nsaid.",Herald,2025-08-15\n'),
        ("a.csv", '\ufeffText;Outlet;Date\r\n"“No,” he\r\nsaid.";Herald;15 Aug 2025\r\n'),
        ("a.tsv", 'Outlet\tText\tDate\tmore\nHerald\t"“No,” he\r\nsaid."\t2025-08-15\n'),
    ],
)
def test_columns_and_delimiters(put, read, name: str, content: str) -> None:
    path = put(name, content)
    (article,), errors = read(path)
    assert not errors
    assert article.body == "“No,” he\r\nsaid."
    assert (article.outlet, article.published) == ("Herald", date(2025, 8, 15))
    assert article.source == f"{path}:2"


@pytest.mark.parametrize("encoding", ["cp1252", "utf-16", "utf-8-sig"])
def test_encodings_of_spreadsheets(put, read, encoding: str) -> None:
    raw = (HEADER + "7,Herald,,“We’re open”\n").encode(encoding)
    (article,), _ = read(put("a.csv", raw))
    assert (article.source, article.body) == ("7", "“We’re open”")


def test_big_fields(put, read) -> None:
    body = "word " * 100_000
    assert read(put("a.csv", f'text\n"{body}"\n'))[0][0].body == body


@pytest.mark.parametrize(
    ("row", "problem"),
    [
        ("7,Herald,2025-08-15,\n", "no text"),
        ("7,Herald\n", "no text"),
        ("7,Herald,2025-08-15,He said, yes\n", "has 5 cells, the header 4"),
        ('7,Herald,,"He said "no" to them"\n', "broken row"),
    ],
)
def test_a_broken_row_is_named_and_the_others_go_on(put, read, row: str, problem: str) -> None:
    path = put("a.csv", HEADER + '1,,,"two\nlines"\n\n' + row + "3,,,three\n")
    articles, (error,) = read(path)
    assert [article.source for article in articles] == ["1", "3"]
    assert error.source == f"{path}:5"
    assert problem in error.problem


def test_a_lost_closing_mark_is_named_where_the_row_begins(put, read) -> None:
    path = put("a.csv", HEADER + '1,,,one\n2,,,"lost\n3,,,three\n')
    articles, (error,) = read(path)
    assert [article.source for article in articles] == ["1"]
    assert error.source == f"{path}:3"


@pytest.mark.parametrize(
    ("content", "problem"),
    [
        (b"id,words\n1,a\n", "no column for the text (has id, words): name it with --column"),
        (b"", "it is empty"),
        (b'"id\n', "broken header"),
        (b"text\na\0b\n", "is not text"),
        (b"\xff\xfea", "mixes text encodings"),
    ],
)
def test_tables_that_cannot_be_used(put, read, content: bytes, problem: str) -> None:
    articles, (error,) = read(put("a.csv", content))
    assert not articles
    assert problem in error.problem


def test_a_cell_without_end_is_one_line(put, read) -> None:
    path = put("a.csv", f"text\n{'x ' * 10_500_000}\n“We sail.”\n")
    (article,), (error,) = read(path)
    assert article.body == "“We sail.”"
    assert str(error) == f"{path}:2: has a cell of more than 20 MB: split it into its articles"


def test_rows_are_read_as_they_are_asked_for(put) -> None:
    from quotes.articles import read_articles

    path = put("a.csv", "text\none\n" + '"broken "\n' * 3)
    articles = read_articles([path], on_error=lambda error: pytest.fail(str(error)))
    assert next(articles).body == "one"
