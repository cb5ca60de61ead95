"""``import quotes``: what it costs, and what it offers."""

from __future__ import annotations

import os
import pydoc
import subprocess
import sys

import pytest

import quotes

HEAVY = ("spacy", "sqlalchemy", "alembic", "yaml", "click", "trafilatura", "rich")


def modules_after(code: str) -> set[str]:
    """Return what a new process has imported after ``code``."""
    done = subprocess.run(
        [sys.executable, "-c", f"{code}\nimport sys; print(*sys.modules)"],
        env=os.environ | {"PYTHONPATH": os.getcwd()},  # noqa: PTH109
        capture_output=True,
        encoding="utf-8",
        check=True,
    )
    return set(done.stdout.split())


def test_importing_it_loads_nothing_else() -> None:
    bare = modules_after("")
    loaded = modules_after("import quotes; quotes.__version__; dir(quotes)") - bare
    assert loaded == {"quotes"}


@pytest.mark.parametrize(
    ("code", "heavy"),
    [
        ("quotes.extract('“We sail,” said Ann Roe.')", {"yaml"}),
        ("quotes.UsageError, quotes.Article", set()),
        ("quotes.open, quotes.Database", {"sqlalchemy"}),
    ],
)
def test_each_part_loads_what_it_needs(code: str, heavy: set[str]) -> None:
    loaded = modules_after(f"import quotes; {code}")
    assert {name for name in HEAVY if name in loaded} == heavy


def test_every_name_is_there_and_sorted() -> None:
    assert sorted(quotes.__all__) == quotes.__all__
    assert set(quotes.__all__) <= set(dir(quotes))
    for name in quotes.__all__:
        assert getattr(quotes, name) is not None
    namespace: dict[str, object] = {}
    exec("from quotes import *", namespace)
    assert set(quotes.__all__) <= set(namespace)


def test_another_name_is_an_attribute_error() -> None:
    with pytest.raises(AttributeError, match="module 'quotes' has no attribute 'extrcat'"):
        quotes.extrcat  # noqa: B018
    with pytest.raises(ImportError, match="cannot import name 'extrcat'"):
        exec("from quotes import extrcat")


def test_the_help_names_everything_and_shows_how() -> None:
    text = pydoc.plain(pydoc.render_doc(quotes))
    for name in quotes.__all__:
        assert name in text
    assert "quotes.extract(" in text
    for name in ("extract", "open", "Extractor", "Database", "ExtractedQuotation"):
        assert (getattr(quotes, name).__doc__ or "").strip(), name
