"""Where the files that ship with the program are: the checkout's folders or the wheel's copies."""

from __future__ import annotations

from pathlib import Path

from quotes.errors import QuotesError

_PACKAGE = Path(__file__).resolve().parent


def folder(name: str) -> Path:
    """Return the folder ``seeds`` or ``alembic``, from an installed wheel or from a checkout.

    Raises QuotesError if the installation is incomplete.
    """
    for candidate in (_PACKAGE / f"_{name}", _PACKAGE.parent / name):
        if candidate.is_dir():
            return candidate
    raise QuotesError(f"the folder '{name}' is missing from this installation: reinstall quotes")
