"""A large database from a small one: what ``search.py`` made, copied several times.

Every copy has its own days after those of the one before, and its own speakers but for the star; so
it comes to what ``normalise.Maker`` makes of as many more renderings, without the hours of merging.
The keys by which new renderings find stored ones are left out: nothing that only reads asks for
them.
"""

from __future__ import annotations

import shutil
import sqlite3
from pathlib import Path

from normalise import MADE

A_COPY = 1_000_000
"""The made speakers of every copy have their own million of ids."""
_SPEAKER = f"CASE WHEN {{0}} > {MADE} THEN {{0}} + :n * {A_COPY} ELSE {{0}} END"
_DAY = "date({0}, '+' || (:n * :days) || ' days')"
_KEPT = "{0}"
_TABLES: dict[str, dict[str, str]] = {
    "speakers": {"id": _SPEAKER, "slug": "{0} || '-' || :n", "name": "{0} || '-' || :n"},
    "articles": {
        "source": "{0} || '-' || :n",
        "address": "{0} || '-' || :n",
        "content_hash": "printf('%064d', id + :n * :articles)",
        "published": _DAY,
    },
    "quotations": {"article_id": "articles", "parent_id": "quotations"},
    "attributions": {"quotation_id": "quotations", "speaker_id": _SPEAKER},
    "quotes": {
        "speaker_id": _SPEAKER,
        "component": "quotes",
        "first_published": _DAY,
        "last_published": _DAY,
    },
    "variants": {"quote_id": "quotes"},
    "voices": {"speaker_id": _SPEAKER, "counts_to": _SPEAKER, "published": _DAY},
    "renderings": {
        "quotation_id": "quotations",
        "article_id": "articles",
        "variant_id": "variants",
        "speaker_id": _SPEAKER,
        "voice_id": "voices",
    },
    "ambiguities": {"rendering_id": "renderings", "quote_id": "quotes"},
}

_FIRST = {
    "speakers": f"id > {MADE} AND id % {MADE} < {A_COPY}",
    "ambiguities": "rendering_id <= :renderings",
}
"""Which rows there were at first, but for those below the largest id."""

_COUNTS = """UPDATE speakers SET
  quotes = (SELECT count(*) FROM quotes k WHERE k.speaker_id = speakers.id),
  quotations = (SELECT count(*) FROM attributions t WHERE t.speaker_id = speakers.id)"""
"""Nothing counts while the triggers are off."""


def multiply(small: Path, large: Path, times: int) -> None:
    """Write the database ``times`` times into the new file ``large``."""
    shutil.copy(small, large)
    connection = sqlite3.connect(large, isolation_level=None)
    for pragma in ("journal_mode = OFF", "synchronous = OFF", "cache_size = -1000000"):
        connection.execute(f"PRAGMA {pragma}")
    for keys in ("rendering_keys", "voice_keys"):
        connection.execute(f"DELETE FROM {keys}")
    taken_off = connection.execute(
        """SELECT type, name, sql FROM sqlite_master
            WHERE sql IS NOT NULL AND type IN ('index', 'trigger')"""
    ).fetchall()
    for sort, name, _ in taken_off:
        connection.execute(f"DROP {sort} {name}")
    given = {
        name: connection.execute(f"SELECT max(id) FROM {name}").fetchone()[0]
        for name in _TABLES
        if name != "ambiguities"
    }
    (given["days"],) = connection.execute(
        "SELECT julianday(max(published)) - julianday(min(published)) + 1 FROM articles"
    ).fetchone()
    for name, changed in _TABLES.items():
        columns = [row[1] for row in connection.execute(f"PRAGMA table_info({name})")]
        cells = [_cell(name, column, changed.get(column)) for column in columns]
        names = ", ".join(f'"{column}"' for column in columns)
        statement = f"INSERT INTO {name} ({names}) SELECT {', '.join(cells)} FROM {name} WHERE "
        statement += _FIRST.get(name, f"id <= :{name}")
        for n in range(1, times):
            connection.execute(statement, given | {"n": n})
    connection.execute(_COUNTS)
    connection.execute("INSERT INTO rendering_search (rendering_search) VALUES ('rebuild')")
    for _, _, sql in taken_off:
        connection.execute(sql)
    connection.close()


def _cell(table: str, column: str, changed: str | None) -> str:
    """Return a cell of a copy: that of the row it is of, moved where it refers to another row."""
    if column == "id" and changed is None:
        changed = table
    if changed in _TABLES:
        return f'"{column}" + :n * :{changed}'
    return (changed or _KEPT).format(f'"{column}"')
