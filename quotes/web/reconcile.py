"""Speakers for OpenRefine and others: the Reconciliation Service API 0.2 of the W3C's group.

https://www.w3.org/community/reports/reconciliation/CG-FINAL-specs-0.2-20230410/
A program that cannot send the token otherwise has it in the path: /reconcile/TOKEN.
"""

from __future__ import annotations

from typing import Any

import msgspec
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response

from quotes.errors import UsageError
from quotes.search.lookup import merged_into
from quotes.search.reconcile import Reconciled, Reconciler
from quotes.web.answers import as_json
from quotes.web.forms import read_form
from quotes.web.site import Site

VERSIONS = ["0.1", "0.2"]
TYPES = {"person": "Person", "organisation": "Organisation", "group": "Group"}
USUAL, MOST = 5, 50
MOST_QUERIES = 500
SURE = 0.9
"""From this score on the first candidate is taken for the one that is meant, if it is alone."""


async def reconcile(request: Request) -> Response:
    """Answer a batch of queries, a single one, or with what the service is."""
    given = dict(request.query_params)
    if request.method == "POST":
        given |= await read_form(request)
    if not given.get("queries") and not given.get("query"):
        return _open(as_json(_manifest(request)))
    site: Site = request.app.state.site
    return _open(as_json(await run_in_threadpool(_answer, site, given), pretty=False))


async def suggest(request: Request) -> Response:
    """Answer with the speakers whose names begin so, or may be meant so."""
    site: Site = request.app.state.site
    prefix = request.query_params.get("prefix", "").strip()
    found = await run_in_threadpool(_reconciled, site, {"q": {"query": prefix}}) if prefix else {}
    result = [
        {"id": one["id"], "name": one["name"], "notable": one["type"]}
        for one in found.get("q", {}).get("result", ())
    ]
    return _open(as_json({"result": result}, pretty=False))


def _manifest(request: Request) -> dict[str, Any]:
    base = f"{request.url.scheme}://{request.headers.get('host')}"
    path = request.url.path.rstrip("/")
    return {
        "versions": VERSIONS,
        "name": "Speakers of quotes",
        "identifierSpace": f"{base}/speakers/",
        "schemaSpace": "https://schema.org/",
        "defaultTypes": [{"id": name, "name": label} for name, label in TYPES.items()],
        "view": {"url": f"{base}/speakers/{{{{id}}}}"},
        "suggest": {"entity": {"service_url": base, "service_path": f"{path}/suggest/entity"}},
    }


def _answer(site: Site, given: dict[str, str]) -> dict[str, Any]:
    if not given.get("queries"):
        text = given["query"]
        query = _json(text) if text.lstrip().startswith("{") else {"query": text}
        return dict(_reconciled(site, {"q0": query})["q0"])
    queries = _json(given["queries"])
    if len(queries) > MOST_QUERIES:
        raise UsageError(f"queries: give {MOST_QUERIES} at most")
    return _reconciled(site, queries)


def _json(text: str) -> dict[str, Any]:
    try:
        return msgspec.json.decode(text, type=dict[str, Any])
    except msgspec.MsgspecError as error:
        raise UsageError(f"queries: this is not a JSON object: {error}") from error


def _reconciled(site: Site, queries: dict[str, Any]) -> dict[str, Any]:
    with site.readers() as connection:
        service = Reconciler(connection, merged_into(connection))
        return {key: {"result": _result(service, query)} for key, query in queries.items()}


def _result(service: Reconciler, query: Any) -> list[dict[str, Any]]:
    if not isinstance(query, dict) or not isinstance(query.get("query", ""), str):
        raise UsageError('queries: each is an object such as {"query": "Zelenskyy"}')
    limit = query.get("limit", USUAL)
    most = min(limit, MOST) if isinstance(limit, int) and limit > 0 else USUAL
    types = query.get("type") or ()
    wanted = {types} if isinstance(types, str) else {one for one in types if isinstance(one, str)}
    found = service.match(query.get("query", ""), most, wanted & TYPES.keys())
    alone = len(found) == 1 or (len(found) > 1 and found[0].score > found[1].score)
    return [
        _candidate(one, match=at == 0 and alone and one.score >= SURE)
        for at, one in enumerate(found)
    ]


def _candidate(one: Reconciled, *, match: bool) -> dict[str, Any]:
    return {
        "id": one.slug,
        "name": one.name,
        "description": one.description,
        "type": [{"id": one.type, "name": TYPES.get(one.type, one.type)}],
        "score": round(100 * one.score, 1),
        "match": match,
        "features": [{"id": "name", "value": round(100 * one.score, 1)}],
    }


def _open(answer: Response) -> Response:
    """Let pages of other sites read the answer: they need the token for it, and no cookie helps."""
    answer.headers["Access-Control-Allow-Origin"] = "*"
    answer.headers["Cross-Origin-Resource-Policy"] = "cross-origin"
    return answer
