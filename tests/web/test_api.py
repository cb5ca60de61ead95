from __future__ import annotations

from typing import Any

import httpx
import pytest

from quotes.export.rows import COLUMNS


def everything(town: httpx.Client, path: str) -> list[dict[str, Any]]:
    """Return all items of a list, page by page."""
    found = []
    following: str | None = path
    while following:
        answer = town.get(following)
        assert answer.status_code == 200, answer.text
        page = answer.json()
        found += page["items"]
        following = page["next"]
        assert ("link" in answer.headers) == bool(following)
    return found


@pytest.mark.parametrize("what", COLUMNS)
def test_rows_come_in_pages_and_none_is_missing(town: httpx.Client, what: str) -> None:
    every = town.get(f"/api/v1/{what}").json()["items"]
    assert [tuple(row) for row in every] == [COLUMNS[what]] * len(every)  # type: ignore[index]
    assert everything(town, f"/api/v1/{what}?limit=1") == every
    assert [row["id"] for row in every] == sorted(row["id"] for row in every)


@pytest.mark.parametrize("path", ["speakers", "articles", "outlets", "judgements"])
def test_lists_come_in_pages(town: httpx.Client, path: str) -> None:
    every = town.get(f"/api/v1/{path}").json()["items"]
    assert everything(town, f"/api/v1/{path}?limit=1") == every
    assert len(every) == {"speakers": 3, "articles": 4, "outlets": 2, "judgements": 0}[path]


def test_the_conditions_of_a_search_hold(town: httpx.Client) -> None:
    (one,) = everything(town, "/api/v1/quotes?speaker=bruno+quill&limit=1")
    assert one["text"].startswith("My sister")
    assert everything(town, "/api/v1/renderings?q=harbour&outlet=evening+post")[0]["outlet"]
    assert everything(town, "/api/v1/quotes?q=volcano") == []


def test_one_thing_is_found_by_number_or_slug(town: httpx.Client) -> None:
    assert town.get("/api/v1/quotes/1").json()["id"] == 1
    assert town.get("/api/v1/speakers/bruno quill").json()["listed"]["slug"] == "bruno-quill"
    assert town.get("/api/v1/outlets/post.example").status_code == 404
    assert town.get("/api/v1/articles/1").json()["body"].startswith("“We won’t sell")
    assert town.get("/api/v1").json()["quotes"] == "/api/v1/quotes"


@pytest.mark.parametrize(
    "path",
    ["/api/v1/quotes?limit=0", "/api/v1/quotes?limit=1001", "/api/v1/quotes?cursor=%FF",
     "/api/v1/quotes?cursor=Zm9v", "/api/v1/quotes?since=x", "/api/v1/nothing", "/api/v1/quotes/99",
     "/api/v1/speakers/nobody", "/api/v1/articles/0"],
)  # fmt: skip
def test_what_is_wrong_is_told_as_json(town: httpx.Client, path: str) -> None:
    answer = town.get(path)
    assert answer.status_code in (400, 404)
    assert answer.json()["error"]


def test_a_judgement_is_stored(fresh: httpx.Client) -> None:
    body = {"do": "attribution", "quotation": "n1", "speaker": "Bruno Quill", "by": "Ann"}
    stored = fresh.post("/api/v1/judgements", json=body)
    assert stored.status_code == 201
    number = stored.json()["judgement"]
    assert any("Bruno Quill (bruno-quill)" in effect for effect in stored.json()["effects"])
    undone = fresh.post("/api/v1/judgements", json={"do": "undo", "judgement": number})
    assert undone.status_code == 201
    log = everything(fresh, "/api/v1/judgements?limit=1")
    assert [(one["kind"], one["by"]) for one in log][1] == ("attribution", "Ann")


@pytest.mark.parametrize("body", [b"", b"[]", b"{", b'{"do": "explode"}', b'{"do": ["undo"]}',
                                  b'{"do": "undo", "judgement": 9}', b"{}", b"\xff"])  # fmt: skip
@pytest.mark.parametrize("backend", ["sqlite"])
def test_a_body_that_makes_no_sense_is_refused(fresh: httpx.Client, body: bytes) -> None:
    answer = fresh.post("/api/v1/judgements", content=body)
    assert answer.status_code == 400
    assert answer.json()["error"]
