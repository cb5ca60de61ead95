import gzip
from datetime import date

import pytest

PAGE = """<!DOCTYPE html><html lang="en-GB"><head><meta charset="utf-8">
<title>Bridge opens | The Herald</title>
<meta property="og:site_name" content="The Herald">
<meta property="og:url" content="https://herald.example/news/bridge">
<meta name="author" content="Ann Lee">
<meta property="article:published_time" content="2025-08-14T10:00:00Z"></head><body>
<nav><a href="/">Home</a> <a href="/sport">Sport</a></nav>
<article><h1>Bridge opens</h1>
<p>“The bridge is <b>open</b> again,” the mayor said on Thursday.</p>
<p>She added: <a href="/x">“Come and see it</a> &amp; bring&nbsp;friends.”</p>
<script>alert("no")</script></article>
<div class="comments"><p>Reader comment: what a waste of money this is!</p></div>
<footer>Copyright 2019</footer></body></html>"""
PARAGRAPH = "<p>“The bridge is open again,” the mayor said on Thursday.</p>"


def test_article_and_metadata(put, read) -> None:
    (article,), errors = read(put("a.html", PAGE))
    assert not errors
    assert "“The bridge is open again,” the mayor said on Thursday." in article.body.split("\n")
    assert "“Come and see it & bring" in article.body
    for foreign in ("Sport", "alert", "Copyright", "waste"):
        assert foreign not in article.body
    assert (article.title, article.outlet) == ("Bridge opens", "The Herald")
    assert (article.byline, article.language) == ("Ann Lee", "en")
    assert article.url == "https://herald.example/news/bridge"
    assert article.published == date(2025, 8, 14)


def test_a_host_is_no_outlet(put, read) -> None:
    path = put("a.htm", PAGE.replace('property="og:site_name"', 'name="nothing"'))
    assert read(path)[0][0].outlet in (None, "The Herald")
    path = put(
        "a.htm", f"<html><head>{PAGE.splitlines()[3]}</head><body>{PARAGRAPH * 2}</body></html>"
    )
    assert read(path)[0][0].outlet is None
    domains = {"herald.example": "Daily Herald"}
    assert read(path, domains=domains)[0][0].outlet == "Daily Herald"


@pytest.mark.parametrize("encoding", ["iso-8859-1", "windows-1252"])
@pytest.mark.parametrize(
    "form",
    [
        '<html><head><meta charset="{}"></head><body>{}</body></html>',
        '<html><meta http-equiv=content-type content="text/html; charset={}">{}</html>',
        '<?xml version="1.0" encoding="{}"?><html><body>{}</body></html>',
    ],
)
def test_declared_encodings(put, read, encoding: str, form: str) -> None:
    raw = form.format(encoding, PARAGRAPH * 2).encode("cp1252")
    (article,), _ = read(put("a.html", raw))
    assert article.body.startswith("“The bridge is open again,” the mayor")


@pytest.mark.parametrize(
    "page",
    [
        "<html><body></body></html>",
        "<html><body><nav><a href=/>Home</a><a href=/b>Sport</a></nav></body></html>",
        "<html><body><script>load()</script><noscript>Turn it on.</noscript></body></html>",
        "{}",
        "<html><body>" + "<div>" * 100_000 + "deep</body></html>",
        "<html><body><article>" + PARAGRAPH * 60_000 + "</article></body></html>",
    ],
    ids=["empty", "menu", "script", "no-html", "deep", "wide"],
)
def test_pages_without_an_article(put, read, page: str) -> None:
    path = put("a.html", page)
    articles, (error,) = read(path)
    assert not articles
    assert error.source == path
    assert "no article" in error.problem


def test_compressed_pages_are_not_unpacked(put, read) -> None:
    articles, (error,) = read(put("a.html", gzip.compress(PAGE.encode())))
    assert not articles
    assert "is not text" in error.problem


def test_entities_reach_no_files(put, read) -> None:
    secret = put("secret.txt", "do not read me, this is a secret of ours")
    bomb = (
        f'<!DOCTYPE html [<!ENTITY x SYSTEM "file://{secret}"><!ENTITY a "haha">'
        '<!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]>'
        f"<html><body><article>{PARAGRAPH}"
        "<p>Here it comes, dear reader: &x; &b;</p></article></body></html>"
    )
    articles, _ = read(put("a.html", bomb))
    for article in articles:
        assert "secret" not in article.body
        assert "haha" not in article.body.partition("Here it comes")[2]


def test_a_page_logs_nothing(put, read, capfd: pytest.CaptureFixture[str]) -> None:
    read(put("a.html", "no tags at all"))
    assert capfd.readouterr() == ("", "")
