from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from quotes.articles import read_articles
from quotes.errors import ArticleError
from quotes.records import Article

Read = Callable[..., tuple[list[Article], list[ArticleError]]]
Put = Callable[[str, str | bytes], str]


@pytest.fixture
def put(tmp_path: Path) -> Put:
    """Write a file under the test's folder and return its path as a user would type it."""

    def write(name: str, content: str | bytes) -> str:
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
        return str(path)

    return write


@pytest.fixture
def read() -> Read:
    """Read paths and return the articles and the errors."""

    def run(*paths: str, **options: Any) -> tuple[list[Article], list[ArticleError]]:
        errors: list[ArticleError] = []
        articles = list(read_articles(paths, on_error=errors.append, **options))
        for error in errors:
            assert "\n" not in str(error)
            assert ": " in error.problem, "every error says what to do after a colon"
        return articles, errors

    return run
