"""What was merged, in a form that is the same wherever it was: for comparing two ways to merge."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from typing import Any

import pyarrow as pa
from pyarrow import parquet
from sqlalchemy import text
from sqlalchemy.orm import Session

from quotes.distributed.files import Folder
from quotes.distributed.schema import article_id, rendering_id

Quote = tuple[Any, ...]
"""Speaker, text, first and last day, whether it is disputed; its renderings (id, relation, score,
text of the variant, whether it is alone canonical); what else fits."""

_STORED = """
SELECT a.content_hash, a.address, r.start, r."end", r.relation, r.score, v.text AS variant,
  q.id, q.text, q.component, q.first_published, q.last_published, s.slug,
  coalesce(o.disputed, false) AS disputed
FROM renderings r
JOIN articles a ON a.id = r.article_id
JOIN variants v ON v.id = r.variant_id
JOIN quotes q ON q.id = v.quote_id
JOIN speakers s ON s.id = q.speaker_id
LEFT JOIN voices o ON o.id = r.voice_id
"""
_ALSO = """
SELECT a.content_hash, a.address, r.start, r."end", x.quote_id
FROM ambiguities x JOIN renderings r ON r.id = x.rendering_id
JOIN articles a ON a.id = r.article_id
"""


def in_database(session: Session) -> set[Quote]:
    """Return the quotes of a database."""
    with session.begin():
        rows = [row._asdict() for row in session.execute(text(_STORED))]
        also = [row._asdict() for row in session.execute(text(_ALSO))]
    for row in (*rows, *also):
        article = article_id(row["content_hash"], row["address"])
        row["rendering"] = rendering_id(article, row["start"], row["end"])
    heads = {row["id"]: row["rendering"] for row in rows if row["relation"] == "canonical"}
    doubts = {(row["rendering"], heads[row["quote_id"]]) for row in also}
    return set(_quotes(rows, doubts))


def in_batch(folder: str) -> set[Quote]:
    """Return the quotes of a merged batch."""
    quotes = {row["quote_id"]: row for row in read(folder, "quotes")}
    variants = {row["variant_id"]: row["text"] for row in read(folder, "variants")}
    rows = []
    for row in read(folder, "members"):
        quote = quotes[row["quote_id"]]
        rows.append(
            {
                "rendering": row["rendering_id"],
                "relation": row["relation"],
                "score": row["score"],
                "variant": variants[row["variant_id"]],
                "id": row["quote_id"],
                "text": quote["text"],
                "component": quote["component"],
                "first_published": quote["first_published"],
                "last_published": quote["last_published"],
                "slug": quote["speaker"],
                "disputed": quote["disputed"],
            }
        )
    also = {(row["rendering_id"], row["quote_id"]) for row in read(folder, "ambiguities")}
    return set(_quotes(rows, also))


def read(folder: str, name: str) -> list[dict[str, Any]]:
    """Return the rows of a table of a batch."""
    found = Folder(folder)
    tables: list[pa.Table] = []
    for file, _ in found.files(name):
        with found.opened(file) as stream:
            tables.append(parquet.ParquetFile(stream).read())
    rows: list[dict[str, Any]] = pa.concat_tables(tables).to_pylist() if tables else []
    return rows


def _quotes(rows: Iterable[Mapping[str, Any]], also: set[tuple[str, str]]) -> Iterable[Quote]:
    by_quote: dict[Any, list[Mapping[str, Any]]] = defaultdict(list)
    components: dict[Any, set[Any]] = defaultdict(set)
    doubts: dict[str, set[str]] = defaultdict(set)
    for rendering, quote in also:
        doubts[rendering].add(quote)
    for row in rows:
        by_quote[row["id"]].append(row)
        components[row["component"]].add(row["rendering"])
    for own in by_quote.values():
        first = own[0]
        members = sorted(
            (row["rendering"], row["relation"], round(row["score"], 9), row["variant"])
            for row in own
        )
        yield (
            first["slug"],
            first["text"],
            str(first["first_published"]),
            str(first["last_published"]),
            any(row["disputed"] for row in own),
            min(components[first["component"]]),
            (*members,),
            tuple(sorted((row["rendering"], *sorted(doubts[row["rendering"]])) for row in own)),
        )
