"""The inputs of a batch that failed: collected on the way, told at the end."""

from __future__ import annotations

import click

from quotes.cli.output import plural
from quotes.errors import ArticleError


class Failures:
    """Collects errors; ``report`` prints one line each and ends the program with status 1."""

    def __init__(self) -> None:
        self._errors: list[ArticleError] = []

    def __len__(self) -> int:
        return len(self._errors)

    def add(self, error: ArticleError) -> None:
        """Keep an error for the report."""
        self._errors.append(error)

    def report(self) -> None:
        """Print what failed and why to standard error, and exit; do nothing if nothing failed."""
        if not self._errors:
            return
        click.echo(f"{plural(len(self), 'input')} failed:", err=True)
        for error in self._errors:
            click.echo(f"  {error}", err=True)
        click.get_current_context().exit(1)
