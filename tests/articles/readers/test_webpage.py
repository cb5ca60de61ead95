import gzip
import json
import re
from datetime import date

import pytest

from quotes.articles import Account

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


def test_pages_that_a_server_sent_compressed(put, read) -> None:
    (article,), errors = read(put("a.html", gzip.compress(PAGE.encode())))
    assert not errors
    assert article.title == "Bridge opens"


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


def paragraphs(name: str, count: int = 6) -> str:
    return "".join(
        f"<p>“Number {number} of the plans of {name} is a good one,” {name} said on day {number}."
        "</p>"
        for number in range(count)
    )


def page(body: str, head: str = "") -> str:
    return f"<html><head><title>Plans</title>{head}</head><body>{body}</body></html>"


def linked(**article: object) -> str:
    item = {"@context": "https://schema.org", "@type": "NewsArticle"} | article
    return f'<script type="application/ld+json">{json.dumps(item)}</script>'


def test_the_text_of_json_ld_is_taken_if_it_is_fuller(put, read) -> None:
    texts = [re.sub("<.*?>", "", one) for one in paragraphs("Ann Roe", 12).split("</p>")[:-1]]
    head = linked(articleBody=" ".join(texts), headline="Plans of Ann Roe")
    half = "".join(f"<p>{text}</p>" for text in texts[:6])
    (article,), _ = read(put("a.html", page(f"<article>{half}</article>", head)))
    assert article.body.splitlines()[:6] == texts[:6]  # in the page's paragraphs, where it has them
    assert article.body.split() == " ".join(texts).split()
    assert article.title == "Plans of Ann Roe"


@pytest.mark.parametrize("body", ["Short.", "Other words. " * 200, "", "<p>Number</p>"])
def test_the_text_of_json_ld_is_left_if_it_is_not_sound(put, read, body: str) -> None:
    path = put(
        "a.html", page(f"<article>{paragraphs('Ann Roe')}</article>", linked(articleBody=body))
    )
    (article,), _ = read(path)
    assert article.body.count("“Number") == 6
    assert "Other words" not in article.body


def test_a_page_that_only_scripts_fill(put, read) -> None:
    body = "<p>“We will rebuild it,” Ann Roe said.</p>" * 8
    (article,), _ = read(put("a.html", page("<div id=root></div>", linked(articleBody=body))))
    assert article.body.count("“We will rebuild it,” Ann Roe said.") == 8


@pytest.mark.parametrize("tag", ["div", "section"])
def test_containers_of_one_class_are_one_article(put, read, tag: str) -> None:
    box = f'<{tag} class="article-body">{{}}</{tag}>'
    boxes = (
        box.format(paragraphs("Ann Roe")) + "<div>Buy it!</div>" + box.format(paragraphs("Bo Lind"))
    )
    account = Account()
    (article,), _ = read(put("a.html", page(f"<main>{boxes}</main>")), account=account)
    assert article.body.count("“Number") == 12
    assert article.body.index("Ann Roe") < article.body.index("Bo Lind")
    assert not account.remarks


def test_quotations_outside_the_article_are_told(put, read) -> None:
    boxes = f'<div class="entry-content">{paragraphs("Ann Roe")}</div>'
    boxes += f'<div class="x">{paragraphs("Bo Lind")}</div>'
    account = Account()
    path = put("a.html", page(boxes))
    (article,), _ = read(path, account=account)
    assert "Bo Lind" not in article.body
    assert account.remarks == {"page with quotations outside the article that was found": (path, 1)}
    beside = boxes.replace('"x"', '"comments"')
    account = Account()
    read(put("b.html", page(beside)), account=account)
    assert not account.remarks


def test_a_pull_quote_counts_once(put, read) -> None:
    said = "Number 3 of the plans of Ann Roe is a good one"
    for pulled in (
        f"<blockquote>“{said}”</blockquote>",
        f'<aside class="pullquote"><p>{said}</p></aside>',
        f'<div class="pull-quote">{said}</div>',
        f"<figure><blockquote><p>{said}</p></blockquote><figcaption>Ann Roe</figcaption></figure>",
    ):
        path = put(
            "a.html",
            page(f"<article>{paragraphs('Ann Roe')}{pulled}{paragraphs('Bo Lind')}</article>"),
        )
        (article,), _ = read(path)
        assert article.body.count(said) == 1
        assert article.body.count("“Number") == 12


def test_speech_in_markup_has_marks(put, read) -> None:
    speech = (
        "<p>Bo Lind wrote to her:</p>"
        "<blockquote><p>Your plans are bad.</p><p>I am against.</p></blockquote>"
        "<p>She answered that he was <q>an old friend</q> of hers.</p>"
        "<blockquote><p>We need no plans at all here.</p><footer>— Cy Doe, farmer</footer>"
        "</blockquote>"
    )
    (article,), _ = read(
        put(
            "a.html",
            page(f"<article>{paragraphs('Ann Roe')}{speech}{paragraphs('Bo Lind')}</article>"),
        )
    )
    assert "“Your plans are bad.\n“I am against.”\n" in article.body
    assert "he was “an old friend” of hers" in article.body
    assert "“We need no plans at all here.”\n— Cy Doe, farmer" in article.body


SITES = {"apnews.example": "Associated Wire"}


@pytest.mark.parametrize(
    ("head", "outlet"),
    [
        ('<meta property="og:site_name" content="AW News">', "AW News"),
        (
            '<meta property="og:site_name" content="AW News">'
            '<meta property="og:url" content="https://www.apnews.example/a">',
            "Associated Wire",
        ),
        ('<meta property="og:site_name" content="herald.example">', None),
        ('<meta property="og:site_name" content="Plans of Ann Roe">', None),
        (linked(publisher={"@type": "Organization", "name": "The Herald"}), "The Herald"),
        ("<title>Plans of Ann Roe | The Herald</title>", None),
        (
            "<title>Plans of Ann Roe | The Herald</title>"
            '<link rel="canonical" href="https://www.theherald.example/plans">',
            "The Herald",
        ),
        ('<link rel="canonical" href="https://www.theherald.example/plans">', None),
    ],
)
def test_the_outlet_is_never_a_host_or_headline(put, read, head: str, outlet: str | None) -> None:
    title = '<meta property="og:title" content="Plans of Ann Roe">'
    text = f"<article>{paragraphs('Ann Roe')}</article>"
    html = f"<html><head>{head}{title}</head><body>{text}</body></html>"
    (article,), _ = read(put("a.html", html), domains=SITES)
    assert article.outlet == outlet


def test_bylines_are_names(put, read) -> None:
    head = linked(
        author=[
            {"@type": "Person", "name": "By Ann Lee, Political Editor"},
            {"@type": "Organization", "name": "Hill Wire"},
        ],
        datePublished="2025-08-14T10:00:00Z",
        inLanguage="en-GB",
    )
    (article,), _ = read(put("a.html", page(f"<article>{paragraphs('Ann Roe')}</article>", head)))
    assert (article.byline, article.published, article.language) == (
        "Ann Lee",
        date(2025, 8, 14),
        "en",
    )
