from datetime import date

import pytest

from quotes.articles import Account


@pytest.mark.parametrize("key", ["doc", "file", "source", "id", "File"])
@pytest.mark.parametrize("value", ["a", "a.txt", "text/a", "text/a.txt"])
@pytest.mark.parametrize("where", ["articles.tsv", "text/articles.tsv"])
def test_rows_are_found_by_name(put, read, key: str, value: str, where: str) -> None:
    if where.startswith("text/"):
        value = value.removeprefix("text/")
    path = put("text/a.txt", "x")
    put(where, f"{key}\tevent\toutlet\tpublished\n{value}\tfire\tHerald\t2025-08-15\n")
    (article,), errors = read(path)
    assert not errors
    assert (article.outlet, article.published) == ("Herald", date(2025, 8, 15))
    assert article.source == path


def test_the_nearer_sidecar_goes_first_and_the_other_fills_gaps(put, read) -> None:
    path = put("text/a.txt", "x")
    put("text/articles.csv", "file,outlet\na.txt,Near\n")
    put("articles.csv", "file,outlet,title\na.txt,Far,A title\n")
    (article,), _ = read(path)
    assert (article.outlet, article.title) == ("Near", "A title")


def test_others_are_not_touched(put, read) -> None:
    put("deep/er/articles.csv", "file,outlet\nb.txt,Herald\n")
    put("articles.csv", "file,outlet\na.txt,Herald\n")
    assert read(put("deep/er/a.txt", "x"))[0][0].outlet is None


@pytest.mark.parametrize(
    ("sidecar", "problem"),
    [
        ("outlet,published\nHerald,2025-08-15\n", "no column 'doc' or"),
        ('file,"outlet\n', "broken header"),
        ("file,outlet\na.txt,b,c\n", "has 3 cells"),
        ("file,outlet\na.txt,b,c\nb.txt,b,c\n", "put texts in quotes (and 1 more rows)"),
        ("", "no column"),
    ],
)
def test_a_malformed_sidecar_is_reported_once(put, read, sidecar: str, problem: str) -> None:
    paths = [put("a.txt", "x"), put("b.txt", "y")]
    put("articles.csv", sidecar)
    articles, (error,) = read(*paths)
    assert [article.body for article in articles] == ["x", "y"]
    assert "articles.csv" in error.source
    assert problem in error.problem


def test_a_date_that_cannot_be_read_is_told_with_its_article(put, read) -> None:
    account = Account()
    path = put("a.txt", "x")
    put("articles.csv", "file,date\na.txt,soon\nb.txt,later\n")
    (article,), errors = read(path, account=account)
    assert not errors
    assert article.published is None
    assert account.remarks == {"a date could not be read": (f"'soon' in {path}", 1)}


def test_other_rows_decide_how_dates_are_written(put, read) -> None:
    path = put("a.txt", "x")
    put("articles.csv", "file,date\na.txt,04/03/2024\nb.txt,15/03/2024\n")
    assert read(path)[0][0].published == date(2024, 3, 4)


def test_a_table_of_articles_may_have_the_name(put, read) -> None:
    first = put("a.txt", "x")
    table = put("articles.csv", "id,text\nb,y\n")
    assert [article.body for article in read(first.removesuffix("/a.txt"))[0]] == ["x", "y"]
    assert [article.body for article in read(table)[0]] == ["y"]
