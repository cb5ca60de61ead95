"""What people decided: the log, and storing a decision."""

from __future__ import annotations

from dataclasses import astuple, fields
from urllib.parse import urlsplit, urlunsplit

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from quotes.api.decisions import decide
from quotes.api.judging import Judge
from quotes.database.engine.transaction import reading
from quotes.database.judgements.effects import grouped
from quotes.database.judgements.log import Entry, read_log
from quotes.database.session import open_session
from quotes.web.answers import Answer, Ask, Table
from quotes.web.forms import read_form
from quotes.web.pages.entering import local
from quotes.web.params import number
from quotes.web.site import Site

LISTED = 50
YEAR = 365 * 24 * 3600


def log(ask: Ask) -> Answer:
    """List the judgements, latest first; ``before`` is the number of the last one seen."""
    site: Site = ask.request.app.state.site
    before = number(ask.params, "before", 0, 999_999_999) if "before" in ask.params else None
    standing = ask.params.get("standing") == "1"
    limit = None if ask.is_table else LISTED + 1
    with open_session(site.database) as session, reading(session):
        found = read_log(session, standing=standing, limit=limit, before=before)
    entries = found if limit is None else found[:LISTED]
    more = entries[-1].id if len(entries) < len(found) else None
    data = {"judgements": entries, "before": more}
    columns = [field.name for field in fields(Entry)]
    rows = lambda: Table(columns, map(astuple, entries))  # noqa: E731
    return Answer("log.html", "Log", data, rows, {"standing": standing})


async def judge(request: Request) -> Response:
    """Store what a form says, and go back to its page, which tells what changed."""
    form = await read_form(request)
    site: Site = request.app.state.site
    by = form.get("by", "").strip() or request.cookies.get(BY, "")
    stored = await run_in_threadpool(store, site, form.get("do", ""), form, by)
    answer = RedirectResponse(with_done(local(form.get("next")), stored), status_code=303)
    remember_name(answer, form.get("by"))
    return answer


def store(site: Site, what: str, given: dict[str, str], by: str | None) -> int:
    """Store one decision and keep what it changed; one at a time, so that none is overlooked."""
    decided = Judge(site.database, by or None)
    with site.judging:
        stored = decide(decided, what, given)
    site.remember(stored, [str(effect) for effect in grouped(decided.effects)])
    return stored


BY = "quotes-by"
"""The cookie with the name in which a person judges."""


def remember_name(answer: Response, by: str | None) -> None:
    """Have the browser keep the name that somebody gave."""
    if by and by.strip():
        answer.set_cookie(BY, by.strip()[:100].encode("ascii", "ignore").decode(), max_age=YEAR,
                          httponly=True, samesite="strict")  # fmt: skip


def with_done(path: str, judgement: int) -> str:
    """Return an address that tells of a judgement."""
    parts = urlsplit(path)
    query = f"{parts.query}&done={judgement}" if parts.query else f"done={judgement}"
    return urlunsplit(("", "", parts.path, query, parts.fragment))
