"""Which judgements stand, and what those that speak of speakers make of an answer."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache

from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from quotes.database.engine.models import MERGE_LIST, Judgement, JudgementKind, stands
from quotes.english.folding import fold
from quotes.english.names import find_names

_MERGED = select(MERGE_LIST)


def standing(session: Session, *kinds: JudgementKind) -> Sequence[Judgement]:
    """Return the judgements of these kinds that nobody took back, in order."""
    return session.scalars(_standing(kinds)).all()


@cache
def _standing(kinds: tuple[JudgementKind, ...]) -> Select[Judgement]:
    query = select(Judgement).where(Judgement.kind.in_(kinds), stands())
    return query.order_by(Judgement.id)


def merged_into(session: Session) -> dict[str, str]:
    """Return, for every speaker (slug) whom people merged, into whom in the end."""
    rows = session.connection().execute(_MERGED)
    return {row.speaker_slug: row.merged_into for row in rows}


class Verdicts:
    """Who speaks, by the standing judgements that do not speak of one quotation alone."""

    def __init__(self, session: Session) -> None:
        self._merged = merged_into(session)
        self._splits = [
            (row.speaker, fold(str((row.details or {}).get("spelling", ""))), row.value)
            for row in standing(session, "split")
        ]

    @property
    def is_empty(self) -> bool:
        """Whether there are none."""
        return not self._merged and not self._splits

    def speaker(self, slug: str | None, mention: str | None) -> str | None:
        """Return whom people mean where the machine says ``slug`` for the words ``mention``."""
        if slug is None:
            return None
        if mention is not None:
            for old, spelling, new in reversed(self._splits):
                if old == slug and new is not None and spelling in _spellings(mention):
                    slug = new
                    break
        return self._merged.get(slug, slug)


def _spellings(mention: str) -> set[str]:
    return {fold(mention), *(fold(name.text) for name in find_names(mention))}
