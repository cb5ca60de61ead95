"""Whether a database is still what it was: to keep what is costly to count."""

from __future__ import annotations

from collections.abc import Hashable
from pathlib import Path

from quotes.database.engine.sqlite import SqliteReader
from quotes.database.session import Connection
from quotes.search.reading import ask

_PLACE = """SELECT CASE WHEN pg_is_in_recovery() THEN pg_last_wal_replay_lsn()
            ELSE pg_current_wal_insert_lsn() END AS place"""


def state(connection: Connection) -> Hashable:
    """Return what is another value after anything was written.

    Of a file that is its time and size, and those of its write-ahead log; of a server the place in
    its log, which also moves when other databases of the server are written to.
    """
    if isinstance(connection, SqliteReader):
        (row,) = connection.raw.execute("PRAGMA database_list").fetchall()[:1]
        files = (Path(row[2]), Path(f"{row[2]}-wal"))
        stats = [file.stat() for file in files if file.exists()]
        return tuple((one.st_ino, one.st_mtime_ns, one.st_size) for one in stats)
    (row,) = ask(connection, _PLACE)
    return str(row.place)
