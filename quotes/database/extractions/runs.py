"""Runs: which program and model extracted some articles, when, and what it came to."""

from __future__ import annotations

from sqlalchemy import update
from sqlalchemy.orm import Session

from quotes import __version__
from quotes.database.engine.models import Run, now


def start_run(session: Session, model: str) -> int:
    """Store that an extraction with ``model`` (name and version) begins; return its id."""
    run = Run(program=__version__, model=model)
    session.add(run)
    session.flush()
    return run.id


def finish_run(
    session: Session, run_id: int, *, articles: int, unchanged: int, failed: int, quotations: int
) -> None:
    """Store that a run is over, and what it came to."""
    session.execute(
        update(Run)
        .where(Run.id == run_id)
        .values(
            finished=now(),
            articles=articles,
            unchanged=unchanged,
            failed=failed,
            quotations=quotations,
        )
    )
