"""The tables that pass between the functions, and those that a batch leaves behind.

Ids are made from content: an article's from its text and address, a rendering's from its article
and its place there. So the same articles have the same ids in every run, on any number of machines.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from hashlib import blake2b
from typing import Any

import pyarrow as pa

from quotes.records import Article

_TEXT, _DAY, _WHOLE, _REAL, _FLAG = pa.string(), pa.date32(), pa.int64(), pa.float64(), pa.bool_()

ARTICLES = pa.schema(
    {
        "article_id": _TEXT,
        "number": _WHOLE,
        "month": _TEXT,
        "source": _TEXT,
        "url": _TEXT,
        "address": _TEXT,
        "content_hash": _TEXT,
        "title": _TEXT,
        "byline": _TEXT,
        "language": _TEXT,
        "published": _DAY,
        "outlet": _TEXT,
        "outlet_slug": _TEXT,
        "archived": _TEXT,
        "raw_hash": _TEXT,
        "form": _TEXT,
        "provenance": _TEXT,
        "body": _TEXT,
        "original": _TEXT,
        "model": _TEXT,
        "words": _WHOLE,
        "seconds": _REAL,
    }
)
"""Articles. ``number`` is their order in the source, ``seconds`` the processor time they took."""

TEXTS = pa.schema([*ARTICLES, pa.field("problem", _TEXT)])
"""Articles as read; those that could not be read have a ``source`` and a ``problem`` alone."""

_STATEMENT = pa.struct({"start": _WHOLE, "end": _WHOLE, "text": _TEXT})

_FOUND = {
    "position": _WHOLE,
    "start": _WHOLE,
    "end": _WHOLE,
    "inner_start": _WHOLE,
    "inner_end": _WHOLE,
    "text": _TEXT,
    "kind": _TEXT,
    "kind_rule": _TEXT,
    "kind_confidence": _REAL,
    "opened": _FLAG,
    "closed": _FLAG,
    "parent": _WHOLE,
    "continues": _WHOLE,
    "mention": _TEXT,
    "mention_start": _WHOLE,
    "mention_end": _WHOLE,
    "cue": _TEXT,
    "cue_start": _WHOLE,
    "cue_end": _WHOLE,
    "reporter": _TEXT,
    "reporter_start": _WHOLE,
    "reporter_end": _WHOLE,
    "rule": _TEXT,
    "confidence": _REAL,
    "reason": _TEXT,
    "evidence": _TEXT,
    "speaker": _TEXT,
    "speaker_slug": _TEXT,
    "speaker_type": _TEXT,
    "provisional": _FLAG,
    "speaker_rule": _TEXT,
    "speaker_confidence": _REAL,
    "speaker_evidence": _TEXT,
    "on_behalf_of": _TEXT,
    "statements": pa.list_(_STATEMENT),
}

EXTRACTED = pa.schema([*TEXTS, pa.field("quotations", pa.list_(pa.struct(_FOUND)))])
"""Articles with all that was found in them; ``problem`` says why that failed."""

QUOTATIONS = pa.schema({"article_id": _TEXT, "number": _WHOLE, "month": _TEXT, **_FOUND})
"""Quotations with their attributions; ``evidence`` is JSON, ``number`` that of the article."""

RENDERINGS = pa.schema(
    {
        "rendering_id": _TEXT,
        "article_id": _TEXT,
        "position": _WHOLE,
        "month": _TEXT,
        "start": _WHOLE,
        "end": _WHOLE,
        "text": _TEXT,
        "before": _TEXT,
        "after": _TEXT,
        "published": _DAY,
        "outlet": _TEXT,
        "place": _TEXT,
        "speaker": _TEXT,
        "type": _TEXT,
        "confidence": _REAL,
        "judged": _FLAG,
        "voice": _TEXT,
        "provenance": _TEXT,
        "disputed": _FLAG,
    }
)
"""Statements with what stands ``before`` and ``after`` them; ``position`` is that of the quotation.

``place`` tells their article from others where nothing else does, ``voice`` is what equal words of
one speaker and day have in common (see ``normaliser.voice``). ``speaker`` (a slug) is whom the
article names, or whom the words count to, as the maker of the table says.
"""

FAILURES = pa.schema({"source": _TEXT, "problem": _TEXT})

SPEAKERS = pa.schema(
    {"slug": _TEXT, "name": _TEXT, "type": _TEXT, "order": _TEXT, "varies": _FLAG, "count": _WHOLE}
)
"""Speakers as the first article in the source names them. ``varies``: others give another type."""

VOICES = pa.schema(
    {
        "voice": _TEXT,
        "home": _WHOLE,
        "speaker": _TEXT,
        "type": _TEXT,
        "published": _DAY,
        "text": _TEXT,
        "articles": _WHOLE,
        "standing": _REAL,
    }
)
KEYS = pa.schema({"key": _WHOLE, "period": _WHOLE, "voice": _TEXT, "speaker": _TEXT})
CONTESTED = pa.schema({"voice": _TEXT})
PAIRS = pa.schema({"home": _WHOLE, "asked": pa.list_(_TEXT), "voice": _TEXT})
"""Voices, and those contested ones of one ``home`` that they meet: in lists, for they are many."""
HEARD = pa.schema([pa.field("asked", pa.list_(_TEXT)), *VOICES, pa.field("answer", _TEXT)])
ANSWERS = pa.schema({"voice": _TEXT, "answer": _TEXT, "disputed": _FLAG})

SIZES = pa.schema({"speaker": _TEXT, "count": _WHOLE})
SLICED = pa.schema([*RENDERINGS, pa.field("slice", _TEXT)])
EDGES = pa.schema({"speaker": _TEXT, "left": _TEXT, "right": _TEXT})
BINS = pa.schema({"rendering_id": _TEXT, "speaker": _TEXT, "bin": _TEXT})
BINNED = pa.schema([*RENDERINGS, pa.field("bin", _TEXT)])

_VARIANT = pa.struct({"variant_id": _TEXT, "fingerprint": _TEXT, "text": _TEXT})
_MEMBER = pa.struct(
    {
        "rendering_id": _TEXT,
        "variant_id": _TEXT,
        "relation": _TEXT,
        "score": _REAL,
        "also": pa.list_(_TEXT),
    }
)
CLUSTERS = pa.schema(
    {
        "quote_id": _TEXT,
        "speaker": _TEXT,
        "component": _TEXT,
        "text": _TEXT,
        "first_published": _DAY,
        "last_published": _DAY,
        "outlets": _WHOLE,
        "disputed": _FLAG,
        "variants": pa.list_(_VARIANT),
        "members": pa.list_(_MEMBER),
    }
)
"""Quotes with their variants and renderings: a quote is known by its canonical rendering."""


def table(rows: Iterable[Mapping[str, Any]], schema: pa.Schema) -> pa.Table:
    """Return rows as a table; what they lack is null, what the schema lacks is left out."""
    return pa.Table.from_pylist([*rows], schema=schema)


def digest(*parts: object) -> str:
    """Return an id (32 hexadecimal digits) of some texts and numbers."""
    return blake2b("\0".join(map(str, parts)).encode(), digest_size=16).hexdigest()


def article_id(content_hash: str, address: str) -> str:
    """Return the id of an article."""
    return digest(content_hash, address)


def rendering_id(article: str, start: int, end: int) -> str:
    """Return the id of a statement in an article (id)."""
    return digest(article, start, end)


def month_of(article: Article) -> str:
    """Return the month of an article as ``2025-08``, ``undated`` where its day is unknown."""
    return article.published.strftime("%Y-%m") if article.published else "undated"


def rows_of(table: pa.Table, columns: Sequence[str] | None = None) -> list[dict[str, Any]]:
    """Return a table's rows, or some columns of them."""
    rows: list[dict[str, Any]] = (table.select(columns) if columns else table).to_pylist()
    return rows
