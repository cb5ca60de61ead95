"""An answer is made once and shown as a page, as JSON, as CSV or as a workbook."""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Literal, TypeVar

import msgspec
from starlette.background import BackgroundTask
from starlette.requests import Request
from starlette.responses import FileResponse, HTMLResponse, Response

from quotes.database.session import Connection
from quotes.export.writers import plain, write_file
from quotes.web.memory import Memory
from quotes.web.params import Params

T = TypeVar("T")

Form = Literal["html", "json", "csv", "xlsx"]

MEDIA: dict[Form, str] = {
    "html": "text/html; charset=utf-8",
    "json": "application/json",
    "csv": "text/csv; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}
SIBLINGS: tuple[Form, ...] = ("json", "csv", "xlsx")
"""What stands beside every page, under its address with this ending."""


@dataclass(frozen=True, slots=True)
class Ask:
    """One request, as a page sees it: a connection that only reads, the query, the path."""

    connection: Connection
    params: Params
    path: Mapping[str, Any]
    request: Request
    form: Form
    state: Hashable
    """That of the database before anything was read, see ``search.freshness``."""

    @property
    def is_table(self) -> bool:
        """Whether all rows are wanted, to be calculated with."""
        return self.form in ("csv", "xlsx")

    def kept(self, key: Hashable, make: Callable[[], T]) -> T:
        """Return what ``make`` returns, or returned for ``key`` when the database was the same."""
        memory: Memory = self.request.app.state.site.memory
        return memory.kept(self.state, key, make)


@dataclass(frozen=True, slots=True)
class Table:
    """The rows of an answer, for people who calculate."""

    columns: Sequence[str]
    rows: Iterable[Sequence[Any]]


@dataclass(frozen=True, slots=True)
class Answer:
    """What a page shows. ``data`` is the JSON beside it; the template sees ``shown``, too.

    ``table`` is called where CSV or a workbook is wanted.
    """

    template: str
    title: str
    data: Any
    table: Callable[[], Table]
    shown: Mapping[str, Any] = field(default_factory=dict)
    status: int = 200


def whole(columns: Sequence[str], rows: Iterable[Sequence[Any]]) -> Answer:
    """Return the answer to somebody who wants a table: all its rows, and no page."""
    return Answer("", "", None, lambda: Table(columns, rows))


Page = Callable[[Ask], "Answer | Response"]


def as_json(data: Any, *, pretty: bool = True, status: int = 200) -> Response:
    """Return ``data`` (dataclasses, dates, numbers, texts) as JSON."""
    content = msgspec.json.encode(data, enc_hook=str)
    if pretty:
        content = msgspec.json.format(content, indent=2) + b"\n"
    return Response(content, status, media_type=MEDIA["json"])


def as_file(table: Table, form: Form, name: str) -> Response:
    """Return a table as CSV or as a workbook; no cell is a formula.

    It is written to a file first, so that a table comes whole or not at all.
    """
    folder = tempfile.TemporaryDirectory(prefix="quotes-")
    path = Path(folder.name) / f"{name}.{form}"
    try:
        if form == "xlsx":
            from quotes.export.sheets import write_rows

            write_rows(path, table.columns, table.rows)
        else:
            write_file(path, table.rows, table.columns, "csv")
    except BaseException:
        folder.cleanup()
        raise
    return FileResponse(
        path,
        media_type=MEDIA[form],
        filename=path.name,
        content_disposition_type="inline" if form == "csv" else "attachment",
        background=BackgroundTask(folder.cleanup),
    )


def as_page(html: str, status: int, links: str) -> Response:
    """Return a page; ``links`` are its siblings, for programs that look for them."""
    return HTMLResponse(html, status, {"Link": links} if links else None)


def records(table: Table) -> list[dict[str, Any]]:
    """Return the rows of a table as objects for JSON."""
    return [dict(zip(table.columns, map(plain, row), strict=True)) for row in table.rows]
