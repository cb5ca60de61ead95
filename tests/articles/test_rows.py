"""Rows as the programs and interfaces write them from which people have their dumps."""

from __future__ import annotations

import json
from datetime import date
from typing import Any

import pytest

from quotes.articles import Account, Options
from quotes.articles.metadata import Metadata
from quotes.columns import Columns

TEXT = "“We will rebuild the bridge,” Ellen Park said."
DAY = "2024-03-04"
URL = "https://riverpost.example/a"
DOMAINS = {"bbc.co.uk": "BBC", "nytimes.com": "The New York Times"}

DUMPS: dict[str, dict[str, Any]] = {
    "all-the-news": {
        "": 0,
        "title": "T",
        "publication": "River Post",
        "author": "Ann Lee",
        "date": DAY,
        "year": 2024.0,
        "month": 3.0,
        "url": None,
        "content": TEXT,
    },
    "cc-news": {
        "title": "T",
        "text": TEXT,
        "domain": "www.riverpost.example",
        "date": f"{DAY} 22:00:00",
    },
    "mediacloud": {
        "stories_id": 1,
        "title": "T",
        "media_name": "River Post",
        "publish_date": DAY,
        "indexed_date": "2025-01-01",
        "story_text": TEXT,
    },
    "newsapi": {
        "source": {"id": None, "name": "River Post"},
        "author": "Ann Lee",
        "title": "T",
        "publishedAt": f"{DAY}T10:00:00Z",
        "content": TEXT,
    },
    "guardian": {
        "id": "world/2024/mar/04/a",
        "webTitle": "T",
        "webPublicationDate": f"{DAY}T10:00:00Z",
        "fields": {"bodyText": TEXT, "byline": "Ann Lee", "publication": "River Post"},
    },
    "guardian-item": {
        "content": {
            "id": "world/2024/mar/04/a",
            "webTitle": "T",
            "webPublicationDate": f"{DAY}T10:00:00Z",
            "fields": {"body": TEXT, "byline": "Ann Lee", "publication": "River Post"},
        }
    },
    "nyt": {
        "web_url": "https://www.nytimes.com/2024/03/04/us/x.html",
        "headline": {"main": "T"},
        "byline": {"original": "By Ann Lee"},
        "pub_date": f"{DAY}T10:00:00+0000",
        "lead_paragraph": TEXT,
        "source": "River Post",
    },
    "wordpress": {
        "id": 7,
        "date": f"{DAY}T10:00:00",
        "link": URL,
        "title": {"rendered": "T"},
        "content": {"rendered": TEXT, "protected": False},
        "_links": {"author": [{"href": "https://riverpost.example/wp-json/1"}]},
    },
    "webz": {
        "thread": {"site": "riverpost.example", "site_full": "www.riverpost.example", "title": "x"},
        "title": "T",
        "author": "Ann Lee",
        "published": f"{DAY}T10:00:00.000+02:00",
        "text": TEXT,
    },
    "news-please": {
        "maintext": TEXT,
        "title": "T",
        "authors": ["Ann Lee"],
        "date_publish": f"{DAY} 10:00:00",
        "date_download": "2025-01-01 00:00:00",
        "source_domain": "riverpost.example",
    },
    "newspaper4k": {
        "text": TEXT,
        "title": "T",
        "authors": "['Ann Lee']",
        "publish_date": f"{DAY} 00:00:00+00:00",
        "source_url": "https://riverpost.example",
    },
    "fundus": {
        "title": "T",
        "authors": ["Ann Lee"],
        "publishing_date": f"{DAY} 10:00:00+00:00",
        "body": {"summary": [], "sections": [{"headline": [], "paragraphs": [TEXT]}]},
        "html": {"source_info": {"publisher": "River Post"}, "responded_url": URL},
    },
    "realnews": {
        "text": TEXT,
        "title": "T",
        "domain": "riverpost.example",
        "publish_date": "03-24-2024",
    },
    "gdelt": {
        "content": TEXT,
        "title": "T",
        "seendate": "20240304T101500Z",
        "domain": "riverpost.example",
    },
    "json-ld": {
        "@type": "NewsArticle",
        "headline": "T",
        "articleBody": TEXT,
        "datePublished": DAY,
        "publisher": {"@type": "Organization", "name": "River Post"},
        "author": [{"@type": "Person", "name": "Ann Lee"}],
    },
    "event-registry": {
        "uri": "1",
        "title": "T",
        "body": TEXT,
        "dateTimePub": f"{DAY}T10:00:00Z",
        "source": {"uri": "riverpost.example", "title": "River Post"},
    },
    "proquest": {
        "Title": "T",
        "FullText": TEXT,
        "Authors": "Lee, Ann",
        "pubdate": "Mar 4, 2024",
        "entryDate": "2025-01-01",
        "pubtitle": "River Post",
        "copyright": "x",
    },
    "elasticsearch": {
        "_index": "news",
        "_id": "7",
        "_source": {
            "title": "T",
            "text": TEXT,
            "source": "River Post",
            "published_at": 1709546400000,
        },
    },
    "mongo": {
        "_id": {"$oid": "65e5"},
        "title": "T",
        "text": TEXT,
        "date": {"$date": {"$numberLong": "1709546400000"}},
        "source": "River Post",
    },
    "spreadsheet": {
        "Full Text": TEXT,
        "Publication Date": "4 March 2024",
        "HEADLINE": "T",
        "Media Outlet": "River Post",
    },
    "columns-of-a-date": {
        "text": TEXT,
        "title": "T",
        "outlet": "River Post",
        "year": "2024",
        "month": "3",
        "day": "4",
    },
    "paragraphs": {"text": ["A lead.", TEXT], "title": "T", "outlet": "River Post", "date": DAY},
}


@pytest.mark.parametrize("name", DUMPS)
def test_facts_are_found_under_the_names_that_programs_give_them(put, read, name: str) -> None:
    (article,), errors = read(put("a.jsonl", json.dumps(DUMPS[name])), domains=DOMAINS)
    assert not errors
    assert article.body.endswith(TEXT)
    assert article.title == "T"
    assert article.byline in (None, "Ann Lee")
    assert article.outlet in ("River Post", "riverpost.example", None)
    assert (article.outlet is None) == (name == "wordpress")
    day = 24 if name == "realnews" else 4
    assert article.published == date(2024, 3, day)


def test_what_only_hints_comes_last_and_is_told(put, read) -> None:
    account = Account()
    rows = [
        {"text": "a", "domain": "www.bbc.co.uk", "timestamp": "1709546400"},
        {"text": "b", "domain": "hill.example", "url": "https://hill.example/2024/03/05/b"},
        {"text": "c", "link": "http://news.bbc.co.uk/c", "timestamp": "x"},
    ]
    path = put("a.jsonl", "\n".join(map(json.dumps, rows)))
    articles, _ = read(path, domains=DOMAINS, account=account)
    assert [(one.outlet, one.published) for one in articles] == [
        ("BBC", date(2024, 3, 4)),
        ("hill.example", date(2024, 3, 5)),
        ("BBC", None),
    ]
    assert account.guessed == {
        ("outlet", "from the column 'domain'"): 2,
        ("date", "from the column 'timestamp'"): 1,
        ("date", "from the web address"): 1,
        ("outlet", "from the web address"): 1,
    }
    assert (account.articles, account.missing) == (3, {"published": 1, "title": 3})


@pytest.mark.parametrize("cell", ["n/a", "N/A", "nan", "None", "NULL", "-", "0000-00-00", " "])
def test_cells_that_say_nothing(put, read, cell: str) -> None:
    account = Account()
    path = put("a.csv", f'text,title,date,outlet,author\n"x, y",{cell},{cell},{cell},{cell}\n')
    (article,), errors = read(path, account=account)
    assert not errors
    assert (article.title, article.published, article.outlet, article.byline) == (None,) * 4
    assert not account.remarks


def test_a_table_decides_how_its_dates_are_written(put, read) -> None:
    account = Account()
    days = ["04/03/2024", "05/03/2024 10:00", "25/03/2024", "n/a", "soon"]
    path = put("a.csv", "text,date\n" + "".join(f"text {day},{day}\n" for day in days))
    articles, errors = read(path, account=account)
    assert not errors
    found = [date(2024, 3, 4), date(2024, 3, 5), date(2024, 3, 25), None, None]
    assert [article.published for article in articles] == found
    assert account.remarks == {
        "dates read with the day coming first, as other rows show": (path, 1),
        "a date could not be read": (f"'soon' in {path}:6", 1),
    }


@pytest.mark.parametrize("days", [["04/03/2024"], ["04/03/2024", "13/01/2024", "01/13/2024"]])
def test_dates_with_two_readings_are_left_out_and_counted(put, read, days: list[str]) -> None:
    account = Account()
    path = put("a.csv", "text,date\n" + "".join(f"text {day},{day}\n" for day in days))
    articles, _ = read(path, account=account)
    assert articles[0].published is None
    assert account.missing["published"] == 1
    assert account.remarks["a date has two readings"] == (f"'04/03/2024' in {path}:2", 1)


def test_titles_are_read_as_html(put, read) -> None:
    title = "<em>Roe</em> &amp; Lind &#8211; &lt;a&gt; 1 < 2"
    (article,), _ = read(put("a.jsonl", json.dumps({"text": TEXT, "title": title})))
    assert article.title == "Roe & Lind – <a> 1 < 2"


def test_columns_that_say_nothing_are_told(put, read) -> None:
    account = Account()
    rows = [{"text": "a", "mood": "good", "more": {"x": 1}}, {"text": "b", "tags": [], "url": ""}]
    path = put("a.jsonl", "\n".join(map(json.dumps, rows)))
    read(path, account=account)
    assert [*account.unused[path]] == ["mood", "more.x", "tags"]


def test_people_name_columns(put, read) -> None:
    account = Account()
    named = Columns({"text": "Story Line", "published": "printed"})
    path = put("a.csv", "id,story_line,text,printed\n1,The story.,A summary.,2024-03-04\n")
    (article,), errors = read(path, options=Options(columns=named), account=account)
    assert not errors
    assert (article.body, article.published) == ("The story.", date(2024, 3, 4))
    assert account.has_used("story line")
    articles, (error,) = read(path, options=Options(columns=Columns({"text": "words"})))
    assert not articles
    assert "no column for the text (has id, story_line, text, printed)" in error.problem


def test_an_outlet_is_never_an_address(put, read) -> None:
    row = {"text": "a", "source": "https://herald.example/a/b"}
    (article,), _ = read(put("a.jsonl", json.dumps(row)))
    assert (article.outlet, article.url) == (None, "https://herald.example/a/b")


def test_huge_cells_are_no_facts(put, read) -> None:
    row = {
        "text": "a",
        "title": "x" * 3000,
        "author": "y" * 3000,
        "date": "2024-03-04" + " " * 3000,
    }
    (article,), _ = read(put("a.jsonl", json.dumps(row)), defaults=Metadata(outlet="Herald"))
    assert (article.title, article.byline, article.outlet) == (None, None, "Herald")
