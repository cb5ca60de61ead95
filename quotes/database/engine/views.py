"""The views for people and other programs: one file of SQL each, the same for both databases.

Their files in ``alembic/views`` say in comments what a view and each of its columns means. Views
are dropped before a migration and made anew after it, so that no revision has to know them.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

from quotes.resources import folder

if TYPE_CHECKING:
    from sqlalchemy import Connection

NAMES = (
    "quote_list",
    "quotation_list",
    "variant_list",
    "rendering_list",
    "speaker_list",
    "article_list",
    "outlet_list",
    "ambiguity_list",
    "judgement_list",
    "merge_list",
)
"""Every view, after those that it reads."""

_COLUMN = re.compile(r'(\w+)"?,?\s+-- (.+)')
_MORE = re.compile(r"\s+-- (.+)")


@dataclass(frozen=True, slots=True)
class View:
    """A view: what one row of it is, its columns with their meanings, and the SQL that makes it."""

    name: str
    row: str
    columns: dict[str, str]
    sql: str


@cache
def views() -> tuple[View, ...]:
    """Return all views, in the order in which they can be made."""
    return tuple(map(_read, NAMES))


def create_views(connection: Connection) -> None:
    """Make all views; there must be none of these names."""
    for view in views():
        connection.exec_driver_sql(view.sql)


def drop_views(connection: Connection) -> None:
    """Drop the views that there are."""
    for name in reversed(NAMES):
        connection.exec_driver_sql(f"DROP VIEW IF EXISTS {name}")


def _read(name: str) -> View:
    sql = (folder("alembic") / "views" / f"{name}.sql").read_text(encoding="utf-8")
    first, *lines = sql.splitlines()
    columns: dict[str, str] = {}
    column = None
    for line in lines:
        if found := _COLUMN.search(line):
            column = found[1]
            columns[column] = found[2]
        elif column is not None and (more := _MORE.fullmatch(line)):
            columns[column] += f" {more[1]}"
        else:
            column = None
    return View(name, first.removeprefix("-- ").rstrip("."), columns, sql)
