"""What all pages share: the database, the templates, and how an answer is shown."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from threading import Lock
from urllib.parse import quote, urlencode

from jinja2 import Environment
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from quotes.database.engine.transaction import reading
from quotes.database.judgements.log import Entry, read_log
from quotes.database.session import Connection, open_session
from quotes.ids import whole_number
from quotes.search.freshness import state
from quotes.web.answers import (
    MEDIA,
    SIBLINGS,
    Answer,
    Ask,
    Form,
    Page,
    as_file,
    as_json,
    as_page,
)
from quotes.web.memory import Memory
from quotes.web.render import environment
from quotes.web.security import Access

REMEMBERED = 200
"""Of so many judgements it is remembered what they changed, to be told once."""


@dataclass(slots=True)
class Site:
    """The state of a server. ``readers`` opens connections that cannot write."""

    database: str
    readers: Callable[[], AbstractContextManager[Connection]]
    access: Access
    fetch: bool = False
    templates: Environment = field(default_factory=environment)
    judging: Lock = field(default_factory=Lock)
    extracting: Lock = field(default_factory=Lock)
    memory: Memory = field(default_factory=Memory)
    _effects: OrderedDict[int, list[str]] = field(default_factory=OrderedDict)

    def remember(self, judgement: int, effects: Sequence[str]) -> None:
        """Keep what a judgement changed, in words, for the page that is shown next."""
        self._effects[judgement] = list(effects)
        while len(self._effects) > REMEMBERED:
            self._effects.popitem(last=False)

    def effects(self, judgement: int) -> list[str]:
        """Return what a judgement changed, where that is still remembered."""
        return self._effects.get(judgement, [])

    def endpoint(self, page: Page, form: Form) -> Callable[[Request], Response]:
        """Return what answers requests of ``page`` in one form."""

        def answer(request: Request) -> Response:
            with self.readers() as connection:
                params, path = request.query_params, request.path_params
                found = page(Ask(connection, params, path, request, form, state(connection)))
                return found if isinstance(found, Response) else self.show(request, found, form)

        return answer

    def show(self, request: Request, answer: Answer, form: Form) -> Response:
        """Return an answer in one of its forms."""
        if form == "html":
            siblings = _siblings(request, answer)
            links = ", ".join(
                f'<{place}>; rel="alternate"; type="{MEDIA[one].partition(";")[0]}"'
                for one, place in siblings.items()
            )
            return as_page(self.page(request, answer, siblings), answer.status, links)
        if form == "json":
            return as_json(answer.data, status=answer.status)
        return as_file(answer.table(), form, file_name(request.url.path))

    def page(self, request: Request, answer: Answer, siblings: dict[Form, str]) -> str:
        """Return a page as HTML."""
        done = whole_number(request.query_params.get("done", ""))
        template = self.templates.get_template(answer.template)
        return template.render(
            title=answer.title,
            data=answer.data,
            params=request.query_params,
            here=here(request),
            siblings=siblings,
            by=request.cookies.get("quotes-by", ""),
            notice=None if done is None else self._notice(done),
            fetch=self.fetch,
            with_params=with_params(request),
            **answer.shown,
        )

    def _notice(self, number: int) -> tuple[Entry, list[str]] | None:
        """Return the judgement that was just stored, and what it changed."""
        with open_session(self.database) as session, reading(session):
            for entry in read_log(session, only=[number]):
                return entry, self.effects(number)
        return None


def here(request: Request, **changed: str | None) -> str:
    """Return the path and query of a request, with some of the query changed."""
    given = {name: value for name, value in request.query_params.items() if name != "done"}
    merged = {**given, **changed}
    query = urlencode({name: value for name, value in merged.items() if value})
    path = quote(request.url.path)
    return f"{path}?{query}" if query else path


def moved(request: Request, kind: str, old: object, new: object, status: int = 301) -> Response:
    """Send to the page of the same kind that has what is asked for, with the same query."""
    place = here(request).replace(quote(f"/{kind}/{old}"), f"/{kind}/{new}", 1)
    return RedirectResponse(place, status)


def with_params(request: Request) -> Callable[..., str]:
    """Return what gives the address of this page with some of its query changed."""
    return lambda **changed: here(
        request, **{name: None if value is None else str(value) for name, value in changed.items()}
    )


def _siblings(request: Request, answer: Answer) -> dict[Form, str]:
    """Return the addresses of the same in other forms; what was sent, or refused, has none."""
    if request.method == "POST" or answer.data is None:
        return {}
    return {one: sibling(request, one) for one in SIBLINGS}


def sibling(request: Request, form: Form) -> str:
    """Return the address of the same answer in another form."""
    path, _, query = here(request).partition("?")
    path = "/index" if path == "/" else path
    return f"{path}.{form}" + (f"?{query}" if query else "")


def file_name(path: str) -> str:
    """Return a name for a file with what is at ``path``."""
    stem = path.rpartition(".")[0].strip("/").replace("/", "-")
    return "".join(char for char in stem if char.isalnum() or char in "-_") or "quotes"
