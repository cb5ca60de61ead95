"""JSON Lines: one article a line, as scrapers and data sets write them."""

from __future__ import annotations

import json
from collections.abc import Iterator

from quotes.articles.decode import MAX_BYTES
from quotes.articles.draft import Draft, Reading
from quotes.articles.rows import Row, Table
from quotes.articles.source import Source
from quotes.errors import ArticleError


def read(source: Source, reading: Reading) -> Iterator[Draft | ArticleError]:
    """Read a ``.jsonl`` file line by line; a broken line is reported and the others go on."""
    yield from Table(source.name, lambda: _rows(source), reading).drafts()


def _rows(source: Source) -> Iterator[Row | ArticleError]:
    with source.open() as stream:
        number = 0
        while line := stream.readline(MAX_BYTES + 1):
            number += 1
            where = f"{source.name}:{number}"
            if len(line) > MAX_BYTES:
                yield ArticleError(where, "line is too long: write one article on each line")
                while line and not line.endswith(b"\n"):
                    line = stream.readline(MAX_BYTES)
                continue
            if not line.strip():
                continue
            try:
                yield Row(where, _object(line, where))
            except ArticleError as error:
                yield error


def _object(line: bytes, where: str) -> dict[str, object]:
    try:
        loaded = json.loads(line.decode("utf-8-sig"))
    except UnicodeDecodeError as error:
        raise ArticleError(where, "is not UTF-8: save the file as UTF-8") from error
    except (ValueError, RecursionError) as error:
        raise ArticleError(where, "is not JSON: write one object on each line") from error
    if not isinstance(loaded, dict):
        raise ArticleError(where, 'is not a JSON object: write {"text": "…"} on each line')
    return loaded
