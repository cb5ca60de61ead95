"""What is doubtful, one item after the other: one key each, or one button."""

from __future__ import annotations

from dataclasses import astuple
from typing import Any, cast, get_args
from urllib.parse import urlencode

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from quotes.api.reviewing import Review
from quotes.database.judgements.effects import grouped
from quotes.errors import UsageError
from quotes.ids import whole_number
from quotes.search.doubt import SURE
from quotes.search.review.items import Item, QueueName
from quotes.search.review.meanwhile import Said, last_judgement, said_since
from quotes.search.review.queues import QUEUES
from quotes.web.answers import Answer, Ask, Table
from quotes.web.forms import read_form
from quotes.web.pages.judgements import BY, remember_name
from quotes.web.params import Params, share
from quotes.web.site import Site

MOST_SKIPPED = 200
"""So many skipped items are remembered in the address."""


def review(ask: Ask) -> Answer:
    """Show the next item of a queue, or the one that ``item`` names."""
    site: Site = ask.request.app.state.site
    queue = _queue(ask.params)
    way = _review(site, ask.params, ask.request.cookies.get(BY))
    skipped = _skipped(ask.params)
    named = ask.params.get("item")
    item = way.item(queue, named) if named else way.next(queue, skipped)
    seen = whole_number(ask.params.get("seen", ""))
    last = last_judgement(ask.connection)
    said = said_since(ask.connection, item.about, seen) if item and seen is not None else []
    shown = {
        "item": item,
        "queue": queue,
        "queues": {name: one.title for name, one in QUEUES.items()},
        "skipped": skipped,
        "below": ask.params.get("below", ""),
        "second": ask.params.get("second", ""),
        "seen": last,
        "said": said,
        "last": ask.params.get("last", ""),
    }
    data = {"queue": queue, "item": item, "said": said}
    answers = item.answers if item else ()
    columns = ("key", "label", "decision", "value", "asks_name")
    return Answer(
        "review.html", "Review", data, lambda: Table(columns, map(astuple, answers)), shown
    )


async def answer(request: Request) -> Response:
    """Store an answer and show the next item; if another person was quicker, say so first."""
    form = await read_form(request)
    site: Site = request.app.state.site
    place = await run_in_threadpool(_answer, site, form, request.cookies.get(BY))
    found = RedirectResponse(place, status_code=303)
    remember_name(found, form.get("by"))
    return found


def _answer(site: Site, form: dict[str, str], by: str | None) -> str:
    queue = _queue(form)
    way = _review(site, form, form.get("by") or by)
    kept = {name: form[name] for name in ("below", "second", "skipped") if form.get(name)}
    with site.judging:
        if form.get("undo"):
            undone = whole_number(form["undo"])
            stored = 0 if undone is None else way.undo(undone)
            return _place(queue, kept, {"done": str(stored)})
        item = way.item(queue, form.get("item", ""))
        if _others(site, way, item, form.get("seen", "")):
            return _place(queue, kept, {"item": item.key, "seen": form["seen"]})
        name, comment = form.get("name"), form.get("comment") or None
        stored = way.answer(item, form.get("answer", ""), name=name, comment=comment)
    site.remember(stored, [str(effect) for effect in grouped(way.judge.effects)])
    return _place(queue, kept, {"done": str(stored), "last": str(stored)})


def _others(site: Site, way: Review, item: Item, seen: str) -> list[Said]:
    """Return what others said of an item since this person saw it."""
    since = whole_number(seen)
    if since is None:
        return []
    with site.readers() as connection:
        said = said_since(connection, item.about, since)
    return [one for one in said if one.by != way.judge.by]


def _place(queue: QueueName, kept: dict[str, str], more: dict[str, str]) -> str:
    given: dict[str, Any] = {"queue": queue, **kept, **more}
    return f"/review?{urlencode({name: value for name, value in given.items() if value})}"


def _queue(params: Params) -> QueueName:
    queue = params.get("queue") or "speakers"
    if queue not in get_args(QueueName):
        raise UsageError(f"queue={queue[:40]}: give one of {', '.join(get_args(QueueName))}")
    return cast(QueueName, queue)


def _review(site: Site, params: Params, by: str | None) -> Review:
    below = share(params, "below")
    second = params.get("second") == "1"
    return Review(site.database, by or None, below=SURE if below is None else below, second=second)


def _skipped(params: Params) -> list[str]:
    return [one for one in params.get("skipped", "").split(",") if one][-MOST_SKIPPED:]
