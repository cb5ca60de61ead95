"""One writer at a time: whoever clusters reads before writing."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy import text
from sqlalchemy.orm import Session

from quotes.database.engine.connection import BULK

_WRITERS_LOCK = 0x71756F746573
"""PostgreSQL's advisory lock number for writers ("quotes" in ASCII)."""


@contextmanager
def whole(session: Session, *, bulk: bool = False) -> Iterator[None]:
    """Do everything inside or nothing, in one transaction that no other writer overlaps.

    ``bulk``: it writes much, and nothing but what it derives from what it has read.
    """
    with session.begin():
        session.connection(execution_options={BULK: bulk})
        if session.get_bind().dialect.name == "postgresql":  # SQLite always waits
            lock = text("SELECT pg_advisory_xact_lock(:number)")
            session.execute(lock, {"number": _WRITERS_LOCK})
        yield
