from __future__ import annotations

from datetime import date

import pytest

from quotes.articles import Account
from quotes.articles.feeds import parse_feed
from quotes.errors import ArticleError

PARAGRAPHS = "<p>“The bridge is open,” Ann Roe said.</p><p>“It is not,” Bo Lind said.</p>"
RSS = f"""<?xml version="1.0"?>
<rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/"
 xmlns:dc="http://purl.org/dc/elements/1.1/"><channel><title>River Post - World</title>
<language>en-gb</language><item><title>Bridge</title><link>https://post.example/a</link>
<dc:creator>By Ann Lee, editor</dc:creator><pubDate>Mon, 04 Mar 2024 10:00:00 GMT</pubDate>
<content:encoded><![CDATA[{PARAGRAPHS}]]></content:encoded></item>
<item><title>Short</title><link>https://post.example/b</link>
<description>Only a lead.</description></item></channel></rss>"""
ATOM = f"""<?xml version="1.0"?><feed xmlns="http://www.w3.org/2005/Atom">
<title>River Post</title><entry><title>Bridge</title><link href="https://post.example/a"/>
<author><name>Ann Lee</name></author><published>2024-03-04T23:00:00-05:00</published>
<updated>2024-03-09T00:00:00Z</updated>
<content type="html"><![CDATA[{PARAGRAPHS}]]></content></entry></feed>"""
SITE_MAP = """<?xml version="1.0"?><urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"
 xmlns:news="http://www.google.com/schemas/sitemap-news/0.9"><url><loc>https://post.example/a</loc>
<lastmod>2024-03-09</lastmod><news:news><news:publication><news:name>River Post</news:name>
<news:language>en</news:language></news:publication>
<news:publication_date>2024-03-04T10:00:00Z</news:publication_date><news:title>Bridge</news:title>
</news:news></url></urlset>"""
INDEX = """<sitemapindex xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">
<sitemap><loc>https://post.example/news.xml</loc></sitemap><sitemap><loc>file:///etc/passwd</loc></sitemap>
</sitemapindex>"""


@pytest.mark.parametrize("name", ["a.xml", "a.rss", "a.atom", "nameless"])
@pytest.mark.parametrize("feed", [RSS, ATOM], ids=["rss", "atom"])
def test_entries_with_texts_are_articles(put, read, name: str, feed: str) -> None:
    account = Account()
    (article,), errors = read(put(name, feed), account=account)
    assert not errors
    assert article.body == "“The bridge is open,” Ann Roe said.\n\n“It is not,” Bo Lind said."
    assert (article.title, article.outlet, article.byline) == ("Bridge", "River Post", "Ann Lee")
    assert (article.url, article.published) == ("https://post.example/a", date(2024, 3, 4))
    assert account.guessed == {("outlet", "from the feed's title"): 1}
    if feed is RSS:
        (remark,) = (what for what in account.remarks if "feed" in what)
        assert account.remarks[remark] == ("https://post.example/b", 1)


def test_site_maps() -> None:
    (entry,) = parse_feed(SITE_MAP.encode(), "a").entries
    assert (entry.facts.outlet, entry.facts.published) == ("River Post", date(2024, 3, 4))
    assert (entry.facts.url, entry.facts.title) == ("https://post.example/a", "Bridge")
    assert parse_feed(INDEX.encode(), "a").maps == ["https://post.example/news.xml"]


def test_feeds_without_texts_say_what_to_do(put, read) -> None:
    for feed in (SITE_MAP, INDEX, RSS.replace("content:encoded", "x")):
        articles, (error,) = read(put("a.xml", feed))
        assert not articles
        assert "`quotes watch` fetches the pages" in error.problem


@pytest.mark.parametrize(
    "raw",
    [
        b"",
        b"<rss><channel></channel></rss>",
        b"<urlset></urlset>",
        b"<urlset",
        b'<!DOCTYPE x [<!ENTITY a "aa"><!ENTITY b "&a;&a;">]><urlset><url><loc>&b;</loc></url>',
    ],
)
def test_what_is_no_feed(raw: bytes) -> None:
    with pytest.raises(ArticleError, match=r"is not a feed|is a broken site map"):
        parse_feed(raw, "a")
