"""Plain text and Markdown, with or without YAML front matter."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

from quotes.articles.decode import decode, read_limited
from quotes.articles.draft import Draft, Reading
from quotes.articles.rows import read_facts
from quotes.articles.source import Source
from quotes.articles.texts import drafts_of
from quotes.columns import flatten
from quotes.errors import ArticleError

_MAX_FRONT_MATTER = 1 << 16
_FRONT_MATTER = re.compile(
    r"---[ \t]*\r?\n(?P<yaml>.*?)^(?:---|\.\.\.)[ \t]*(?:\r?\n|\Z)", re.DOTALL | re.MULTILINE
)
_HINT = "write 'key: value' lines, with values that hold a colon in quotes"


def read(source: Source, reading: Reading) -> Iterator[Draft | ArticleError]:
    """Read a ``.txt`` or ``.md`` file: the body is the whole file, or all after front matter."""
    with source.open() as stream:
        text = decode(read_limited(stream, source.name), source.name)
    match = _FRONT_MATTER.match(text, 0, _MAX_FRONT_MATTER)
    if match is None:
        yield from drafts_of(text, source)
        return
    facts = read_facts(flatten(_front_matter(match["yaml"], source.name)), reading.columns)
    body = text[match.end() :]
    yield Draft(source.name, body, stated=facts.stated, hinted=facts.hinted, unread=facts.unread)


def _front_matter(text: str, source: str) -> Mapping[str, Any]:
    import yaml

    try:
        # BaseLoader builds strings, lists and mappings alone: safer than SafeLoader, and a title
        # such as "1984" or "No" stays a title.
        loaded = yaml.load(text, Loader=yaml.BaseLoader) or {}  # noqa: S506  # nosec B506
    except yaml.MarkedYAMLError as error:
        line = (error.problem_mark.line if error.problem_mark else 0) + 2
        raise ArticleError(f"{source}:{line}", f"broken front matter: {_HINT}") from error
    except (yaml.YAMLError, RecursionError) as error:
        raise ArticleError(f"{source}:2", f"broken front matter: {_HINT}") from error
    if not isinstance(loaded, dict):
        raise ArticleError(f"{source}:2", f"front matter is not a list of facts: {_HINT}")
    return {str(key): value for key, value in loaded.items() if value not in ("~", "null")}
