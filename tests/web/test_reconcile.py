"""The requests that clients of the Reconciliation Service API 0.2 send."""

from __future__ import annotations

import json
from urllib.parse import urlsplit

import httpx
import pytest

from quotes.api.judging import Judge
from tests.web.conftest import served


def test_the_service_says_what_it_is(town: httpx.Client) -> None:
    answer = town.get("/reconcile")
    manifest = answer.json()
    assert manifest["versions"] == ["0.1", "0.2"]
    assert {"name", "identifierSpace", "schemaSpace", "view", "defaultTypes"} <= manifest.keys()
    assert "{{id}}" in manifest["view"]["url"]
    assert answer.headers["access-control-allow-origin"] == "*"


@pytest.mark.parametrize("method", ["GET", "POST"])
def test_a_batch_of_queries(town: httpx.Client, method: str) -> None:
    queries = {
        "q0": {"query": "Ada Quill"},
        "q1": {"query": "quill", "limit": 1, "type": "person", "type_strict": "should"},
        "q2": {"query": "Nobody At All"},
        "q3": {"query": "Ada Quill", "type": ["organisation"]},
        "q4": {"query": "Zoe Akerlund", "properties": [{"pid": "gender", "v": "female"}]},
        "q5": {"query": ""},
    }
    sent = {"queries": json.dumps(queries)}
    answer = town.request(method, "/reconcile", **{"params" if method == "GET" else "data": sent})
    found = {key: one["result"] for key, one in answer.json().items()}
    assert found.keys() == queries.keys()
    first = found["q0"][0]
    assert (first["id"], first["score"], first["match"]) == ("ada-quill", 100.0, True)
    assert first["type"] == [{"id": "person", "name": "Person"}]
    assert len(found["q1"]) == 1
    assert found["q1"][0]["match"] is False
    assert found["q2"] == found["q3"] == found["q5"] == []
    assert found["q4"][0]["id"] == "zoë-åkerlund"


def test_a_single_query_as_in_version_0_1(town: httpx.Client) -> None:
    for query in ("Bruno Quill", '{"query": "Bruno Quill", "limit": 3}'):
        (best, *_) = town.get("/reconcile", params={"query": query}).json()["result"]
        assert (best["id"], best["match"]) == ("bruno-quill", True)


def test_names_are_suggested(town: httpx.Client) -> None:
    found = town.get("/reconcile/suggest/entity?prefix=qui").json()["result"]
    assert found == [] or {"id", "name", "notable"} <= found[0].keys()
    found = town.get("/reconcile/suggest/entity?prefix=Quill").json()["result"]
    assert {one["id"] for one in found} == {"ada-quill", "bruno-quill"}
    assert town.get("/reconcile/suggest/entity").json() == {"result": []}


def test_merged_speakers_are_those_into_whom_they_were(
    fresh: httpx.Client, stocked_url: str
) -> None:
    Judge(stocked_url, "Ann").merge("bruno-quill", "ada-quill")
    found = fresh.get("/reconcile?query=Bruno+Quill").json()["result"]
    assert [one["id"] for one in found] == ["ada-quill"]


@pytest.mark.parametrize(
    "queries", ["", "nothing", "[]", '{"q0": 1}', '{"q0": {"query": 5}}', "{" * 1000]
)
@pytest.mark.parametrize("backend", ["sqlite"])
def test_queries_that_make_no_sense_are_told(town: httpx.Client, queries: str) -> None:
    answer = town.post("/reconcile", data={"queries": queries})
    assert answer.status_code == (200 if not queries else 400)
    assert ("error" in answer.json()) == bool(queries)


@pytest.mark.parametrize("backend", ["sqlite"])
def test_a_program_has_the_token_in_the_path(stocked_url: str) -> None:
    with served(stocked_url) as address:
        base, token = address.partition("/?")[0], urlsplit(address).query.removeprefix("token=")
        manifest = httpx.get(f"{base}/reconcile/{token}").json()
        place = manifest["suggest"]["entity"]
        found = httpx.get(f"{place['service_url']}{place['service_path']}?prefix=Ada+Quill")
        assert found.json()["result"][0]["id"] == "ada-quill"
        sent = {"queries": '{"q0": {"query": "Ada Quill"}}'}
        foreign = {"Origin": "http://127.0.0.1:3333"}  # OpenRefine's
        answer = httpx.post(f"{base}/reconcile/{token}", data=sent, headers=foreign)
        assert answer.json()["q0"]["result"][0]["match"] is True
        assert httpx.get(f"{base}/reconcile/wrong").status_code == 403
        assert httpx.get(f"{base}/reconcile").status_code == 403
