"""The way in where a password is needed."""

from __future__ import annotations

import asyncio
from urllib.parse import urlsplit

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from quotes.web.answers import Answer, Table
from quotes.web.forms import read_form
from quotes.web.site import Site

WAIT = 1.0
"""Seconds after a wrong password: guessing is slow, whoever guesses."""


async def login(request: Request) -> Response:
    """Ask for the password; the right one sets the cookie and leads to where one wanted to go."""
    site: Site = request.app.state.site
    wrong = False
    if request.method == "POST" and site.access.password is not None:
        form = await read_form(request)
        if await run_in_threadpool(site.access.password.matches, form.get("password", "")):
            answer = RedirectResponse(local(form.get("next")), status_code=303)
            answer.headers["Set-Cookie"] = site.access.session_cookie()
            return answer
        wrong = True
        await asyncio.sleep(WAIT)
    there = local(request.query_params.get("next"))
    shown = {"next": there, "wrong": wrong, "needed": site.access.password is not None}
    page = Answer(
        "login.html", "Password", None, lambda: Table((), ()), shown, 403 if wrong else 200
    )
    return site.show(request, page, "html")


def local(path: str | None) -> str:
    """Return ``path`` if it is one of this server, else the front page."""
    if not path or not path.startswith("/") or path.startswith(("//", "/\\")):
        return "/"
    parts = urlsplit(path)
    return path if not parts.scheme and not parts.netloc and path.isprintable() else "/"
