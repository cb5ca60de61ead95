"""Whether a database is still what it was: to keep what is costly to count."""

from __future__ import annotations

from collections.abc import Hashable
from contextlib import suppress
from pathlib import Path

from quotes.database.engine.sqlite import SqliteReader
from quotes.database.session import Connection
from quotes.search.reading import ask

_SEEN = "SELECT CAST(pg_current_snapshot() AS text) AS transactions"

_HEAD = 48
"""In so many bytes at the beginning of its files SQLite counts changes: of the file itself, of its
write-ahead log, and of the log's index (sqlite.org/fileformat.html, sqlite.org/walformat.html)."""


def state(connection: Connection) -> Hashable:
    """Return what is another value after anything was written; ask for it before reading.

    Of a file that is what SQLite itself counts, beside times and sizes. Of a server it is which
    transactions are to be seen, those in its other databases, too.
    """
    if isinstance(connection, SqliteReader):
        (row,) = connection.raw.execute("PRAGMA database_list").fetchall()[:1]
        files = (Path(f"{row[2]}{end}") for end in ("", "-wal", "-shm"))
        return tuple(map(_beginning, files))
    (row,) = ask(connection, _SEEN)
    return str(row.transactions)


def _beginning(path: Path) -> Hashable:
    with suppress(FileNotFoundError), path.open("rb") as file:
        found = path.stat()
        written = 0 if path.name.endswith("-shm") else found.st_mtime_ns  # readers write there, too
        return found.st_ino, written, found.st_size, file.read(_HEAD)
    return None
