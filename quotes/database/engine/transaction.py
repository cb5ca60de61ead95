"""Transactions: one writer at a time, and any number of readers beside it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy.orm import Session

from quotes.database.engine.connection import BULK, READING, one_writer


@contextmanager
def whole(session: Session, *, bulk: bool = False) -> Iterator[None]:
    """Do everything inside or nothing, in one transaction that no other writer overlaps.

    Whoever clusters reads before writing: what it has read must not change. ``bulk``: it writes
    much, and nothing but what it derives from what it has read.
    """
    with session.begin():
        one_writer(session.connection(execution_options={BULK: bulk}))
        yield


@contextmanager
def reading(session: Session) -> Iterator[None]:
    """Read everything inside from one state of the database, beside any writer."""
    with session.begin():
        session.connection(execution_options={READING: True})
        yield
