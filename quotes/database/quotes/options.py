"""Choices that hold for a whole database, whoever opens it."""

from __future__ import annotations

from sqlalchemy import delete
from sqlalchemy.orm import Session

from quotes.database.engine.models import Option
from quotes.normaliser.semantic import Meaning, load_meaning

_SEMANTIC = "semantic"


def is_semantic(session: Session) -> bool:
    """Say whether the normaliser compares meanings in this database."""
    return session.get(Option, _SEMANTIC) is not None


def set_semantic(session: Session, compares: bool) -> None:
    """Choose whether the normaliser compares meanings; what is stored has to be merged anew."""
    session.execute(delete(Option).where(Option.name == _SEMANTIC))
    if compares:
        session.add(Option(name=_SEMANTIC))
    session.flush()


def meaning(session: Session) -> Meaning | None:
    """Return how meanings are compared in this database, None if they are not.

    Raises UsageError if they are and the extra ``semantic`` is not installed.
    """
    return load_meaning() if is_semantic(session) else None
