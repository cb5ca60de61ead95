from __future__ import annotations

import gzip
import hashlib
from datetime import date

import pytest

from quotes.articles import Account
from tests.articles.crawls import HOST, crawl, page
from tests.articles.readers.test_archives import zipped

PAGES = {f"{HOST}/{number}": page(number) for number in range(3)}


@pytest.mark.parametrize("name", ["a.warc.gz", "a.warc", "nameless", "packed"])
def test_article_pages_of_a_crawl(put, read, name: str) -> None:
    account = Account()
    pages = PAGES | {f"{HOST}/": "<html><body><nav><a href=/>Home</a></nav></body></html>"}
    path = put(name, crawl(pages, packed=name in ("a.warc.gz", "packed")))
    articles, errors = read(path, account=account)
    assert not errors
    assert [one.url for one in articles] == [*PAGES]
    assert {one.outlet for one in articles} == {"Daily Lantern"}
    assert articles[1].published == date(2025, 3, 2)
    assert articles[1].raw_hash == hashlib.sha256(PAGES[f"{HOST}/1"].encode()).hexdigest()
    assert account.remarks == {
        "page of a crawl without an article": (f"{HOST}/ no article found on the page", 1)
    }


def test_compressed_and_foreign_pages(put, read) -> None:
    html = page(1).replace("“", "\x93").replace("”", "\x94").encode("cp1252", "replace")
    raw = html.replace(b"?Ferry", b"\x93Ferry").replace(b"noon,?", b"noon,\x94")
    pages = {f"{HOST}/a": gzip.compress(raw)}
    headers = {"Content-Encoding": "gzip", "Content-Type": "text/html; charset=iso-8859-1"}
    (article,), errors = read(put("a.warc.gz", crawl(pages, **headers)))
    assert not errors
    assert "“Ferry number 1 sails at noon,” Ada Quill told" in article.body


def test_pages_that_are_stored_are_not_read_again(put, read) -> None:
    known = {
        (f"{HOST}/{n}", hashlib.sha256(PAGES[f"{HOST}/{n}"].encode()).hexdigest()) for n in (0, 2)
    }
    account = Account()
    path = put("a.warc.gz", crawl(PAGES))
    articles, _ = read(path, account=account, is_stored=lambda *page: page in known)
    assert [one.url for one in articles] == [f"{HOST}/1"]
    assert account.stored == 2


def test_a_crawl_that_is_cut_off(put, read) -> None:
    raw = crawl({f"{HOST}/{number}": page(number, paragraphs=200) for number in range(4)})
    articles, (error,) = read(put("a.warc.gz", raw[: 3 * len(raw) // 4]))
    assert 0 < len(articles) < 4
    assert all("her brother" in one.body for one in articles)
    assert "is damaged or cut off" in error.problem
    articles, (error,) = read(put("b.warc", b"WARC/1.0\r\nno headers at all"))
    assert not articles
    assert error.problem


def test_a_packed_crawl_without_its_indexes(put, read) -> None:
    raw = zipped(
        {
            "archive/data.warc.gz": crawl(PAGES),
            "indexes/index.cdx.gz": gzip.compress(b"x"),
            "pages/pages.jsonl": '{"format": "json-pages-1.0"}\n',
            "datapackage.json": "{}",
        }
    )
    articles, errors = read(put("a.wacz", raw))
    assert not errors
    assert len(articles) == len(PAGES)
