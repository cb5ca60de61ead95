"""JSON Lines: one article a line, as scrapers and data sets write them."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

from quotes.articles.decode import MAX_BYTES, open_binary
from quotes.articles.draft import Draft, draft_from_row
from quotes.errors import ArticleError


def read(path: Path, source: str) -> Iterator[Draft | ArticleError]:
    """Read a ``.jsonl`` file line by line; a broken line is reported and the others go on."""
    with open_binary(path, source) as stream:
        number = 0
        while line := stream.readline(MAX_BYTES + 1):
            number += 1
            where = f"{source}:{number}"
            if len(line) > MAX_BYTES:
                raise ArticleError(where, "line is too long: write one article on each line")
            if not line.strip():
                continue
            try:
                yield draft_from_row(_object(line, where), where)
            except ArticleError as error:
                yield error


def _object(line: bytes, where: str) -> dict[str, object]:
    try:
        loaded = json.loads(line.decode("utf-8-sig"))
    except UnicodeDecodeError as error:
        raise ArticleError(where, "is not UTF-8: save the file as UTF-8") from error
    except (ValueError, RecursionError) as error:
        raise ArticleError(where, "is no JSON: write one object on each line") from error
    if not isinstance(loaded, dict):
        raise ArticleError(where, 'is no JSON object: write {"text": "…"} on each line')
    return loaded
