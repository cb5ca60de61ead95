"""``articles.tsv`` or ``articles.csv`` beside text files: who printed them, when, and where."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path, PurePath

from quotes.articles.metadata import NOTHING, Metadata, clean
from quotes.articles.table import Table, open_table
from quotes.errors import ArticleError

SIDECAR_NAMES = ("articles.tsv", "articles.csv")
_NAME_COLUMNS = ("doc", "file", "source", "id")


class Sidecars:
    """Looks up what the sidecars in an article's folder and the one above say about it.

    Each is read once. One that breaks its format is reported once; the articles go on without it.
    """

    def __init__(self, on_error: Callable[[ArticleError], None]) -> None:
        self._on_error = on_error
        self._folders: dict[Path, dict[str, Metadata]] = {}

    def lookup(self, path: Path) -> Metadata:
        """Return the metadata for the file at ``path``; the nearer sidecar goes first."""
        folder = path.absolute().parent
        found = NOTHING
        for home in (folder, folder.parent):
            relative = PurePath(path.name) if home == folder else PurePath(folder.name, path.name)
            facts = self._folder(home)
            names = (str(relative), str(relative.with_suffix("")), path.name, path.stem)
            found = found.or_else(next((facts[name] for name in names if name in facts), NOTHING))
        return found

    def _folder(self, folder: Path) -> dict[str, Metadata]:
        if folder not in self._folders:
            self._folders[folder] = {}
            for sidecar in (folder / name for name in SIDECAR_NAMES):
                if os.path.isfile(sidecar):  # noqa: PTH113  (Path.is_file raises for odd paths)
                    self._folders[folder] |= self._read(sidecar)
        return self._folders[folder]

    def _read(self, sidecar: Path) -> dict[str, Metadata]:
        source = sidecar.as_posix()
        try:
            with open_table(sidecar, source) as table:
                if table.holds_texts:  # a table of articles that happens to have this name
                    return {}
                key = next((name for name in _NAME_COLUMNS if name in table.columns), None)
                if key is None:
                    wanted = "' or '".join(_NAME_COLUMNS)
                    raise ArticleError(source, f"no column '{wanted}': add one with file names")
                return self._facts(table, key)
        except ArticleError as error:
            self._on_error(error)
            return {}

    def _facts(self, table: Table, key: str) -> dict[str, Metadata]:
        """Return the facts by file name; of the rows that break, the first one is reported."""
        facts = {}
        broken: list[ArticleError] = []
        for row in table.rows:
            if isinstance(row, ArticleError):
                broken.append(row)
                continue
            cells = dict(row.cells)
            name = clean(cells.pop(key, None))
            try:
                if name:
                    facts[name] = Metadata.from_fields(cells)
            except ValueError as error:
                broken.append(ArticleError(row.where, str(error)))
        if broken:
            more = f" (and {len(broken) - 1} more rows)" if len(broken) > 1 else ""
            self._on_error(ArticleError(broken[0].source, broken[0].problem + more))
        return facts


def is_sidecar(path: Path) -> bool:
    """Whether the file is metadata for its neighbours, and no table of articles itself."""
    if path.name not in SIDECAR_NAMES:
        return False
    try:
        with open_table(path, path.name) as table:
            return not table.holds_texts
    except ArticleError:
        return True  # reported when the sidecar is read for its neighbours
