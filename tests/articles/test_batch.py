import os
import socket
from datetime import date
from pathlib import Path

import pytest

from quotes.articles import Metadata, count_inputs, read_articles
from quotes.articles.registry import FORMATS, READERS


def test_folders_are_walked_in_sorted_order(put, read, tmp_path: Path) -> None:
    for name in ("b.txt", "a/z.md", "a.txt", "c/d/e.txt", ".hidden.txt", ".git/x.txt", "p.css"):
        put(name, name)
    put("articles.tsv", "doc\toutlet\n")
    put("t.jsonl", '{"text": "row"}\n')
    articles, errors = read(str(tmp_path) + "/")
    assert not errors
    assert [article.body for article in articles] == [
        *("a.txt", "a/z.md", "b.txt", "c/d/e.txt"),
        "row",
    ]
    assert articles[1].source == f"{tmp_path}/a/z.md"


def test_reading_is_lazy(put, tmp_path: Path) -> None:
    put("a.txt", "x")
    put("b.txt", "y")
    articles = read_articles([str(tmp_path)], on_error=lambda error: pytest.fail(str(error)))
    assert next(articles).body == "x"
    (tmp_path / "b.txt").write_text("changed meanwhile")
    assert next(articles).body == "changed meanwhile"


def test_one_bad_file_never_stops_a_batch(put, read, tmp_path: Path) -> None:
    put("a.txt", "one")
    put("b.txt", b"\x00\x01")
    put("c.html", "<html></html>")
    put("d.jsonl", "{\n")
    put("e.csv", "nothing\n")
    put("f.txt", "two")
    articles, errors = read(str(tmp_path), str(tmp_path / "missing.txt"))
    assert [article.body for article in articles] == ["one", "two"]
    names = [error.source.removeprefix(f"{tmp_path}/") for error in errors]
    assert names == ["b.txt", "c.html", "d.jsonl:1", "e.csv", "missing.txt"]


@pytest.mark.parametrize(
    ("name", "problem"),
    [
        ("missing", "no such file or folder"),
        ("missing.txt", "no such file or folder"),
        ("missing.csv", "no such file or folder"),
        ("paper.xyz", "format (.xyz) is not known"),
        ("picture.png", "is a PNG image"),
        ("dangling.txt", "no such file or folder"),
        ("circle.txt", "cannot be read"),
        ("pipe.txt", "not a regular file"),
        ("pipe.csv", "not a regular file"),
        ("socket.txt", "not a regular file"),
        ("nul\0.txt", "no such file or folder"),
        ("x" * 300 + ".txt", "no such file or folder"),
        ("", "no such file or folder"),
    ],
)
def test_inputs_that_cannot_be_read(
    put, read, tmp_path: Path, name: str, problem: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    put("paper.xyz", b"\0\1\2")
    put("picture.png", b"\x89PNG\r\n\x1a\n\0")
    Path("dangling.txt").symlink_to("nowhere")
    Path("circle.txt").symlink_to("circle.txt")
    os.mkfifo("pipe.txt")
    os.mkfifo("pipe.csv")
    with socket.socket(socket.AF_UNIX) as server:
        server.bind("socket.txt")
        articles, (error,) = read(name)
    assert not articles
    assert problem in error.problem


def test_links_in_folders_end(put, read, tmp_path: Path) -> None:
    put("a/x.txt", "x")
    (tmp_path / "a" / "up").symlink_to(tmp_path)
    (tmp_path / "again").symlink_to(tmp_path / "a")
    (tmp_path / "self").symlink_to("self")
    articles, errors = read(str(tmp_path))
    assert [article.source for article in articles] == [f"{tmp_path}/a/x.txt"]
    assert [str(error).partition("(")[0] for error in errors] == [
        f"{tmp_path}/self: cannot be read "
    ]


def test_strange_names_are_cleaned(read, tmp_path: Path) -> None:
    for name in (b"new\nline.txt", b"latin\xe9.txt", b"colour\x1b[31m.txt"):
        Path(os.fsdecode(os.fsencode(tmp_path) + b"/" + name)).write_text("x")
    articles, errors = read(str(tmp_path))
    assert not errors
    names = {article.source.rpartition("/")[2] for article in articles}
    assert names == {"newline.txt", "latin\ufffd.txt", "colour[31m.txt"}


def test_precedence(put, read) -> None:
    page = '<html><head><meta property="og:site_name" content="Page"></head><body>{}</body></html>'
    path = put("2025-01-01.html", page.format("<p>The bridge is open again, he said.</p>" * 2))
    assert read(path)[0][0].outlet == "Page"
    put("articles.csv", "file,outlet,published\n2025-01-01,Sidecar,\nfront,Sidecar,2025-02-02\n")
    front = put("front.txt", "---\noutlet: Front\n---\nx")
    flags = Metadata(outlet="Flag", language="en")

    (article,), _ = read(path)
    assert (article.outlet, article.published) == ("Sidecar", date(2025, 1, 1))
    (article,), _ = read(front)
    assert (article.outlet, article.published) == ("Front", date(2025, 2, 2))
    (article,), _ = read(front, defaults=flags)
    assert (article.outlet, article.language) == ("Flag", "en")


def test_last_resorts(put, read) -> None:
    front = "---\nurl: https://www.herald.example/2025/08/15/bridge\n---\nx"
    domains = {"herald.example": "The Herald"}
    (article,), _ = read(put("2025-01-01.txt", front), domains=domains)
    assert (article.published, article.outlet) == (date(2025, 8, 15), "The Herald")
    (article,), _ = read(
        put("2025-01-01.txt", front), defaults=Metadata(outlet="Flag"), domains=domains
    )
    assert article.outlet == "Flag"


def test_counting(put, tmp_path: Path) -> None:
    put("a/x.txt", "x")
    put("a/y.html", "y")
    put("a/z.png", "z")
    single = put("b.txt", "b")
    assert count_inputs([]) == 0
    assert count_inputs([single, str(tmp_path / "a"), str(tmp_path / "missing.txt")]) == 3
    assert count_inputs([single, put("t.csv", "text\nx\n")]) is None


def test_every_suffix_belongs_to_one_format() -> None:
    assert len(READERS) == sum(len(form.suffixes) for form in FORMATS)
    assert all(suffix == suffix.lower() and suffix.startswith(".") for suffix in READERS)
