"""What has to hold of a database whatever happened to it."""

from __future__ import annotations

from alembic import command
from quotes.database.engine import migrate
from quotes.database.engine.connection import open_engine
from quotes.search.sql import run_sql

NONE: dict[str, str] = {
    "quotations without an attribution": """SELECT count(*) FROM quotations q
        LEFT JOIN attributions a ON a.quotation_id = q.id WHERE a.id IS NULL""",
    "renderings of a speaker that belong to no variant": """SELECT count(*) FROM renderings
        WHERE speaker_id IS NOT NULL AND variant_id IS NULL""",
    "renderings that count to another speaker than their quote": """SELECT count(*)
        FROM renderings r JOIN variants v ON v.id = r.variant_id JOIN quotes k ON k.id = v.quote_id
        WHERE k.speaker_id <> r.speaker_id""",
    "variants without a rendering": """SELECT count(*) FROM variants v WHERE NOT EXISTS
        (SELECT 1 FROM renderings r WHERE r.variant_id = v.id)""",
    "quotes without a variant": """SELECT count(*) FROM quotes k WHERE NOT EXISTS
        (SELECT 1 FROM variants v WHERE v.quote_id = k.id)""",
    "quotations that are not what the article says": """SELECT count(*) FROM quotations q
        JOIN articles a ON a.id = q.article_id
        WHERE substr(a.body, q.start + 1, q."end" - q.start) <> q.text""",
    "speakers whose quotes or quotations were miscounted": """SELECT count(*) FROM speakers s
        WHERE s.quotes <> (SELECT count(*) FROM quotes k WHERE k.speaker_id = s.id)
           OR s.quotations <> (SELECT count(*) FROM attributions t WHERE t.speaker_id = s.id)""",
}
"""What there may be none of, as statements that count it."""


def check(url: str) -> None:
    """Raise AssertionError if a database is not whole; one that nobody made yet is."""
    for what, statement in NONE.items():
        ((count,),) = run_sql(url, statement, tell=lambda _: None)[1]
        assert count == 0, f"{count} {what}"
    if "://" not in url:
        import sqlite3

        raw = sqlite3.connect(url)
        assert raw.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
        assert raw.execute("PRAGMA foreign_key_check").fetchall() == []
        raw.execute("INSERT INTO rendering_search (rendering_search) VALUES ('integrity-check')")
        raw.close()


def count(url: str, table: str) -> int:
    """Return how many rows a table has."""
    ((found,),) = run_sql(url, f"SELECT count(*) FROM {table}", tell=lambda _: None)[1]
    return int(found)


KEPT = (
    "articles quotations attributions speakers speaker_names speaker_roles outlets renderings "
    "variants quotes voices ambiguities judgements judgement_places runs options"
).split()
"""The tables of what articles and people say, and of what follows from it."""


def everything(url: str) -> dict[str, list[str]]:
    """Return the rows of ``KEPT``, whatever the order of the columns."""
    found = {}
    for table in KEPT:
        columns, rows = run_sql(url, f"SELECT * FROM {table}", tell=lambda _: None)
        found[table] = sorted(
            repr(sorted(zip(columns, map(str, row), strict=True))) for row in rows
        )
    return found


def downgrade(url: str, revision: str) -> None:
    """Give a database an older schema."""
    with open_engine(url) as engine, engine.begin() as connection:
        command.downgrade(migrate.config(connection), revision)
