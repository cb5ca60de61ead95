"""``articles.tsv`` or ``articles.csv`` beside text files: who printed them, when, and where."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path, PurePath

from quotes.articles.dates import decide_order
from quotes.articles.metadata import clean
from quotes.articles.readers.table import Sheet, open_sheet
from quotes.articles.rows import Facts, Row, date_texts, read_facts
from quotes.articles.source import file_source
from quotes.columns import Columns, flatten, fold_name
from quotes.errors import ArticleError

SIDECAR_NAMES = ("articles.tsv", "articles.csv")
_NAME_COLUMNS = ("doc", "file", "filename", "path", "source", "id")


class Sidecars:
    """Looks up what the sidecars in an article's folder and the one above say about it.

    Each is read once. One that breaks its format is reported once; the articles go on without it.
    """

    def __init__(self, columns: Columns, on_error: Callable[[ArticleError], None]) -> None:
        self._columns = columns
        self._on_error = on_error
        self._folders: dict[Path, dict[str, Facts]] = {}

    def lookup(self, path: Path) -> tuple[Facts, ...]:
        """Return what sidecars say of the file at ``path``; the nearer one goes first."""
        folder = path.absolute().parent
        found = []
        for home in (folder, folder.parent):
            relative = PurePath(path.name) if home == folder else PurePath(folder.name, path.name)
            facts = self._folder(home)
            names = (str(relative), str(relative.with_suffix("")), path.name, path.stem)
            found += [facts[name] for name in names if name in facts][:1]
        return tuple(found)

    def _folder(self, folder: Path) -> dict[str, Facts]:
        if folder not in self._folders:
            self._folders[folder] = {}
            for sidecar in (folder / name for name in SIDECAR_NAMES):
                if os.path.isfile(sidecar):  # noqa: PTH113  (Path.is_file raises for odd paths)
                    self._folders[folder] |= self._read(sidecar)
        return self._folders[folder]

    def _read(self, sidecar: Path) -> dict[str, Facts]:
        source = sidecar.as_posix()
        try:
            with open_sheet(file_source(sidecar, source)) as sheet:
                if self._columns.holds(sheet.columns, "text"):  # a table of articles of this name
                    return {}
                columns = {fold_name(name): name for name in sheet.columns}
                key = next((columns[name] for name in _NAME_COLUMNS if name in columns), None)
                if key is None:
                    wanted = "' or '".join(_NAME_COLUMNS)
                    raise ArticleError(source, f"no column '{wanted}': add one with file names")
                return self._facts(sheet, key)
        except ArticleError as error:
            self._on_error(error)
            return {}

    def _facts(self, sheet: Sheet, key: str) -> dict[str, Facts]:
        """Return the facts by file name; of the rows that break, the first one is reported."""
        rows = [*sheet.rows]
        broken = [row for row in rows if isinstance(row, ArticleError)]
        flat = [flatten(row.cells) for row in rows if isinstance(row, Row)]
        order = decide_order(date_texts(flat, self._columns))
        facts = {}
        for cells in flat:
            key_cell = cells.pop(fold_name(key), None)
            if name := clean(key_cell.value if key_cell else None):
                facts[name] = read_facts(cells, self._columns, lambda: order)
        if broken:
            more = f" (and {len(broken) - 1} more rows)" if len(broken) > 1 else ""
            self._on_error(ArticleError(broken[0].source, broken[0].problem + more))
        return facts


def is_sidecar(path: Path) -> bool:
    """Whether the file is metadata for its neighbours, and no table of articles itself."""
    if path.name not in SIDECAR_NAMES:
        return False
    try:
        with open_sheet(file_source(path, path.name)) as sheet:
            return not Columns().holds(sheet.columns, "text")
    except ArticleError:
        return True  # reported when the sidecar is read for its neighbours
