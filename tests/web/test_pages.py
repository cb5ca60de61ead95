from __future__ import annotations

import csv
import io
import json
import re
from datetime import date, timedelta
from pathlib import Path

import httpx
import openpyxl
import pytest

from quotes.search.timeline import Week
from quotes.web.charts import timeline
from tests.cli.program import run

PAGES = [
    "/", "/search", "/search?q=harbour&speaker=ada+quill", "/quotes/1", "/speakers",
    "/speakers/ada-quill", "/outlets", "/outlets/daily-lantern", "/compare",
    "/compare?left=daily-lantern&right=evening-post", "/articles", "/articles?outlet=evening-post",
    "/articles/1", "/stats", "/stats?by=outlet&over=month", "/review", "/log",
]  # fmt: skip


@pytest.mark.parametrize("path", PAGES)
def test_a_page_has_its_siblings(town: httpx.Client, path: str) -> None:
    page = town.get(path)
    assert page.status_code == 200
    assert page.headers["content-type"] == "text/html; charset=utf-8"
    links = re.findall(r"<([^>]+)>; rel=\"alternate\"", page.headers["link"])
    assert [re.sub(r"\?.*", "", link).rpartition(".")[2] for link in links] == [
        "json",
        "csv",
        "xlsx",
    ]
    as_json, as_csv, as_book = (town.get(link) for link in links)
    assert as_json.json()
    rows = list(csv.reader(io.StringIO(as_csv.text)))
    sheet = openpyxl.load_workbook(io.BytesIO(as_book.content)).active
    assert sheet is not None
    assert [cell.value for cell in sheet[1]] == rows[0]
    assert sheet.max_row == len(rows)
    for link in links:
        assert f'href="{link.replace("&", "&amp;")}"' in page.text


def test_a_search_finds_counts_and_marks(town: httpx.Client) -> None:
    page = town.get("/search", params={"q": "harbour"}).text
    assert "<mark>harbour</mark>" in page
    assert "<small>1 quote</small>" in page
    assert (
        'href="/search?q=harbour&amp;outlet=evening-post">Evening Post</a> <span>1</span>' in page
    )
    found = town.get("/search.json", params={"q": "harbour", "divergent": "1"}).json()
    assert (found["total"], found["page"], found["pages"]) == (1, 1, 1)
    assert found["quotes"][0]["remarks"] == ["meaning may differ"]
    assert found["facets"]["years"] == [{"value": "2025", "name": "2025", "quotes": 1}]
    assert town.get("/search.json", params={"q": "volcano"}).json()["quotes"] == []


def test_a_table_is_that_of_the_command_line(town: httpx.Client, town_url: str) -> None:
    asked = town.get("/search.csv", params={"q": "harbour"}).text
    printed = run(town_url, "search", "harbour", "--format", "csv").out
    assert asked.replace("\r\n", "\n") == printed.replace("\r\n", "\n")


@pytest.mark.parametrize(
    ("query", "problem"),
    [
        ("since=someday", "'someday' is not a date"),
        ("speaker=nobody+at+all", "no speaker 'nobody at all' is known"),
        ("outlet=nowhere", "no outlet 'nowhere' is known"),
        ("page=0", "page=0: give a number from 1"),
        ("page=²", "page=²: give a number"),
        ("sort=weight", "sort=weight: give one of date"),
        ("min_confidence=2", "min_confidence=2: give a number from 0 to 1"),
    ],
)
def test_what_makes_no_sense_is_told(town: httpx.Client, query: str, problem: str) -> None:
    answer = town.get(f"/search.json?{query}")
    assert answer.status_code in (400, 404)
    assert problem in answer.json()["error"]
    page = town.get(f"/search?{query}")
    assert (page.status_code, page.text.count('<p class="problem">')) == (answer.status_code, 1)


def test_a_quote_shows_its_variants_and_their_difference(town: httpx.Client) -> None:
    quote = town.get("/search.json?divergent=1").json()["quotes"][0]["id"]
    page = town.get(f"/quotes/{quote}").text
    assert "<del>won’t</del> <ins>will</ins>" in page
    assert page.count('class="rendering"') == 3
    (linked,) = re.findall(r'<script type="application/ld\+json">(.*)</script>', page)
    document = json.loads(linked)
    assert document == town.get(f"/quotes/{quote}.jsonld").json()
    assert document["@graph"][0]["@type"] == ["Quotation", "Claim"]
    ids = re.findall(r'<tr id="v(\d+)-row">', page)
    compared = town.get(f"/quotes/{quote}?compare=v{ids[0]},v{ids[1]}").text
    assert f"v{ids[0]} and v{ids[1]}: the meaning may differ" in compared
    assert town.get(f"/quotes/{quote}?compare=v1").status_code == 400
    assert town.get(f"/quotes/{quote}?compare=v1,v999").status_code == 404


@pytest.mark.parametrize("path", ["/quotes/999", "/quotes/0", "/quotes/1x", "/quotes/" + "9" * 30,
                                  "/quotes/999.json", "/nowhere", "/speakers/nobody"])  # fmt: skip
def test_what_is_not_there_is_not_found(town: httpx.Client, path: str) -> None:
    assert town.get(path).status_code == 404


@pytest.mark.parametrize("path", ["/quotes/1", "/articles/1"])
def test_a_share_stays_on_one_line(town: httpx.Client, path: str) -> None:
    page = town.get(path).text
    assert "\u00a0% sure" in page
    assert " % sure" not in page


def test_keys_are_told_where_there_is_something_to_review(town: httpx.Client) -> None:
    assert 'aria-label="Keys"' in town.get("/review?below=1").text
    page = town.get("/review?queue=disputed").text
    assert "Nothing is left to review here" in page
    assert 'aria-label="Keys"' not in page


@pytest.mark.parametrize("count", [2, 3, 60, 900])
def test_the_first_and_the_last_bar_stand_above_their_days(count: int) -> None:
    monday = date(2025, 3, 3)
    chart = timeline([Week(monday + timedelta(7 * at), at % 5 + 1) for at in range(count)])
    assert chart.bars[0].x == 0
    assert chart.bars[-1].x + chart.bars[-1].width == pytest.approx(chart.width)


def test_a_speaker_is_found_by_any_spelling(town: httpx.Client) -> None:
    answer = town.get("/speakers/Zoë Åkerlund.json?x=1")
    assert (answer.status_code, answer.headers["location"]) == (
        302,
        "/speakers/zo%C3%AB-%C3%A5kerlund.json?x=1",
    )
    page = town.get("/speakers/ada-quill").text
    assert "<h1>Ada Quill</h1>" in page


def test_an_empty_database_has_a_front_page(database_url: str) -> None:
    from tests.web.conftest import client, served

    with served(database_url) as address, client(address) as asked:
        assert "Nothing is stored yet" in asked.get("/").text
        assert asked.get("/search").status_code == 200
        assert asked.get("/speakers.csv").text.startswith("slug,name")


@pytest.mark.parametrize("backend", ["sqlite"])
def test_a_file_that_vanishes_is_told(fresh: httpx.Client, stocked_url: str) -> None:
    Path(stocked_url).unlink()
    answer = fresh.get("/search")
    assert answer.status_code == 503
    assert "there is no database here" in answer.text


def test_an_article_has_its_quotations_marked(town: httpx.Client) -> None:
    page = town.get("/articles/1").text
    assert '<mark id="n1">“We won’t sell' in page
    assert page.count("<mark") == page.count("</mark>") == 3
    assert '<li id="of-n1">' in page
    assert "not speech" in page
    assert town.get("/articles/99").status_code == 404


def test_two_outlets_are_compared_quote_by_quote(town: httpx.Client) -> None:
    page = town.get("/compare?left=Evening Post&right=daily-lantern").text
    assert "1 quote in both" in page
    assert town.get("/compare?left=evening-post&right=Evening+Post").status_code == 400
    found = town.get("/compare.json").json()
    assert found["pairs"][0]["shared"] == 1


def test_what_is_counted_in_part_says_so(
    fresh: httpx.Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    pair = "/compare?left=daily-lantern&right=evening-post"
    for path in ("/outlets/evening-post", pair):
        assert "in the latest" not in fresh.get(path).text.lower()
    for module in ("search.outlets", "web.pages.outlets"):
        monkeypatch.setattr(f"quotes.{module}.LATEST_ARTICLES", 1)
    fresh.post(
        "/judgements", data={"do": "rename-outlet", "outlet": "daily-lantern", "name": "Lamp"}
    )
    for path in ("/outlets/evening-post", pair):
        assert "in the latest 1 article" in fresh.get(path).text.lower()
    assert fresh.get(pair.replace("?", ".json?")).json()["latest"] == 1
    assert fresh.get(pair.replace("?", ".csv?")).text.count("\n") == 2  # all that is in both


@pytest.mark.parametrize("query", ["by=weight", "over=day", "speaker=nobody", "by=speaker&since=x"])
def test_numbers_that_make_no_sense_are_refused(town: httpx.Client, query: str) -> None:
    assert town.get(f"/stats.json?{query}").status_code in (400, 404)


def test_numbers_are_those_of_the_command_line(town: httpx.Client, town_url: str) -> None:
    asked = town.get("/stats.csv?by=gender").text
    printed = run(town_url, "stats", "--by", "gender", "--format", "csv").out
    assert asked.replace("\r\n", "\n") == printed.replace("\r\n", "\n")
