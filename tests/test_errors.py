from __future__ import annotations

import pytest

from quotes.errors import InstallationError

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
