"""What is searched for, and its translation to SQL that runs on SQLite and PostgreSQL alike.

The fragments below are fixed text over the documented views; whatever a user typed goes in as a
parameter.
"""

# ruff: noqa: S608 - statements are put together from fixed pieces, values are always bound.

from __future__ import annotations

import re
import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any, Literal

from quotes.database.session import Connection
from quotes.errors import UsageError
from quotes.search.lookup import find_outlet, find_speaker, storable

_PIECE = re.compile(
    r'(?P<minus>(?<!\S)[-−](?=["“\w]))?(?:["“”](?P<phrase>[^"“”]*)["“”]?|(?P<word>[^\s"“”]+))'
)
_HAS_WORD = re.compile(r"[^\W_]")

Sort = Literal["date", "oldest", "outlets", "variants", "confidence"]

Level = Literal["quotes", "variants", "renderings", "quotations"]

_HOLDERS: dict[Level, tuple[str, str]] = {
    "quotes": ("quote_id", "rendering_list"),
    "variants": ("variant_id", "rendering_list"),
    "renderings": ("id", "rendering_list"),
    "quotations": ("id", "quotation_list"),
}
"""Which column of which view tells what a row that fits is, or belongs to."""

_FOR_THE_QUOTE = """l.speaker_slug = (SELECT s.slug FROM quotes j
  JOIN speakers s ON s.id = j.speaker_id WHERE j.id = l.quote_id)"""
"""That a rendering (l) is by an article which names the speaker of its quote."""

WITH_VARIANTS = """JOIN renderings r ON r.id = m.rendering_id
                   JOIN variants v ON v.id = r.variant_id"""
"""From what matched (m) to its quote, past the view: for thousands of matches that is quicker."""


DISPUTED = """SELECT s.id AS rendering_id FROM voices w
                JOIN renderings s ON s.voice_id = w.id WHERE w.disputed"""
"""The renderings whose articles are sure of another speaker than the quote's."""


@dataclass(frozen=True, slots=True)
class SearchQuery:
    """What to look for; what is None does not restrict.

    ``text``: all its words have to be in one rendering, a "phrase in double marks" in that order;
    ``this OR that`` asks for one of them, ``-word`` for quotes without it. With ``raw`` it is the
    database's own query syntax (FTS5, or PostgreSQL's to_tsquery). ``speaker`` and ``outlet``: any
    spelling. ``outlet``, ``since``, ``until`` (days, inclusive) and ``min_confidence`` (0-1) have
    to hold together for one rendering. ``divergent``: only quotes with a variant that may change
    the meaning; ``disputed``: only quotes whose words articles surely give to two speakers;
    ``varied``: only those with more than one variant; ``min_outlets``: that so many outlets
    published. ``sort``: by what, the highest first (None: best match, then newest). ``limit``: how
    many at most (None: all), after the first ``offset`` ones.
    """

    text: str | None = None
    speaker: str | None = None
    outlet: str | None = None
    since: date | None = None
    until: date | None = None
    min_confidence: float | None = None
    divergent: bool = False
    varied: bool = False
    min_outlets: int | None = None
    sort: Sort | None = None
    disputed: bool = False
    limit: int | None = None
    raw: bool = False
    offset: int = 0

    def first(self, most: int) -> SearchQuery:
        """Return the same search for its first ``most`` results."""
        return replace(self, limit=most, offset=0)


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


@dataclass(frozen=True, slots=True)
class Wanted:
    """A search text, understood: of each group one word or phrase, and none of ``without``."""

    groups: tuple[tuple[str, ...], ...] = ()
    without: tuple[str, ...] = ()


def understand(text: str) -> Wanted:
    """Return what a search text asks for; pieces of marks alone are left out.

    ``OR`` between two pieces asks for one of them, ``-`` before a piece for none of it. A word with
    marks inside ("won't", "long-term") is searched as the phrase of its parts.
    """
    groups: list[tuple[str, ...]] = []
    without: list[str] = []
    either = False
    for match in _PIECE.finditer(text):
        piece = (match["phrase"] if match["phrase"] is not None else match["word"]).strip()
        if match["word"] == "OR" and groups:
            either = True
        elif _HAS_WORD.search(piece):
            if match["minus"]:
                without.append(piece)
            elif either:
                groups[-1] += (piece,)
            else:
                groups.append((piece,))
            either = False
    return Wanted(tuple(dict.fromkeys(groups)), tuple(dict.fromkeys(without)))


def matching(query: SearchQuery, dialect: str, where: Where) -> str | None:
    """Return a SELECT of (rendering_id, score) for the text, None if no words are asked for.

    Lower scores are better. The parameters are added to ``where``; what the text excludes is not
    considered here, see ``text_condition``.
    """
    text = storable(query.text or "").strip()
    if not text:
        return None
    if query.raw:
        where.params["match"] = text
        return _select(dialect, "to_tsquery('quotes_english', :match)")
    wanted = understand(text)
    if not wanted.groups:
        return None if wanted.without else _NOTHING
    return _matching(wanted.groups, dialect, where, "match")


def _matching(groups: Sequence[Sequence[str]], dialect: str, where: Where, name: str) -> str:
    """Return a SELECT as ``matching`` does; the parameters are called ``name``, or begin so."""
    if dialect == "sqlite":
        joined = (" OR ".join(f'"{piece}"' for piece in group) for group in groups)
        where.params[name] = " AND ".join(f"({group})" for group in joined)
        return _select(dialect, "", name)
    asked = []
    for at, group in enumerate(groups):
        where.params |= {f"{name}{at}_{one}": piece for one, piece in enumerate(group)}
        phrases = (
            f"phraseto_tsquery('quotes_english', quotes_plain(:{name}{at}_{one}))"
            for one in range(len(group))
        )
        asked.append(f"({' || '.join(phrases)})")
    return _select(dialect, " && ".join(asked))


def _select(dialect: str, wanted: str, name: str = "match") -> str:
    if dialect == "sqlite":
        return f"""SELECT rowid AS rendering_id, rank AS score
                    FROM rendering_search WHERE rendering_search MATCH :{name}"""
    words = "to_tsvector('quotes_english', quotes_plain(text))"
    return f"""SELECT id AS rendering_id, -ts_rank_cd({words}, {wanted}, 1) AS score
                 FROM renderings WHERE {words} @@ ({wanted})"""


_NOTHING = "SELECT id AS rendering_id, 0.0 AS score FROM renderings WHERE 1 = 0"


def text_condition(
    connection: Connection,
    query: SearchQuery,
    where: Where,
    column: str,
    level: Literal["quotes", "quotations"],
) -> None:
    """Add that a rendering matches the text of ``query``, if it has one, and none what it excludes.

    ``column`` has the ids of what ``level`` says.
    """
    match = matching(query, connection.dialect.name, where)
    if match is not None:
        where.add(f"{column} IN ({_holders(match, level)})")
    excluded_words(connection, query, where, column, level)


def excluded_words(
    connection: Connection,
    query: SearchQuery,
    where: Where,
    column: str,
    level: Literal["quotes", "quotations"],
) -> None:
    """Add that no rendering has a word or phrase that the text of ``query`` excludes."""
    match = excluding(query, connection.dialect.name, where)
    if match is not None:
        where.add(f"{column} NOT IN ({_holders(match, level)})")


def excluding(query: SearchQuery, dialect: str, where: Where) -> str | None:
    """Return a SELECT as ``matching`` does, for what the text excludes; None if that is nothing."""
    without = () if query.raw else understand(storable(query.text or "")).without
    return _matching([without], dialect, where, "without") if without else None


def _holders(match: str, level: Literal["quotes", "quotations"]) -> str:
    if level == "quotes":
        return f"SELECT v.quote_id FROM ({match}) m {WITH_VARIANTS}"
    return f"SELECT quotation_id FROM renderings WHERE id IN (SELECT rendering_id FROM ({match}) m)"


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
    if query.varied:
        where.add(
            f"{quote} IN (SELECT quote_id FROM variants GROUP BY quote_id HAVING count(*) > 1)"
        )
    if query.min_outlets is not None:
        where.add(
            f"{quote} IN (SELECT id FROM quote_list WHERE outlets >= :min_outlets)",
            min_outlets=query.min_outlets,
        )
    if query.disputed:
        where.add(f"{quote} IN (SELECT v.quote_id FROM ({DISPUTED}) m {WITH_VARIANTS})")


def rendering_conditions(
    connection: Connection, query: SearchQuery, where: Where, column: str, level: Level
) -> None:
    """Add what ``query`` asks of one rendering; ``column`` has the ids of what ``level`` says."""
    articles, sure = asked_of_rendering(connection, query, "l.confidence")
    if sure.conditions and level in ("quotes", "variants"):
        sure.add(_FOR_THE_QUOTE)
    if articles.conditions or sure.conditions:
        key, view = _HOLDERS[level]
        where.add(
            f"{column} IN (SELECT l.{key} FROM {view} l WHERE {articles} AND {sure})",
            **articles.params,
            **sure.params,
        )


def asked_of_rendering(
    connection: Connection,
    query: SearchQuery,
    confidence: str = "t.joint_confidence",
) -> tuple[Where, Where]:
    """Return what ``query`` asks of one rendering: of its article, and how sure its speaker is."""
    articles, sure = Where(), Where()
    if query.outlet is not None:
        outlet = find_outlet(connection, query.outlet)
        articles.add("l.outlet_id = :outlet", outlet=outlet)
    if query.since is not None:
        articles.add("l.published >= :since", since=query.since)
    if query.until is not None:
        articles.add("l.published <= :until", until=query.until)
    if query.min_confidence is not None:
        sure.add(f"{confidence} >= :confidence", confidence=query.min_confidence)
    return articles, sure


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
