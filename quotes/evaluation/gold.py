"""Merging alone, with the right speakers handed in: how good it could be."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from quotes.evaluation.rows import Row, document
from quotes.normaliser.model import Rendering
from quotes.normaliser.normalise import normalise
from quotes.normaliser.semantic import Meaning
from quotes.normaliser.statements import beside, split_statements
from quotes.records import Quotation, Statement

_WORDS = re.compile(r"[^\s“”\"‘’'«»„](?:.*[^\s“”\"‘’'«»„])?", re.DOTALL)


@dataclass(frozen=True, slots=True)
class ArticleFacts:
    """When, and by whom, an article was printed."""

    published: date | None
    outlet: str | None


def gold_renderings(
    segments: Iterable[Row], articles: Mapping[str, ArticleFacts], meaning: Meaning | None = None
) -> Iterator[Row]:
    """Merge labelled segments by their labelled speakers, and yield rows as an export has them.

    ``segments``: rows with doc, start, end, text, speaker (null: left out). ``articles`` are by
    document name (file name without extension); what is not known of one is taken as undated.
    ``meaning`` compares meanings, see ``normalise``.
    """
    labelled = list(labelled_renderings(segments, articles))
    rows = {rendering.key: row for row, rendering in labelled}
    clusters = normalise([rendering for _, rendering in labelled], (), meaning)
    for number, cluster in enumerate(clusters):
        for member in cluster.members:
            row = rows[member.key]
            yield {
                "article": document(row["doc"]),
                "start": row["start"],
                "end": row["end"],
                "quote_id": number,
            }


def labelled_renderings(
    segments: Iterable[Row], articles: Mapping[str, ArticleFacts]
) -> Iterator[tuple[Row, Rendering]]:
    """Yield the statements of labelled segments that have a speaker, each with its segment."""
    said: dict[str, dict[Statement, Row]] = defaultdict(dict)
    for row in segments:
        if row.get("speaker"):
            statements = split_statements(_quotation(row))
            said[document(row["doc"])].update(dict.fromkeys(statements, row))
    key = 0
    for name, rows in said.items():
        facts = articles.get(name, ArticleFacts(None, None))
        for statement, before, after in beside(list(rows)):
            row = rows[statement]
            yield (
                row,
                Rendering(
                    key=key,
                    speaker=str(row["speaker"]),
                    text=statement.text,
                    published=facts.published,
                    outlet=facts.outlet,
                    article=name,
                    start=statement.start,
                    before=before,
                    after=after,
                ),
            )
            key += 1


def _quotation(row: Row) -> Quotation:
    """Return a labelled segment as the quotation that it is."""
    found = _WORDS.search(row["text"])
    inner = found.span() if found else (0, 0)
    return Quotation(
        start=row["start"],
        end=row["end"],
        text=row["text"],
        inner_start=row["start"] + inner[0],
        inner_end=row["start"] + inner[1],
        kind="direct",
        kind_rule="label",
    )
