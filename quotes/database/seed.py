"""Filling the database with the known speakers and outlets that ship with the program.

Seeding again brings the records that nobody has touched up to the seed files; what people decided
about speakers and outlets is applied again on top.
"""

from __future__ import annotations

from sqlalchemy.orm import Session

from quotes.database.judgements.people import reapply
from quotes.database.judgements.sources import apply_outlets
from quotes.database.registry.store import store_outlets, store_speakers
from quotes.seeds import load_outlets, load_speakers


def seed(session: Session) -> tuple[int, int]:
    """Load the seed files; return how many speakers and outlets were written.

    The caller commits. Raises SeedError if a seed file breaks its format.
    """
    speakers = store_speakers(session, load_speakers(), "seed")
    outlets = store_outlets(session, load_outlets())
    reapply(session)
    apply_outlets(session)
    return speakers, outlets
