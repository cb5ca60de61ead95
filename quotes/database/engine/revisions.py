"""Which schema a database has and which one this program needs: without SQLAlchemy."""

from __future__ import annotations

import sqlite3
from pathlib import Path

from quotes.database.engine.address import reading_uri
from quotes.resources import folder

VERSION_TABLE = "quotes_version"
"""Where Alembic keeps the revision: a database may hold the tables of other programs, too."""


def revisions() -> list[str]:
    """Return the numbers of all revisions, the oldest first: their files begin with them."""
    files = (folder("alembic") / "versions").glob("[0-9][0-9][0-9][0-9]_*.py")
    return sorted(file.name[:4] for file in files)


def is_current(path: Path) -> bool:
    """Whether the SQLite file has this program's schema."""
    try:
        connection = sqlite3.connect(reading_uri(path), uri=True)
        try:
            query = f"SELECT version_num FROM {VERSION_TABLE}"  # noqa: S608
            row = connection.execute(query).fetchone()
        finally:
            connection.close()
    except sqlite3.Error:
        return False
    return bool(row == (revisions()[-1],))
