"""Packages that are not always installed: a missing one is one line that says how to get it."""

from __future__ import annotations

import importlib
from typing import Any

from quotes.errors import ArticleError


def need(module: str, extra: str, source: str) -> Any:
    """Import a module of an extra of this program.

    Raises ArticleError, naming the extra, where it is not installed.
    """
    try:
        return importlib.import_module(module)
    except ModuleNotFoundError as error:
        problem = f"needs packages that are not installed: pip install 'quotes[{extra}]'"
        raise ArticleError(source, problem) from error
