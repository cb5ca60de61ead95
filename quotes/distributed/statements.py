"""What was found in articles → statements, each with what stands beside it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

import pyarrow as pa

from quotes.distributed.records import quotation_of
from quotes.distributed.schema import (
    ARTICLES,
    FAILURES,
    QUOTATIONS,
    RENDERINGS,
    SPEAKERS,
    digest,
    rendering_id,
    rows_of,
    table,
)
from quotes.normaliser.fold import fold
from quotes.normaliser.model import fingerprint
from quotes.normaliser.statements import beside, split_statements
from quotes.normaliser.voice import standing_of, voice_name
from quotes.records import Statement

JUDGED_ANSWERS = pa.schema(
    {
        "article_id": pa.string(),
        "start": pa.int64(),
        "end": pa.int64(),
        "kind": pa.string(),
        "speaker": pa.string(),
        "type": pa.string(),
        "confidence": pa.float64(),
        "judged": pa.bool_(),
    }
)
"""Whose quotations are, and of what kind, where people say so; ``judged``: of this very one."""

JUDGED_ARTICLES = pa.schema(
    {
        "article_id": pa.string(),
        "published": pa.date32(),
        "outlet": pa.string(),
        "provenance": pa.string(),
    }
)
"""Articles of which people corrected the day, the outlet or where their words come from."""

JUDGED_OUTLETS = pa.schema({"outlet": pa.string(), "provenance": pa.string()})
"""Outlets (slugs) of which people say where the words of their articles come from."""

JUDGED_PAIRS = pa.schema(
    {"verdict": pa.string(), "left": pa.string(), "right": pa.string(), "number": pa.int64()}
)
"""Renderings that are the same or different statements, or canonical (left and right are one)."""


_READ = [
    "article_id",
    "month",
    "published",
    "outlet_slug",
    "content_hash",
    "address",
    "form",
    "provenance",
]


@dataclass(frozen=True)
class Judged:
    """What people decided, as tables (``JUDGED_ANSWERS`` and so on)."""

    answers: pa.Table = field(default_factory=JUDGED_ANSWERS.empty_table)
    articles: pa.Table = field(default_factory=JUDGED_ARTICLES.empty_table)
    outlets: pa.Table = field(default_factory=JUDGED_OUTLETS.empty_table)
    pairs: pa.Table = field(default_factory=JUDGED_PAIRS.empty_table)


def articles(extracted: pa.Table) -> pa.Table:
    """Return the articles in ``EXTRACTED`` (``ARTICLES``)."""
    return extracted.filter(extracted["problem"].is_null()).select(ARTICLES.names).cast(ARTICLES)


def failures(extracted: pa.Table) -> pa.Table:
    """Return what could not be read or extracted, and why (``FAILURES``)."""
    return extracted.filter(extracted["problem"].is_valid()).select(FAILURES.names)


def quotations(extracted: pa.Table) -> pa.Table:
    """Return the quotations in ``EXTRACTED`` (``QUOTATIONS``)."""
    return table(
        (
            {**{name: row[name] for name in ("article_id", "number", "month")}, **one}
            for row in rows_of(extracted, ["article_id", "number", "month", "quotations"])
            for one in row["quotations"] or ()
        ),
        QUOTATIONS,
    )


def statements(extracted: pa.Table) -> pa.Table:
    """Return the statements in ``EXTRACTED`` (``RENDERINGS``)."""
    columns = [name for name in extracted.column_names if name not in ("body", "original")]
    rows = (_renderings(row, row["quotations"] or ()) for row in rows_of(extracted, columns))
    return table((one for found in rows for one in found), RENDERINGS)


@dataclass(frozen=True)
class JudgedStatements:
    """Statements under what people decided: ``QUOTATIONS`` and their ``ARTICLES`` → ``RENDERINGS``.

    Both tables hold the same articles.
    """

    judged: Judged

    def __call__(self, quotations: pa.Table, articles: pa.Table) -> pa.Table:
        """Return the statements of some articles."""
        answers = {
            (row["article_id"], row["start"], row["end"]): row
            for row in rows_of(self.judged.answers)
        }
        facts = {row["article_id"]: row for row in rows_of(self.judged.articles)}
        own: dict[str, list[dict[str, Any]]] = defaultdict(list)
        for row in rows_of(quotations):
            if judged := answers.get((row["article_id"], row["start"], row["end"])):
                row = _judged(row, judged)
            own[row["article_id"]].append(row)
        marked = {row["outlet"]: row["provenance"] for row in rows_of(self.judged.outlets)}
        found: list[dict[str, Any]] = []
        for article in rows_of(articles, _READ):
            if corrected := facts.get(article["article_id"]):
                article |= {
                    "published": corrected["published"],
                    "outlet_slug": corrected["outlet"],
                    "provenance": corrected["provenance"],
                }
            article["provenance"] = article["provenance"] or marked.get(article["outlet_slug"])
            found += _renderings(article, own[article["article_id"]])
        return table(found, RENDERINGS)


def _judged(row: Mapping[str, Any], judged: Mapping[str, Any]) -> dict[str, Any]:
    """Return a quotation as people see it."""
    now = {
        **row,
        "kind": judged["kind"],
        "speaker_slug": judged["speaker"],
        "speaker_type": judged["type"],
        "confidence": judged["confidence"],
        "speaker_confidence": None,
        "judged": judged["judged"],
    }
    if judged["kind"] == "none":
        now["statements"] = []
    elif row["kind"] == "none":
        split = split_statements(replace(quotation_of(row), kind=judged["kind"]))
        now["statements"] = [
            {"start": one.start, "end": one.end, "text": one.text} for one in split
        ]
    return now


def _renderings(
    article: Mapping[str, Any], quotations: Iterable[Mapping[str, Any]]
) -> Iterator[dict[str, Any]]:
    holders = {
        Statement(one["start"], one["end"], one["text"]): row
        for row in quotations
        for one in row["statements"]
    }
    for own, before, after in beside([*holders]):
        yield _rendering(article, holders[own], own) | {"before": before, "after": after}


def _rendering(
    article: Mapping[str, Any], quotation: Mapping[str, Any], own: Statement
) -> dict[str, Any]:
    speaker, published = quotation["speaker_slug"], article["published"]
    resolved = quotation["speaker_confidence"]
    found = {
        "rendering_id": rendering_id(article["article_id"], own.start, own.end),
        "article_id": article["article_id"],
        "position": quotation["position"],
        "month": article["month"],
        "start": own.start,
        "end": own.end,
        "text": own.text,
        "published": published,
        "outlet": article["outlet_slug"],
        "place": article["content_hash"][:16] + article["address"],
        "speaker": speaker,
        "type": quotation["speaker_type"],
        "confidence": quotation["confidence"] * (1.0 if resolved is None else resolved),
        "judged": quotation.get("judged", False),
        "provenance": article["provenance"]
        or ("transcript" if article["form"] == "transcript" else None),
        "disputed": False,
    }
    return found | {"voice": voice_of(found) if speaker else None}


def standing(row: Mapping[str, Any]) -> float:
    """Return how sure an article is of the speaker of a row of ``RENDERINGS``."""
    return standing_of(row["type"], row["confidence"], judged=row["judged"])


def voice_of(row: Mapping[str, Any]) -> str:
    """Return the voice (id) of a row of ``RENDERINGS`` that has a speaker."""
    name = voice_name(row["speaker"], row["type"], standing(row))
    return digest(name, fingerprint(fold(row["text"])), row["published"])


def named_speakers(quotations: pa.Table) -> pa.Table:
    """Return the speakers in ``QUOTATIONS`` (``SPEAKERS``), those of these rows alone."""
    columns = ["number", "position", "speaker_slug", "speaker", "speaker_type"]
    rows = (
        {
            "slug": row["speaker_slug"],
            "name": row["speaker"],
            "type": row["speaker_type"],
            "order": f"{row['number']:020}-{999_999 - row['position']:06}",
            "varies": False,
            "count": 1,
        }
        for row in rows_of(quotations, columns)
        if row["speaker_slug"]
    )
    return one_speaker_each(table(rows, SPEAKERS))


def one_speaker_each(named: pa.Table) -> pa.Table:
    """Return ``SPEAKERS`` with one row for each slug: as the first article names them.

    Of several names in one article the last one counts, as where articles are stored one by one.
    """
    by_slug: dict[str, list[dict[str, Any]]] = defaultdict(list)
    for row in rows_of(named):
        by_slug[row["slug"]].append(row)
    return table(map(_first, by_slug.values()), SPEAKERS)


def _first(rows: Sequence[dict[str, Any]]) -> dict[str, Any]:
    varies = len({row["type"] for row in rows}) > 1 or any(row["varies"] for row in rows)
    count = sum(row["count"] for row in rows)
    first = min(rows, key=lambda row: row["order"])
    return {**first, "varies": varies, "count": count}
