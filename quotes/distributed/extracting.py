"""Files → texts → everything found in them. Each row stands for itself."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from typing import Any, BinaryIO

import pyarrow as pa

from quotes.articles import Metadata, Options, read_sources
from quotes.articles.inputs import find_inputs
from quotes.articles.source import Source, file_source
from quotes.distributed.attempts import CAREFUL, attempt, carefully
from quotes.distributed.files import Folder
from quotes.distributed.records import article_of, article_row, found_rows
from quotes.distributed.schema import EXTRACTED, TEXTS, rows_of, table
from quotes.english.folding import slugify
from quotes.errors import ArticleError, UsageError
from quotes.outlets import OutletNames, folded_name
from quotes.pipeline import Extractor
from quotes.records import Article, KnownSpeaker
from quotes.seeds import Outlet, outlet_domains
from quotes.speakers.coreference import CorefMode

FILES = pa.schema(
    {"number": pa.int64(), "address": pa.string(), "name": pa.string(), "asked": pa.bool_()}
)
"""Files to read, in order: where they are, what the user knows them by, whether it named them."""

MOST_ROWS = 250
"""So many articles are handed on at a time."""
_SHIFT = 40
"""An article's number has its file's above these bits, and its place in the file below."""


def list_files(source: str) -> tuple[pa.Table, int]:
    """Return the files (``FILES``) behind a path, or an address of a store, and their bytes.

    Raises UsageError if there is none.
    """
    if "://" in source:
        folder = Folder(source)
        sizes = [(f"{folder.address}/{name}", size) for name, size in folder.files()]
        found = [(name, name, False, size) for name, size in sizes]
    else:
        inputs = find_inputs(source, _refuse, lambda *_: None)
        found = [
            (str(one.path.resolve()), one.name, one.asked, one.path.stat().st_size)
            for one in inputs
            if one.path
        ]
    if not found:
        raise UsageError(f"{source}: holds no files: name a folder of WARC, Parquet or JSON lines")
    rows = [
        {"number": at, "address": address, "name": name, "asked": asked}
        for at, (address, name, asked, _) in enumerate(found)
    ]
    return table(rows, FILES), sum(size for *_, size in found)


def _refuse(error: ArticleError) -> None:
    raise UsageError(str(error)) from error


@dataclass(frozen=True)
class Reading:
    """Reads files (``FILES``): yields ``TEXTS``, what fails among them with its reason."""

    outlets: Sequence[Outlet]
    defaults: Metadata = field(default_factory=Metadata)
    options: Options = field(default_factory=Options)

    def __call__(self, files: pa.Table) -> Iterator[pa.Table]:
        """Yield the articles of each file in order."""
        slugs = _Slugs(self.outlets)
        for one in rows_of(files):
            rows: list[dict[str, Any]] = []
            for row in self._rows(one, slugs):
                rows.append(row)
                if len(rows) == MOST_ROWS:
                    yield table(rows, TEXTS)
                    rows = []
            yield table(rows, TEXTS)

    def _rows(self, file: dict[str, Any], slugs: _Slugs) -> Iterator[dict[str, Any]]:
        failed: list[ArticleError] = []
        articles = read_sources(
            [_source(file["address"], file["name"], asked=file["asked"])],
            defaults=self.defaults,
            on_error=failed.append,
            options=self.options,
            domains=outlet_domains(),
        )
        for at, article in enumerate(articles):
            yield article_row(article, (file["number"] << _SHIFT) + at, slugs.of(article))
            yield from map(_failure, failed)
            failed.clear()
        yield from map(_failure, failed)


def _failure(error: ArticleError) -> dict[str, Any]:
    return {"source": error.source, "problem": error.problem}


def _source(address: str, name: str, *, asked: bool) -> Source:
    if "://" not in address:
        return file_source(Path(address), name, asked=asked)
    top, _, last = address.rpartition("/")

    @contextmanager
    def opened() -> Iterator[BinaryIO]:
        with Folder(top).opened(last) as stream:
            yield stream

    return Source(name, opened, asked=asked)


class _Slugs:
    """What outlets are called in tables: the slug that they have, or will have."""

    def __init__(self, outlets: Sequence[Outlet]) -> None:
        self._names = OutletNames[str]()
        for outlet in outlets:
            self._names.add(outlet.slug, (outlet.name, *outlet.names), outlet.domains)

    def of(self, article: Article) -> str | None:
        """Return the slug of an article's outlet; None if it is unknown."""
        if folded_name(article.outlet or ""):
            return self._names.named(article.outlet or "") or slugify(article.outlet or "")
        return self._names.at(article.url) if article.url else None


def first_of_each(texts: pa.Table) -> pa.Table:
    """Return texts (whole groups by ``article_id``) without those that were read before."""
    order = texts.sort_by([("article_id", "ascending"), ("number", "ascending")])
    ids = order["article_id"].to_pylist()
    kept = [one is None or at == 0 or ids[at - 1] != one for at, one in enumerate(ids)]
    return order.filter(pa.array(kept, pa.bool_()))


@dataclass(frozen=True)
class Extraction:
    """Finds everything in texts: ``TEXTS`` → ``EXTRACTED``; the faults of an article are its own.

    Texts that kill the process at every attempt are found out one by one, and reported.
    """

    known: tuple[KnownSpeaker, ...]
    model: str | None = None
    coref: CorefMode = "off"
    fast: bool = False

    def __call__(self, texts: pa.Table) -> pa.Table:
        """Return the articles with their quotations."""
        if attempt.get() >= CAREFUL:
            return carefully(self.extract, texts, _killer)
        return self.extract(texts)

    def extract(self, texts: pa.Table) -> pa.Table:
        """Return the articles with their quotations; whatever happens, happens here."""
        extractor = _extractor(self)
        return table([_extracted(extractor.attempt, row) for row in rows_of(texts)], EXTRACTED)


@lru_cache(maxsize=1)
def _extractor(given: Extraction) -> Extractor:
    """Return the extractor of this process: models take seconds to load."""
    return Extractor(given.known, model=given.model, coref=given.coref, fast=given.fast)


def _extracted(attempt_: Callable[[Article], Any], row: dict[str, Any]) -> dict[str, Any]:
    if row["problem"] is not None:
        return row
    began = time.process_time()
    found = attempt_(article_of(row))
    if isinstance(found, ArticleError):
        return _failure(found)
    spent = time.process_time() - began
    return {**row, "model": found.model, "seconds": spent, "quotations": found_rows(found)}


def _killer(texts: pa.Table) -> pa.Table:
    (row,) = rows_of(texts)
    problem = "its process died at this text, three times (out of memory?): left out"
    return table([{"source": row["source"], "problem": problem}], EXTRACTED)
