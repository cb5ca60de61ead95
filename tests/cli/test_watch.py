"""``quotes ingest URL`` and ``quotes watch``, against a news site on this machine."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.articles.web.server import Site, serve
from tests.cli.program import Quotes


@pytest.fixture
def site() -> Iterator[Site]:
    with serve() as running:
        running.put_news(30)
        yield running


def stored(quotes: Quotes) -> int:
    (row,) = quotes("sql", "SELECT count(*) AS n FROM articles", "--format", "jsonl").rows
    return int(row["n"])


def test_a_feed_is_watched_and_nothing_is_new_the_second_time(site: Site, quotes: Quotes) -> None:
    first = quotes("watch", f"{site.url}/feed.xml")
    assert first.status == 0, first.err
    assert "feeds: 30 looked at, 0 of them stored before" in first.err
    assert stored(quotes) == 30
    asked = len(site.asked)
    again = quotes("watch", f"{site.url}/feed.xml")
    assert (again.status, again.out) == (0, "nothing new: 0 articles unchanged\n")
    assert "feeds: 30 looked at, 30 of them stored before" in again.err
    assert len(site.asked) == asked + 2  # robots.txt and the feed itself
    (row,) = quotes("search", "number 7 sails", "--format", "jsonl").rows
    assert row["speaker"] == "Ada Quill"


def test_one_page_and_what_is_refused(site: Site, quotes: Quotes) -> None:
    site.redirect("/out", f"http://127.0.0.2:{site.url.rpartition(':')[2]}/news/1")
    site.put("/robots.txt", "User-agent: *\nDisallow: /news/9\n", "text/plain")
    urls = [f"{site.url}{path}" for path in ("/news/1", "/out", "/news/9", "/none")]
    done = quotes("ingest", *urls)
    assert done.status == 1
    _, _, failed = done.err.partition("3 inputs failed:\n")
    for line, (url, problem) in zip(
        failed.splitlines(),
        zip(urls[1:], ("private network", "robots.txt", "answers 404"), strict=True),
        strict=True,
    ):
        assert url in line
        assert problem in line
    assert stored(quotes) == 1
    (row, _) = quotes("export", "quotations", "--format", "jsonl").rows
    assert (row["outlet"], row["published"]) == ("Daily Lantern", "2025-03-02")
    assert row["url"] == urls[0]


def test_extract_reads_a_page_too(site: Site, quotes: Quotes) -> None:
    done = quotes("extract", f"{site.url}/news/2", "--format", "jsonl")
    assert [row["speaker"] for row in done.rows] == ["Ada Quill", "Bruno Quill"]


def test_nobody_is_asked_without_an_address(site: Site, quotes: Quotes, tmp_path) -> None:
    saved = tmp_path / "feed.xml"
    saved.write_bytes(site.answers["/feed.xml"][2])
    done = quotes("ingest", saved)
    assert done.status == 1
    assert "`quotes watch` fetches the pages" in done.err
    assert not site.asked
    assert quotes("watch", saved, "--most", "3").status == 1  # its links lead to this machine
    assert not [path for path in site.asked if path.startswith("/news")]
