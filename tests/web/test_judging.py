"""Corrections and the review by plain forms, as a browser without scripts sends them."""

from __future__ import annotations

import re
from html import unescape
from typing import Any

import httpx
import pytest

from quotes.api.judging import Judge


def send(fresh: httpx.Client, **fields: str) -> httpx.Response:
    answer = fresh.post("/judgements", data=fields)
    if answer.status_code == 303:
        return fresh.get(answer.headers["location"])
    return answer


def fields_of(page: str, action: str) -> list[dict[str, str]]:
    """Return the hidden fields of the forms with this action."""
    forms = re.findall(rf'<form method="post" action="{action}".*?</form>', page, re.DOTALL)
    return [
        {name: unescape(value) for name, value in
         re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)"', form)}
        for form in forms
    ]  # fmt: skip


def test_a_correction_is_stored_told_and_undone(fresh: httpx.Client) -> None:
    page = fresh.get("/quotes/1").text
    form = next(one for one in fields_of(page, "/judgements") if one["do"] == "attribution")
    done = send(fresh, **form, speaker="Bruno Quill", by="Ann Roe", why="heard it")
    assert "Judgement 1 by Ann Roe is stored." in done.text
    assert "speaker Ada Quill (ada-quill) → Bruno Quill (bruno-quill)" in done.text
    (entry,) = fresh.get("/log.json").json()["judgements"]
    assert (entry["kind"], entry["by"], entry["value"]) == ("attribution", "Ann Roe", "bruno-quill")
    assert 'value="Ann Roe"' in fresh.get("/quotes/1").text  # the name is kept
    (undo,) = (one for one in fields_of(done.text, "/judgements") if one["do"] == "undo")
    undone = send(fresh, **undo)
    assert "Judgement 2 by Ann Roe is stored." in undone.text
    assert [one["undone_by"] for one in fresh.get("/log.json").json()["judgements"]] == [
        None,
        "Ann Roe",
    ]
    assert fresh.get("/log.json?standing=1").json()["judgements"] == []
    assert fresh.get("/log.csv").text.count("\n") == 3


def test_articles_and_outlets_are_marked(fresh: httpx.Client) -> None:
    pages = {"/articles/1": "machine-translated", "/outlets/evening-post": "translated"}
    for page, mark in pages.items():
        shown = fresh.get(page).text
        forms = shown.split('<form method="post" action="/judgements"')[1:]
        marking = ['<select name="provenance">' in one for one in forms].index(True)
        form = fields_of(shown, "/judgements")[marking]
        assert f'<strong class="remark">{mark}' not in fresh.get(page).text
        marked = send(fresh, **form, provenance=mark, by="Ann Roe")
        assert f"provenance unknown → {mark}" in marked.text
        assert f'<strong class="remark">{mark}</strong>' in fresh.get(page).text
        assert f"<option selected>{mark}</option>" in fresh.get(page).text
    quote = fresh.get("/quotes/1").text
    assert '<strong class="remark">machine-translated</strong>' in quote
    send(fresh, do="edit-outlet", outlet="evening-post", provenance="", by="Ann Roe", next="/")
    assert '<strong class="remark">' not in fresh.get("/outlets/evening-post").text


def test_a_quote_that_is_merged_redirects_for_good(fresh: httpx.Client) -> None:
    send(fresh, do="same", left="q1", right="q2", next="/quotes/2?compare=v1,v2")
    moved = fresh.get("/quotes/2.json?x=1")
    assert (moved.status_code, moved.headers["location"]) == (301, "/quotes/1.json?x=1")
    assert fresh.get("/quotes/2").headers["location"] == "/quotes/1"


def test_a_speaker_that_is_merged_redirects_for_good(fresh: httpx.Client) -> None:
    send(fresh, do="merge", speaker="bruno-quill", into="ada-quill", next="/")
    moved = fresh.get("/speakers/bruno-quill")
    assert (moved.status_code, moved.headers["location"]) == (301, "/speakers/ada-quill")
    send(fresh, do="merge-outlet", outlet="evening-post", into="daily-lantern", next="/")
    moved = fresh.get("/outlets/evening-post.json")
    assert (moved.status_code, moved.headers["location"]) == (301, "/outlets/daily-lantern.json")


def test_what_is_refused_is_told_and_not_stored(fresh: httpx.Client) -> None:
    answer = send(fresh, do="attribution", quotation="n1", speaker="Nobody At All")
    assert answer.status_code == 404
    assert (
        "no speaker ‘Nobody" in answer.text or "no speaker &#39;Nobody At All&#39;" in answer.text
    )
    assert send(fresh, do="explode").status_code == 400
    assert fresh.get("/log.json").json()["judgements"] == []


@pytest.mark.parametrize(
    "headers",
    [
        {"Origin": "https://evil.example"},
        {"Origin": "null"},
        {"Sec-Fetch-Site": "cross-site"},
        {"Sec-Fetch-Site": "same-site"},
        {"Origin": ""},
        {"Origin": "https://evil.example", "Sec-Fetch-Site": "same-origin"},
    ],
)
@pytest.mark.parametrize("backend", ["sqlite"])
def test_a_form_of_another_site_is_refused(fresh: httpx.Client, headers: dict[str, str]) -> None:
    form = {"do": "confirm", "speaker": "ada-quill"}
    for path in ("/judgements", "/review", "/api/v1/judgements"):
        assert fresh.post(path, data=form, headers=headers).status_code == 403
    silent = httpx.Client(base_url=fresh.base_url, cookies=fresh.cookies)
    assert silent.post("/judgements", data=form).status_code == 403  # says nothing of its origin
    assert fresh.get("/log.json").json()["judgements"] == []


@pytest.mark.parametrize("backend", ["sqlite"])
def test_a_form_of_our_own_has_no_origin_where_no_referrer_is_sent(fresh: httpx.Client) -> None:
    """Browsers then send the origin "null", and Sec-Fetch-Site, which no page can set."""
    ours = {"Origin": "null", "Sec-Fetch-Site": "same-origin"}
    form = {"do": "confirm", "speaker": "ada-quill"}
    assert fresh.post("/judgements", data=form, headers=ours).status_code == 303


@pytest.mark.parametrize("backend", ["sqlite"])
def test_a_form_has_bounds(fresh: httpx.Client) -> None:
    assert fresh.post("/judgements", content=b"x" * 2_000_001).status_code == 413
    assert fresh.post("/judgements", content=b"a=1&" * 300).status_code == 400
    assert fresh.post("/judgements", content=b"\xff\xfe").status_code == 400


def review(fresh: httpx.Client, **params: str) -> tuple[dict[str, Any], dict[str, str], str]:
    page = fresh.get("/review", params={"below": "1", **params}).text
    item = fresh.get("/review.json", params={"below": "1", **params}).json()["item"]
    forms = [one for one in fields_of(page, "/review") if "item" in one]
    return item, forms[0] if forms else {}, page


def test_a_review_by_forms(fresh: httpx.Client) -> None:
    item, form, page = review(fresh)
    assert item["question"] == "Who said this?"
    assert page.count("data-key=") >= len(item["answers"])
    name = next(one["key"] for one in item["answers"] if one["asks_name"])
    answer = fresh.post("/review", data=form | {"answer": name, "name": "Bruno Quill", "by": "Ann"})
    assert answer.status_code == 303
    page = fresh.get(answer.headers["location"]).text
    assert "undo your last answer" in page
    following, form, _ = review(fresh)
    assert following["about"] != item["about"]
    (undo,) = (one for one in fields_of(page, "/review") if "item" not in one)
    fresh.post("/review", data=undo | {"undo": "1"})
    assert review(fresh)[0]["about"] == item["about"]
    skipped = review(fresh, skipped=item["about"][0])[0]
    assert skipped["about"] == following["about"]


def test_an_answer_that_is_none_is_told(fresh: httpx.Client) -> None:
    _, form, _ = review(fresh)
    for wrong in ({"answer": "z"}, {"answer": "o", "name": " "}, {"item": "n999"}, {"item": "x/y"},
                  {"queue": "coffee"}):  # fmt: skip
        answer = fresh.post("/review", data=form | {"answer": "n"} | wrong)
        assert answer.status_code in (400, 404), wrong
        assert '<p class="problem">' in answer.text
    assert fresh.get("/log.json").json()["judgements"] == []
    assert fresh.get("/review?below=loud").status_code == 400


def test_who_comes_later_sees_what_was_said_before(fresh: httpx.Client, stocked_url: str) -> None:
    item, form, _ = review(fresh)
    Judge(stocked_url, "Bo").attribution(item["about"][0], "bruno-quill")
    mine = form | {"answer": "n", "by": "Ann"}
    answer = fresh.post("/review", data=mine)
    page = fresh.get(answer.headers["location"]).text
    assert "Bo has answered this meanwhile: attribution, bruno-quill" in page
    assert len(fresh.get("/log.json").json()["judgements"]) == 1
    again = next(one for one in fields_of(page, "/review") if "item" in one)
    fresh.post("/review", data=again | {"answer": "n", "by": "Ann"})
    assert [one["by"] for one in fresh.get("/log.json").json()["judgements"]] == ["Ann", "Bo"]


@pytest.mark.parametrize("queue", ["speakers", "disputed", "merges", "meanings", "names"])
def test_every_queue_has_a_page(fresh: httpx.Client, queue: str) -> None:
    page = fresh.get(f"/review?queue={queue}")
    assert page.status_code == 200
    assert 'aria-current="page">' in page.text
