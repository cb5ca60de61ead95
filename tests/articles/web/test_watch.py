from __future__ import annotations

from collections.abc import Iterator
from datetime import date

import pytest

from quotes.articles import Account, read_articles, read_sources
from quotes.articles.web import Client, Watched, watch
from quotes.errors import ArticleError
from tests.articles.web.server import Site, serve


@pytest.fixture
def site() -> Iterator[Site]:
    with serve() as running:
        running.put_news(5)
        yield running


def look(site: Site, path: str, known: set[str], **more: int) -> tuple[list, list, Watched]:
    errors: list[ArticleError] = []
    watched = Watched()
    feed = path if path.endswith("saved.xml") else site.url + path
    pages = watch(
        [feed], Client([site.url]), known.intersection, errors.append, watched=watched, **more
    )
    return list(read_sources(pages, on_error=errors.append)), errors, watched


@pytest.mark.parametrize("path", ["/feed.xml", "/map.xml", "/"])
def test_new_pages_of_a_feed(site: Site, path: str) -> None:
    known = {f"{site.url}/news/{number}" for number in (1, 3)}
    articles, errors, watched = look(site, path, known)
    assert not errors
    assert [one.source for one in articles] == [f"{site.url}/news/{n}" for n in (0, 2, 4)]
    assert articles[1].published == date(2025, 3, 3)
    assert articles[1].outlet == "Daily Lantern"
    assert "/news/1" not in site.asked
    assert (watched.entries, watched.known, watched.left) == (5, 2, 0)


def test_an_index_of_site_maps(site: Site) -> None:
    places = (f"{site.url}/map.xml", f"{site.url}/no")
    maps = "".join(f"<sitemap><loc>{place}</loc></sitemap>" for place in places)
    site.put("/index.xml", f"<sitemapindex>{maps}</sitemapindex>", "application/xml")
    articles, (error,), _ = look(site, "/index.xml", set())
    assert len(articles) == 5
    assert error.source == f"{site.url}/no"


def test_what_is_beyond_the_limit_is_counted(site: Site) -> None:
    articles, _, watched = look(site, "/feed.xml", set(), most=2)
    assert len(articles) == 2
    assert watched.left == 3


def test_a_saved_feed_leads_to_pages(site: Site, tmp_path) -> None:
    path = tmp_path / "saved.xml"
    path.write_bytes(site.answers["/feed.xml"][2])
    articles, errors, _ = look(site, str(path), set())
    assert not errors
    assert len(articles) == 5


def test_one_bad_page_or_feed_never_stops_the_rest(site: Site) -> None:
    site.fail("/news/1", 500)
    site.redirect("/news/2", "http://10.0.0.1/")
    site.put("/news/3", "<html><body><nav>Home</nav></body></html>")
    articles, errors, _ = look(site, "/feed.xml", set())
    assert len(articles) == 2
    assert [error.source.rpartition("/")[2] for error in errors] == ["1", "2", "3"]
    assert not look(site, "/news/0", set())[0]
    (error,) = look(site, "/news/0", set())[1]
    assert "names no feed" in error.problem


def test_one_page_by_its_address(site: Site) -> None:
    errors: list[ArticleError] = []
    account = Account()
    site.redirect("/short", "/news/1?utm=x")
    site.answers["/news/1?utm=x"] = site.answers["/news/1"]
    site.put("/a.txt", "“They sail,” said Ada Quill.", "text/plain; charset=utf-8")
    site.put("/a.pdf", "%PDF", "application/pdf")
    urls = [f"{site.url}{path}" for path in ("/short", "/a.txt", "/a.pdf", "/no")]
    articles = list(read_articles(urls, on_error=errors.append, account=account))
    assert [one.url for one in articles] == [f"{site.url}/news/1?utm=x", f"{site.url}/a.txt"]
    assert articles[0].raw_hash
    assert [error.source for error in errors] == urls[2:]
    (error,) = (error for error in errors if error.source.endswith("/no"))
    assert "the server answers 404" in error.problem
