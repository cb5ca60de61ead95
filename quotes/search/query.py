"""What is searched for, and its translation to SQL that runs on SQLite and PostgreSQL alike.

The fragments below are fixed text over the documented views; whatever a user typed goes in as a
parameter.
"""

# ruff: noqa: S608 - statements are put together from fixed pieces, values are always bound.

from __future__ import annotations

import re
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Literal

from quotes.errors import UsageError
from quotes.search.lookup import find_outlet, find_speaker, storable
from quotes.search.reading import Connection

_PIECE = re.compile(r'["“”]([^"“”]*)["“”]?|[^\s"“”]+')
_HAS_WORD = re.compile(r"[^\W_]")

Level = Literal["quotes", "variants", "renderings", "quotations"]

_HOLDERS: dict[Level, tuple[str, str]] = {
    "quotes": ("quote_id", "rendering_list"),
    "variants": ("variant_id", "rendering_list"),
    "renderings": ("id", "rendering_list"),
    "quotations": ("id", "quotation_list"),
}
"""Which column of which view tells what a row that fits is, or belongs to."""

WITH_VARIANTS = """JOIN renderings r ON r.id = m.rendering_id
                   JOIN variants v ON v.id = r.variant_id"""
"""From what matched (m) to its quote, past the view: for thousands of matches that is quicker."""


DISPUTED = """SELECT s.id AS rendering_id FROM voices w
                JOIN renderings s ON s.voice_id = w.id WHERE w.disputed"""
"""The renderings whose articles are sure of another speaker than the quote's."""


@dataclass(frozen=True, slots=True)
class SearchQuery:
    """What to look for; what is None does not restrict.

    ``text``: all its words must stand in one rendering, a "phrase in double marks" in that order;
    with ``raw`` it is the database's own query syntax (FTS5, or PostgreSQL's to_tsquery).
    ``speaker`` and ``outlet``: any spelling. ``outlet``, ``since``, ``until`` (days, inclusive) and
    ``min_confidence`` (0-1) must hold together for one rendering. ``divergent``: only quotes with a
    variant that may change the meaning. ``disputed``: only quotes whose words articles surely give
    to two speakers. ``limit``: how many at most (None: all).
    """

    text: str | None = None
    speaker: str | None = None
    outlet: str | None = None
    since: date | None = None
    until: date | None = None
    min_confidence: float | None = None
    divergent: bool = False
    disputed: bool = False
    limit: int | None = None
    raw: bool = False


@dataclass(slots=True)
class Where:
    """Conditions to be joined by AND, with their parameters."""

    conditions: list[str] = field(default_factory=list)
    params: dict[str, Any] = field(default_factory=dict)

    def add(self, condition: str, **params: Any) -> None:
        """Add one condition."""
        self.conditions.append(condition)
        self.params |= params

    def __str__(self) -> str:
        return " AND ".join(self.conditions) or "1 = 1"


def matching(query: SearchQuery, dialect: str, where: Where) -> str | None:
    """Return a SELECT of (rendering_id, score) for the text, None if the query has no text.

    Lower scores are better. The parameters are added to ``where``.
    """
    text = storable(query.text or "").strip()
    if not text:
        return None
    pieces = [text] if query.raw else search_pieces(text)
    if not pieces:
        return _NOTHING
    if dialect == "sqlite":
        match = text if query.raw else " ".join(f'"{piece}"' for piece in pieces)
        where.params["match"] = match
        return """SELECT rowid AS rendering_id, rank AS score
                    FROM rendering_search WHERE rendering_search MATCH :match"""
    where.params |= {f"match{at}": piece for at, piece in enumerate(pieces)}
    wanted = (
        "to_tsquery('quotes_english', :match0)"
        if query.raw
        else " && ".join(
            f"phraseto_tsquery('quotes_english', quotes_plain(:match{at}))"
            for at in range(len(pieces))
        )
    )
    words = "to_tsvector('quotes_english', quotes_plain(text))"
    return f"""SELECT id AS rendering_id, -ts_rank_cd({words}, {wanted}, 1) AS score
                 FROM renderings WHERE {words} @@ ({wanted})"""


_NOTHING = "SELECT id AS rendering_id, 0.0 AS score FROM renderings WHERE 1 = 0"


def search_pieces(text: str) -> list[str]:
    """Return the words and double-quoted phrases of ``text``; pieces of marks alone are left out.

    A word with marks inside ("won't", "long-term") is searched as the phrase of its parts.
    """
    pieces = (match[1] if match[1] is not None else match[0] for match in _PIECE.finditer(text))
    return list(dict.fromkeys(piece.strip() for piece in pieces if _HAS_WORD.search(piece)))


def text_condition(
    connection: Connection,
    query: SearchQuery,
    where: Where,
    column: str,
    level: Literal["quotes", "quotations"],
) -> None:
    """Add that a rendering matches the text of ``query``, if it has one.

    ``column`` has the ids of what ``level`` says.
    """
    match = matching(query, connection.dialect.name, where)
    if match is not None and level == "quotes":
        where.add(f"{column} IN (SELECT v.quote_id FROM ({match}) m {WITH_VARIANTS})")
    elif match is not None:
        where.add(
            f"{column} IN (SELECT quotation_id FROM renderings"
            f" WHERE id IN (SELECT rendering_id FROM ({match}) m))"
        )


def quote_conditions(connection: Connection, query: SearchQuery, where: Where, quote: str) -> None:
    """Add whose quote ``query`` asks for, and whether its meaning or speaker has to be in doubt.

    ``quote`` is the column with the id of the quote.
    """
    if query.speaker is not None:
        speaker = find_speaker(connection, query.speaker)
        where.add(
            f"{quote} IN (SELECT id FROM quotes WHERE speaker_id = :speaker)",
            speaker=speaker.id,
        )
    if query.divergent:
        where.add(f"{quote} IN (SELECT quote_id FROM rendering_list WHERE relation = 'divergent')")
    if query.disputed:
        where.add(f"{quote} IN (SELECT v.quote_id FROM ({DISPUTED}) m {WITH_VARIANTS})")


def rendering_conditions(
    connection: Connection,
    query: SearchQuery,
    where: Where,
    column: str,
    level: Level,
    *,
    in_turn: bool = False,
) -> None:
    """Add what ``query`` asks of one rendering; ``column`` has the ids of what ``level`` says.

    ``in_turn``: what has these ids is looked at one after the other until enough is found, which
    is quick for what holds for most of them.
    """
    asked = Where()
    if query.outlet is not None:
        asked.add("l.outlet_id = :outlet", outlet=find_outlet(connection, query.outlet))
    if query.since is not None:
        asked.add("l.published >= :since", since=query.since)
    if query.until is not None:
        asked.add("l.published <= :until", until=query.until)
    found_by_index = bool(asked.conditions)
    if query.min_confidence is not None:
        asked.add("l.confidence >= :confidence", confidence=query.min_confidence)
    if not asked.conditions:
        return
    key, view = _HOLDERS[level]
    if in_turn and not found_by_index:
        asked.add(f"l.{key} = {column}")
        where.add(f"EXISTS (SELECT 1 FROM {view} l WHERE {asked})", **asked.params)
    else:
        where.add(f"{column} IN (SELECT l.{key} FROM {view} l WHERE {asked})", **asked.params)


@contextmanager
def raw_syntax(query: SearchQuery) -> Iterator[None]:
    """Turn the database's complaint about a raw search text into a UsageError."""
    try:
        yield
    except Exception as error:
        found = getattr(error, "orig", error)  # SQLAlchemy's errors hold those of the driver
        from_driver = isinstance(found, sqlite3.Error) or "psycopg" in type(found).__module__
        if not query.raw or not from_driver or "locked" in str(found):
            raise
        problem = str(found).splitlines()[0]
        raise UsageError(
            f"--raw {query.text!r}: {problem}; leave out --raw to search for plain words"
        ) from error
