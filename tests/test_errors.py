from __future__ import annotations

import pickle

import pytest

from quotes.errors import (
    AmbiguousError,
    ArticleError,
    InstallationError,
    ModelError,
    QuotesError,
    UsageError,
)

ADVICE = ": install it with pip, or reinstall quotes"


@pytest.mark.parametrize(
    ("error", "message"),
    [
        (
            ModuleNotFoundError("No module named 'lxml.html'", name="lxml.html"),
            "the package 'lxml' is not installed",
        ),
        (
            ImportError("cannot import name 'load_html' from 'trafilatura'", name="trafilatura"),
            "the package 'trafilatura' is missing or broken "
            "(cannot import name 'load_html' from 'trafilatura')",
        ),
        (
            ImportError("cleaner is a project of its own.\nInstall it."),
            "a package is missing or broken (cleaner is a project of its own. Install it.)",
        ),
    ],
)
def test_an_installation_error_names_the_package(error: ImportError, message: str) -> None:
    assert str(InstallationError(error)) == message + ADVICE


@pytest.mark.parametrize(
    "error",
    [
        AmbiguousError("may be one of two", ["ann-roe", "bo-lind"]),  # type: ignore[list-item]
        ArticleError("post.txt", "holds no text"),
        InstallationError(ModuleNotFoundError("No module named 'lxml'", name="lxml")),
        ModelError("no parser"),
        UsageError("give a name"),
    ],
    ids=lambda error: type(error).__name__,
)
def test_errors_pass_from_process_to_process(error: QuotesError) -> None:
    again = pickle.loads(pickle.dumps(error))
    assert type(again) is type(error)
    assert str(again) == str(error)
    assert again.exit_code == error.exit_code
    for name in ("candidates", "source", "problem"):
        assert getattr(again, name, None) == getattr(error, name, None)
