"""A database of any size with quotes that nobody merged, straight into the tables: quickly made."""

from __future__ import annotations

import random
from datetime import date, timedelta
from typing import Any

from sqlalchemy import insert
from sqlalchemy.orm import Session

from quotes.database.engine import models

WORDS = "harbour ferry bridge market school river tower garden winter letter".split()
"""Each is in about every third rendering, but for the last ones, which are rare."""
SPEAKERS, OUTLETS = 6, 5
FIRST = date(2020, 1, 1)


def fill(session: Session, quotes: int, seed: int = 1) -> None:
    """Store quotes of one to three renderings, each in an article of its own.

    The first speaker has every second quote; some articles have no date or outlet, some are unsure,
    some name another speaker, and some change the meaning.
    """
    chance = random.Random(seed)
    rows: dict[Any, list[dict[str, Any]]] = {
        models.Run: [{"id": 1, "program": "made", "model": "none"}],
        models.Outlet: [
            {"id": at, "slug": f"o{at}", "name": f"Paper {at}", "names": [], "domains": []}
            | {"origin": "seed"}
            for at in range(1, OUTLETS + 1)
        ],
        models.Speaker: [
            {"id": at, "slug": f"s{at}", "name": f"Ann Made{at}", "type": "person"}
            | {"provisional": False, "origin": "seed"}
            for at in range(1, SPEAKERS + 1)
        ],
    }
    tables = (
        models.Article,
        models.Quotation,
        models.Attribution,
        models.Quote,
        models.Variant,
        models.Voice,
        models.Rendering,
    )
    rows |= {table: [] for table in tables}
    key = 0
    for quote in range(1, quotes + 1):
        speaker = 1 if chance.random() < 0.5 else chance.randrange(2, SPEAKERS + 1)
        said = FIRST + timedelta(chance.randrange(max(400, quotes // 10)))
        days = []
        for place in range(chance.choice((1, 1, 2, 3))):
            key += 1
            day = None if chance.random() < 0.1 else said + timedelta(chance.choice((0, 0, 1, 3)))
            days.append(day)
            named = speaker if chance.random() < 0.9 else chance.randrange(1, SPEAKERS + 1)
            _add(rows, key, quote, place, speaker, named, day, chance)
        known = sorted(day for day in days if day)
        rows[models.Quote].append(
            {"id": quote, "speaker_id": speaker, "component": quote, "text": f"Quote {quote}"}
            | {"first_published": known[0] if known else None}
            | {"last_published": known[-1] if known else None}
        )
    with session.begin():
        for table, listed in rows.items():
            session.execute(insert(table), listed)


def _add(
    rows: dict[Any, list[dict[str, Any]]],
    key: int,
    quote: int,
    place: int,
    speaker: int,
    named: int,
    day: date | None,
    chance: random.Random,
) -> None:
    """Add a rendering with all that belongs to it; it is a variant of its own."""
    text = " ".join(word for at, word in enumerate(WORDS) if chance.random() < 0.5 / (1 + at / 2))
    text = f"{text} r{key}"
    outlet = None if chance.random() < 0.1 else chance.randrange(1, OUTLETS + 1)
    span = {"start": 0, "end": len(text)}
    rows[models.Article].append(
        {"id": key, "source": f"a{key}", "address": f"a{key}", "content_hash": f"{key:064d}"}
        | {"version": 1, "outlet_id": outlet, "published": day, "form": "article", "body": text}
    )
    rows[models.Quotation].append(
        {"id": key, "article_id": key, "text": text, "kind": "direct", "kind_rule": "made", **span}
        | {"inner_start": 0, "inner_end": len(text), "opened": True, "closed": True}
    )
    rows[models.Attribution].append(
        {"id": key, "quotation_id": key, "run_id": 1, "speaker_id": named, "rule": "full-name"}
        | {"confidence": chance.choice((0.4, 0.9, 1.0)), "evidence": [], "speaker_evidence": []}
    )
    rows[models.Variant].append(
        {"id": key, "quote_id": quote, "fingerprint": f"{key:032d}", "text": text}
    )
    rows[models.Voice].append(
        {"id": key, "speaker_id": named, "counts_to": speaker, "fingerprint": f"{key:032d}"}
        | {"text": text, "articles": 1, "standing": 1.0, "disputed": named != speaker}
    )
    relation = chance.choice(("reworded", "divergent", "trimmed")) if place else "canonical"
    rows[models.Rendering].append(
        {"id": key, "quotation_id": key, "article_id": key, "variant_id": key, "text": text, **span}
        | {"speaker_id": speaker, "voice_id": key, "relation": relation, "score": 0.8}
    )
