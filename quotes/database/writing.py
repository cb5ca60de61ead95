"""One writer at a time: whoever clusters reads before writing."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy import text
from sqlalchemy.orm import Session

_WRITERS_LOCK = 0x71756F746573
"""PostgreSQL's advisory lock number for writers ("quotes" in ASCII)."""


@contextmanager
def whole(session: Session) -> Iterator[None]:
    """Do everything inside or nothing, in one transaction that no other writer overlaps."""
    with session.begin():
        if session.get_bind().dialect.name == "postgresql":  # SQLite always waits
            lock = text("SELECT pg_advisory_xact_lock(:number)")
            session.execute(lock, {"number": _WRITERS_LOCK})
        yield
