"""Plain text and Markdown, with or without YAML front matter."""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator
from pathlib import Path

from quotes.articles.decode import decode, open_binary, read_limited
from quotes.articles.draft import Draft
from quotes.articles.metadata import Metadata
from quotes.errors import ArticleError

_MAX_FRONT_MATTER = 1 << 16
_FRONT_MATTER = re.compile(
    r"---[ \t]*\r?\n(?P<yaml>.*?)^(?:---|\.\.\.)[ \t]*(?:\r?\n|\Z)", re.DOTALL | re.MULTILINE
)
_HINT = "write 'key: value' lines, with values that hold a colon in quotes"


def read(path: Path, source: str) -> Iterator[Draft | ArticleError]:
    """Read a ``.txt`` or ``.md`` file: the body is the whole file, or all after front matter."""
    with open_binary(path, source) as stream:
        raw = read_limited(stream, source)
    yield _draft(raw, source)


def read_stdin() -> Iterator[Draft | ArticleError]:
    """Read standard input as one plain text, named ``-``."""
    yield _draft(read_limited(sys.stdin.buffer, "-"), "-")


def _draft(raw: bytes, source: str) -> Draft:
    text = decode(raw, source)
    match = _FRONT_MATTER.match(text, 0, _MAX_FRONT_MATTER)
    if match is None:
        return Draft(source, text)
    stated = _front_matter(match["yaml"], source)
    return Draft(source, text[match.end() :], stated=stated)


def _front_matter(text: str, source: str) -> Metadata:
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
        raise ArticleError(f"{source}:2", f"front matter is no list of facts: {_HINT}")
    try:
        return Metadata.from_fields(
            {str(key): value for key, value in loaded.items() if value not in ("~", "null")}
        )
    except ValueError as error:
        raise ArticleError(source, f"front matter: {error}") from error
