"""SQL by people, reading only, and no longer than a page should take."""

from __future__ import annotations

from typing import Any

from quotes.database.engine.views import views
from quotes.errors import UsageError
from quotes.export.writers import plain
from quotes.search.sql import SCHEMA, run_sql
from quotes.web.answers import Answer, Ask, Table
from quotes.web.params import text
from quotes.web.site import Site

SECONDS = 5.0
SHOWN = 500
"""Rows of a page and its JSON; CSV and workbook have all."""


def sql(ask: Ask) -> Answer:
    """Run the statement of the address, if there is one, and show its rows."""
    site: Site = ask.request.app.state.site
    statement = text(ask.params, "sql")
    shown: dict[str, Any] = {"views": views(), "statement": statement, "problem": None, "notes": []}
    if statement is None:
        data = {"columns": [], "rows": [], "more": False}
        return Answer("sql.html", "SQL", data, lambda: Table((), ()), shown)
    most = SHOWN + 1 if ask.form in ("html", "json") else None

    def tell(note: str) -> None:
        if site.access.password is not None:
            raise UsageError("SQL is refused here: the server connects with all rights; use a role")
        shown["notes"].append(note)

    try:
        columns, rows = run_sql(site.database, statement, timeout=SECONDS, most=most, tell=tell)
    except UsageError as error:
        if ask.form != "html":
            raise
        shown["problem"] = str(error).removesuffix(SCHEMA)  # the page itself lists them
        data = {"columns": [], "rows": [], "more": False}
        return Answer("sql.html", "SQL", data, lambda: Table((), ()), shown, 400)
    table = Table(columns, rows[:SHOWN] if most else rows)
    data = {"columns": columns, "rows": [*map(_plain, table.rows)], "more": len(rows) > SHOWN}
    return Answer("sql.html", "SQL", data, lambda: table, shown)


def _plain(row: Any) -> list[Any]:
    return [plain(value) for value in row]
